"""When a customer may be called: inside the window, not too often, not on quiet days (S-COM-11 to S-COM-14).

What has happened is always recorded; these rules say whether a new call may be made, and when the next one may.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casemgmt.violations import Violation
from policies.values import AttemptLadder, AttemptStep, CallingWindow

ONE_DAY = timedelta(days=1)
CAPS = frozenset({"call.cap_reached", "call.cap_in_days_reached"})


@dataclass(frozen=True, slots=True)
class CallingWish:
    """What the customer asked for: no calls at all, or calls between two times of their own day.

    `zone` is where they live, "" for the zone of the window; days and times of every rule are then those of that zone.
    """

    opted_out: bool = False
    zone: str = ""
    opens: time | None = None
    closes: time | None = None

    @property
    def has_hours(self) -> bool:
        """Whether hours of their own were named."""
        return self.opens is not None and self.closes is not None


NO_WISH = CallingWish()


@dataclass(frozen=True, slots=True)
class NextCall:
    """The next instant at which a call is allowed, and what forbids one now. `at` None: never by phone."""

    at: datetime | None
    why: tuple[Violation, ...]


def zone_of(window: CallingWindow, wish: CallingWish = NO_WISH) -> ZoneInfo:
    """Whose day and hours count: the customer's, where they are known."""
    return ZoneInfo(wish.zone or window.zone)


def violations_in_call(
    at: datetime,
    window: CallingWindow,
    calls: Iterable[datetime] = (),
    *,
    opted_out: bool = False,
    wish: CallingWish = NO_WISH,
) -> Iterator[Violation]:
    """What forbids calling at `at`, given the instants of earlier calls to this customer, of any age and case.

    Where mailed items count as calls (`window.counted_channels`), the caller adds them to `calls`.
    Days and times are those of the customer's zone, else of the window's.
    """
    local = at.astimezone(zone_of(window, wish))
    if opted_out or wish.opted_out:
        yield Violation("call.opted_out")
    yield from _violations_in_hours(local.time(), window, wish)
    if is_quiet(local.date(), window):
        yield Violation("call.quiet_day", params={"day": local.date().isoformat()})
    earlier = sorted(call for call in calls if call <= at)
    yield from _violations_in_number(local, window, earlier)
    if earlier and at < earlier[-1] + timedelta(minutes=window.gap_minutes):
        again = (earlier[-1] + timedelta(minutes=window.gap_minutes)).astimezone(local.tzinfo)
        yield Violation("call.too_soon", params={"minutes": window.gap_minutes, "again": f"{again:%H:%M}"})


def _violations_in_hours(now: time, window: CallingWindow, wish: CallingWish) -> Iterator[Violation]:
    said = {"opens": f"{window.opens:%H:%M}", "closes": f"{window.closes:%H:%M}", "at": f"{now:%H:%M}"}
    if not window.opens <= now < window.closes:
        yield Violation("call.outside_window", params=said)
    for quiet in window.quiet_hours:
        if quiet.opens <= now < quiet.closes:
            yield Violation(
                "call.quiet_hour",
                params={"at": said["at"], "opens": f"{quiet.opens:%H:%M}", "closes": f"{quiet.closes:%H:%M}"},
            )
    if wish.has_hours and not wish.opens <= now < wish.closes:
        yield Violation(
            "call.not_at_this_hour",
            params={"at": said["at"], "opens": f"{wish.opens:%H:%M}", "closes": f"{wish.closes:%H:%M}"},
        )


def _violations_in_number(local: datetime, window: CallingWindow, earlier: list[datetime]) -> Iterator[Violation]:
    days = [call.astimezone(local.tzinfo).date() for call in earlier]
    if days.count(local.date()) >= window.calls_a_day:
        yield Violation("call.cap_reached", params={"calls": window.calls_a_day})
    recent = [day for day in days if day > local.date() - window.days * ONE_DAY]
    if len(recent) >= window.calls_in_days:
        yield Violation("call.cap_in_days_reached", params={"calls": window.calls_in_days, "days": window.days})


def violations_in_mailing(
    at: datetime, window: CallingWindow, calls: Iterable[datetime] = (), *, wish: CallingWish = NO_WISH
) -> Iterator[Violation]:
    """What a mailed item at `at` breaks: the caps alone, for the post keeps hours of its own (S-COM-14)."""
    broken = violations_in_call(at, window, calls, wish=wish)
    return (violation for violation in broken if violation.code in CAPS)


def with_the_penalty(broken: Iterable[Violation], window: CallingWindow) -> Iterator[Violation]:
    """The rules that a call would break, and after them what the platform takes for it (S-COM-13)."""
    broken = list(broken)
    yield from broken
    if broken and window.penalty_points:
        yield Violation("call.harassment_costs", broken[0].field, params={"points": window.penalty_points})


def is_quiet(day: date, window: CallingWindow) -> bool:
    """Whether nobody is called on this day."""
    return day.weekday() in window.quiet_weekdays or any(quiet.day == day for quiet in window.quiet_dates)


def next_moment_to_call(
    at: datetime,
    window: CallingWindow,
    calls: Iterable[datetime] = (),
    *,
    opted_out: bool = False,
    wish: CallingWish = NO_WISH,
) -> NextCall:
    """The earliest instant from `at` on that no rule forbids, with the reasons why it is not now."""
    calls = tuple(calls)
    why = tuple(violations_in_call(at, window, calls, opted_out=opted_out, wish=wish))
    if not why:
        return NextCall(at, ())
    if opted_out or wish.opted_out:
        return NextCall(None, why)
    moment = max([at, *(call + timedelta(minutes=window.gap_minutes) for call in calls if call <= at)])
    days_ahead = window.days + 7 * (len(window.quiet_dates) + 2)
    for opens, closes in _ranges_from(moment, window, wish, days_ahead):
        candidate = max(moment, opens)
        if candidate < closes and not any(violations_in_call(candidate, window, calls, wish=wish)):
            return NextCall(candidate, why)
    return NextCall(None, why)


def open_ranges(window: CallingWindow, wish: CallingWish = NO_WISH) -> list[tuple[time, time]]:
    """The hours of a day in which this customer may be called, by the window and by their own wish."""
    ranges = window.open_ranges
    if wish.has_hours:
        ranges = tuple((max(opens, wish.opens), min(closes, wish.closes)) for opens, closes in ranges)
    return [(opens, closes) for opens, closes in ranges if opens < closes]


def closing_of(moment: datetime, window: CallingWindow, wish: CallingWish = NO_WISH) -> datetime:
    """When calls end for good on the day of an allowed moment."""
    zone = zone_of(window, wish)
    return _instant(moment.astimezone(zone).date(), open_ranges(window, wish)[-1][1], zone)


def _ranges_from(
    moment: datetime, window: CallingWindow, wish: CallingWish, days_ahead: int
) -> Iterator[tuple[datetime, datetime]]:
    zone = zone_of(window, wish)
    first = moment.astimezone(zone).date()
    ranges = open_ranges(window, wish)
    for number in range(days_ahead):
        day = first + number * ONE_DAY
        for opens, closes in ranges:
            yield _instant(day, opens, zone), _instant(day, closes, zone)


def _instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, tzinfo=zone).astimezone(UTC)


def step_after(ladder: AttemptLadder, outcome: str, attempt: int) -> AttemptStep | None:
    """What follows the `attempt`-th failed call when it came out like this; None where the policy names nothing."""
    steps = [step for step in ladder.steps if step.outcome == outcome and step.attempt <= attempt]
    return steps[-1] if steps else None
