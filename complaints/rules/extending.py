"""More time for a clock: as often and as long as its policy gives, for a reason, by somebody else's word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation
from complaints.rules.duties import violations_in_decision
from policies.values import ExtensionTerms


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """Where a clock stands before more time is asked for. `terms` is None where its policy gives none."""

    case_is_open: bool
    is_stopped: bool
    is_adopted: bool
    due_at: datetime
    terms: ExtensionTerms | None
    granted: int
    is_pending: bool


def violations_in_extending(facts: ClockFacts, *, at: datetime) -> Iterator[Violation]:
    """What stands against more time for this clock, whatever the reason."""
    if not facts.case_is_open:
        yield Violation("extension.case_ended")
        return
    if facts.is_stopped:
        yield Violation("extension.clock_stopped", "clock_id")
    elif facts.terms is None:
        yield Violation("extension.not_allowed", "clock_id")
    elif facts.is_adopted:
        yield Violation("extension.of_a_merged_case", "clock_id")
    elif facts.is_pending:
        yield Violation("extension.pending", "clock_id")
    elif facts.granted >= facts.terms.times:
        yield Violation("extension.too_often", "clock_id", {"most": facts.terms.times})
    elif at > facts.due_at:
        yield Violation("extension.too_late", "clock_id", {"due": facts.due_at})


def violations_in_request(
    terms: ExtensionTerms | None, *, amount: int, reason: str, explanation: str
) -> Iterator[Violation]:
    """How much more, why, and what the customer will be told where the policy wants them to know."""
    if terms is not None and not 1 <= amount <= terms.longest.amount:
        yield Violation("extension.amount_out_of_range", "amount", {"most": terms.longest.amount})
    if not reason.strip():
        yield Violation("extension.reason_missing", "reason")
    if terms is not None and terms.tell_customer_hours is not None and not explanation.strip():
        yield Violation("extension.explanation_missing", "explanation")


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """Who asked, who would decide (by every account of theirs), and by whose word the policy goes. `lead` is None
    where the team has none that may decide."""

    asked_by: int
    decided_by: frozenset[int]
    handler: int | None
    subjects: frozenset[int]
    approved_by: str
    lead: int | None


def violations_in_extension_decision(facts: DecisionFacts) -> Iterator[Violation]:
    """Never the asker, the handler or whom it is about; the team lead where the policy says so."""
    yield from violations_in_decision(
        asked_by=facts.asked_by, decided_by=facts.decided_by, subjects=facts.subjects, handler=facts.handler
    )
    unable = facts.subjects | {facts.asked_by, facts.handler}
    lead = facts.lead if facts.lead not in unable else None
    if facts.approved_by == "team_lead" and lead is not None and lead not in facts.decided_by:
        yield Violation("extension.not_the_team_lead")
