"""The clocks of a case: when each is due, warned about and escalated, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from policies.rules.working_time import Stop, Stretch, WorkingTime
from policies.values import ClockPolicy, EscalationSteps, Length


class Pause(NamedTuple):
    """A pause of the case as its clocks see it: `ended_at` is the real end, else the cap, else None (it holds)."""

    category: str
    began_at: datetime
    ended_at: datetime | None = None


class Extension(NamedTuple):
    """More time for a clock, in the unit of its length."""

    amount: int
    granted_at: datetime


class LevelMoment(NamedTuple):
    """When a level of escalation falls due, and who is told."""

    level: int
    at: datetime
    to_role: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a due instant came about: plain data from which the same answer can be computed again."""

    started_at: datetime
    due_at: datetime | None
    due_without_pauses_at: datetime
    due_without_extensions_at: datetime | None
    length: Length
    stretches: tuple[Stretch, ...]
    provisional: bool
    policy_ids: tuple[int, int]


def due_at(
    clock: ClockPolicy,
    started_at: datetime,
    time: WorkingTime,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
) -> datetime | None:
    """When the clock is due, extensions and the pauses of its own categories added; None while such a pause holds
    without an end.

    The case is in time at this instant itself, and late after it. `time` is that of the clock's calendar. More time
    counts as if it had been given from the start.
    """
    due = time.after(started_at, extended_length(clock, extensions), _stops(clock, pauses))
    if due is None or not clock.moves_to_working_day or clock.length.unit != "calendar_days":
        return due
    return time.moved_to_working_day(due)


def extended_length(clock: ClockPolicy, extensions: Iterable[Extension]) -> Length:
    """The length of a clock with what was added to it."""
    return Length(clock.length.amount + sum(more.amount for more in extensions), clock.length.unit)


def _stops(clock: ClockPolicy, pauses: Iterable[Pause]) -> list[Stop]:
    return [Stop(pause.began_at, pause.ended_at) for pause in pauses if pause.category in clock.paused_by]


def warning_at(clock: ClockPolicy, started_at: datetime, due: datetime, time: WorkingTime) -> datetime:
    """When to warn that the clock runs out; never before it began."""
    return max(started_at, time.before(due, clock.warn_before))


def level_moments(steps: EscalationSteps, due: datetime, time: WorkingTime) -> tuple[LevelMoment, ...]:
    """Every level of escalation with its nominal instant. `time` is that of the steps' calendar."""
    return tuple(LevelMoment(step.level, time.after(due, step.after), step.to_role) for step in steps.steps)


def levels_due(steps: EscalationSteps, due: datetime, at: datetime, time: WorkingTime) -> tuple[LevelMoment, ...]:
    """The levels whose instant has passed at `at`, lowest first; after an outage that may be several."""
    return tuple(moment for moment in level_moments(steps, due, time) if moment.at < at)


def clocks_that_apply(
    clocks: Iterable[ClockPolicy],
    event: str,
    *,
    severity: str | None = None,
    category: str | None = None,
    region: str | None = None,
    route: str | None = None,
    body: str | None = None,
    reason: str | None = None,
) -> dict[str, ClockPolicy]:
    """By name of clock, the row that fits a case best when `event` happens.

    A row that names categories, severities, regions, outside routes, kinds of body or reasons fits only those (a
    category with its subtypes, a country with its provinces, the nearest first); a named category weighs more than a
    named severity, and that more than a named region, route, body or reason. Of two rows alike the first by code
    applies.
    """
    best: dict[str, tuple[tuple[int, ...], ClockPolicy]] = {}
    for clock in sorted(clocks, key=lambda clock: clock.code):
        fit = _fit(clock, severity, category, region, route, body, reason)
        if event in clock.starts_on and fit is not None and (clock.clock not in best or fit > best[clock.clock][0]):
            best[clock.clock] = (fit, clock)
    return {name: clock for name, (_, clock) in best.items()}


def _fit(clock: ClockPolicy, severity, category, region, route, body, reason) -> tuple[int, ...] | None:
    fits = (
        _nearness(clock.categories, category, "."),
        int(severity in clock.severities),
        _nearness(clock.regions, region, "-"),
        int(route in clock.routes),
        int(body in clock.bodies),
        int(reason in clock.reasons),
    )
    named = (clock.categories, clock.severities, clock.regions, clock.routes, clock.bodies, clock.reasons)
    return None if any(names and not fit for names, fit in zip(named, fits, strict=True)) else fits


def _nearness(named: Iterable[str], code: str | None, separator: str) -> int:
    """How much of `code` the nearest of the names covers, in parts; 0 when none does."""
    lineage = code.split(separator) if code else []
    above = [separator.join(lineage[:length]) for length in range(1, len(lineage) + 1)]
    return max((above.index(name) + 1 for name in named if name in above), default=0)


def explain_due(
    clock: ClockPolicy,
    started_at: datetime,
    time: WorkingTime,
    pauses: Iterable[Pause] = (),
    extensions: Iterable[Extension] = (),
    *,
    at: datetime | None = None,
) -> Explanation:
    """The due instant with every counted and skipped stretch on the way.

    While an open pause holds the clock there is no due instant, and the way is told until `at`.
    """
    pauses, extensions = list(pauses), list(extensions)
    stops = _stops(clock, pauses)
    due = due_at(clock, started_at, time, pauses, extensions)
    told_until = due or at or started_at
    return Explanation(
        started_at=started_at,
        due_at=due,
        due_without_pauses_at=due_at(clock, started_at, time, (), extensions),
        due_without_extensions_at=due_at(clock, started_at, time, pauses),
        length=extended_length(clock, extensions),
        stretches=time.explain(started_at, told_until, clock.length.unit, stops),
        provisional=is_provisional(clock, started_at, told_until, time),
        policy_ids=(clock.policy_id, time.calendar.policy_id),
    )


def is_provisional(clock: ClockPolicy, started_at: datetime, due: datetime, time: WorkingTime) -> bool:
    """Whether the due instant hangs on a year whose holidays nobody has announced yet."""
    looks_at_holidays = clock.length.unit in ("working_minutes", "working_days") or clock.moves_to_working_day
    return looks_at_holidays and time.is_provisional_between(started_at, due)


def reminders_due(
    first: datetime, at: datetime, steps: EscalationSteps, time: WorkingTime, *, made: int, is_top: bool
) -> tuple[list[datetime], datetime]:
    """The reminders that fell due from `first` until `at`, that instant included, and when the next one falls due.

    `made` were made before. At most one more than the ladder's reminders fall due below the top; at the top they go
    on, and of those above the ladder's number only the last counts, so that an outage does not make dozens.
    """
    due: list[datetime] = []
    moment = first
    while moment <= at and (is_top or not due or made + len(due) <= steps.reminders):
        if is_top and made + len(due) > steps.reminders and due:
            due.pop()
        due.append(moment)
        moment = time.after(moment, steps.acknowledge_within)
    return due, moment
