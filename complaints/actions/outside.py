"""Somebody outside has the case: we wait, go on, or follow what was decided (W-10; design section 4)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.committing import write_commitment
from complaints.actions.following_up import cancel_follow_ups, schedule_follow_up_if_none
from complaints.actions.moving import violations_in_move
from complaints.actions.pausing import end_open_pause, write_pause
from complaints.actions.refusing import end_pending_refusal, lapse_refusal
from complaints.actions.scheduling_calls import calls_still_to_make
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.timing import FOLLOWING_UP, end_clocks, restart_clocks, stop_clocks
from complaints.models import Complaint, Statement
from complaints.roles import demand_right
from complaints.rules import outside as rules
from complaints.states import UNPAID_GRANTS, CaseState, GrantState, RouteState
from complaints.vocabulary import Outcome, PauseCategory, Side, StatementKind

RUNNING = (RouteState.FILED, RouteState.ACCEPTED, RouteState.HEARD)
MONEY_ON_ITS_WAY = (GrantState.AWAITING_APPROVAL, GrantState.APPROVED)
ENDED_BEFORE = (CaseState.CLOSED, CaseState.WITHDRAWN)


def why_not_wait_outside(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against doing nothing but wait."""
    moves = list(violations_in_move(case, "wait_outside"))
    return moves or list(
        rules.violations_in_waiting(
            route_pending=case.routes.filter(state__in=RUNNING).exists(),
            money_pending=case.grants.filter(state__in=MONEY_ON_ITS_WAY).exists(),
        )
    )


@transaction.atomic
def wait_outside(case_id: int, *, by, at: datetime, reason: str, asked_what: str) -> Complaint:
    """Leave it to the body outside, from any open state, closed or withdrawn; a pause begins.

    A refusal that waits for a decision ends undecided, follow-ups are called off. The case remembers where it
    was, apart from what a withdrawal remembered.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(
        why_not_wait_outside(case, by=by, at=at),
        rules.violations_in_wait_words(reason=reason, asked_what=asked_what),
    )
    with signed(by=by, reason="case.waits_outside", at=at):
        why = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        asked = state_words(case, StatementKind.REQUEST, asked_what, by=by, at=at)
        _begin_waiting(case, why, asked, by, at)
    return case


def _begin_waiting(case, why, asked, by, at):
    end_pending_refusal(case, by=by, at=at)
    cancel_follow_ups(case, by=by, at=at, reason=why)
    case.act_reason = why
    case.wait_outside()
    write_pause(
        case,
        category=PauseCategory.OUTSIDE_BODY,
        reason=why,
        asked_of=Side.THIRD_PARTY,
        asked_what=asked,
        by=by,
        at=at,
    )
    case.save()


def come_back_if_ended(case: Complaint, words: Statement, *, by, at: datetime) -> bool:
    """A body outside has taken up a closed or withdrawn case: it is open again, outside, and whoever leads hears of it.

    For holders of the lock, inside `signed`. `words` are what the body was told or said. No period applies: a body
    keeps its own. A voided case stays as it is until somebody says that it was none.
    """
    if case.state not in ENDED_BEFORE:
        return False
    with signed(by=by, reason="case.back_outside", at=at):
        _begin_waiting(case, words, words, by, at)
    passed_over = frozenset(case.subjects.filter(lifted_at__isnull=True).values_list("person", flat=True))
    superiors = Superiors(at).told(case.team_id, None, passed_over)
    notices.queue(case, "notice.case_back_outside", to={case.handler, *superiors} - {None, by}, at=at)
    return True


def why_not_go_on(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against taking the case back in hand, whatever the cause."""
    moves = list(violations_in_move(case, "go_on"))
    if moves:
        return moves
    had_ended = case.state_before_external in ENDED_BEFORE
    number = calls_still_to_make(case) if had_ended else 0
    runs = had_ended and case.routes.filter(state__in=RUNNING).exists()
    return [
        *([Violation("outside.decision_waits")] if _decision_waits(case) else []),
        *([Violation("outside.ended_case_is_outside")] if runs else []),
        *([Violation("close.scheduled_call_open", params={"number": number})] if number else []),
    ]


