"""When a case may wait: for a reason, for somebody who was asked, not too often and not for ever."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation

FROM_CUSTOMER = "awaiting_customer"


@dataclass(frozen=True, slots=True)
class WaitingFacts:
    """Where the case stands before it waits. `paused_before` counts the pauses that it had so far."""

    case_is_open: bool
    waits_already: bool
    paused_before: int
    pauses_max: int


def violations_in_waiting(facts: WaitingFacts) -> Iterator[Violation]:
    """One pause at a time, on an open case, and no more of them than the policy allows (T11)."""
    if not facts.case_is_open:
        yield Violation("pause.case_ended")
    if facts.waits_already:
        yield Violation("pause.one_at_a_time")
    elif facts.paused_before >= facts.pauses_max:
        yield Violation("pause.too_many", params={"most": facts.pauses_max})


@dataclass(frozen=True, slots=True)
class PauseFacts:
    """What somebody asks for. `cap_days` and `cap_at` come from the policy, None for an unknown category.

    `customer_was_asked`: an enquiry to the customer is on record since the last pause.
    """

    category: str
    reason: str
    asked_of: str
    sides: frozenset[str]
    asked_what: str
    at: datetime
    until: datetime | None
    cap_days: int | None
    cap_at: datetime | None
    customer_was_asked: bool


def violations_in_pause(facts: PauseFacts) -> Iterator[Violation]:
    """A category of the policy, a reason, who was asked what, and an end within the cap of the category."""
    if facts.cap_days is None:
        yield Violation("pause.unknown_category", "category")
    if not facts.reason.strip():
        yield Violation("pause.reason_missing", "reason")
    if facts.asked_of not in facts.sides:
        yield Violation("pause.asked_of_missing", "asked_of")
    if not facts.asked_what.strip():
        yield Violation("pause.asked_what_missing", "asked_what")
    if facts.until is not None and facts.until <= facts.at:
        yield Violation("pause.ends_before_it_begins", "until")
    if facts.until is not None and facts.cap_at is not None and facts.until > facts.cap_at:
        yield Violation("pause.beyond_cap", "until", {"days": facts.cap_days})
    if facts.category == FROM_CUSTOMER and not facts.customer_was_asked:
        yield Violation("pause.not_asked", "category")
