"""When something is due: real time, working minutes, working days or calendar days, and the way there in full.

Lunch splits, holidays, make-up days (调休), New Year and changing clocks are all in the table; what stops a
clock is given as stops. The earliest possible instant is the answer: a clock that ends with the morning
ends at 12:00 and not at 13:00. Pure: no Django, no clock.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from policies.rules.calendar_table import MINUTE, CalendarTable, instant_of, microseconds_of
from policies.rules.due_in_bulk import BeyondTheTable, BulkTable
from policies.values import Calendar, Length

FIRST_YEAR, LAST_YEAR = 1970, 2120


class OutsideTheCalendar(ValueError):
    """The instant, or the due instant, lies before 1970 or after 2120."""


class Stop(NamedTuple):
    """From when to when a clock did not run; no end: it stands still."""

    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the way from start to due, and whether it counted.

    counted, paused, off_hours (outside the ranges of a working day), day_off, holiday, start_day (a length in
    days does not count the day of the start). `name` says which holiday or make-up day.
    """

    began_at: datetime
    ended_at: datetime
    kind: Literal["counted", "paused", "off_hours", "day_off", "holiday", "start_day"]
    name: str = ""
    make_up: bool = False


class _Scale(NamedTuple):
    """A way to count: from instants to positions and back. `anchor` is where counting begins."""

    unit: int
    anchor: Callable[[int], int]
    position: Callable[[int], int]
    instant: Callable[[int], int]


