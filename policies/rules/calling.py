"""When a customer may be called: inside the window, not too often, not on quiet days (S-COM-11 to S-COM-14).

What has happened is always recorded; these rules say whether a new call may be made, and when the next one may.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casemgmt.violations import Violation
from policies.values import CallingWindow

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NextCall:
    """The next instant at which a call is allowed, and what forbids one now. `at` None: never by phone."""

    at: datetime | None
    why: tuple[Violation, ...]


def violations_in_call(
    at: datetime, window: CallingWindow, calls: Iterable[datetime] = (), *, opted_out: bool = False
) -> Iterator[Violation]:
    """What forbids calling at `at`, given the instants of earlier calls to this customer, of any age and case.

    Where mailed items count as calls (`window.mailed_items_count`), the caller adds them to `calls`.
    Days and times are those of the window's zone.
    """
    local = at.astimezone(ZoneInfo(window.zone))
    earlier = sorted(call for call in calls if call <= at)
    days = [call.astimezone(local.tzinfo).date() for call in earlier]
    if opted_out:
        yield Violation("call.opted_out")
    if not window.opens <= local.time() < window.closes:
        yield Violation(
            "call.outside_window",
            params={"opens": f"{window.opens:%H:%M}", "closes": f"{window.closes:%H:%M}", "at": f"{local:%H:%M}"},
        )
    if _is_quiet(local.date(), window):
        yield Violation("call.quiet_day", params={"day": local.date().isoformat()})
    if days.count(local.date()) >= window.calls_a_day:
        yield Violation("call.cap_reached", params={"calls": window.calls_a_day})
    recent = [day for day in days if day > local.date() - window.days * ONE_DAY]
    if len(recent) >= window.calls_in_days:
        yield Violation("call.cap_in_days_reached", params={"calls": window.calls_in_days, "days": window.days})
    if earlier and at < earlier[-1] + timedelta(minutes=window.gap_minutes):
        again = (earlier[-1] + timedelta(minutes=window.gap_minutes)).astimezone(local.tzinfo)
        yield Violation("call.too_soon", params={"minutes": window.gap_minutes, "again": f"{again:%H:%M}"})


def _is_quiet(day: date, window: CallingWindow) -> bool:
    return day.weekday() in window.quiet_weekdays or any(quiet.day == day for quiet in window.quiet_dates)


def next_moment_to_call(
    at: datetime, window: CallingWindow, calls: Iterable[datetime] = (), *, opted_out: bool = False
) -> NextCall:
    """The earliest instant from `at` on that no rule forbids, with the reasons why it is not now."""
    calls = tuple(calls)
    why = tuple(violations_in_call(at, window, calls, opted_out=opted_out))
    if not why:
        return NextCall(at, ())
    if opted_out:
        return NextCall(None, why)
    moment = max([at, *(call + timedelta(minutes=window.gap_minutes) for call in calls if call <= at)])
    days_ahead = window.days + 7 * (len(window.quiet_dates) + 2)
    for opens, closes in _windows_from(moment, window, days_ahead):
        candidate = max(moment, opens)
        if candidate < closes and not any(violations_in_call(candidate, window, calls)):
            return NextCall(candidate, why)
    return NextCall(None, why)


def _windows_from(moment: datetime, window: CallingWindow, days_ahead: int) -> Iterator[tuple[datetime, datetime]]:
    zone = ZoneInfo(window.zone)
    first = moment.astimezone(zone).date()
    for number in range(days_ahead):
        day = first + number * ONE_DAY
        yield _instant(day, window.opens, zone), _instant(day, window.closes, zone)


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)
