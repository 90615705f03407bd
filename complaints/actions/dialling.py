"""Calling a customer now: an act of its own, refused outside the rules; and what came of it, step by step (W-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.calling import record_call
from complaints.actions.consenting import write_consent
from complaints.actions.planning_calls import newest_plan, why_plan_needed
from complaints.actions.reaching import broken_rules, calls_to
from complaints.actions.stating import state_words
from complaints.models import CallStep, Complaint, Contact, Customer, FollowUpCall, StartedCall
from complaints.roles import demand_right
from complaints.rules.dialling import DiallingFacts, violations_in_dialling
from complaints.vocabulary import Channel, ConsentDecision, ConsentScope, ContactOutcome, ContactPurpose, StatementKind
from policies.lookup import call_guide_in_force, call_plan_policy_in_force, calling_window_in_force
from policies.values.calling import STEPS_OF_A_TALK

NO_MORE_CALLS = "no_more_calls"
"""The customer declined and asked not to be called again: an outcome and a word at once."""


@dataclass(frozen=True, slots=True)
class StepTaken:
    """What became of one step of the talk."""

    done: bool
    words: str = ""


def open_call(case: Complaint) -> StartedCall | None:
    """The call that was started and not recorded yet."""
    return case.started_calls.filter(contact__isnull=True).first()


def why_not_start_call(case: Complaint, *, by, at: datetime, purpose: str = ContactPurpose.GENERAL) -> list[Violation]:
    """What stands against dialling now, the platform's penalty among it (S-COM-13)."""
    needed = why_plan_needed(case, purpose, call_plan_policy_in_force(at))
    facts = DiallingFacts(
        number_known=case.customer is not None and bool(case.customer.phone),
        one_is_open=open_call(case) is not None,
        needs_plan=needed,
        has_plan=bool(needed) and newest_plan(case) is not None,
    )
    broken = broken_rules(case, Channel.PHONE, at=at, purpose=purpose)
    return list(violations_in_dialling(facts, broken, calling_window_in_force(at)))


@transaction.atomic
def start_call(case_id: int, *, by, at: datetime, purpose: str = ContactPurpose.GENERAL) -> StartedCall:
    """Dial: refused outside the window, beyond the caps, on quiet days, against the customer's word, without a plan.

    In any state of the case. It counts as a call from now on, recorded or not; calls scheduled on the case are made
    with it. The customer is locked first, so that two cases cannot ring the same phone at once.
    """
    Customer.objects.select_for_update(of=("self",)).filter(cases__pk=case_id).first()
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    demand(why_not_start_call(case, by=by, at=at, purpose=purpose))
    window, policy = calling_window_in_force(at), call_plan_policy_in_force(at)
    plan = newest_plan(case)
    with signed(by=by, reason="call.started", at=at):
        started = StartedCall.objects.create(
            case=case,
            customer=case.customer,
            purpose=purpose,
            plan=plan,
            started_by=by,
            started_at=at,
            working={
                "window": window.policy_id,
                "call_plan": policy.policy_id,
                "guide": call_guide_in_force(at).policy_id,
                "earlier_calls": len(calls_to(case, window)),
                "needs_plan": list(why_plan_needed(case, purpose, policy)),
            },
        )
        for scheduled in case.scheduled_calls.filter(ended_at__isnull=True, scheduled_for__lte=at):
            scheduled.ended_at = at
            scheduled.save()
    return started


@transaction.atomic
def finish_call(
    case_id: int,
    *,
    by,
    at: datetime,
    outcome: str,
    words: str = "",
    steps: Mapping[str, StepTaken] | None = None,
    **draft,
) -> Contact:
    """Record what came of the call that was started, with every step done or missed. Refused when none is open.

    `steps` are those of the seven by their code; one left out is missed. The outcome "no_more_calls" also writes
    down that the customer wants no calls. `draft` takes apology, emotion and call_again_at as `record_call` does.
    The contact happened when it was dialled; a second time finds no open call.
    """
    Customer.objects.select_for_update(of=("self",)).filter(cases__pk=case_id).first()
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    started = open_call(case)
    demand([] if started else [Violation("call.none_open")])
    steps = {code: (steps or {}).get(code, StepTaken(False)) for code in STEPS_OF_A_TALK}
    wants_none = outcome == NO_MORE_CALLS
    reached = outcome == ContactOutcome.DELIVERED
    with signed(by=by, reason="call.finished", at=at):
        result = record_call(
            case.pk,
            by=by,
            at=at,
            outcome=ContactOutcome.DECLINED if wants_none else outcome,
            words=words,
            purpose=started.purpose,
            occurred_at=started.started_at,
            started_call_id=started.pk,
            steps_done=frozenset(code for code, step in steps.items() if step.done) if reached else None,
            **draft,
        )
        contact = result.attempts.latest("pk") if isinstance(result, FollowUpCall) else result
        started.contact = contact
        started.save()
        if reached:
            _write_steps(case, contact, steps, by=by, at=at)
        if wants_none:
            write_consent(
                case,
                case.customer,
                channel=Channel.PHONE,
                scope=ConsentScope.EVERYTHING,
                decision=ConsentDecision.REFUSED,
                words=words,
                by=by,
                at=at,
                said_at=started.started_at,
            )
    return contact


def _write_steps(case, contact, steps, *, by, at):
    for number, (code, step) in enumerate(steps.items(), start=1):
        said = state_words(case, StatementKind.CALL_NOTE, step.words, by=by, at=at)
        CallStep.objects.create(contact=contact, number=number, code=code, done=step.done, words=said)
