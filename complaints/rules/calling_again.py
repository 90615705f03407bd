"""What a call leads to: which outcomes ask for another call, and when that one may be."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from casemgmt.violations import Violation
from policies.rules.calling import (
    NO_WISH,
    CallingWish,
    next_moment_to_call,
    step_after,
    violations_in_call,
    with_the_penalty,
    zone_of,
)
from policies.values import AttemptLadder, CallingWindow, Length

CALL_AGAIN = frozenset({"no_answer", "busy", "switched_off", "wrong_number", "call_later"})
"""Outcomes after which somebody calls again."""

STEP = 5
"""Minutes to which a proposal is rounded."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """When to call next if the call made now is not answered, and the figures it follows from."""

    at: datetime | None
    why: tuple[Violation, ...]
    calls_today: int
    window: CallingWindow


def propose(
    at: datetime,
    window: CallingWindow,
    calls: Iterable[datetime],
    *,
    opted_out: bool = False,
    wish: CallingWish = NO_WISH,
) -> Proposal:
    """The next call after one made at `at`, which is counted among `calls_today`.

    This one is taken to end at the next full five minutes, so that the proposal still holds when it is accepted.
    """
    zone = zone_of(window, wish)
    today = at.astimezone(zone).date()
    ends = end_of_call(at)
    with_this = (*calls, ends)
    following = next_moment_to_call(ends, window, with_this, opted_out=opted_out, wish=wish)
    calls_today = sum(call.astimezone(zone).date() == today for call in with_this)
    return Proposal(following.at, following.why, calls_today, window)


@dataclass(frozen=True, slots=True)
class Following:
    """What the policy says to do after one outcome. `at` is the next call where one follows, with why not earlier."""

    outcome: str
    deed: str
    attempt: int
    at: datetime | None
    why: tuple[Violation, ...] = ()


def following(
    outcome: str,
    attempt: int,
    ends_at: datetime,
    ladder: AttemptLadder,
    window: CallingWindow,
    calls: Iterable[datetime],
    *,
    wish: CallingWish,
    waited: Callable[[datetime, Length], datetime],
) -> Following:
    """What follows a call that ended at `ends_at` with this outcome, as the `attempt`-th in a row that failed.

    `calls` are those before it; `waited` gives the instant a length of time later. Where the policy names nothing,
    nothing follows.
    """
    step = step_after(ladder, outcome, attempt)
    if step is None or step.deed != "call_again":
        return Following(outcome, step.deed if step else "", attempt, None)
    found = next_moment_to_call(waited(ends_at, step.after), window, (*calls, ends_at), wish=wish)
    return Following(outcome, step.deed, attempt, found.at, found.why)


def end_of_call(at: datetime) -> datetime:
    """When a call made at `at` is taken to end: the next full five minutes."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=STEP - at.minute % STEP)


def violations_in_calling_again(
    again: datetime | None,
    *,
    occurred_at: datetime,
    window: CallingWindow,
    calls: Iterable[datetime],
    opted_out: bool = False,
    wish: CallingWish = NO_WISH,
) -> Iterator[Violation]:
    """The next call lies ahead and keeps every rule of calling, this one counted; what a breach costs is said."""
    if again is None:
        return
    if again <= occurred_at:
        yield Violation("call.again_not_ahead", field="call_again_at")
        return
    broken = violations_in_call(again, window, (*calls, occurred_at), opted_out=opted_out, wish=wish)
    for violation in with_the_penalty(broken, window):
        yield Violation(violation.code, field="call_again_at", params=violation.params)
