"""How much, and on which ground: authority limits, kinds of compensation, grounds of refusal, the law they cite."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from casemgmt.violations import Violation
from policies.values.parts import Label, below_zero, fault


@dataclass(frozen=True, slots=True)
class AuthorityLimits:
    """What a role may grant with so many approvers: 0 by its own authority, 1 or 2 other people of the role.

    Each limit itself is allowed, one cent more is not. The customer's sum counts the grants of the last
    `window_days` days, today included; the day's sum counts those of one requester or one approver.

    Grants of at least `near_percent` of `per_grant` that stay within it are close under the limit. So many of them
    within `near_days` days to one customer or order (`near_of_customer`), or by one requester (`near_of_requester`),
    look like one sum that was split, and are shown to whoever approves and audits. Nothing (0) watches nothing.
    """

    policy_id: int
    code: str
    rung: int
    role: str
    approvers: Literal[0, 1, 2]
    currency: Literal["CNY", "GBP", "EUR", "USD"]
    per_grant: Decimal
    per_case: Decimal
    per_customer: Decimal
    window_days: int
    per_day: Decimal
    near_percent: int = 0
    near_days: int = 0
    near_of_customer: int = 0
    near_of_requester: int = 0

    def violations_in_itself(self) -> Iterator[Violation]:
        """Limits that do not contradict each other."""
        yield from below_zero(self, "per_grant", "per_case", "per_customer", "per_day")
        yield from below_zero(self, "near_percent", "near_days", "near_of_customer", "near_of_requester")
        if self.near_percent > 100:
            yield fault("policy.above_hundred", "near_percent")
        if self.window_days < 1:
            yield fault("policy.below_one", "window_days")
        if not self.per_grant <= self.per_case <= self.per_customer:
            yield fault("policy.limits_out_of_order", "per_case")


@dataclass(frozen=True, slots=True)
class CompensationKind:
    """A way to make good (S-SOL-01); virtual comes before cash-class (S-CMP-03), a refund is bounded by the order.

    `needs_payment_proof`: whoever pays it adds a file that proves the payment (S-CMP-12).
    """

    policy_id: int
    code: str
    label: Label
    kind_class: Literal["virtual", "cash_like"]
    order: int
    payout_working_days: int
    is_refund: bool = False
    needs_our_fault: bool = False
    needs_evidence: tuple[str, ...] = ()
    needs_payment_proof: bool = False

    def violations_in_itself(self) -> Iterator[Violation]:
        """A day to pay in."""
        if self.payout_working_days < 1:
            yield fault("policy.below_one", "payout_working_days")


@dataclass(frozen=True, slots=True)
class RefusalGround:
    """A lawful reason to refuse (S-REF-01), and the proof it takes.

    One of `needs_evidence` must be verified, unless it is empty. `needs_evidence_request`: evidence was asked
    for, with a deadline, and did not come. `law` and `company_policy` are what is cited (S-REF-02).
    """

    policy_id: int
    code: str
    label: Label
    law: tuple[str, ...]
    company_policy: Label
    needs_evidence: tuple[str, ...] = ()
    needs_evidence_request: bool = False
    needs_verified_verdict: bool = True

    def violations_in_itself(self) -> Iterator[Violation]:
        """It cites law, and takes some proof."""
        if not self.law:
            yield fault("policy.empty_list", "law")
        if not self.needs_evidence and not self.needs_evidence_request:
            yield fault("policy.refusal_without_proof", "needs_evidence")


@dataclass(frozen=True, slots=True)
class LegalReference:
    """A clause with its figure. `mark`: F found in the named source, U general knowledge, unverified.

    `regions` (ISO 3166, such as "CN-ZJ") are those whose shops it binds; none named: all.
    """

    policy_id: int
    code: str
    label: Label
    article: str
    figure: Label
    starts_from: Label
    mark: Literal["F", "U"]
    found_in: str
    in_force: bool = True
    regions: tuple[str, ...] = ()
