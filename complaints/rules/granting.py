"""What may be asked for as compensation, and on which grounds (S-CMP); the amounts themselves are policy."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from casemgmt.violations import Violation
from policies.rules.authority import Authority, Spent, role_that_may_grant, violations_in_grant
from policies.values import AuthorityLimits, CompensationKind

OUR_FAULT = frozenset({"seller", "staff"})
MOST = Decimal("9999999999.99")
CENT_DIGITS = -2


def violations_in_typed_amount(amount: Decimal | None) -> Iterator[Violation]:
    """More than nothing, in yuan and fen, and small enough to be kept (F9 to F13)."""
    if amount is None or not amount.is_finite() or amount <= 0:
        yield Violation("grant.amount_not_positive", field="amount")
    elif amount > MOST:
        yield Violation("grant.amount_too_large", field="amount", params={"most": MOST})
    elif amount.normalize().as_tuple().exponent < CENT_DIGITS:
        yield Violation("grant.amount_too_fine", field="amount")


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A request and what the case says about it.

    `kind` is None for one that is not in force. `virtual_offered`: something virtual was offered before on
    this case. `finding_party` is the responsible party of the newest finding, "" when there is none.
    `owed_by_return`: the price of goods that came back or their freight, no gift.
    `order_paid` is what the order cost, None when nobody knows; `on_case` and `refunds_on_case` are what is
    granted there already without this grant.
    """

    amount: Decimal | None
    currency: str
    kind: CompensationKind | None
    fault: str
    goodwill: bool
    basis: str
    case_currency: str
    purpose_known: bool = True
    fault_known: bool = True
    order_of_offers: str = ""
    virtual_offered: bool = False
    legal_reference: str = ""
    law_known: bool = True
    finding_party: str = ""
    evidence_types: frozenset[str] = frozenset()
    has_payee: bool = False
    owed_by_return: bool = False
    order_paid: Decimal | None = None
    refunds_on_case: Decimal = Decimal(0)
    on_case: Decimal = Decimal(0)


def contradicts_finding(fault: str, finding_party: str) -> bool:
    """Whether a grant names us as at fault although the investigation found somebody else, or the reverse."""
    if finding_party in ("", "undetermined") or fault == "undetermined":
        return False
    return (fault in OUR_FAULT) != (finding_party in OUR_FAULT)


def violations_in_draft(facts: GrantFacts) -> Iterator[Violation]:
    """What is wrong with the request as it is written, before anybody is asked."""
    yield from violations_in_typed_amount(facts.amount)
    if facts.currency != facts.case_currency:
        yield Violation("grant.other_currency", field="currency", params={"currency": facts.case_currency})
    if facts.kind is None:
        yield Violation("grant.kind_unknown", field="kind")
    if not facts.purpose_known:
        yield Violation("grant.purpose_unknown", field="purpose")
    if not facts.fault_known:
        yield Violation("grant.fault_unknown", field="fault")
    elif contradicts_finding(facts.fault, facts.finding_party):
        yield Violation("grant.fault_contradicts_finding", field="fault")
    if not facts.basis.strip():
        yield Violation("grant.basis_missing", field="basis")
    is_gift = facts.fault_known and facts.fault not in OUR_FAULT and not facts.owed_by_return
    if is_gift and not facts.goodwill:
        yield Violation("grant.goodwill_not_marked", field="goodwill")
    if facts.legal_reference and not facts.law_known:
        yield Violation("grant.law_unknown", field="legal_reference")
    if facts.kind is not None:
        yield from _violations_in_kind(facts, facts.kind)


def _violations_in_kind(facts: GrantFacts, kind: CompensationKind) -> Iterator[Violation]:
    if kind.needs_our_fault and facts.fault not in OUR_FAULT:
        yield Violation("grant.our_fault_needed", field="fault")
    owed = kind.is_refund or facts.owed_by_return
    cash_first = kind.kind_class == "cash_like" and not owed and not facts.virtual_offered
    if cash_first and not facts.order_of_offers.strip():
        yield Violation("grant.virtual_first", field="order_of_offers")


def goes_beyond_commitment(facts: GrantFacts) -> bool:
    """Whether the customer would get more than was paid for the goods (S-CMP-09)."""
    return facts.order_paid is not None and facts.on_case + (facts.amount or 0) > facts.order_paid


def violations_in_submission(facts: GrantFacts) -> Iterator[Violation]:
    """What is missing before anybody decides about the request; the draft's own faults count again."""
    faults = list(violations_in_draft(facts))
    yield from faults
    kind = facts.kind
    if kind is None or any(fault.field == "amount" for fault in faults):
        return
    for missing in sorted(set(kind.needs_evidence) - facts.evidence_types):
        yield Violation("grant.evidence_missing", params={"type": missing})
    if kind.kind_class == "cash_like" and not facts.has_payee:
        yield Violation("grant.payee_missing")
    if kind.is_refund and facts.order_paid is not None and facts.refunds_on_case + facts.amount > facts.order_paid:
        yield Violation(
            "grant.refund_above_paid",
            field="amount",
            params={"paid": facts.order_paid, "left": max(facts.order_paid - facts.refunds_on_case, Decimal(0))},
        )
    elif goes_beyond_commitment(facts) and not facts.legal_reference:
        yield Violation("grant.beyond_commitment", field="legal_reference", params={"paid": facts.order_paid})


def route_of(
    facts: GrantFacts, spent: Spent, limits: Iterable[AuthorityLimits], *, roles: Iterable[str], on: date
) -> Authority:
    """Whose word is enough for the request. More than the order was worth is never granted alone (S-CMP-09)."""
    rungs = [limit for limit in limits if limit.approvers or not goes_beyond_commitment(facts)]
    return role_that_may_grant(facts.amount, facts.currency, spent, rungs, requester_roles=roles, on=on)


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """Who approves what, by any of their accounts, and what they saw. The three digests are of the content: seen,
    submitted, and now.
    """

    decided_by: frozenset[int]
    first_approver: int | None
    payee_entered_by: int | None
    seen_digest: str
    submitted_digest: str
    digest_now: str


def violations_in_approval(facts: ApprovalFacts) -> Iterator[Violation]:
    """Whether this person may say yes to this content; who asked, handles or is complained about: see duties."""
    if facts.first_approver in facts.decided_by:
        yield Violation("grant.approved_by_you_already")
    if facts.payee_entered_by in facts.decided_by:
        yield Violation("grant.approver_entered_payee")
    if facts.seen_digest != facts.submitted_digest:
        yield Violation("grant.changed_since_seen")
    elif facts.digest_now != facts.submitted_digest:
        yield Violation("grant.content_changed")


def limit_for_approver(
    amount: Decimal,
    currency: str,
    spent: Spent,
    limits: Iterable[AuthorityLimits],
    *,
    approvals: int,
    roles: Iterable[str],
    on: date,
) -> tuple[AuthorityLimits | None, tuple[Violation, ...]]:
    """The row of limits on which this approver's yes stands, or why none carries it (invariant 2 of roles.md)."""
    roles = set(roles)
    wrong: list[Violation] = []
    for limit in sorted(limits, key=lambda limit: limit.rung):
        if limit.approvers != approvals or limit.role not in roles:
            continue
        broken = list(violations_in_grant(amount, currency, spent, limit, on=on))
        if not broken:
            return limit, ()
        wrong.extend(broken)
    return None, tuple(wrong) or (Violation("grant.above_your_authority"),)


def content_digest(content: Mapping[str, object]) -> str:
    """What an approval is bound to, as SHA-256 over the content in a fixed form."""
    fixed = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(fixed.encode()).hexdigest()
