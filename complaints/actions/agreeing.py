"""Settlement agreements: drafted from a plan, signed by each side, carried out by their promises (S-SOL-25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from casemgmt.ledger import signed
from casemgmt.people.models import Department, Person
from casemgmt.violations import Violation, demand
from complaints.actions.agreement_texts import TEMPLATE, text_of
from complaints.actions.committing import person_or_handler, violations_in_owner, write_commitment
from complaints.actions.evidencing import write_evidence
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.actions.wording import violations_in_words
from complaints.evidence_files import files
from complaints.models import AgreementTerm, Complaint, Evidence, HandlingPlan, PlanOption, SettlementAgreement
from complaints.roles import demand_right
from complaints.rules import agreeing as rules
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.states import AgreementState, EvidenceState, PlanState
from complaints.vocabulary import Acceptance, EvidenceType, Side, StatementKind
from complaints.vocabulary.returning import SigningSide, SigningWay
from policies.lookup import periods_in_force, templates_in_force, uploads_in_force

PENDING = (AgreementState.DRAFTED, AgreementState.SIGNED_BY_ONE, AgreementState.SIGNED)
TOLD = (PlanState.OFFERED, PlanState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class _Terms:
    plan: HandlingPlan | None
    options: list[PlanOption]
    all_of_plan: bool
    owner: Person | None


def why_not_draft_agreement(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """A plan that is before the customer, and no other agreement under way."""
    found = list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    if not found and not case.plans.filter(state__in=TOLD).exists():
        found.append(Violation("agreement.plan_not_offered"))
    if not found and case.agreements.filter(state__in=PENDING).exists():
        found.append(Violation("agreement.one_at_a_time"))
    return found


@transaction.atomic
def draft_agreement(
    case_id: int,
    *,
    by,
    at: datetime,
    plan_id: int,
    due_at: datetime,
    chosen: Iterable[int] = (),
    words: str = "",
    owner_id: int | None = None,
    department_id: int | None = None,
) -> SettlementAgreement:
    """Write the agreement from a plan: its text in the customer's language, its sums, its terms with their date.

    Of an accepted plan what was chosen, of an offered one `chosen`, or all of it. `words` are further terms; the
    whole text passes the check of wording and of unfair terms. A second call is refused while one is under way.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    terms = _terms(case, plan_id, frozenset(chosen), owner_id)
    template = templates_in_force(at).get(TEMPLATE)
    text = None
    if template is not None and terms.plan is not None:
        text = text_of(case, terms.plan, terms.options, template, due_at=due_at, more=words or "", by=by, at=at)
    demand(
        rules.violations_in_drafting(
            rules.DraftFacts(
                plan_known=terms.plan is not None,
                plan_told=terms.plan is not None and terms.plan.state in TOLD,
                terms=len(terms.options),
                all_of_this_plan=terms.all_of_plan,
                due_at=due_at,
                owner_known=terms.owner is not None,
                template_known=template is not None,
                other_pending=case.agreements.filter(state__in=PENDING).exists(),
                gaps=text.gaps if text is not None else (),
            ),
            at,
        ),
        violations_in_owner(case, terms.owner) if terms.owner is not None else (),
        _violations_in_department(department_id),
        violations_in_words(case, "words", text.words, at=at, options=terms.options, plan_id=plan_id) if text else (),
    )
    with signed(by=by, reason="agreement.drafted", at=at):
        newest = case.agreements.aggregate(newest=Max("number"))["newest"] or 0
        agreement = SettlementAgreement.objects.create(
            case=case,
            plan=terms.plan,
            number=newest + 1,
            text=state_words(case, StatementKind.AGREEMENT, text.words, by=by, at=at),
            template_policy_id=template.policy_id,
            amount=text.amount,
            currency=terms.options[0].currency,
            drafted_by=by,
            drafted_at=at,
        )
        for option in terms.options:
            AgreementTerm.objects.create(
                case=case,
                agreement=agreement,
                option=option,
                due_at=due_at,
                owner=terms.owner,
                department_id=department_id,
            )
    return agreement


def _terms(case, plan_id, chosen, owner_id) -> _Terms:
    plan = case.plans.filter(pk=plan_id).select_related("explanation").first()
    options = list(plan.options.select_related("words")) if plan is not None else []
    known = {option.pk for option in options}
    if plan is not None and plan.state == PlanState.ACCEPTED:
        options = [option for option in options if option.chosen]
    elif chosen:
        options = [option for option in options if option.pk in chosen]
    return _Terms(plan, options, chosen <= known, person_or_handler(case, owner_id))


def _violations_in_department(department_id):
    if department_id is not None and not Department.objects.filter(pk=department_id).exists():
        yield Violation("promise.department_unknown", field="department_id")


def why_not_sign_agreement(agreement: SettlementAgreement, *, by, at: datetime) -> list[Violation]:
    """Whether a signature is still missing, and the plan that it was drawn from still stands."""
    if agreement.state in (AgreementState.DRAFTED, AgreementState.SIGNED_BY_ONE):
        return [] if agreement.plan.state in TOLD else [Violation("agreement.plan_not_offered")]
    return [Violation("case.not_possible_from", params={"state": agreement.get_state_display()})]


