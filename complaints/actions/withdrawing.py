"""The customer takes the complaint back, in their own words (design section 4, *withdraw*)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions import causes
from complaints.actions.agreement_ends import note_in_agreement
from complaints.actions.counting_money import lock_for_money
from complaints.actions.escalating import close_escalations_without_cause
from complaints.actions.following_up import cancel_follow_ups
from complaints.actions.moving import violations_in_move
from complaints.actions.open_returns import violations_in_open_returns
from complaints.actions.pausing import end_open_pause
from complaints.actions.refusing import end_pending_refusal
from complaints.actions.scheduling_calls import calls_still_to_make
from complaints.actions.stating import state_words
from complaints.actions.timing import end_clocks
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules import ending as rules
from complaints.states import UNPAID_GRANTS, EscalationState
from complaints.vocabulary import Side, StatementKind


def withdrawal_facts(case: Complaint) -> rules.WithdrawalFacts:
    """What stands on the case when its customer takes it back."""
    return rules.WithdrawalFacts(
        open_promises=frozenset(case.commitments.pending().values_list("pk", flat=True)),
        unpaid_grants=frozenset(case.grants.filter(state__in=UNPAID_GRANTS).values_list("pk", flat=True)),
        safety_unacknowledged=case.escalations.filter(cause=causes.SAFETY, state=EscalationState.OPEN).exists(),
        judged=case.assessments.exists(),
        summed_up=case.summaries.filter(round=case.reopened + 1).exists(),
        scheduled_calls=calls_still_to_make(case),
    )


def why_not_withdraw(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What is missing on the case before it can be withdrawn, whatever the customer says."""
    moves = list(violations_in_move(case, "withdraw"))
    return moves or [*rules.violations_in_open_ends(withdrawal_facts(case)), *violations_in_open_returns(case)]


@transaction.atomic
def withdraw(
    case_id: int,
    *,
    by,
    at: datetime,
    words: str,
    released: Mapping[int, str] | None = None,
    cancelled: Iterable[int] = (),
) -> Complaint:
    """End the case because its customer says so; `words` are the customer's own.

    `released` gives, for each open promise, the customer's words that set us free of it; what was kept stays
    kept and what is paid stays paid. `cancelled` names every unpaid grant. A safety inquiry that somebody took
    on goes on after it. The second time is refused by the state.
    """
    case = lock_for_money(case_id, [by.pk])
    demand_right(by, "case.handle", case, at=at)
    blocked = why_not_withdraw(case, by=by, at=at)
    if any(found.code == "case.not_possible_from" for found in blocked):
        demand(blocked)
    released = dict(released or {})
    facts = withdrawal_facts(case)
    demand(
        blocked,
        rules.violations_in_withdrawal(facts, words=words, released=released, cancelled=frozenset(cancelled)),
    )
    with signed(by=by, reason="case.withdrawn", at=at):
        said = state_words(case, StatementKind.REASON, words, by=by, at=at, side=Side.CUSTOMER)
        _release_promises(case, released, by, at)
        _cancel_grants(case, said, by, at)
        end_pending_refusal(case, by=by, at=at)
        cancel_follow_ups(case, by=by, at=at, reason=said)
        end_open_pause(case, by=by, at=at)
        case.act_reason = said
        case.withdraw(at=at)
        end_clocks(case, at=at)
        case.save()
        close_escalations_without_cause(case, by=by, at=at)
    return case


def _release_promises(case, released, by, at):
    for promise in case.commitments.pending():
        words = state_words(case, StatementKind.REASON, released[promise.pk], by=by, at=at, side=Side.CUSTOMER)
        with signed(by=by, reason="commitment.released", at=at):
            promise.release(by=by, words=words)
            promise.save()
            note_in_agreement(promise, at=at)


def _cancel_grants(case, said, by, at):
    for grant in case.grants.filter(state__in=UNPAID_GRANTS):
        with signed(by=by, reason="grant.cancelled", at=at):
            grant.cancel(reason=said)
            grant.save()
