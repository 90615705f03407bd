"""An independent and very slow way to count working time: minute by minute on the wall, day by day on paper.

It shares nothing with the rules but the calendar's values.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def works_at(calendar, instant):
    """Whether the minute that begins at `instant` is working time."""
    local = instant.astimezone(ZoneInfo(calendar.zone))
    day = local.date()
    if day in {named.day for named in calendar.make_up_days}:
        ranges = calendar.make_up_ranges
    elif day in {named.day for named in calendar.holidays}:
        return False
    else:
        ranges = calendar.week[day.weekday()]
    wall = time(local.hour, local.minute)
    return any(found.opens <= wall and (wall < found.closes or found.closes == time(0)) for found in ranges)


def is_stopped(instant, stops):
    return any(began <= instant and (ended is None or instant < ended) for began, ended in stops)


def due_in_working_minutes(calendar, start, minutes, stops=()):
    """Walk on from a whole minute until `minutes` working minutes have passed outside every stop."""
    at, left, limit = start.astimezone(UTC), minutes, start + timedelta(days=400)
    if left == 0:
        return at
    while at < limit:
        if works_at(calendar, at) and not is_stopped(at, stops):
            left -= 1
            if left == 0:
                return at + MINUTE
        at += MINUTE
    raise AssertionError("the walk was too long")


def working_minutes_between(calendar, began_at, ended_at):
    at, counted = began_at, 0
    while at < ended_at:
        counted += works_at(calendar, at)
        at += MINUTE
    return counted


def end_of_day(calendar, day, *, business):
    """24:00 of a day, or the end of its last working minute; None when business is meant and there is none."""
    zone = ZoneInfo(calendar.zone)
    midnight = datetime.combine(day + DAY, time(), tzinfo=zone).astimezone(UTC)
    if not business:
        return midnight
    at = midnight
    begin = datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)
    while at > begin:
        if works_at(calendar, at - MINUTE):
            return at
        at -= MINUTE
    return None


def due_in_days(calendar, start, days, *, business, stops=()):
    """The end of the n-th day after the start day; a day is left out when a stop holds as it ends."""
    day, left = start.astimezone(ZoneInfo(calendar.zone)).date(), days
    while left:
        day += DAY
        ends = end_of_day(calendar, day, business=business)
        if ends is not None and not any(began < ends and (ended is None or ends <= ended) for began, ended in stops):
            left -= 1
    return ends
