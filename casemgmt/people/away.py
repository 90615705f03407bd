"""When somebody may be away, and who may stand in: pure rules. Nobody stands in who is away too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """Days of an absence, and what else is known of them.

    `is_away_then`: the person is away already on one of the days. `stands_in_for`: the name of somebody for whom the
    person stands in on one of them, "" for nobody.
    """

    starts_on: date
    ends_on: date
    today: date
    is_away_then: bool
    stands_in_for: str


def violations_in_absence(facts: AbsenceFacts) -> Iterator[Violation]:
    """One span at a time, not of the past, and nobody who is relied upon leaves without another being named."""
    if facts.ends_on < facts.starts_on:
        yield Violation("absence.ends_before_it_starts", "ends_on")
    if facts.starts_on < facts.today:
        yield Violation("absence.begins_in_the_past", "starts_on")
    if facts.is_away_then:
        yield Violation("absence.two_at_once", "starts_on")
    if facts.stands_in_for:
        yield Violation("absence.stands_in_for_another", "starts_on", {"name": facts.stands_in_for})


@dataclass(frozen=True, slots=True)
class SubstituteFacts:
    """Somebody is named to stand in. `can_handle`: active, and in a group that handles cases."""

    person: int
    substitute: int | None
    can_handle: bool
    is_away_then: bool


def violations_in_substitute(facts: SubstituteFacts) -> Iterator[Violation]:
    """Nobody stands in for themselves, and nobody who is away on one of the days: so substitution has no circle."""
    if facts.substitute is None:
        return
    if facts.substitute == facts.person:
        yield Violation("absence.substitute_is_oneself", "substitute_id")
    elif not facts.can_handle:
        yield Violation("absence.substitute_cannot_handle", "substitute_id")
    elif facts.is_away_then:
        yield Violation("absence.substitute_is_away", "substitute_id")


def violations_in_ending(*, ends_on: date, today: date, is_called_off: bool) -> Iterator[Violation]:
    """What is over, or never was, is not ended or changed."""
    if is_called_off:
        yield Violation("absence.called_off_already")
    elif ends_on < today:
        yield Violation("absence.over")
