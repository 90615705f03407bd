"""What the customer is owed by law: asked of the policies in force, and written down for a plan or a finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from types import MappingProxyType

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.money import house_currency
from casemgmt.violations import Violation, demand
from complaints.actions.knowing import facts_of
from complaints.models import Complaint, EntitlementAnswer
from complaints.places import region_of
from complaints.roles import day_of, demand_right
from complaints.rules.paperwork import violations_in_writing
from policies.lookup import PoliciesInForce, policies_in_force, policy_by_id
from policies.rules.answering import Answer, CaseFacts
from policies.rules.entitlement import answer_to, answers_to
from policies.rules.regions import holds_in
from policies.rules.working_time import WorkingTime, working_time_of
from policies.values import Entitlement
from policies.values.case_facts import read_fact, write_fact


def answers_of(case: Complaint, at: datetime) -> list[tuple[Entitlement, Answer]]:
    """Every entitlement that binds the shop of the case, with its answer on what is known now."""
    return answers_to(policies_in_force(at).entitlements.values(), facts_of(case, at), region_of(case))


def why_not_record_entitlement(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Answers are written down while the case is open."""
    return list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))


@transaction.atomic
def record_entitlement(
    case_id: int, *, by, at: datetime, entitlement: str, plan_id: int | None = None, finding_id: int | None = None
) -> EntitlementAnswer:
    """Keep today's answer with the facts and the rows that made it, for a plan or a finding of the case.

    It changes nothing of what is owed; a second call keeps a second answer. Counsel confirms what customers are told.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    policies = policies_in_force(at)
    row = policies.entitlements.get(entitlement)
    if row is not None and not holds_in(row.regions, region_of(case)):
        row = None
    demand(
        why_not_record_entitlement(case, by=by, at=at),
        _violations_in_place(case, row, plan_id, finding_id),
    )
    answer = answer_to(row, facts_of(case, at))
    with signed(by=by, reason="entitlement.recorded", at=at):
        return write_answer(case, row, answer, policies, by=by, at=at, plan_id=plan_id, finding_id=finding_id)


def write_answer(
    case: Complaint,
    row: Entitlement,
    answer: Answer,
    policies: PoliciesInForce,
    *,
    by,
    at: datetime,
    plan_id: int | None = None,
    finding_id: int | None = None,
) -> EntitlementAnswer:
    """Keep an answer with its facts and clauses, under the caller's lock and signature."""
    laws = [policies.legal_references[code].policy_id for code in row.law if code in policies.legal_references]
    return EntitlementAnswer.objects.create(
        case=case,
        entitlement=row.code,
        policy_id=row.policy_id,
        verdict=answer.verdict,
        amount=answer.amount,
        currency=(row.currency or house_currency()) if answer.amount is not None else "",
        as_of=day_of(at),
        days_policy_id=answer.days_policy_id,
        inputs={name: write_fact(value) for name, value in answer.used.items()},
        law_policy_ids=laws,
        plan_id=plan_id,
        finding_id=finding_id,
        recorded_by=by,
        recorded_at=at,
    )


def _violations_in_place(case, row, plan_id, finding_id):
    if row is None:
        yield Violation("entitlement.not_in_force", field="entitlement")
    if plan_id is None and finding_id is None:
        yield Violation("entitlement.for_nothing", field="plan_id")
    if plan_id is not None and not case.plans.filter(pk=plan_id).exists():
        yield Violation("entitlement.plan_of_another_case", field="plan_id")
    if finding_id is not None and not case.findings.filter(pk=finding_id).exists():
        yield Violation("entitlement.finding_of_another_case", field="finding_id")


@dataclass(frozen=True, slots=True)
class Replayed:
    """An answer that was written down, computed again from its own facts and its own row."""

    entitlement: Entitlement
    answer: Answer
    facts: Mapping[str, object]
    is_same: bool


def replay(recorded: EntitlementAnswer) -> Replayed:
    """The same row of policy, asked again with the facts of then; later policies and facts have no say."""
    entitlement = policy_by_id(recorded.policy_id)
    known = {name: read_fact(name, text) for name, text in recorded.inputs.items()}
    facts = CaseFacts(recorded.as_of, MappingProxyType(known), partial(_days_of_then, recorded))
    answer = answer_to(entitlement, facts)
    is_same = (answer.verdict, answer.amount) == (recorded.verdict, recorded.amount)
    return Replayed(entitlement, answer, known, is_same)


def _days_of_then(recorded: EntitlementAnswer, _code: str) -> WorkingTime:
    return working_time_of(policy_by_id(recorded.days_policy_id))
