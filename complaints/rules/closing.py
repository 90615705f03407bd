"""What a case needs before it is closed: followed up, told, summed up, and nothing left open (S-FUP-07, S-CLO-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """The paperwork of a case in its follow-up. Numbers count what is still open."""

    followed_up: bool
    contact_known: bool
    follow_ups_called_for: int
    follow_ups_without_result: int
    outcome: str
    summed_up: bool
    measures: int
    tasks: int
    commitments: int
    grants: int
    approvals: int
    routes: int
    escalations: int
    scheduled_calls: int
    discontent: int = 0


def violations_in_closing(facts: ClosingFacts) -> Iterator[Violation]:
    """Every clause of the row *close* that is not met, all at once (T9, WC-51)."""
    if facts.follow_ups_called_for:
        yield Violation("close.follow_up_open")
    elif facts.follow_ups_without_result:
        yield Violation("close.follow_up_result_missing")
    elif facts.contact_known and not facts.followed_up:
        yield Violation("close.follow_up_missing")
    if not facts.outcome:
        yield Violation("close.outcome_missing")
    if not facts.summed_up:
        yield Violation("close.summary_missing")
    if not facts.measures:
        yield Violation("close.measure_missing")
    for code, number in (
        ("close.task_open", facts.tasks),
        ("close.commitment_open", facts.commitments),
        ("close.grant_open", facts.grants),
        ("close.approval_open", facts.approvals),
        ("close.route_open", facts.routes),
        ("close.escalation_open", facts.escalations),
        ("close.scheduled_call_open", facts.scheduled_calls),
        ("close.discontent_unanswered", facts.discontent),
    ):
        if number:
            yield Violation(code, params={"number": number})


def violations_in_summary(*, was_judged: bool, lesson: str, root_cause: str) -> Iterator[Violation]:
    """Once judged; what was learnt, and the root cause (S-CLO-01)."""
    if not was_judged:
        yield Violation("summary.too_early")
    if not lesson.strip():
        yield Violation("summary.lesson_missing", "lesson")
    if not root_cause.strip():
        yield Violation("summary.root_cause_missing", "root_cause")


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """A measure as somebody sets it; `today` is the day of the shop."""

    kind: str
    kinds: frozenset[str]
    what: str
    owner_known: bool
    person_known: bool
    due_on: date | None
    today: date


def violations_in_measure(facts: MeasureFacts) -> Iterator[Violation]:
    """What, of which kind, by whom, not before today (S-CLO-02). That none is needed is said in words, too."""
    if facts.kind not in facts.kinds:
        yield Violation("improvement.kind_unknown", "kind")
    if not facts.what.strip():
        yield Violation("improvement.what_missing", "what")
    if not facts.owner_known:
        yield Violation("improvement.owner_unknown", "owner_id")
    if not facts.person_known:
        yield Violation("improvement.person_unknown", "person_concerned_id")
    if facts.due_on is not None and facts.due_on < facts.today:
        yield Violation("improvement.due_in_the_past", "due_on")
