"""Plans in versions: drafted, offered, answered; and the ladder that comes before the principle is held (S-SOL)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from casemgmt.ledger import signed
from casemgmt.money import house_currency
from casemgmt.violations import Violation, demand
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.investigating import newest_finding, verified_assessment
from complaints.actions.knowing import facts_of
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.actions.telling import told_facts
from complaints.actions.weighing_remedies import fitting_to_keep
from complaints.actions.wording import violations_in_offering_words, violations_in_plan_words
from complaints.models import Complaint, HandlingPlan, LadderRecord, PlanOption
from complaints.roles import demand_right
from complaints.rules import planning
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.rules.telling import violations_in_telling
from complaints.states import CaseState, PlanState, RefusalState
from complaints.vocabulary import (
    Acceptance,
    ContactOutcome,
    ContactPurpose,
    Direction,
    OwedBy,
    Remedy,
    Side,
    StatementKind,
)
from policies.lookup import periods_in_force, remedies_in_force
from policies.rules.remedies import deviating, remedies_that_fit, violations_in_choice


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """One option as it is typed."""

    remedy: str
    words: str = ""
    amount: Decimal | None = None
    currency: str = field(default_factory=house_currency)


@transaction.atomic
def draft_plan(
    case_id: int,
    *,
    by,
    at: datetime,
    explanation: str,
    follow_up: str,
    options: Iterable[OptionDraft] = (),
    improvement: str = "",
    owed_by: str = OwedBy.NOTHING,
    deviation: str = "",
) -> HandlingPlan:
    """Draft the next version of the plan: explanation, remedy options, follow-up (S-UNR-15).

    A remedy that the matrix of remedies does not offer for this case needs `deviation`, in words; what fitted, and
    why, is kept with the plan.

    An earlier draft is superseded and kept; an offered version stays before the customer until the next one
    is offered. Options may still be missing in a draft.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    options = tuple(options)
    facts = facts_of(case, at)
    fit = remedies_that_fit(remedies_in_force(at).values(), facts)
    chosen = [option.remedy for option in options if option.remedy in Remedy.values]
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        planning.violations_in_draft(_draft_facts(case, explanation, follow_up, options)),
        _violations_in_owed(owed_by),
        violations_in_choice(chosen, fit, deviation or ""),
        violations_in_plan_words(case, explanation, follow_up, options, at=at),
    )
    with signed(by=by, reason="plan.drafted", at=at):
        _supersede(case.plans.filter(state=PlanState.DRAFTED))
        plan = HandlingPlan.objects.create(
            case=case,
            number=(case.plans.aggregate(newest=Max("number"))["newest"] or 0) + 1,
            explanation=state_words(case, StatementKind.EXPLANATION, explanation, by=by, at=at),
            follow_up=state_words(case, StatementKind.FOLLOW_UP, follow_up, by=by, at=at),
            improvement=state_words(case, StatementKind.IMPROVEMENT, improvement, by=by, at=at),
            owed_by=owed_by,
            deviation=_deviation(case, chosen, fit, deviation, by=by, at=at),
            fitting=fitting_to_keep(fit, facts, chosen),
            drafted_by=by,
            drafted_at=at,
        )
        for option in options:
            PlanOption.objects.create(
                plan=plan,
                remedy=option.remedy,
                words=state_words(case, StatementKind.OPTION, option.words, by=by, at=at),
                amount=option.amount,
                currency=option.currency,
            )
    return plan


def _deviation(case, chosen, fit, words, *, by, at):
    if not deviating(chosen, fit):
        return None
    return state_words(case, StatementKind.REASON, words, by=by, at=at)


def _draft_facts(case, explanation, follow_up, options):
    finding, verified = newest_finding(case), verified_assessment(case)
    return planning.DraftFacts(
        explanation=explanation or "",
        follow_up=follow_up or "",
        options=tuple(
            planning.OptionFacts(
                remedy=option.remedy if option.remedy in Remedy.values else "",
                words=option.words or "",
                amount=option.amount,
                currency=option.currency,
            )
            for option in options
        ),
        currency=case.order.currency if case.order is not None else house_currency(),
        not_borne_out=planning.facts_speak_against(
            verdict=verified.verdict if verified else "",
            responsible_party=finding.responsible_party if finding else "",
        ),
    )


def _violations_in_owed(owed_by):
    if owed_by not in OwedBy.values:
        yield Violation("plan.owed_by_unknown", field="owed_by")


def _supersede(plans):
    for plan in plans:
        plan.supersede()
        plan.save()


def _violations_in_negotiating(case):
    if case.state != CaseState.NEGOTIATING:
        yield Violation("plan.not_negotiating", params={"state": case.get_state_display()})


def why_not_offer_plan(plan: HandlingPlan, *, by, at: datetime) -> list[Violation]:
    """What keeps the plan from being offered, however it is done. No remedy is offered before the facts (S-INV-01)."""
    found = [*_violations_in_negotiating(plan.case), *violations_in_move(plan, "offer_to_customer")]
    if not plan.options.exists():
        found.append(Violation("plan.remedy_missing"))
    return found


def advice_on_offer(plan: HandlingPlan) -> list[Violation]:
    """What would make a better offer; it blocks nothing (S-SOL-21, S-COM-25)."""
    return list(planning.advice_on_options(plan.options.count()))


