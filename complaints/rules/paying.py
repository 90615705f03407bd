"""Paying once: the right key, a reference nobody used, and a third pair of hands (S-CMP-12, roles.md)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation

LONGEST_REFERENCE = 80


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment as it is about to be noted. `reference_used`: another payment bears it, or an earlier one that
    came back. `proof_of_case`: None without a proof among the evidence; `proof_added`: a file comes along."""

    key_fits: bool
    reference: str
    reference_used: bool
    proof_of_case: bool | None = None
    proof_added: bool = False
    needs_proof: bool = False


def violations_in_payment(facts: PaymentFacts) -> Iterator[Violation]:
    """Whether this very content may be paid now, under this reference."""
    if not facts.key_fits:
        yield Violation("grant.payment_key_stale")
    reference = facts.reference.strip()
    if not reference:
        yield Violation("grant.reference_missing", field="reference")
    elif len(reference) > LONGEST_REFERENCE:
        yield Violation("grant.reference_too_long", field="reference", params={"most": LONGEST_REFERENCE})
    elif facts.reference_used:
        yield Violation("grant.reference_used", field="reference")
    if facts.proof_of_case is False:
        yield Violation("grant.proof_not_of_case", field="proof_id")
    elif facts.needs_proof and not facts.proof_added and facts.proof_of_case is None:
        yield Violation("grant.proof_missing", field="file")


def is_same_payment(*, state: str, key_fits: bool, paid_reference: str, reference: str) -> bool:
    """Whether this payment was noted already, so that noting it again changes nothing."""
    return state == "paid" and key_fits and bool(paid_reference) and paid_reference == reference.strip()
