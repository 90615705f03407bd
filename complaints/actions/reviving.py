"""The follow-up shows something new that is wrong, and the case is looked into again."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.following_up import cancel_follow_ups
from complaints.actions.moving import violations_in_move
from complaints.actions.pausing import end_open_pause
from complaints.actions.refusing import lapse_refusal
from complaints.actions.replying_to_discontent import looked_into_again
from complaints.actions.stating import state_words
from complaints.actions.timing import restart_clocks
from complaints.models import Account, Complaint
from complaints.roles import demand_right
from complaints.vocabulary import Side, StatementKind


def why_not_dissatisfied(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against looking into the case again, whatever is new."""
    return list(violations_in_move(case, "dissatisfied"))


@transaction.atomic
def dissatisfied(case_id: int, *, by, at: datetime, what: str) -> Complaint:
    """Something new is wrong, in the customer's words: back to the investigation, with clocks of a new round.

    A low mark alone does not do it. Open follow-ups are called off; after the new plan another one is due; a refusal
    that stood lapses.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(why_not_dissatisfied(case, by=by, at=at))
    demand([] if what.strip() else [Violation("dissatisfied.nothing_new", "what")])
    with signed(by=by, reason="case.dissatisfied", at=at):
        words = state_words(case, StatementKind.ACCOUNT, what, by=by, at=at, side=Side.CUSTOMER)
        Account.objects.create(case=case, side=Side.CUSTOMER, statement=words, taken_by=by, given_at=at)
        looked_into_again(case)
        cancel_follow_ups(case, by=by, at=at)
        end_open_pause(case, by=by, at=at)
        lapse_refusal(case, by=by, at=at)
        case.dissatisfied()
        case.act_reason = words
        restart_clocks(case, at=at)
        case.save()
        notices.queue(case, "notice.dissatisfied", to={case.handler} - {by, None}, at=at)
    return case
