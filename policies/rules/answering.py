"""How an answer to "what is owed" is put together: which facts were used, which are missing, and every step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from casemgmt.violations import Violation
from policies.rules.working_time import WorkingTime
from policies.values.case_facts import FactValue

Verdict = Literal["owed", "not_owed", "unknown"]
DECEMBER = 12
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case on a day, by the names of `values.case_facts`; what nobody knows is not in it.

    `days` gives the working time of a calendar by its code, for periods that do not end on a day off.
    """

    today: date
    known: Mapping[str, FactValue] = field(default_factory=lambda: MappingProxyType({}))
    days: Callable[[str], WorkingTime] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something is owed, and how that came about.

    `until` is the last day of the period that was counted. `used` are the facts that spoke, `missing` those without
    which nobody can tell, `helpful` those that would make the answer sharper. `steps` are the arithmetic as codes,
    `days_policy_id` the calendar that was asked whether the last day is a day off.
    """

    verdict: Verdict
    amount: Decimal | None = None
    until: date | None = None
    used: Mapping[str, FactValue] = field(default_factory=lambda: MappingProxyType({}))
    missing: tuple[str, ...] = ()
    helpful: tuple[str, ...] = ()
    steps: tuple[Violation, ...] = ()
    days_policy_id: int | None = None


class Trail:
    """Collects an answer while a rule asks its facts. One that speaks against it outweighs any that is missing."""

    def __init__(self, facts: CaseFacts):
        self.today = facts.today
        self._known = facts.known
        self._days = facts.days
        self._days_policy_id: int | None = None
        self._used: dict[str, FactValue] = {}
        self._missing: list[str] = []
        self._helpful: list[str] = []
        self._steps: list[Violation] = []
        self._is_against = False
        self._is_decided = False

    def ask(self, name: str) -> FactValue | None:
        """A fact that is needed; None when nobody knows it, and then it is missing."""
        value = self._known.get(name)
        if value is None:
            self._note(self._missing, name)
        else:
            self._used[name] = value
        return value

    def peek(self, name: str) -> FactValue | None:
        """A fact that would help and is not needed."""
        value = self._known.get(name)
        if value is None:
            self._note(self._helpful, name)
        else:
            self._used[name] = value
        return value

    @staticmethod
    def _note(names: list[str], name: str) -> None:
        if name not in names:
            names.append(name)

    def demand_yes(self, names: Iterable[str]) -> None:
        """Facts that must all be yes."""
        for name in names:
            if self.ask(name) is False:
                self.against(Violation("entitlement.condition_fails", params={"fact": name}))

    def step(self, said: Violation) -> None:
        """A line of the arithmetic."""
        self._steps.append(said)

    def against(self, said: Violation) -> None:
        """A line that settles it: nothing is owed."""
        self._steps.append(said)
        self._is_against = True

    def end_of_period(self, last: date, calendar: str | None) -> date:
        """The last day of a period, moved off a day off to the next working day of the calendar that its row names.

        Civil Code art. 203. A row without a calendar moves nothing. ValueError where the facts bring no calendars.
        """
        if calendar is None:
            return last
        if self._days is None:
            raise ValueError(f"the calendar {calendar!r} is needed and none is at hand")
        working = self._days(calendar)
        self._days_policy_id = working.calendar.policy_id
        until = _working_day_from(last, working)
        if until != last:
            self.step(Violation("entitlement.ends_on_a_day_off", params={"last": last, "until": until}))
        if until.year not in working.calendar.official_years:
            self.step(Violation("entitlement.year_not_announced", params={"year": str(until.year)}))
        return until

    def decided(self) -> None:
        """Enough is known to say yes, whatever else is missing."""
        self._is_decided = True

    def answer(self, *, amount: Decimal | None = None, until: date | None = None) -> Answer:
        """What came out."""
        is_open = bool(self._missing) and not self._is_decided
        verdict: Verdict = "not_owed" if self._is_against else "unknown" if is_open else "owed"
        return Answer(
            verdict=verdict,
            amount=amount if verdict == "owed" else None,
            until=until,
            used=MappingProxyType(dict(self._used)),
            missing=tuple(self._missing) if verdict == "unknown" else (),
            helpful=tuple(self._helpful),
            steps=tuple(self._steps),
            days_policy_id=self._days_policy_id,
        )


def _working_day_from(day: date, working: WorkingTime) -> date:
    """The day itself, or the next one on which work is done."""
    zone = ZoneInfo(working.calendar.zone)
    ends = working.moved_to_working_day(datetime.combine(day + timedelta(days=1), time(0), zone))
    return (ends - timedelta(microseconds=1)).astimezone(zone).date()


def last_day(start: date, days: int) -> date:
    """The last day of so many days; the day it starts from is not counted (Civil Code art. 201)."""
    return start + timedelta(days=days)


def last_day_of_months(start: date, months: int) -> date:
    """The same day so many months on; where there is none, the last day of that month (Civil Code art. 202)."""
    years, month = divmod(start.month - 1 + months, DECEMBER)
    year, month = start.year + years, month + 1
    after = date(year + month // DECEMBER, month % DECEMBER + 1, 1)
    return min(date(year, month, 1) + timedelta(days=start.day - 1), after - timedelta(days=1))


def within(trail: Trail, start: date | None, until: date | None, asked: date | None) -> None:
    """One line of a period: whether `asked` came before it was over."""
    if start is None or until is None or asked is None:
        return
    params = {"start": start, "until": until, "asked": asked}
    if asked <= until:
        trail.step(Violation("entitlement.in_the_period", params=params))
    else:
        trail.against(Violation("entitlement.after_the_period", params=params))


def not_by_the_customer(trail: Trail) -> None:
    """What the customer broke is no fault of the goods; unknown, it does not stand in the way."""
    for name in ("damage_cause", "responsible_party"):
        if trail.peek(name) == CUSTOMER:
            trail.against(Violation("entitlement.caused_by_customer"))
            return
