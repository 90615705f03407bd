"""Due instants for many starts at once: the same answers as counting, without a search in the usual case.

Every day and every hour of work knows its place in the table, and the few additions there are, are shared:
making a timedelta costs more than all the rest.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import inf

from policies.rules.calendar_table import EPOCH, CalendarTable, instant_of

SECOND = 1_000_000
DAY = 86_400
HOUR = 3_600


class BeyondTheTable(Exception):
    """The table has too few years for this question."""


class BulkTable:
    """A calendar table in whole seconds; all ranges begin and end on whole minutes."""

    def __init__(self, table: CalendarTable):
        begins = [start // SECOND for start in table.starts]
        self._begins = [*begins, inf]
        self._ends = [end // SECOND for end in table.ends]
        self._worked = [worked // SECOND for worked in table.worked_before]
        self._idle = [begin - worked for begin, worked in zip(begins, self._worked, strict=False)]
        self._first_day = table.midnights[0] // SECOND // DAY
        last_day = table.midnights[-1] // SECOND // DAY
        self._range_of_day = [bisect_right(begins, day * DAY) - 1 for day in range(self._first_day, last_day + 1)]
        self._range_of_hour = [
            max(bisect_left(self._worked, hour * HOUR) - 1, 0) for hour in range(self._worked[-1] // HOUR + 1)
        ]
        self._midnights = [midnight / SECOND for midnight in table.midnights]
        self._midnight_instants = [instant_of(midnight) for midnight in table.midnights]
        self._closings = [instant_of(end) for end in table.working_ends]
        self._closings_until = [bisect_right(table.working_ends, midnight) for midnight in table.midnights]

    def after_working_minutes(self, starts: Iterable[datetime], minutes: int) -> list[datetime]:
        """`minutes`, at least one, of working time after each start."""
        begins, ends, idle, worked = self._begins, self._ends, self._idle, self._worked
        range_of_day, range_of_hour, first_day = self._range_of_day, self._range_of_hour, self._first_day
        length = minutes * 60
        shifts: dict[int, timedelta] = {}
        dues_after_hours: dict[int, datetime] = {}
        found = []
        append = found.append
        for start in starts:
            at = start if start.tzinfo is UTC else start.astimezone(UTC)
            since = at - EPOCH
            day = since.days
            if day < first_day:
                raise BeyondTheTable
            now = day * DAY + since.seconds
            try:
                this = range_of_day[day - first_day]
                while begins[this + 1] <= now:
                    this += 1
                if this < 0:
                    raise BeyondTheTable
                if now >= ends[this]:
                    due = dues_after_hours.get(this)
                    if due is None:
                        target = worked[this + 1] + length
                        due = EPOCH + timedelta(0, target + idle[bisect_left(worked, target) - 1])
                        dues_after_hours[this] = due
                    append(due)
                    continue
                target = now - idle[this] + length
                last = range_of_hour[target // HOUR]
                edge = target + 1 if since.microseconds else target
                while worked[last + 1] < edge:
                    last += 1
                seconds = idle[last] - idle[this] + length
            except IndexError:
                raise BeyondTheTable from None
            shift = shifts.get(seconds)
            if shift is None:
                shift = shifts[seconds] = timedelta(0, seconds)
            append(at + shift)
        return found

    def after_working_days(self, starts: Iterable[datetime], days: int) -> list[datetime]:
        """The end of business of the n-th working day after the day of each start."""
        return [self._pick(self._closings, self._closings_until[day] + days - 1) for day in self._days(starts)]

    def after_calendar_days(self, starts: Iterable[datetime], days: int) -> list[datetime]:
        """24:00 of the n-th day after the day of each start."""
        return [self._pick(self._midnight_instants, day + days) for day in self._days(starts)]

    def _days(self, starts: Iterable[datetime]) -> list[int]:
        midnights = self._midnights
        days = [bisect_right(midnights, start.timestamp()) for start in starts]
        if days and (min(days) == 0 or max(days) == len(midnights)):
            raise BeyondTheTable
        return days

    @staticmethod
    def _pick(instants: list[datetime], number: int) -> datetime:
        if number >= len(instants):
            raise BeyondTheTable
        return instants[number]
