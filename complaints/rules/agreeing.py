"""Settlement agreements: drawn from a plan that the customer knows, signed by both sides, each once (S-SOL-25)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """What an agreement is to be drawn from. `gaps` are the places of its text that the case cannot fill."""

    plan_known: bool
    plan_told: bool
    terms: int
    all_of_this_plan: bool
    due_at: datetime | None
    owner_known: bool
    template_known: bool
    other_pending: bool
    gaps: tuple[str, ...] = ()


def violations_in_drafting(facts: DraftFacts, at: datetime) -> Iterator[Violation]:
    """An offered or accepted plan, at least one thing in it, until when, and by whom; one agreement at a time."""
    if not facts.plan_known:
        yield Violation("agreement.plan_missing", field="plan_id")
    elif not facts.plan_told:
        yield Violation("agreement.plan_not_offered", field="plan_id")
    if not facts.all_of_this_plan:
        yield Violation("agreement.option_of_another_plan", field="chosen")
    elif facts.plan_known and not facts.terms:
        yield Violation("agreement.nothing_chosen", field="chosen")
    if facts.due_at is None or facts.due_at <= at:
        yield Violation("agreement.due_in_past", field="due_at")
    if not facts.owner_known:
        yield Violation("promise.owner_missing", field="owner_id")
    if not facts.template_known:
        yield Violation("agreement.template_missing")
    if facts.other_pending:
        yield Violation("agreement.one_at_a_time")
    for gap in facts.gaps:
        yield Violation("agreement.gap", params={"gap": gap})


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """A signature as it is recorded. `has_file`: a signed copy came with it or stands among the evidence."""

    side_known: bool
    way_known: bool
    signed_before: bool
    has_file: bool
    file_of_case: bool
    needs_file: bool
    signed_at: datetime
    drafted_at: datetime


def violations_in_signing(facts: SignatureFacts, at: datetime) -> Iterator[Violation]:
    """Whose, how, when, and the copy that bears it; nobody signs twice."""
    if not facts.side_known:
        yield Violation("agreement.side_unknown", field="side")
    elif facts.signed_before:
        yield Violation("agreement.signed_by_this_side", field="side")
    if not facts.way_known:
        yield Violation("agreement.way_unknown", field="how")
    if not facts.has_file and facts.needs_file:
        yield Violation("agreement.file_missing", field="file")
    if facts.has_file and not facts.file_of_case:
        yield Violation("agreement.file_of_another_case", field="evidence_id")
    if facts.signed_at > at:
        yield Violation("agreement.signed_in_future", field="signed_at")
    elif facts.signed_at < facts.drafted_at:
        yield Violation("agreement.signed_before_drafted", field="signed_at")
