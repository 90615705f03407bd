"""Calling back: when, how often, and what is to be asked (S-FUP-01 to 10)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from casemgmt.violations import Violation
from policies.rules.calling import NO_WISH, CallingWish, closing_of, next_moment_to_call
from policies.values import CallingWindow, FollowUpPolicy

BY_PHONE = "phone"
LOWEST_MARK, HIGHEST_MARK = 1, 5
LOW_MARK = 2
"""A mark up to this one goes to a superior; by itself it is data and moves no case."""

NOT_REACHED = frozenset({"no_answer", "busy", "switched_off", "wrong_number"})
CALL_LATER = "call_later"
"""The customer asks for another time: tried again, and no failed attempt."""

OUTCOMES = frozenset({"delivered", "declined", CALL_LATER}) | NOT_REACHED


class Slot(NamedTuple):
    """From when to when a follow-up stands on somebody's list, and what forbade it earlier."""

    opens_at: datetime
    closes_at: datetime
    why: tuple[Violation, ...] = ()


def next_slot(
    earliest: datetime,
    window: CallingWindow,
    calls: Iterable[datetime] = (),
    *,
    channel: str = BY_PHONE,
    opted_out: bool = False,
    wish: CallingWish = NO_WISH,
) -> Slot | None:
    """The next slot from `earliest` on; calls keep the rules of calling, letters the hours alone.

    None when a call is never allowed, because the customer wants none.
    """
    by_phone = channel == BY_PHONE
    wish = wish if by_phone else NO_WISH
    found = next_moment_to_call(
        earliest, window, calls if by_phone else (), opted_out=by_phone and opted_out, wish=wish
    )
    if found.at is None:
        return None
    return Slot(found.at.astimezone(UTC), closing_of(found.at, window, wish), found.why)


def policy_for(rows: Mapping[str, FollowUpPolicy], *, outcome: str, refunded: bool) -> FollowUpPolicy:
    """How a case is followed up: by the row for money given back, that of its outcome, else the default (S-FUP-01).

    KeyError without a default row.
    """
    ordered = [rows[code] for code in sorted(rows)]
    after_refund = (row for row in ordered if row.after_refund and refunded)
    by_outcome = (row for row in ordered if outcome in row.outcomes and not row.after_refund)
    return next(after_refund, None) or next(by_outcome, None) or rows["default"]


@dataclass(frozen=True, slots=True)
class SchedulingFacts:
    """Where the case stands before a follow-up is put on the calendar."""

    in_follow_up: bool
    one_is_open: bool


def violations_in_scheduling(facts: SchedulingFacts) -> Iterator[Violation]:
    """In follow-up, and one at a time."""
    if not facts.in_follow_up:
        yield Violation("follow_up.wrong_state")
    if facts.one_is_open:
        yield Violation("follow_up.one_at_a_time")


def violations_in_slot(slot: Slot | None, channel: str, channels: frozenset[str]) -> Iterator[Violation]:
    """A channel that exists, and some moment at which it may be used."""
    if channel not in channels:
        yield Violation("follow_up.channel_unknown", "channel")
    elif slot is None:
        yield Violation("follow_up.no_window", "channel")


def violations_in_attempt(*, is_due: bool, outcome: str) -> Iterator[Violation]:
    """It stands on the list, and something came of it."""
    if not is_due:
        yield Violation("follow_up.not_due")
    if outcome not in OUTCOMES:
        yield Violation("follow_up.outcome_unknown", "outcome")


def is_exhausted(attempts: int, attempts_max: int) -> bool:
    """Whether enough attempts were recorded; windows in which nobody dialled never count (S-FUP-07)."""
    return attempts >= attempts_max


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """What the customer said. `satisfaction` None: asked, and not given."""

    was_reached: bool
    satisfaction: int | None
    solved: bool | None
    experience: str


def violations_in_result(facts: ResultFacts) -> Iterator[Violation]:
    """Whether it is solved, how it is used, and a mark from 1 to 5 if one was given (S-FUP-02, 03, 08)."""
    if not facts.was_reached:
        yield Violation("follow_up.not_reached")
    if facts.satisfaction is not None and not LOWEST_MARK <= facts.satisfaction <= HIGHEST_MARK:
        yield Violation("follow_up.satisfaction_out_of_range", "satisfaction")
    if facts.solved is None:
        yield Violation("follow_up.solved_missing", "solved")
    if not facts.experience.strip():
        yield Violation("follow_up.experience_missing", "experience")


def is_dissatisfied(satisfaction: int | None, solved: bool | None) -> bool:
    """Whether something has to follow: a low mark, or the problem is still there (S-FUP-08)."""
    return is_low(satisfaction) or solved is False


def is_low(satisfaction: int | None) -> bool:
    """Whether a superior should hear of this mark."""
    return satisfaction is not None and satisfaction <= LOW_MARK
