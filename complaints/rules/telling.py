"""When a customer counts as told: told, or tried everywhere, or nowhere to try (rows *complete* and S-FUP-10)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class ToldFacts:
    """What was done to tell the customer. `known_channels` are those on which the customer can be reached."""

    told: bool
    known_channels: frozenset[str]
    tried_channels: frozenset[str]
    tried_in_writing: bool


def violations_in_naming_routes(advice: Iterable, *, contact_known: bool) -> Iterator[Violation]:
    """Whoever is not satisfied hears where else to turn before the case closes, if anybody can be told (S-TPR-16, 17).

    `advice` are the duties of the case; those for want of time remind and block nothing.
    """
    if contact_known and any(row.cause == "low_mark" and row.told_at is None for row in advice):
        yield Violation("close.routes_not_named")


def violations_in_telling(facts: ToldFacts) -> Iterator[Violation]:
    """Told, or tried on every known channel and once in writing, or no contact known."""
    if facts.told or not facts.known_channels:
        return
    missing = facts.known_channels - facts.tried_channels
    if missing:
        yield Violation("outcome.not_told", params={"channels": ", ".join(sorted(missing))})
    elif not facts.tried_in_writing:
        yield Violation("outcome.not_told_in_writing")
