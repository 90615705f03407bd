"""Ending a case without a remedy: explained, nothing asked for, or the customer silent."""

from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.executing import PENDING, enter_follow_up
from complaints.actions.investigating import newest_finding, verified_assessment
from complaints.actions.moving import violations_in_move
from complaints.actions.open_returns import violations_in_open_returns
from complaints.actions.stating import state_words
from complaints.actions.telling import told_facts
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules import concluding
from complaints.rules.telling import violations_in_telling
from complaints.states import UNPAID_GRANTS, CommitmentState, GrantState, PlanState
from complaints.vocabulary import (
    ContactOutcome,
    ContactPurpose,
    Direction,
    Outcome,
    OwedBy,
    Side,
    SignedBy,
    StatementKind,
)
from policies.lookup import periods_in_force

OUTCOMES = {
    "took_explanation": Outcome.EXPLAINED,
    "asked_for_nothing": Outcome.EXPLAINED,
    "silent": Outcome.CUSTOMER_SILENT,
}
"""Why a case may be concluded, and what it then ended with."""

NOT_HANDED_OVER = (SignedBy.NOT_SIGNED, SignedBy.UNAUTHORISED)


def why_not_conclude(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What is owed or not told yet, whatever the reason for concluding."""
    impossible = list(violations_in_move(case, "conclude"))
    if impossible:
        return impossible
    return [
        *concluding.violations_in_owing(_owed_facts(case)),
        *violations_in_telling(told_facts(case, ContactPurpose.OUTCOME)),
        *violations_in_open_returns(case),
    ]


def _owed_facts(case):
    finding, verified = newest_finding(case), verified_assessment(case)
    offered = [PlanState.OFFERED, PlanState.ACCEPTED, PlanState.REJECTED]
    newest = case.plans.exclude(state=PlanState.SUPERSEDED).order_by("number").last()
    return concluding.OwedFacts(
        verdict=verified.verdict if verified else "",
        responsible_party=finding.responsible_party if finding else "",
        parcel_not_handed_over=case.order is not None and case.order.signed_by in NOT_HANDED_OVER,
        owed_plan_open=newest is not None and newest.owed_by != OwedBy.NOTHING,
        remedy_offered=case.plans.filter(offered_at__isnull=False, state__in=offered).exists(),
        remedied=case.commitments.filter(
            state__in=[CommitmentState.KEPT, CommitmentState.KEPT_LATE], option__isnull=False
        ).exists()
        or case.grants.filter(state=GrantState.PAID).exists(),
        pending_commitments=case.commitments.filter(state__in=PENDING).count(),
        unpaid_grants=case.grants.filter(state__in=UNPAID_GRANTS).count(),
    )


@transaction.atomic
def conclude(case_id: int, *, by, at: datetime, because: str, words: str = "") -> Complaint:
    """Nothing is owed and no demand stands. `because`: "took_explanation" with the customer's words,
    "asked_for_nothing", or "silent" past the answer deadline of the policy.

    A standing demand goes through a proposed refusal. The resolution clock stops. A second call is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "conclude"))
    demand(
        why_not_conclude(case, by=by, at=at),
        concluding.violations_in_concluding(_concluding_facts(case, because, words, at), at),
    )
    with signed(by=by, reason="case.concluded", at=at):
        case.act_reason = state_words(
            case, StatementKind.ANSWER, words, by=by, at=at, side=Side.CUSTOMER, customer=case.customer
        )
        case.conclude(outcome=OUTCOMES[because])
        enter_follow_up(case, by=by, at=at)
        case.save()
    return case


def _concluding_facts(case, because, words, at):
    contacts = case.contacts.order_by("occurred_at", "pk")
    asked = contacts.filter(direction=Direction.OUTGOING, outcome=ContactOutcome.DELIVERED).last()
    heard = contacts.filter(direction=Direction.INCOMING).last()
    newest = case.plans.exclude(state__in=[PlanState.SUPERSEDED, PlanState.DRAFTED]).order_by("number").last()
    days = timedelta(days=periods_in_force(at).answer_deadline_days)
    return concluding.ConcludingFacts(
        because=because,
        words=words or "",
        demands=bool(case.demanded_remedy)
        or case.demanded_amount is not None
        or case.statements.filter(kind=StatementKind.DEMAND).exists(),
        rejected=newest is not None and newest.state == PlanState.REJECTED,
        answer_until=asked.occurred_at + days if asked is not None else None,
        answered_since=asked is not None and heard is not None and heard.occurred_at > asked.occurred_at,
    )
