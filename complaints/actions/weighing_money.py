"""What the case says about a grant: the facts its rules ask for, and the content an approval is bound to."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from casemgmt.amounts import amount_in
from casemgmt.money import house_currency
from casemgmt.violations import Violation
from complaints.actions.counting_money import ASKED_OR_GRANTED, family_of, refunded_beside, spent_on
from complaints.models import CompensationGrant, Complaint, Evidence
from complaints.places import region_of
from complaints.rules import granting as rules
from complaints.states import CaseState, EvidenceState, GrantState
from complaints.vocabulary import GrantPurpose, Remedy, ResponsibleParty
from policies.lookup import PoliciesInForce, policies_in_force
from policies.rules.authority import Spent
from policies.rules.regions import holds_in

VIRTUAL_REMEDIES = (Remedy.COUPON, Remedy.MEMBER_BENEFIT, Remedy.DISCOUNT)
STANDING_EVIDENCE = (EvidenceState.RECEIVED, EvidenceState.VERIFIED)
BEING_REFUSED = (CaseState.REFUSAL_PROPOSED, CaseState.REFUSED)


def violations_in_case_for_money(case: Complaint):
    """Whether the case is one on which money may be asked for now."""
    if not case.is_open or case.state == CaseState.EXTERNAL:
        yield Violation("grant.case_not_open", params={"state": case.get_state_display()})
    elif case.state in BEING_REFUSED:
        yield Violation("grant.refusal_pending")


def violations_in_grant_move(grant: CompensationGrant, *states: str):
    """One violation when the grant is not in one of these states."""
    if grant.state not in states:
        yield Violation("grant.not_possible_from", params={"state": grant.get_state_display()})


def violations_in_reason(reason: str):
    """Why, in words."""
    if not reason.strip():
        yield Violation("grant.reason_missing", field="reason")


@dataclass(frozen=True, slots=True)
class GrantRequest:
    """A request as it is typed. `order_of_offers` says why cash before anything virtual, `goodwill` that we give
    although the fault is not ours. `payee_id` names a payee of this customer who is known; None leaves it as it is."""

    kind: str
    amount: Decimal | str
    purpose: str
    fault: str
    basis: str
    currency: str = field(default_factory=house_currency)
    goodwill: bool = False
    order_of_offers: str = ""
    legal_reference: str = ""
    payee_id: int | None = None


def violations_in_request(request: GrantRequest, grant: CompensationGrant, case: Complaint, *, at: datetime):
    """What is wrong with the request as it is typed. `grant` is the row that will hold it."""
    policies = policies_in_force(at)
    facts = grant_facts(
        grant,
        case,
        policies,
        amount=amount_in(request.amount),
        currency=request.currency,
        kind=policies.compensation_kinds.get(request.kind),
        purpose_known=request.purpose in GrantPurpose.values,
        fault=request.fault,
        fault_known=request.fault in ResponsibleParty.values,
        goodwill=request.goodwill,
        basis=request.basis,
        order_of_offers=request.order_of_offers,
        legal_reference=request.legal_reference,
    )
    yield from rules.violations_in_draft(facts)
    if request.payee_id is not None and not _is_payee_of(case, request.payee_id):
        yield Violation("payee.of_another_customer", field="payee_id")


def _is_payee_of(case, payee_id) -> bool:
    return case.customer_id is not None and case.customer.payees.filter(pk=payee_id).exists()


def grant_facts(
    grant: CompensationGrant, case: Complaint, policies: PoliciesInForce, *, spent: Spent | None = None, **typed
) -> rules.GrantFacts:
    """What the case says about a grant. `typed` stands in for what is not written down yet, `spent` was counted."""
    kinds = policies.compensation_kinds
    refunds = [code for code, kind in kinds.items() if kind.is_refund]
    reference = typed.get("legal_reference", grant.legal_reference)
    law = policies.legal_references.get(reference)
    family = family_of(case)
    facts = {
        "amount": grant.amount,
        "currency": grant.currency,
        "kind": kinds.get(grant.kind),
        "fault": grant.fault,
        "goodwill": grant.goodwill,
        "basis": "stated" if grant.basis_id else "",
        "order_of_offers": "stated" if grant.order_of_offers_reason_id else "",
        "legal_reference": reference,
    }
    return rules.GrantFacts(
        **facts | typed,
        case_currency=house_currency(),
        law_known=law is not None and law.in_force and holds_in(law.regions, region_of(case)),
        virtual_offered=_virtual_offered(grant, case, kinds),
        finding_party=_finding_party(case),
        evidence_types=frozenset(
            Evidence.objects.for_case(case).filter(state__in=STANDING_EVIDENCE).values_list("evidence_type", flat=True)
        ),
        has_payee=grant.payee_id is not None,
        owed_by_return=is_owed_by_return(grant, case),
        order_paid=case.order.paid_amount if case.order_id else None,
        refunds_on_case=refunded_beside(grant, case, refunds, family=family),
        on_case=spent.on_case if spent else spent_on(grant, family, ASKED_OR_GRANTED),
    )


def is_owed_by_return(grant: CompensationGrant, case: Complaint) -> bool:
    """Whether the grant gives back the price of goods that came back, or what sending them cost."""
    returns = case.returns.all() if grant.pk is not None else []
    return any(grant.pk in (request.refund_id, request.freight_refund_id) for request in returns)


def _virtual_offered(grant, case, kinds) -> bool:
    virtual = [code for code, kind in kinds.items() if kind.kind_class == "virtual"]
    asked = case.grants.filter(kind__in=virtual).exclude(pk=grant.pk).exclude(state=GrantState.DRAFTED)
    offered = case.plans.filter(offered_at__isnull=False, options__remedy__in=VIRTUAL_REMEDIES)
    return asked.exists() or offered.exists()


def _finding_party(case) -> str:
    newest = case.findings.order_by("-found_at", "-pk").values_list("responsible_party", flat=True).first()
    return newest or ""


def _paid_for(case) -> str:
    paid = case.order.paid_amount if case.order_id else None
    return "" if paid is None else f"{paid:.2f}"


def digest_of(grant: CompensationGrant, case: Complaint, policies: PoliciesInForce) -> str:
    """What an approval is bound to: amount, currency, kind, grounds, payee, and the facts the grant rests on.

    A finding that agrees with the grant changes nothing; one that contradicts it does, and so does evidence
    of a kind that the compensation needs, and what the order cost, which bounds refunds and goodwill (S-CMP-09).
    """
    kind = policies.compensation_kinds.get(grant.kind)
    needed = Evidence.objects.for_case(case).filter(
        state__in=STANDING_EVIDENCE, evidence_type__in=kind.needs_evidence if kind is not None else ()
    )
    payee = grant.payee
    return rules.content_digest(
        {
            "grant": grant.pk,
            "amount": f"{grant.amount:.2f}",
            "currency": grant.currency,
            "kind": grant.kind,
            "purpose": grant.purpose,
            "fault": grant.fault,
            "goodwill": grant.goodwill,
            "basis": grant.basis.words_digest,
            "order_of_offers": grant.order_of_offers_reason.words_digest if grant.order_of_offers_reason else "",
            "legal_reference": grant.legal_reference,
            "payee": [payee.pk, payee.method, *(value and value.token for value in (payee.name, payee.account))]
            if payee
            else [],
            "order_paid": _paid_for(case),
            "fault_contradicted": rules.contradicts_finding(grant.fault, _finding_party(case)),
            "evidence": sorted(needed.values_list("pk", flat=True)),
        }
    )
