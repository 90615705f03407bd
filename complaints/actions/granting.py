"""Compensation asked for: drafted with its grounds, changed, handed in, and taken off the table (S-CMP)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.counting_money import (
    ASKED_OR_GRANTED,
    lock_grant,
    refunded_beside,
    spent_beside,
)
from complaints.actions.promising_money import promise_payment
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.models import CompensationGrant, Complaint
from complaints.roles import day_of, demand_right, groups_of
from complaints.rules import granting as rules
from complaints.states import CaseState, EvidenceState, GrantState
from complaints.vocabulary import GrantPurpose, Remedy, ResponsibleParty, StatementKind
from policies.lookup import PoliciesInForce, policies_in_force

CURRENCY = "CNY"
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


def grant_facts(grant: CompensationGrant, case: Complaint, policies: PoliciesInForce, **typed) -> rules.GrantFacts:
    """What the case says about a grant. `typed` stands in for what is not written down yet."""
    kinds = policies.compensation_kinds
    refunds = [code for code, kind in kinds.items() if kind.is_refund]
    reference = typed.get("legal_reference", grant.legal_reference)
    law = policies.legal_references.get(reference)
    spent = spent_beside(grant, case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=grant.asked_at)
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
        case_currency=CURRENCY,
        law_known=law is not None and law.in_force,
        virtual_offered=_virtual_offered(grant, case, kinds),
        finding_party=_finding_party(case),
        evidence_types=frozenset(
            case.evidence.filter(state__in=STANDING_EVIDENCE).values_list("evidence_type", flat=True)
        ),
        has_payee=grant.payee_id is not None,
        order_paid=case.order.paid_amount if case.order_id else None,
        refunds_on_case=refunded_beside(grant, case, refunds),
        on_case=spent.on_case,
    )


def _virtual_offered(grant, case, kinds) -> bool:
    virtual = [code for code, kind in kinds.items() if kind.kind_class == "virtual"]
    asked = case.grants.filter(kind__in=virtual).exclude(pk=grant.pk).exclude(state=GrantState.DRAFTED)
    offered = case.plans.filter(offered_at__isnull=False, options__remedy__in=VIRTUAL_REMEDIES)
    return asked.exists() or offered.exists()


def _finding_party(case) -> str:
    newest = case.findings.order_by("-found_at", "-pk").values_list("responsible_party", flat=True).first()
    return newest or ""


def digest_of(grant: CompensationGrant, case: Complaint, policies: PoliciesInForce) -> str:
    """What an approval is bound to: amount, currency, kind, grounds, payee, and the facts the grant rests on.

    A finding that agrees with the grant changes nothing; one that contradicts it does, and so does evidence
    of a kind that the compensation needs.
    """
    kind = policies.compensation_kinds.get(grant.kind)
    needed = case.evidence.filter(
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
            "fault_contradicted": rules.contradicts_finding(grant.fault, _finding_party(case)),
            "evidence": sorted(needed.values_list("pk", flat=True)),
        }
    )


def _typed(case, by, at, policies, *, grant, kind, amount, purpose, fault, basis, currency, goodwill, offers, law):
    typed = rules.amount_in(amount)
    facts = grant_facts(
        grant,
        case,
        policies,
        amount=typed,
        currency=currency,
        kind=policies.compensation_kinds.get(kind),
        purpose_known=purpose in GrantPurpose.values,
        fault=fault,
        fault_known=fault in ResponsibleParty.values,
        goodwill=goodwill,
        basis=basis,
        order_of_offers=offers,
        legal_reference=law,
    )
    return typed, list(rules.violations_in_draft(facts))


def why_not_draft_grant(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against asking for money on this case, whatever is asked for."""
    return list(violations_in_case_for_money(case))


@transaction.atomic
def draft_grant(
    case_id: int,
    *,
    by,
    at: datetime,
    kind: str,
    amount: Decimal | str,
    purpose: str,
    fault: str,
    basis: str,
    currency: str = CURRENCY,
    goodwill: bool = False,
    order_of_offers: str = "",
    legal_reference: str = "",
) -> CompensationGrant:
    """Write down what is to be asked for, and on which grounds; nobody is asked yet (S-CMP-01 to 04).

    `order_of_offers` says why cash before anything virtual, `goodwill` that we give although the fault is not
    ours. A second call drafts a second grant; what waits and what is granted counts together when handed in.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "grant.ask", case, at=at)
    grant = CompensationGrant(case=case, asked_by=by, asked_at=at)
    typed, wrong = _typed(
        case,
        by,
        at,
        policies_in_force(at),
        grant=grant,
        kind=kind,
        amount=amount,
        purpose=purpose,
        fault=fault,
        basis=basis,
        currency=currency,
        goodwill=goodwill,
        offers=order_of_offers,
        law=legal_reference,
    )
    demand(why_not_draft_grant(case, by=by, at=at), wrong)
    with signed(by=by, reason="grant.drafted", at=at):
        _write(
            grant,
            case,
            by,
            at,
            kind,
            typed,
            purpose,
            fault,
            basis,
            currency,
            goodwill,
            order_of_offers,
            legal_reference,
        )
    return grant


def _write(grant, case, by, at, kind, amount, purpose, fault, basis, currency, goodwill, offers, law):
    grant.kind = kind
    grant.amount = amount
    grant.purpose = purpose
    grant.fault = fault
    grant.currency = currency
    grant.goodwill = goodwill
    grant.legal_reference = law
    grant.basis = state_words(case, StatementKind.BASIS, basis, by=by, at=at)
    grant.order_of_offers_reason = state_words(case, StatementKind.REASON, offers, by=by, at=at)
    grant.save()


def why_not_change_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against changing this grant, whatever the change."""
    changeable = (GrantState.DRAFTED, GrantState.AWAITING_APPROVAL, GrantState.APPROVED)
    found = [*violations_in_grant_move(grant, *changeable), *violations_in_case_for_money(grant.case)]
    if grant.asked_by_id != by.pk:
        found.append(Violation("grant.not_the_asker"))
    return found