class WorkingTime:
    """The working time of one calendar. Immutable to its callers; grows its table when asked about far years."""

    __slots__ = ("_bulk", "_scales", "_span", "_table", "_wider", "calendar")

    def __init__(self, calendar: Calendar, span: tuple[int, int] | None = None):
        years = [*calendar.official_years, *(named.day.year for named in calendar.holidays)] or [2025]
        first, last = span or (min(years) - 1, max(years) + 2)
        self._span = (max(first, FIRST_YEAR), min(last, LAST_YEAR))
        self.calendar = calendar
        self._table = CalendarTable(calendar, *self._span)
        self._bulk: BulkTable | None = None
        self._wider: WorkingTime | None = None
        real = _Scale(MINUTE, lambda at: at, lambda at: at, lambda position: position)
        self._scales = {
            "minutes": real,
            "hours": real._replace(unit=60 * MINUTE),
            "working_minutes": _Scale(MINUTE, lambda at: at, self._worked_until, self._worked_instant),
            "working_days": self._scale_of_days(self._table.working_ends),
            "calendar_days": self._scale_of_days(self._table.midnights),
        }

    def after(self, start: datetime, length: Length, stops: Iterable[Stop] = ()) -> datetime | None:
        """The instant at which `length` has passed since `start`; None while a stop without end holds it.

        A stop that begins at or after the due instant changes nothing. A day is not counted when the clock
        stands still as it ends. OutsideTheCalendar for years that no table holds.
        """
        standing = merged(stops)
        if not standing:
            return self.after_each((start,), length)[0]
        try:
            due = self._due(microseconds_of(start), length, standing)
        except BeyondTheTable:
            return self._with_more_years().after(start, length, [_stop(since, until) for since, until in standing])
        return None if due is None else instant_of(due)

    def after_each(self, starts: Sequence[datetime], length: Length) -> list[datetime]:
        """`after` for many instants at once, none of them stopped; half a million a second."""
        if length.amount == 0:
            return [start.astimezone(UTC) for start in starts]
        if length.unit in ("minutes", "hours"):
            passes = timedelta(minutes=length.amount * (60 if length.unit == "hours" else 1))
            return [start.astimezone(UTC) + passes for start in starts]
        if self._bulk is None:
            self._bulk = BulkTable(self._table)
        try:
            match length.unit:
                case "working_minutes":
                    return self._bulk.after_working_minutes(starts, length.amount)
                case "working_days":
                    return self._bulk.after_working_days(starts, length.amount)
                case _:
                    return self._bulk.after_calendar_days(starts, length.amount)
        except BeyondTheTable:
            return self._with_more_years().after_each(starts, length)

    def before(self, end: datetime, length: Length) -> datetime:
        """The latest instant from which `length` is left until `end`. Minutes, hours and working minutes only."""
        if length.unit in ("working_days", "calendar_days"):
            raise ValueError(f"cannot count {length.unit} back")
        ends = microseconds_of(end)
        if length.unit != "working_minutes":
            return instant_of(ends - length.amount * self._scales[length.unit].unit)
        try:
            position = self._worked_until(ends) - length.amount * MINUTE
            if position < 0:
                raise BeyondTheTable
            range_number = min(bisect_right(self._table.worked_before, position), len(self._table.starts)) - 1
        except BeyondTheTable:
            return self._with_more_years().before(end, length)
        begins = self._table.starts[range_number] + position - self._table.worked_before[range_number]
        return instant_of(min(begins, ends))

    def moved_to_working_day(self, day_end: datetime) -> datetime:
        """A period that ends with a day off ends with the next working day instead (Civil Code art. 203)."""
        table = self._table
        try:
            number = self._day_number(microseconds_of(day_end) - 1)
            while not any(True for _ in table.ranges_between(table.midnights[number - 1], table.midnights[number])):
                number = self._day_number(table.midnights[number])
        except BeyondTheTable:
            return self._with_more_years().moved_to_working_day(day_end)
        return instant_of(table.midnights[number])

    def working_minutes_between(self, began_at: datetime, ended_at: datetime) -> float:
        """How much working time lies between two instants."""
        try:
            worked = self._worked_until(microseconds_of(ended_at)) - self._worked_until(microseconds_of(began_at))
        except BeyondTheTable:
            return self._with_more_years().working_minutes_between(began_at, ended_at)
        return worked / MINUTE

    def is_provisional_between(self, began_at: datetime, ended_at: datetime) -> bool:
        """Whether a year on the way has no announced holidays yet."""
        try:
            numbers = [self._day_number(microseconds_of(instant)) for instant in (began_at, ended_at)]
        except BeyondTheTable:
            return self._with_more_years().is_provisional_between(began_at, ended_at)
        first, last = (self._table.day(number).year for number in numbers)
        return not set(range(first, last + 1)) <= set(self.calendar.official_years)

    def explain(self, start: datetime, end: datetime, unit: str, stops: Iterable[Stop] = ()) -> tuple[Stretch, ...]:
        """Every stretch from `start` to `end` as `after` counted it in `unit`; they follow each other without a gap."""
        try:
            begins, ends = microseconds_of(start), microseconds_of(end)
            self._day_number(begins), self._day_number(ends)
        except BeyondTheTable:
            return self._with_more_years().explain(start, end, unit, stops)
        standing = [(since, ends if until is None else until) for since, until in merged(stops)]
        if unit in ("minutes", "hours"):
            return tuple(_without_empty(_cut("counted", begins, ends, standing)))
        days = self._explain_by_day if unit in ("working_days", "calendar_days") else self._explain_by_minute
        return tuple(_without_empty(days(begins, ends, standing, unit)))

    # -- counting ------------------------------------------------------------------------------------------

    def _due(self, start: int, length: Length, stops: Sequence[tuple[int, int | None]]) -> int | None:
        scale = self._scales[length.unit]
        anchor = scale.anchor(start)
        target = scale.position(anchor) + length.amount * scale.unit
        due = scale.instant(target) if length.amount else start
        for began, ended in stops:
            since = max(began, anchor)
            if since >= due or length.amount == 0:
                break
            if ended is None:
                return None
            if ended > since:
                target += scale.position(ended) - scale.position(since)
                due = scale.instant(target)
        return due

    def _worked_until(self, at: int) -> int:
        table = self._table
        number = bisect_right(table.starts, at) - 1
        if number < 0 or at >= table.midnights[-1]:
            raise BeyondTheTable
        return table.worked_before[number] + min(at, table.ends[number]) - table.starts[number]

    def _worked_instant(self, position: int) -> int:
        table = self._table
        if position > table.worked_before[-1]:
            raise BeyondTheTable
        number = bisect_left(table.worked_before, position) - 1
        if number < 0:
            raise BeyondTheTable
        return table.starts[number] + position - table.worked_before[number]

    def _scale_of_days(self, ends: list[int]) -> _Scale:
        def instant(position: int) -> int:
            if not 0 < position <= len(ends):
                raise BeyondTheTable
            return ends[position - 1]

        def position(at: int) -> int:
            if at > ends[-1]:
                raise BeyondTheTable
            return bisect_right(ends, at)

        return _Scale(1, lambda at: self._table.midnights[self._day_number(at)], position, instant)

    def _day_number(self, at: int) -> int:
        number = self._table.day_number(at)
        if number == 0 or number >= len(self._table.midnights):
            raise BeyondTheTable
        return number

    def _with_more_years(self) -> "WorkingTime":
        if self._wider is None:
            first, last = self._span
            if (first, last) == (FIRST_YEAR, LAST_YEAR):
                raise OutsideTheCalendar(f"no working time is known before {FIRST_YEAR} and after {LAST_YEAR}")
            self._wider = WorkingTime(self.calendar, (first - 10, last + 20))
        return self._wider

    # -- explaining ----------------------------------------------------------------------------------------

    def _explain_by_minute(self, begins: int, ends: int, standing: list, unit: str) -> Iterator[Stretch]:
        for number, since, until, kind, name, make_up in self._days(begins, ends):
            if kind != "working":
                yield Stretch(instant_of(since), instant_of(until), kind, name)
                continue
            at = since
            for opens, closes in self._table.ranges_between(self._table.midnights[number - 1], until):
                opens, closes = max(opens, since), min(closes, until)
                if closes <= opens:
                    continue
                yield Stretch(instant_of(at), instant_of(opens), "off_hours", name, make_up)
                yield from _cut("counted", opens, closes, standing, name, make_up)
                at = closes
            yield Stretch(instant_of(at), instant_of(until), "off_hours", name, make_up)

    def _explain_by_day(self, begins: int, ends: int, standing: list, unit: str) -> Iterator[Stretch]:
        start_day = self._day_number(begins)
        for number, since, until, kind, name, make_up in self._days(begins, ends):
            day_ends = self._table.midnights[number]
            if kind == "working" and unit == "working_days":
                *_, (_, day_ends) = self._table.ranges_between(self._table.midnights[number - 1], day_ends)
            counts = kind == "working" or unit == "calendar_days"
            if number == start_day:
                kind = "start_day"
            elif counts and any(began < day_ends <= ended for began, ended in standing):
                kind = "paused"
            elif counts:
                kind = "counted" if day_ends <= ends else "off_hours"
            yield Stretch(instant_of(since), instant_of(until), kind, name, make_up)

    def _days(self, begins: int, ends: int):
        table = self._table
        last = table.day_number(ends - 1) if ends > begins else table.day_number(ends)
        for number in range(table.day_number(begins), last + 1):
            since, until = max(begins, table.midnights[number - 1]), min(ends, table.midnights[number])
            day = table.day(number)
            named = table.make_up_days.get(day) or table.holidays.get(day)
            works = any(True for _ in table.ranges_between(table.midnights[number - 1], table.midnights[number]))
            kind = "working" if works else "holiday" if named else "day_off"
            yield number, since, until, kind, named.name if named else "", day in table.make_up_days


