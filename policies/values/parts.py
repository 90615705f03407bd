"""What several kinds of policy are made of: names in both languages, lengths, ranges of a day, named days."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import Literal

from casemgmt.violations import Violation

Unit = Literal["minutes", "hours", "working_minutes", "working_days", "calendar_days"]
LONGEST: Mapping[str, int] = MappingProxyType(
    {"minutes": 5_256_000, "hours": 87_600, "working_minutes": 1_500_000, "working_days": 2_500, "calendar_days": 3_650}
)
MINUTES_A_DAY = 24 * 60


def fault(code: str, place: str, **params: object) -> Violation:
    return Violation(code, field="body", params={"place": place, **params})


def below_zero(value: object, *names: str) -> Iterator[Violation]:
    for name in names:
        if getattr(value, name) < 0:
            yield fault("policy.below_zero", name)


@dataclass(frozen=True, slots=True)
class Label:
    """A name in both languages of the product."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The name for a reader of `language` ("zh-hans", "en", …)."""
        return self.zh if language.lower().startswith("zh") else self.en


@dataclass(frozen=True, slots=True)
class Length:
    """How long something takes.

    minutes, hours: real time. working_minutes: time inside the ranges of the calendar. working_days and
    calendar_days: the day of the start is not counted (Civil Code art. 201); a working day ends when
    business closes (art. 203), a calendar day at 24:00.
    """

    amount: int
    unit: Unit

    def violations_in_itself(self) -> Iterator[Violation]:
        """Not negative, and at most ten years, so that every due instant exists."""
        yield from below_zero(self, "amount")
        if self.amount > LONGEST[self.unit]:
            yield fault("policy.too_long", "amount", longest=LONGEST[self.unit], unit=self.unit)


@dataclass(frozen=True, slots=True)
class WorkingRange:
    """From and to on the clock of the calendar's zone; `closes` 00:00 means midnight at the end of the day."""

    opens: time
    closes: time

    @property
    def minutes(self) -> tuple[int, int]:
        """From and to in minutes of the day."""
        closes = self.closes.hour * 60 + self.closes.minute
        return self.opens.hour * 60 + self.opens.minute, closes or MINUTES_A_DAY


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day and why it is not an ordinary one."""

    day: date
    name: str