def sign_agreement(
    agreement_id: int,
    *,
    by,
    at: datetime,
    side: str,
    how: str,
    file=None,
    evidence_id: int | None = None,
    signed_at: datetime | None = None,
    words: str = "",
) -> SettlementAgreement:
    """Record one side's signature: whose, when, how, and the signed copy, which is sealed as evidence.

    `words` say who signed for the customer. The customer's signature always comes with a copy. The second signature
    makes it binding: the plan counts as accepted, each term is a promise, and so is the copy for the customer.
    """
    if file is None:
        return _sign(agreement_id, None, evidence_id, side, how, signed_at or at, words or "", by=by, at=at)
    demand_right(by, "case.handle", Complaint.objects.get(agreements__pk=agreement_id), at=at)
    with files.kept(file, uploads_in_force(at)) as stored:
        return _sign(agreement_id, stored, evidence_id, side, how, signed_at or at, words or "", by=by, at=at)


@transaction.atomic
def _sign(agreement_id, stored, evidence_id, side, how, signed_at, words, *, by, at) -> SettlementAgreement:
    case = Complaint.objects.locked(agreements__pk=agreement_id)
    demand_right(by, "case.handle", case, at=at)
    agreement = case.agreements.select_related("plan").get(pk=agreement_id)
    demand(why_not_sign_agreement(agreement, by=by, at=at))
    copy = case.evidence.filter(pk=evidence_id).exclude(state=EvidenceState.EXCLUDED).first()
    side_known = side in SigningSide.values
    demand(
        rules.violations_in_signing(
            rules.SignatureFacts(
                side_known=side_known,
                way_known=how in SigningWay.values,
                signed_before=side_known and agreement.signed_by(side),
                has_file=stored is not None or evidence_id is not None,
                file_of_case=stored is not None or copy is not None,
                needs_file=side == SigningSide.CUSTOMER,
                signed_at=signed_at,
                drafted_at=agreement.drafted_at,
            ),
            at,
        )
    )
    if stored is not None:
        copy = _seal(case, agreement, stored, side, by=by, at=at)
    with signed(by=by, reason=f"agreement.signed_by_{side}", at=at):
        who = state_words(case, StatementKind.ANSWER, words, by=by, at=at, side=Side.CUSTOMER, customer=case.customer)
        agreement.take_signature(side, by=by, at=signed_at, how=how, file=copy, words=who)
        if agreement.state == AgreementState.DRAFTED:
            agreement.first_signature()
            agreement.save()
        else:
            agreement.second_signature(at=at)
            agreement.save()
            _bind(case, agreement, by=by, at=at)
    return agreement


def _seal(case, agreement, stored, side, *, by, at) -> Evidence:
    supplied_by = Side.CUSTOMER if side == SigningSide.CUSTOMER else Side.COMPANY
    described = _("Settlement agreement no. %(number)s, signed") % {"number": agreement.number}
    with signed(by=by, reason="evidence.added", at=at):
        return write_evidence(case, stored, EvidenceType.CONTRACT, supplied_by, None, described, by=by, at=at)


def _bind(case, agreement, *, by, at):
    terms = list(agreement.terms.select_related("option__words", "owner"))
    if agreement.plan.state == PlanState.OFFERED:
        _accept_by_signature(case, agreement, terms, by=by, at=at)
    for term in terms:
        promise = term.option.commitments.pending().first()
        if promise is None:
            promise = write_commitment(
                case,
                by=by,
                at=at,
                what=(term.option.words.words if term.option.words else None) or term.option.get_remedy_display(),
                due_at=max(term.due_at, at),
                owner=term.owner,
                department_id=term.department_id,
                option=term.option,
            )
        promise.agreement = agreement
        promise.save()
    copy = write_commitment(
        case,
        by=by,
        at=at,
        what=_("The customer gets a copy of settlement agreement no. %(number)s") % {"number": agreement.number},
        due_at=at + timedelta(hours=periods_in_force(at).agreement_copy_hours),
        owner=case.handler or by,
    )
    copy.agreement = agreement
    copy.save()


def _accept_by_signature(case, agreement, terms, *, by, at):
    for plan in case.plans.filter(state__in=[PlanState.DRAFTED, PlanState.ACCEPTED]):
        plan.supersede()
        plan.save()
    for term in terms:
        term.option.chosen = True
        term.option.save()
    said = _("Signed settlement agreement no. %(number)s") % {"number": agreement.number}
    answer = state_words(case, StatementKind.ANSWER, said, by=by, at=at, side=Side.CUSTOMER, customer=case.customer)
    agreement.plan.accept(acceptance=Acceptance.SAID_YES, answer=answer, at=at)
    agreement.plan.save()


def why_not_drop_agreement(agreement: SettlementAgreement, *, by, at: datetime) -> list[Violation]:
    """What binds both sides is not dropped."""
    return list(violations_in_move(agreement, "drop"))


@transaction.atomic
def drop_agreement(agreement_id: int, *, by, at: datetime, reason: str) -> SettlementAgreement:
    """It will not be signed, and why; another one may be drafted."""
    case = Complaint.objects.locked(agreements__pk=agreement_id)
    demand_right(by, "case.handle", case, at=at)
    agreement = case.agreements.get(pk=agreement_id)
    demand(
        why_not_drop_agreement(agreement, by=by, at=at),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="agreement.dropped", at=at):
        agreement.drop(at=at, reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        agreement.save()
    return agreement
