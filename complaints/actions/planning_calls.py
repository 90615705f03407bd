"""The plan of a call: what may be given, what may come, what else there is, and where it ends (S-COM-09, S-COM-10)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.violations import demand
from complaints.actions.stating import state_words
from complaints.models import CallPlan, Complaint
from complaints.roles import demand_right, groups_of
from complaints.rules.dialling import PlanFacts, violations_in_call_plan
from complaints.vocabulary import StatementKind
from policies.lookup import call_plan_policy_in_force, limits_in_force
from policies.rules.call_plans import CallFacts, why_a_plan_is_needed
from policies.values import AuthorityLimits, CallPlanPolicy

PARTS = ("authority", "demands", "fallbacks", "bottom_line", "beyond")


def newest_plan(case: Complaint) -> CallPlan | None:
    """The plan that counts."""
    return case.call_plans.order_by("-number").first()


def why_plan_needed(case: Complaint, purpose: str, policy: CallPlanPolicy) -> tuple[str, ...]:
    """What makes a plan necessary before this call; empty where nothing does."""
    facts = CallFacts(
        state=case.state,
        severity=case.severity,
        emotion=case.emotion,
        channel=case.channel,
        is_legal=case.legal_flag,
        opinion_risk=case.opinion_risk,
        purpose=purpose,
    )
    return why_a_plan_is_needed(facts, policy)


def own_limit(person, at: datetime) -> AuthorityLimits | None:
    """The highest row of limits on which this person's word alone is enough."""
    roles = groups_of(person)
    rows = [row for row in limits_in_force(at).values() if row.role in roles and row.approvers < 2]
    return max(rows, key=lambda row: row.rung, default=None)


@transaction.atomic
def write_call_plan(
    case_id: int, *, by, at: datetime, authority: str, demands: str, fallbacks: str, bottom_line: str, beyond: str
) -> CallPlan:
    """Write the plan of the next call; the newest one counts, and earlier ones stay as they were.

    In any state of the case, by whoever may record its contacts. Demands and fallbacks stand one a line.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    facts = PlanFacts(authority, demands, fallbacks, bottom_line=bottom_line, beyond=beyond)
    demand(violations_in_call_plan(facts, fallbacks_min=call_plan_policy_in_force(at).fallbacks_min))
    limit = own_limit(by, at)
    with signed(by=by, reason="call_plan.written", at=at):
        words = {name: state_words(case, StatementKind.CALL_PLAN, getattr(facts, name), by=by, at=at) for name in PARTS}
        return CallPlan.objects.create(
            case=case,
            number=(case.call_plans.aggregate(last=Max("number"))["last"] or 0) + 1,
            limit_policy_id=limit.policy_id if limit else None,
            per_grant=limit.per_grant if limit else Decimal(0),
            written_by=by,
            written_at=at,
            **words,
        )
