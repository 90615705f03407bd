"""It was no complaint at all, or it was one after all (design section 4, *void*; S-INT-17)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.counting_money import lock_for_money
from complaints.actions.escalating import close_escalations_without_cause
from complaints.actions.moving import violations_in_move
from complaints.actions.pausing import end_open_pause
from complaints.actions.scheduling_calls import calls_still_to_make
from complaints.actions.stating import state_words
from complaints.actions.timing import end_clocks, unstop_clocks
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules import ending as rules
from complaints.states import CommitmentState, GrantState
from complaints.vocabulary import StatementKind

PAID = (GrantState.PAID, GrantState.BOUNCED)
PENDING = (GrantState.AWAITING_APPROVAL, GrantState.APPROVED)


def why_not_void(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against voiding the case, whatever the reason."""
    moves = list(violations_in_move(case, "void"))
    return moves or list(
        rules.violations_in_voiding(
            rules.VoidFacts(
                promised=case.commitments.exclude(state=CommitmentState.RELEASED).exists(),
                paid=case.grants.filter(state__in=PAID).exists(),
                money_pending=case.grants.filter(state__in=PENDING).exists(),
                leads_others=case.followers.exists(),
                scheduled_calls=calls_still_to_make(case),
            )
        )
    )


@transaction.atomic
def void(case_id: int, *, by, at: datetime, why: str, reason: str) -> Complaint:
    """Entered in error, spam, a test or a mere enquiry: for supervisors, with a reason, never for being
    unreasonable. Drafted grants are cancelled, the clocks end. The second time is refused by the state.
    """
    case = lock_for_money(case_id, [by.pk])
    demand_right(by, "case.supervise", case, at=at)
    demand(why_not_void(case, by=by, at=at), rules.violations_in_void_reason(why=why, reason=reason))
    with signed(by=by, reason="case.voided", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        for grant in case.grants.filter(state=GrantState.DRAFTED):
            grant.cancel(reason=words)
            grant.save()
        end_open_pause(case, by=by, at=at)
        case.act_reason = words
        case.void(why=why)
        end_clocks(case, at=at)
        case.save()
        close_escalations_without_cause(case, by=by, at=at)
    return case


def why_not_unvoid(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against taking the case up again."""
    return list(violations_in_move(case, "unvoid"))


@transaction.atomic
def unvoid(case_id: int, *, by, at: datetime, reason: str) -> Complaint:
    """It was a complaint after all: back where it was, its clocks as if they had never stopped."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.supervise", case, at=at)
    demand(
        why_not_unvoid(case, by=by, at=at),
        rules.violations_in_reason(reason, code="unvoid.reason_missing"),
    )
    with signed(by=by, reason="case.unvoided", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        case.unvoid()
        unstop_clocks(case, at=at)
        case.save()
    return case
