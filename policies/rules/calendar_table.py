"""The working time of a calendar as a table, so that a due instant is two bisections and no stepping.

All positions are whole microseconds since 1970 UTC. A minute counts when its wall time in the calendar's
zone lies inside a range of that day; a day on which the clocks change is therefore built minute by minute.
"""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.values import Calendar, NamedDay, WorkingRange

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = 60_000_000
ONE_DAY = timedelta(days=1)


def microseconds_of(instant: datetime) -> int:
    """An aware instant as a whole number."""
    since = instant - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def instant_of(microseconds: int) -> datetime:
    """The number back as an instant in UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


class CalendarTable:
    """Each range and each day of some years.

    `starts[n]` is where range n begins, `worked_before[n]` the working time before it (one entry more: the
    total). `midnights[n]` ends day n of the span, `working_ends` are the closing instants of working days.
    """

    __slots__ = (
        "ends",
        "first_day",
        "holidays",
        "make_up_days",
        "midnights",
        "starts",
        "worked_before",
        "working_ends",
    )

    def __init__(self, calendar: Calendar, first_year: int, last_year: int):
        zone = ZoneInfo(calendar.zone)
        self.holidays: dict[date, NamedDay] = {named.day: named for named in calendar.holidays}
        self.make_up_days: dict[date, NamedDay] = {named.day: named for named in calendar.make_up_days}
        self.first_day = date(first_year, 1, 1)
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.midnights: list[int] = []
        self.working_ends: list[int] = []
        day, last_day = self.first_day, date(last_year, 12, 31)
        begins, offset = _midnight(day, zone)
        while day <= last_day:
            following, following_offset = _midnight(day + ONE_DAY, zone)
            ranges = self._ranges_on(calendar, day)
            if offset == following_offset:
                found = [(begins + opens * MINUTE, begins + closes * MINUTE) for opens, closes in ranges]
            else:
                found = list(_minute_by_minute(begins, following, ranges, zone))
            self.starts.extend(start for start, _ in found)
            self.ends.extend(end for _, end in found)
            self.midnights.append(following)
            if found:
                self.working_ends.append(found[-1][1])
            day, begins, offset = day + ONE_DAY, following, following_offset
        self.worked_before = [0]
        for start, end in zip(self.starts, self.ends, strict=True):
            self.worked_before.append(self.worked_before[-1] + end - start)

    def _ranges_on(self, calendar: Calendar, day: date) -> list[tuple[int, int]]:
        ranges: tuple[WorkingRange, ...] = calendar.week[day.weekday()]
        if day in self.make_up_days:
            ranges = calendar.make_up_ranges
        elif day in self.holidays:
            ranges = ()
        return [found.minutes for found in ranges]

    def day_number(self, microseconds: int) -> int:
        """The day of the span an instant lies on."""
        return bisect_right(self.midnights, microseconds)

    def day(self, number: int) -> date:
        """The date of a day of the span."""
        return self.first_day + timedelta(days=number)

    def ranges_between(self, begins: int, ends: int) -> Iterator[tuple[int, int]]:
        """The ranges that begin inside a stretch of time, in order."""
        first = bisect_right(self.starts, begins - 1)
        last = bisect_right(self.starts, ends - 1)
        return zip(self.starts[first:last], self.ends[first:last], strict=True)


def _midnight(day: date, zone: ZoneInfo) -> tuple[int, timedelta | None]:
    local = datetime.combine(day, time(), tzinfo=zone)
    return microseconds_of(local), local.utcoffset()


def _minute_by_minute(begins: int, ends: int, ranges: list[tuple[int, int]], zone: ZoneInfo):
    open_since = None
    for minute in range(begins, ends, MINUTE):
        local = instant_of(minute).astimezone(zone)
        wall = local.hour * 60 + local.minute
        works = any(opens <= wall < closes for opens, closes in ranges)
        if works and open_since is None:
            open_since = minute
        elif not works and open_since is not None:
            yield open_since, minute
            open_since = None
    if open_since is not None:
        yield open_since, ends