def _stop(since: int, until: int | None) -> Stop:
    return Stop(instant_of(since), None if until is None else instant_of(until))


def _without_empty(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    return (stretch for stretch in stretches if stretch.began_at < stretch.ended_at)


def _cut(kind, begins: int, ends: int, standing: list, name: str = "", make_up: bool = False) -> Iterator[Stretch]:
    at = begins
    for began, ended in standing:
        since, until = max(began, at), min(ended, ends)
        if since < until:
            yield Stretch(instant_of(at), instant_of(since), kind, name, make_up)
            yield Stretch(instant_of(since), instant_of(until), "paused", name, make_up)
            at = until
    yield Stretch(instant_of(at), instant_of(ends), kind, name, make_up)


def merged(stops: Iterable[Stop]) -> list[tuple[int, int | None]]:
    """Stops in order, overlapping ones joined, as whole microseconds; those that end before they begin dropped."""
    joined: list[tuple[int, int | None]] = []
    for began_at, ended_at in sorted(stops, key=lambda stop: stop[0]):
        began, ended = microseconds_of(began_at), None if ended_at is None else microseconds_of(ended_at)
        if ended is not None and ended <= began:
            continue
        if joined and (joined[-1][1] is None or began <= joined[-1][1]):
            last_end = joined[-1][1]
            longest = None if last_end is None or ended is None else max(last_end, ended)
            joined[-1] = (joined[-1][0], longest)
        else:
            joined.append((began, ended))
    return joined


@lru_cache(maxsize=64)
def working_time_of(calendar: Calendar) -> WorkingTime:
    """The table of a calendar, built once a process."""
    return WorkingTime(calendar)