def _decision_waits(case) -> bool:
    """Whether a body decided, or both sides settled, while the case was outside, and nobody followed it yet."""
    began_at = case.pauses.filter(category=PauseCategory.OUTSIDE_BODY).latest("began_at").began_at
    decided = case.routes.filter(state=RouteState.DECIDED, decided_at__gte=began_at)
    settled = case.routes.filter(state=RouteState.SETTLED, ended_at__gte=began_at)
    return decided.exists() or settled.exists()


@transaction.atomic
def go_on(case_id: int, *, by, at: datetime, because: str, reason: str) -> Complaint:
    """Back to where the case was: every route ended without a decision ("route_ended"), or we act again
    ("we_act_again"). The pause ends and the clocks run on.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(
        why_not_go_on(case, by=by, at=at),
        rules.violations_in_going_on(
            because=because, reason=reason, route_running=case.routes.filter(state__in=RUNNING).exists()
        ),
    )
    with signed(by=by, reason=f"case.went_on_{because}", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        case.go_on()
        end_open_pause(case, by=by, at=at)
        if case.state in ENDED_BEFORE:
            end_clocks(case, at=at)
        case.save()
        if case.state == CaseState.FOLLOWING_UP:
            schedule_follow_up_if_none(case, by=by, at=at)
    return case


def why_not_outside_decided(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against following a decision, whatever it was."""
    return list(violations_in_move(case, "outside_decided"))


@transaction.atomic
def outside_decided(
    case_id: int,
    *,
    by,
    at: datetime,
    route_id: int,
    to: str,
    obliges: bool,
    promise: str = "",
    due_at: datetime | None = None,
    owner_id: int | None = None,
) -> Complaint:
    """Follow the decision or settlement that the route holds. What it orders is a promise with a due date, of the
    handler unless somebody is named; an approved refusal lapses (S-TPR-05, S-TPR-10, WC-48).
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(why_not_outside_decided(case, by=by, at=at))
    route = case.routes.filter(pk=route_id).first()
    owner = _owner(case, owner_id)
    demand(
        rules.violations_in_outside_decision(
            rules.DecisionFacts(
                route_state=route.state if route else "",
                to=to,
                obliges=obliges,
                promise=promise,
                due_at=due_at,
                at=at,
                owed=case.commitments.pending().count() + case.grants.filter(state__in=UNPAID_GRANTS).count(),
                owner_known=None if owner_id is None else owner is not None,
            )
        )
    )
    outcome = Outcome.RULED if route.state == RouteState.DECIDED else Outcome.SETTLED_OUTSIDE
    before = case.state_before_external
    with signed(by=by, reason="case.decided_outside", at=at):
        if obliges:
            write_commitment(case, by=by, at=at, what=promise, due_at=due_at, owner=owner, route=route)
        case.outside_decided(to=to, outcome="" if to == CaseState.NEGOTIATING else outcome)
        end_open_pause(case, by=by, at=at)
        _set_clocks(case, before, at)
        case.save()
        lapse_refusal(case, by=by, at=at)
        if case.state == CaseState.FOLLOWING_UP:
            schedule_follow_up_if_none(case, by=by, at=at)
    notices.queue(case, "notice.decided_outside", to={case.handler} - {None, by}, at=at, about=route)
    return case


def _owner(case, owner_id):
    if owner_id is None:
        return case.handler
    return Person.objects.filter(pk=owner_id, is_active=True, is_service=False).first()


def _set_clocks(case, before, at):
    if case.state == CaseState.FOLLOWING_UP:
        stop_clocks(case, FOLLOWING_UP, at=at)
    elif before in (*ENDED_BEFORE, CaseState.FOLLOWING_UP):
        restart_clocks(case, at=at)
