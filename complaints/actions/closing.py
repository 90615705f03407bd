"""Closing a case: followed up, told, summed up, and nothing left open (S-FUP-07, S-CLO-01)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions import causes
from complaints.actions.escalating import close_escalations_without_cause
from complaints.actions.following_up import CALLED_FOR
from complaints.actions.moving import violations_in_move
from complaints.actions.open_returns import violations_in_open_returns
from complaints.actions.pausing import end_open_pause
from complaints.actions.replying_to_discontent import discontent_of
from complaints.actions.scheduling_calls import calls_still_to_make
from complaints.actions.telling import known_channels, told_facts
from complaints.actions.telling_payments import violations_in_untold_payments
from complaints.actions.ticking import violations_in_checklists
from complaints.actions.timing import end_clocks
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules.closing import ClosingFacts, violations_in_closing
from complaints.rules.telling import violations_in_naming_routes, violations_in_telling
from complaints.states import (
    CaseState,
    EscalationState,
    FollowUpState,
    GrantState,
    RefusalState,
    RouteState,
    TaskState,
)
from complaints.vocabulary import ContactPurpose, Outcome

FOLLOWED_UP = (FollowUpState.DONE, FollowUpState.DECLINED, FollowUpState.EXHAUSTED)
UNPAID = (GrantState.DRAFTED, GrantState.APPROVED, GrantState.BOUNCED)
PENDING_ROUTES = (RouteState.FILED, RouteState.ACCEPTED, RouteState.HEARD, RouteState.DECIDED)
HANDLED_OUTSIDE = (CaseState.FOLLOWING_UP, CaseState.EXTERNAL)


def why_not_close(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Everything that stands against closing; nothing is typed here, so this is all."""
    impossible = list(violations_in_move(case, "close"))
    if impossible:
        return impossible
    told = told_facts(case, ContactPurpose.REFUSAL if case.outcome == Outcome.REFUSED else ContactPurpose.OUTCOME)
    return [
        *violations_in_closing(_facts(case, at)),
        *violations_in_telling(told),
        *violations_in_naming_routes(case.route_advice.all(), contact_known=bool(known_channels(case))),
        *violations_in_untold_payments(case),
        *violations_in_open_returns(case),
        *violations_in_checklists(case, "close", at=at),
    ]


def _facts(case, at):
    waiting = causes.undecided().filter(case=case)
    awaited = case.grants.filter(state=GrantState.AWAITING_APPROVAL).count()
    return ClosingFacts(
        followed_up=_followed_up_this_time(case),
        contact_known=bool(known_channels(case)),
        follow_ups_called_for=case.follow_ups.filter(state__in=CALLED_FOR).count(),
        follow_ups_without_result=case.follow_ups.filter(state=FollowUpState.REACHED).count(),
        outcome=case.outcome,
        summed_up=case.summaries.filter(round=case.reopened + 1).exists(),
        measures=case.improvements.exclude(state=TaskState.CANCELLED).count(),
        tasks=case.tasks.filter(state=TaskState.OPEN).count(),
        commitments=case.commitments.pending().count(),
        grants=case.grants.filter(state__in=UNPAID).count(),
        approvals=awaited + case.refusals.filter(state=RefusalState.PROPOSED).count(),
        routes=case.routes.filter(state__in=PENDING_ROUTES).count(),
        escalations=waiting.exclude(pk__in=causes.without_cause(waiting, at=at).values("pk")).count(),
        scheduled_calls=calls_still_to_make(case),
        discontent=discontent_of(case),
    )


def _followed_up_this_time(case):
    """Whether a follow-up ended since the case last entered this state: one before a reopening does not count."""
    left = case.history.exclude(state__in=HANDLED_OUTSIDE).order_by("-history_id").values_list("history_id", flat=True)
    entered = case.history.filter(history_id__gt=left.first() or 0).order_by("history_id")
    since = entered.values_list("history_at", flat=True).first()
    ended = case.follow_ups.filter(state__in=FOLLOWED_UP)
    return ended.filter(ended_at__gte=since).exists() if since is not None else ended.exists()


@transaction.atomic
def close_case(case_id: int, *, by, at: datetime) -> Complaint:
    """Close the case; its clocks end, and so does every escalation that was answered or has lost its cause.

    A case that was closed already is refused by its state.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(why_not_close(case, by=by, at=at))
    with signed(by=by, reason="case.closed", at=at):
        end_open_pause(case, by=by, at=at)
        case.close(at=at)
        end_clocks(case, at=at)
        case.save()
        close_escalations_without_cause(case, by=by, at=at)
        for escalation in case.escalations.filter(state=EscalationState.DECIDED):
            escalation.close(at=at)
            escalation.save()
    return case