@transaction.atomic
def offer_plan(
    plan_id: int,
    *,
    by,
    at: datetime,
    channel: str,
    words: str,
    outcome: str = ContactOutcome.DELIVERED,
    on_offer_until: datetime | None = None,
    apology: str = "",
    breach_reason: str = "",
    send: bool = False,
) -> HandlingPlan:
    """Tell the customer the plan and record the exchange. Without a date it stands for the policy's days.

    With `send` it leaves from here. An earlier version that was on offer is superseded.
    """
    case = Complaint.objects.locked(plans__pk=plan_id)
    demand_right(by, "case.handle", case, at=at)
    plan = case.plans.get(pk=plan_id)
    draft = ContactDraft(
        channel=channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.OFFER,
        outcome=outcome,
        apology=apology,
        breach_reason=breach_reason,
        plan_id=plan.pk,
        send=send,
    )
    possible = why_not_offer_plan(plan, by=by, at=at)
    demand(
        possible,
        (
            found
            for found in planning.violations_in_offering(
                options=plan.options.count(),
                delivered=outcome == ContactOutcome.DELIVERED,
                on_offer_until=on_offer_until,
                at=at,
            )
            if found.field is not None
        ),
        violations_in(case, draft, at=at),
        violations_in_offering_words(plan, at=at),
    )
    with signed(by=by, reason="plan.offered", at=at):
        _supersede(case.plans.filter(state=PlanState.OFFERED))
        contact = write_contact(case, draft, by=by, at=at)
        plan.on_offer_until = on_offer_until or at + timedelta(days=periods_in_force(at).offer_stands_days)
        plan.offer_to_customer(offer=contact, at=at)
        plan.save()
        case.save()
    return plan


def why_not_accept_plan(plan: HandlingPlan, *, by, at: datetime) -> list[Violation]:
    """Why no answer can be taken to this plan now."""
    return [*_violations_in_negotiating(plan.case), *violations_in_move(plan, "accept")]


@transaction.atomic
def accept_plan(
    plan_id: int, *, by, at: datetime, acceptance: str, chosen: Iterable[int], words: str = ""
) -> HandlingPlan:
    """Record the customer's yes and what was chosen, or what stands for it (S-SOL-22).

    `acceptance`: "said_yes" with the customer's words; "applied_for_it" when the application asked for just
    that; "owed" for what the law or our fault demands, the customer told. Other versions are superseded.
    The case moves by *accept*.
    """
    case = Complaint.objects.locked(plans__pk=plan_id)
    demand_right(by, "case.handle", case, at=at)
    plan = case.plans.get(pk=plan_id)
    demand(why_not_accept_plan(plan, by=by, at=at))
    chosen = frozenset(chosen)
    options = list(plan.options.filter(pk__in=chosen))
    demand(
        planning.violations_in_acceptance(
            planning.AnswerFacts(
                acceptance=acceptance if acceptance in Acceptance.values else "",
                words=words or "",
                chosen=len(options),
                all_of_this_plan=len(options) == len(chosen),
                owed=plan.owed_by != OwedBy.NOTHING,
                told=not list(violations_in_telling(told_facts(case, ContactPurpose.OFFER))),
                asked_for=(case.demanded_remedy, case.demanded_amount),
                chosen_options=tuple((option.remedy, option.amount) for option in options),
            )
        )
    )
    with signed(by=by, reason="plan.accepted", at=at):
        _supersede(case.plans.filter(state__in=[PlanState.DRAFTED, PlanState.ACCEPTED]))
        for option in options:
            option.chosen = True
            option.save()
        plan.accept(acceptance=acceptance, answer=_answer(case, words, by=by, at=at), at=at)
        plan.save()
    return plan


def _answer(case, words, *, by, at):
    return state_words(case, StatementKind.ANSWER, words, by=by, at=at, side=Side.CUSTOMER, customer=case.customer)


@transaction.atomic
def reject_plan(plan_id: int, *, by, at: datetime, words: str) -> HandlingPlan:
    """The customer says no, and why; the next version follows the customer's opinion (S-COM-30, S-SOL-23)."""
    case = Complaint.objects.locked(plans__pk=plan_id)
    demand_right(by, "case.handle", case, at=at)
    plan = case.plans.get(pk=plan_id)
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        violations_in_move(plan, "reject"),
        violations_in_required_words(words, code="plan.rejected_without_words", field="words"),
    )
    with signed(by=by, reason="plan.rejected", at=at):
        plan.reject(answer=_answer(case, words, by=by, at=at), at=at)
        plan.save()
    return plan


def steps_walked(case: Complaint) -> tuple[str, ...]:
    """The steps of the ladder in this round: what came before a refusal that lapsed does not carry the next one."""
    steps = case.ladder.all()
    lapsed = case.refusals.filter(state=RefusalState.LAPSED).aggregate(last=Max("decided_at"))["last"]
    if lapsed is not None:
        steps = steps.filter(walked_at__gt=lapsed)
    return tuple(steps.values_list("step", flat=True))


def why_not_walk_ladder(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """The ladder is walked while a plan is negotiated."""
    return list(_violations_in_negotiating(case))


@transaction.atomic
def walk_ladder(case_id: int, *, by, at: datetime, step: str, words: str) -> LadderRecord:
    """One step of the ladder of non-acceptance, really walked: what came of it (S-SOL-24, S-REF-13).

    In order: talk further and find why, ask a superior, offer other options. Only then is the principle held.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    walked = frozenset(steps_walked(case))
    demand(
        why_not_walk_ladder(case, by=by, at=at),
        planning.violations_in_step(step, walked),
        violations_in_required_words(words, code="ladder.words_missing", field="words"),
    )
    with signed(by=by, reason="ladder.walked", at=at):
        return LadderRecord.objects.create(
            case=case,
            step=step,
            words=state_words(case, StatementKind.NOTE, words, by=by, at=at),
            walked_by=by,
            walked_at=at,
        )
