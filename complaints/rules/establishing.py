"""Establishing the facts: both sides heard, our own finding, the evidence that the category asks for (S-INV)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """Types of evidence: what the category needs, what is there, and what was asked for in vain until a deadline."""

    needed: tuple[str, ...]
    received: frozenset[str]
    asked_in_vain: frozenset[str] = frozenset()


def violations_in_evidence(facts: EvidenceFacts, *, code: str) -> Iterator[Violation]:
    """Each type that is neither received nor asked for with a deadline that has passed (S-INV-05)."""
    for kind in facts.needed:
        if kind not in facts.received and kind not in facts.asked_in_vain:
            yield Violation(code, params={"type": kind})


def violations_in_known_facts(required: tuple[str, ...], known: frozenset[str]) -> Iterator[Violation]:
    """Each fact that the category asks for and nobody has entered; the code tells where it is entered."""
    for fact in required:
        if fact in known:
            continue
        if fact in ("order", "product", "signed_by"):
            yield Violation("establish.order_fact_missing", params={"fact": fact})
        elif fact == "damage_cause":
            yield Violation("establish.damage_cause_missing")
        elif fact == "subject":
            yield Violation("establish.subject_missing")
        else:
            yield Violation("establish.fact_missing", params={"fact": fact})


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """The newest finding of ours."""

    responsible_party: str
    says_why_undetermined: bool
    has_root_cause: bool


@dataclass(frozen=True, slots=True)
class EstablishingFacts:
    """What the verdict would rest on. The registered account counts when no other came."""

    customer_account: bool
    finding: FindingFacts | None


def violations_in_establishing(facts: EstablishingFacts) -> Iterator[Violation]:
    """No judgement on one side's word alone, and none without a cause (S-INV-08, 09, S-TRI-17).

    What cannot be determined is said so, with the reason.
    """
    if not facts.customer_account:
        yield Violation("establish.account_missing")
    if facts.finding is None:
        yield Violation("establish.finding_missing")
        return
    finding = facts.finding
    undetermined = finding.responsible_party == "undetermined" and finding.says_why_undetermined
    if not finding.responsible_party:
        yield Violation("establish.party_missing")
    if not finding.has_root_cause and not undetermined:
        yield Violation("establish.root_cause_missing")


def violations_in_finding(*, responsible_party: str, undetermined_because: str) -> Iterator[Violation]:
    """Undetermined is an answer when it says why (S-TRI-17)."""
    if responsible_party == "undetermined" and not undetermined_because.strip():
        yield Violation("finding.undetermined_unexplained", field="undetermined_because")


def violations_in_verdict(*, verdict: str, unreasonable_type: str) -> Iterator[Violation]:
    """A verified verdict, whichever way it goes (S-TRI-03); what is substantiated is not unreasonable."""
    if not verdict:
        yield Violation("establish.verdict_missing", field="verdict")
    if verdict == "substantiated" and unreasonable_type:
        yield Violation("establish.type_without_mark", field="unreasonable_type")
