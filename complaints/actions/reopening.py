"""An ended case is taken up again, within the period that the policy sets (design section 4, *reopen*)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.moving import violations_in_move
from complaints.actions.refusing import lapse_refusal
from complaints.actions.stating import state_words
from complaints.actions.timing import restart_clocks
from complaints.models import Complaint
from complaints.roles import day_of, demand_right
from complaints.rules.ending import violations_in_reason
from complaints.rules.reopening import violations_in_reopening
from complaints.states import CaseState
from complaints.vocabulary import StatementKind
from policies.lookup import periods_in_force


def why_not_reopen(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against reopening: the state, or the period that is over."""
    moves = list(violations_in_move(case, "reopen"))
    if moves:
        return moves
    ended_at = case.closed_at if case.state == CaseState.CLOSED else case.withdrawn_at
    days = periods_in_force(at).reopen_days
    return list(violations_in_reopening(ended_on=day_of(ended_at), on=day_of(at), days=days))


@transaction.atomic
def reopen(case_id: int, *, by, at: datetime, reason: str) -> Complaint:
    """Take the case up again: a closed one is looked into, a withdrawn one goes where it was.

    For supervisors of the team, with a reason. The first dates stay; new clocks run from now. The refusal by which a
    case was closed lapses.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.supervise", case, at=at)
    demand(why_not_reopen(case, by=by, at=at), violations_in_reason(reason, code="reopen.reason_missing"))
    with signed(by=by, reason="case.reopened", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        if case.state == CaseState.CLOSED:
            lapse_refusal(case, by=by, at=at)
        case.reopen()
        restart_clocks(case, at=at)
        case.save()
        notices.queue(case, "notice.case_reopened", to={case.handler} - {None, by}, at=at)
    return case
