"""Calendars for tests of rules: the Chinese working week of 2026, a London one, and one that works at night."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from policies.values import Calendar, NamedDay, WorkingRange

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = WorkingRange(time(9), time(12))
AFTERNOON = WorkingRange(time(13), time(18))
WORKDAY = (MORNING, AFTERNOON)


def a_calendar(zone="Asia/Shanghai", *, workday=WORKDAY, weekend=(), holidays=(), make_up=(), years=(2025, 2026)):
    return Calendar(
        policy_id=7,
        code="test",
        zone=zone,
        week=(workday,) * 5 + (weekend,) * 2,
        make_up_ranges=workday,
        holidays=tuple(NamedDay(day, "holiday") for day in holidays),
        make_up_days=tuple(NamedDay(day, "make-up") for day in make_up),
        official_years=tuple(years),
    )


CHINA = a_calendar(
    holidays=[date(2026, 1, 1), date(2026, 1, 2), *(date(2026, 10, day) for day in (1, 2, 5, 6, 7))],
    make_up=[date(2026, 1, 4), date(2026, 10, 10)],
)
LONDON_NIGHTS = a_calendar(
    "Europe/London",
    workday=(WorkingRange(time(0, 30), time(2, 30)), WorkingRange(time(23), time(0))),
    weekend=(WorkingRange(time(0, 30), time(1, 30)),),
)
NEW_YORK = a_calendar("America/New_York", weekend=(WorkingRange(time(1, 15), time(3, 45)),))


def in_shanghai(year, month, day, hour=0, minute=0, second=0):
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
