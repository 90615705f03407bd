"""Judging a complaint at first sight, and settling a simple one directly (S-TRI, S-UNR)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """How far the customer has been answered; an automatic acknowledgement is no answer."""

    made: bool
    tried: bool
    impossible_because: bool


def violations_in_first_answer(answer: FirstAnswer) -> Iterator[Violation]:
    """Made, tried, or impossible and why (S-SLA-01)."""
    if not (answer.made or answer.tried or answer.impossible_because):
        yield Violation("judge.not_answered")


@dataclass(frozen=True, slots=True)
class JudgingFacts:
    """What is judged. A value that is not among the known ones is given as the empty text."""

    reason_stated: bool
    category: str
    known_categories: frozenset[str]
    severity: str
    judgement: str
    basis: str
    unreasonable_type: str
    unreasonable_definition: str


def violations_in_judging(facts: JudgingFacts) -> Iterator[Violation]:
    """Reason, category, severity and a judgement with its basis (S-TRI-01, 02, 04, 08; S-UNR-01 to 06).

    To call a complaint unreasonable takes a reason in words and its type, and removes no step (S-UNR-17).
    """
    if not facts.reason_stated:
        yield Violation("judge.reason_not_stated", field="reason")
    if not facts.category:
        yield Violation("judge.category_missing", field="category")
    elif facts.category not in facts.known_categories:
        yield Violation("judge.category_unknown", field="category")
    if not facts.severity:
        yield Violation("judge.severity_missing", field="severity")
    if not facts.judgement:
        yield Violation("judge.judgement_missing", field="judgement")
    if facts.judgement == "unreasonable":
        if not facts.basis.strip():
            yield Violation("judge.basis_missing", field="basis")
        if not facts.unreasonable_type:
            yield Violation("judge.type_missing", field="unreasonable_type")
        if not facts.unreasonable_definition:
            yield Violation("judge.definition_missing", field="unreasonable_definition")
    elif facts.unreasonable_type:
        yield Violation("judge.type_without_mark", field="unreasonable_type")


@dataclass(frozen=True, slots=True)
class SettlingFacts:
    """What decides whether a case may skip the investigation."""

    simple_matter: bool
    affects_others: bool
    safety: bool
    legal_dispute: bool
    category_allows: bool


def violations_in_direct_settlement(facts: SettlingFacts) -> Iterator[Violation]:
    """Only a simple, individual matter without safety or legal dispute goes straight to a plan (S-TRI-05, 06, 20).

    A plain return within seven days is a right that nobody disputes, and therefore no legal dispute.
    """
    if facts.safety:
        yield Violation("settle.safety")
    if facts.legal_dispute:
        yield Violation("settle.legal_dispute")
    if not facts.simple_matter:
        yield Violation("settle.not_simple", field="simple_matter")
    if facts.affects_others:
        yield Violation("settle.affects_others", field="affects_others")
    if not facts.category_allows:
        yield Violation("settle.category_not_direct", field="category")
