"""A refusal, or an outcome already told, is talked about again."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.following_up import cancel_follow_ups
from complaints.actions.moving import violations_in_move
from complaints.actions.refusing import approved_refusal, lapse_refusal
from complaints.actions.stating import state_words
from complaints.actions.timing import restart_clocks
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules.refusing import violations_in_resuming
from complaints.states import CaseState
from complaints.vocabulary import Side, StatementKind


def why_not_resume(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against negotiating again, whatever the cause."""
    return list(violations_in_move(case, "resume"))


def _evidence_arrived(case) -> bool:
    """Whether evidence came in since the refusal was decided, or since the case was last carried out."""
    refusal = approved_refusal(case)
    since = refusal.decided_at if refusal is not None else _entered_follow_up(case)
    return since is not None and case.evidence.filter(received_at__gt=since).exists()


def _entered_follow_up(case):
    told = case.history.filter(state=CaseState.FOLLOWING_UP).order_by("history_id").values_list("history_at", flat=True)
    return told.last()


@transaction.atomic
def resume(case_id: int, *, by, at: datetime, because: str, words: str) -> Complaint:
    """Negotiate again because the alternative is taken ("alternative_taken", in the customer's words) or because
    evidence arrived ("evidence_arrived"). The approved refusal lapses; what was stopped runs in a new round.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(why_not_resume(case, by=by, at=at))
    demand(violations_in_resuming(because=because, words=words, evidence_arrived=_evidence_arrived(case)))
    had_been_told = case.state == CaseState.FOLLOWING_UP
    side = Side.CUSTOMER if because == "alternative_taken" else Side.COMPANY
    with signed(by=by, reason=f"case.resumed_{because}", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, words, by=by, at=at, side=side)
        case.resume()
        if had_been_told:
            restart_clocks(case, at=at)
        case.save()
        lapse_refusal(case, by=by, at=at)
        cancel_follow_ups(case, by=by, at=at)
    return case