@transaction.atomic
def change_grant(
    grant_id: int,
    *,
    by,
    at: datetime,
    kind: str,
    amount: Decimal | str,
    purpose: str,
    fault: str,
    basis: str,
    currency: str = CURRENCY,
    goodwill: bool = False,
    order_of_offers: str = "",
    legal_reference: str = "",
) -> CompensationGrant:
    """Ask for something else. Whatever was approved lapses; the grant is a draft again and is handed in anew."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.ask", case, at=at)
    typed, wrong = _typed(
        case,
        by,
        at,
        policies_in_force(at),
        grant=grant,
        kind=kind,
        amount=amount,
        purpose=purpose,
        fault=fault,
        basis=basis,
        currency=currency,
        goodwill=goodwill,
        offers=order_of_offers,
        law=legal_reference,
    )
    demand(why_not_change_grant(grant, by=by, at=at), wrong)
    with signed(by=by, reason="grant.changed", at=at):
        if grant.state != GrantState.DRAFTED:
            grant.lapse()
        _write(
            grant,
            case,
            by,
            at,
            kind,
            typed,
            purpose,
            fault,
            basis,
            currency,
            goodwill,
            order_of_offers,
            legal_reference,
        )
    return grant


def why_not_submit_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What is missing before anybody decides: the request's own faults, its proof, its payee, and too high a sum."""
    case = grant.case
    found = [*violations_in_grant_move(grant, GrantState.DRAFTED), *violations_in_case_for_money(case)]
    if grant.asked_by_id != by.pk:
        found.append(Violation("grant.not_the_asker"))
    policies = policies_in_force(at)
    facts = grant_facts(grant, case, policies)
    wrong = list(rules.violations_in_submission(facts))
    found.extend(wrong)
    if not any(fault.field in ("amount", "currency", "kind") for fault in wrong):
        authority = _route(grant, case, facts, policies, at)
        if authority.limit is None:
            found.extend(authority.why)
    return found


def _route(grant, case, facts, policies, at):
    spent = spent_beside(grant, case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=at)
    roles = groups_of(grant.asked_by)
    return rules.route_of(facts, spent, policies.limits.values(), roles=roles, on=day_of(at))


@transaction.atomic
def submit_grant(grant_id: int, *, by, at: datetime) -> CompensationGrant:
    """Hand the request in. Within the asker's own authority it is approved at once and cites the limit row;
    above it one supervisor decides, or two; above everything it is refused (S-CMP-05, S-CMP-06).

    What waits and what is granted to the same case, customer and order counts together, so that a sum is not
    split. The second time is refused.
    """
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.ask", case, at=at)
    demand(why_not_submit_grant(grant, by=by, at=at))
    policies = policies_in_force(at)
    authority = _route(grant, case, grant_facts(grant, case, policies), policies, at)
    grant.asked_at = at
    digest = digest_of(grant, case, policies)
    if authority.approvers == 0:
        with signed(by=by, reason="grant.approved_within_own_authority", at=at):
            grant.approve_within_own_authority(limit_policy_id=authority.limit.policy_id, digest=digest, at=at)
            promise_payment(grant, case, policies, by=by, at=at)
        return grant
    with signed(by=by, reason="grant.submitted", at=at):
        grant.submit(digest=digest, approvals_needed=authority.approvers)
        grant.save()
    passed_over = subjects_of(case) | {by.pk, case.handler_id}
    notices.queue(
        case,
        "notice.grant_awaits_you",
        to=Superiors(at).told(case.team_id, None, passed_over),
        at=at,
        params={"amount": str(grant.amount), "currency": grant.currency},
        about=grant,
    )
    return grant


def why_not_cancel_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against giving the grant up."""
    unpaid = (GrantState.DRAFTED, GrantState.AWAITING_APPROVAL, GrantState.APPROVED, GrantState.BOUNCED)
    return list(violations_in_grant_move(grant, *unpaid))


@transaction.atomic
def cancel_grant(grant_id: int, *, by, at: datetime, reason: str) -> CompensationGrant:
    """Not paid after all. A promise that was made with it stays, until it is released in its own way."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.cancel", case, at=at)
    demand(why_not_cancel_grant(grant, by=by, at=at), violations_in_reason(reason))
    with signed(by=by, reason="grant.cancelled", at=at):
        grant.cancel(reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        grant.save()
    return grant
