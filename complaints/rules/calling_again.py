"""What a call leads to: which outcomes ask for another call, and when that one may be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casemgmt.violations import Violation
from policies.rules.calling import next_moment_to_call, violations_in_call
from policies.values import CallingWindow

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


def propose(at: datetime, window: CallingWindow, calls: Iterable[datetime], *, opted_out: bool = False) -> Proposal:
    """The next call after one made at `at`, which is counted among `calls_today`.

    This one is taken to end at the next full five minutes, so that the proposal still holds when it is accepted.
    """
    zone = ZoneInfo(window.zone)
    today = at.astimezone(zone).date()
    ends = at.replace(second=0, microsecond=0) + timedelta(minutes=STEP - at.minute % STEP)
    with_this = (*calls, ends)
    following = next_moment_to_call(ends, window, with_this, opted_out=opted_out)
    calls_today = sum(call.astimezone(zone).date() == today for call in with_this)
    return Proposal(following.at, following.why, calls_today, window)


def violations_in_calling_again(
    again: datetime | None,
    *,
    occurred_at: datetime,
    window: CallingWindow,
    calls: Iterable[datetime],
    opted_out: bool = False,
) -> Iterator[Violation]:
    """The next call lies ahead and keeps every rule of calling, this one counted."""
    if again is None:
        return
    if again <= occurred_at:
        yield Violation("call.again_not_ahead", field="call_again_at")
        return
    for violation in violations_in_call(again, window, (*calls, occurred_at), opted_out=opted_out):
        yield Violation(violation.code, field="call_again_at", params=violation.params)
