"""Instants of the demo shop: so many working days back, at a time of the day, as its calendar counts them."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.values.times import Calendar

ONE_DAY = timedelta(days=1)
SWEPT_AT = time(10, 1)
"""When the sweeps ring on a told day: once, which is seldom, but the shop shall open quickly."""

ANSWERED_AT = time(17, 31)
"""When supervisors answer what went up; one of them is on duty on days off."""


class Days:
    """Working days around `now`, in the zone of the calendar."""

    def __init__(self, now: datetime, calendar: Calendar):
        self.now = now
        self._zone = ZoneInfo(calendar.zone)
        self._calendar = calendar
        self._holidays = {named.day for named in calendar.holidays}
        self._made_up = {named.day for named in calendar.make_up_days}

    def instant(self, moment) -> datetime:
        """The instant of a moment: (-3, "10:20") is the third working day before today; a timedelta counts from now."""
        if isinstance(moment, datetime):
            return moment
        if isinstance(moment, timedelta):
            return self.now + moment
        number, wall = moment
        return datetime.combine(self._day(number), time.fromisoformat(wall), tzinfo=self._zone).astimezone(UTC)

    def beats_between(self, first: datetime, last: datetime) -> Iterator[tuple[datetime, bool]]:
        """What happens by itself after the one instant and not after the other: when, and whether people do it."""
        day = first.astimezone(self._zone).date()
        while day <= last.astimezone(self._zone).date():
            for wall, by_people in ((SWEPT_AT, False), (ANSWERED_AT, True)):
                rings = datetime.combine(day, wall, tzinfo=self._zone).astimezone(UTC)
                if first < rings <= last:
                    yield rings, by_people
            day += ONE_DAY

    def _day(self, number):
        """Today for 0, else so many working days before or after it."""
        day = self.now.astimezone(self._zone).date()
        step = ONE_DAY if number > 0 else -ONE_DAY
        for _ in range(abs(number)):
            day += step
            while not self._works_on(day):
                day += step
        return day

    def _works_on(self, day):
        return day in self._made_up or (bool(self._calendar.week[day.weekday()]) and day not in self._holidays)
