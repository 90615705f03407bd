"""Two cases of one customer are handled as one, and can be two again (design section 4, *merge*; T13)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.escalating import close_escalations_without_cause
from complaints.actions.following_up import cancel_follow_ups
from complaints.actions.moving import violations_in_move
from complaints.actions.noting import write_note
from complaints.actions.pausing import end_open_pause
from complaints.actions.scheduling_calls import calls_still_to_make
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.timing import adopt_clocks, end_clocks, return_clocks, unstop_clocks
from complaints.models import Commitment, Complaint, DepartmentTask, Merge, Statement
from complaints.roles import cases_visible_to, day_of, demand_right
from complaints.rules import merging as rules
from complaints.rules.ending import violations_in_reason
from complaints.states import UNPAID_GRANTS, CaseState, RefusalState, RouteState, TaskState
from complaints.vocabulary import StatementKind

ROUTE_PENDING = (RouteState.FILED, RouteState.ACCEPTED, RouteState.HEARD, RouteState.DECIDED)


def _lock_both(case_id: int, other_id: int | None) -> tuple[Complaint, Complaint | None]:
    """Both cases in the order of their ids, so that two merges cannot wait for each other."""
    wanted = sorted({case_id, *([other_id] if other_id is not None else [])})
    locked = {case.pk: case for case in (Complaint.objects.locked(pk=pk) for pk in _existing(wanted))}
    return locked[case_id] if case_id in locked else Complaint.objects.get(pk=case_id), locked.get(other_id)


def _existing(ids):
    return Complaint.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)


def why_not_merge(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What hangs on the case and keeps it from following another one."""
    moves = list(violations_in_move(case, "merge"))
    return moves or list(
        rules.violations_in_following(
            rules.Follower(
                money_pending=case.grants.filter(state__in=UNPAID_GRANTS).exists()
                or any(request.is_pending for request in case.returns.all()),
                approval_pending=case.refusals.filter(state=RefusalState.PROPOSED).exists(),
                route_pending=case.routes.filter(state__in=ROUTE_PENDING).exists(),
                leads_others=case.followers.exists(),
                scheduled_calls=calls_still_to_make(case),
            )
        )
    )


def why_not_follow(case: Complaint, leading: Complaint) -> list[Violation]:
    """Why these two do not belong together, however it is done."""
    return list(rules.violations_in_pair(_pair(case, leading)))


def _pair(case, leading):
    if leading is None:
        return rules.Pair(case=case.pk, leading=None)
    return rules.Pair(
        case=case.pk,
        leading=leading.pk,
        customer=case.customer_id,
        leading_customer=leading.customer_id,
        leading_open=leading.is_open,
        leading_state=str(leading.get_state_display()),
        leading_follows_this=leading.merged_into_id == case.pk,
        leading_follows_another=leading.merged_into_id is not None,
        leading_handled_by_subject=leading.handler_id in subjects_of(case),
    )


@transaction.atomic
def merge(case_id: int, *, by, at: datetime, into_id: int, reason: str) -> Complaint:
    """Let another open case of the same customer lead this one from now on.

    Everything that was said stays with its case. The clocks run on at the leading case, where the earlier due
    instant wins; pauses end; open tasks and promises move over and remember for which case they were made.
    A safety flag goes along. Locks the two cases in the order of their ids.
    """
    case, leading = _lock_both(case_id, into_id)
    demand_right(by, "case.supervise", case, at=at)
    if leading is not None:
        demand_right(by, "case.supervise", leading, at=at)
    demand(
        why_not_merge(case, by=by, at=at),
        rules.violations_in_pair(_pair(case, leading)),
        violations_in_reason(reason, code="merge.reason_missing"),
    )
    with signed(by=by, reason="case.merged", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        Merge.objects.create(case=case, leading=leading, reason=words, merged_by=by, merged_at=at)
        end_open_pause(case, by=by, at=at)
        cancel_follow_ups(case, by=by, at=at, reason=words)
        adopt_clocks(leading, case, at=at)
        _move_work(case, leading)
        case.act_reason = words
        case.merge(into=leading)
        end_clocks(case, at=at)
        case.save()
        close_escalations_without_cause(case, by=by, at=at)
    with signed(by=by, reason="case.leads_another", at=at):
        leading.safety_flag = leading.safety_flag or case.safety_flag
        leading.legal_flag = leading.legal_flag or case.legal_flag
        leading.save()
    people = {case.handler, leading.handler} - {None, by}
    notices.queue(leading, "notice.case_merged", to=people, at=at, params={"case": case.case_number}, about=case)
    return case


def _move_work(case, leading):
    """Open tasks and promises go where the work goes on; `made_for` keeps the case they were made for."""
    for row in (*case.commitments.pending(), *case.tasks.filter(state=TaskState.OPEN)):
        row.case = leading
        row.save()


def why_not_unmerge(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against a case of its own again."""
    return list(violations_in_move(case, "unmerge"))


@transaction.atomic
def unmerge(case_id: int, *, by, at: datetime, reason: str) -> Complaint:
    """A case of its own again, in the state it had, its clocks as if never stopped.

    Tasks and promises that were made for it and are still open come back; what was done meanwhile stays done.
    """
    leading_id = Complaint.objects.values_list("merged_into_id", flat=True).get(pk=case_id)
    case, leading = _lock_both(case_id, leading_id)
    demand_right(by, "case.supervise", case, at=at)
    demand(
        why_not_unmerge(case, by=by, at=at),
        violations_in_reason(reason, code="unmerge.reason_missing"),
    )
    with signed(by=by, reason="case.unmerged", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        merged = case.merges.get(undone_at__isnull=True)
        merged.undone_by, merged.undone_at, merged.undone_because = by, at, words
        merged.save()
        promises = Commitment.objects.pending().filter(made_for=case)
        tasks = DepartmentTask.objects.filter(made_for=case, state=TaskState.OPEN)
        for row in (*promises, *tasks):
            row.case = case
            row.save()
        case.act_reason = words
        case.unmerge()
        unstop_clocks(case, at=at)
        case.save()
        return_clocks(leading, case, at=at)
        leading.save()
    return case


def violations_in_proposing(case: Complaint, leading: Complaint | None, reason: str):
    """Only that there is such a case, and a reason; whether they fit is for whoever decides."""
    if leading is None:
        yield Violation("merge.leading_unknown", field="into_id")
    elif leading.pk == case.pk:
        yield Violation("merge.into_itself", field="into_id")
    if case.state == CaseState.MERGED:
        yield Violation("case.not_possible_from", params={"state": case.get_state_display(), "move": "merge"})
    yield from violations_in_reason(reason, code="merge.reason_missing")


@transaction.atomic
def propose_merge(case_id: int, *, by, at: datetime, into_id: int, reason: str) -> Statement:
    """Ask a supervisor of the team to merge the case: a note, and a notice to whoever may do it."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    leading = cases_visible_to(by, on=day_of(at)).filter(pk=into_id).first()
    demand(violations_in_proposing(case, leading, reason))
    note = write_note(case_id, by=by, at=at, words=reason)
    notices.queue(
        case,
        "notice.merge_proposed",
        to=Superiors(at).told(case.team_id, None, subjects_of(case) | {by.pk}),
        at=at,
        params={"leading": leading.case_number},
        about=leading,
    )
    return note
