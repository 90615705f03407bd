"""Regular contact after a case: agreed to, at a pace, until a day (S-FUP-09)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casemgmt.violations import Violation

SHORTEST_PACE = 7
"""Nobody is asked more often than once a week, whatever is typed."""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series as somebody agrees on it with the customer; `today` is the day of the shop."""

    was_handled: bool
    customer_known: bool
    one_is_open: bool
    channel_known: bool
    channel_refused: bool
    words: str
    every_days: int
    ends_on: date
    today: date


def violations_in_series(facts: SeriesFacts) -> Iterator[Violation]:
    """The matter is settled, the customer said yes in words, and it ends some day."""
    if not facts.was_handled:
        yield Violation("regular.too_early")
    if not facts.customer_known:
        yield Violation("regular.nobody_known")
    if facts.one_is_open:
        yield Violation("regular.one_at_a_time")
    if not facts.channel_known:
        yield Violation("regular.channel_unknown", field="channel")
    elif facts.channel_refused:
        yield Violation("regular.channel_refused", field="channel")
    if not facts.words.strip():
        yield Violation("consent.words_missing", field="words")
    if facts.every_days < SHORTEST_PACE:
        yield Violation("regular.too_often", field="every_days", params={"days": SHORTEST_PACE})
    if facts.ends_on <= facts.today:
        yield Violation("regular.ends_too_soon", field="ends_on")
