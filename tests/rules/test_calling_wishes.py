"""Quiet hours, the customer's own hours and zone, mailed items, what a breach costs: to the second."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.rules.calling import (
    CallingWish,
    closing_of,
    next_moment_to_call,
    open_ranges,
    step_after,
    violations_in_call,
    violations_in_mailing,
    with_the_penalty,
)
from policies.values import AttemptLadder, AttemptStep, CallingWindow, Length, NamedDay, WorkingRange
from tests.rules.calendars import in_shanghai

SECOND = timedelta(seconds=1)
LUNCH = WorkingRange(time(12), time(13, 30))
WINDOW = CallingWindow(
    policy_id=1,
    code="default",
    zone="Asia/Shanghai",
    opens=time(10),
    closes=time(18),
    calls_a_day=3,
    gap_minutes=60,
    calls_in_days=6,
    days=7,
    mailed_items_count=True,
    quiet_hours=(LUNCH,),
    penalty_points=12,
)
NOON, HALF_PAST_ONE = in_shanghai(2026, 3, 2, 12), in_shanghai(2026, 3, 2, 13, 30)


def codes(at, window=WINDOW, calls=(), **facts):
    return [violation.code for violation in violations_in_call(at, window, calls, **facts)]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (NOON - SECOND, []),
        (NOON, ["call.quiet_hour"]),
        (HALF_PAST_ONE - SECOND, ["call.quiet_hour"]),
        (HALF_PAST_ONE, []),
    ],
    ids=str,
)
def test_quiet_hours_to_the_second(at, found):
    assert codes(at) == found


def test_a_call_in_quiet_hours_waits_for_their_end():
    assert next_moment_to_call(NOON, WINDOW).at == HALF_PAST_ONE
    evening = WorkingRange(time(17), time(18))
    assert next_moment_to_call(
        in_shanghai(2026, 3, 2, 17), replace(WINDOW, quiet_hours=(LUNCH, evening))
    ).at == in_shanghai(2026, 3, 3, 10)


@pytest.mark.parametrize(
    ("quiet", "open_ranges"),
    [
        ((), [(time(10), time(18))]),
        ((LUNCH,), [(time(10), time(12)), (time(13, 30), time(18))]),
        ((WorkingRange(time(10), time(11)),), [(time(11), time(18))]),
        ((WorkingRange(time(17), time(18)),), [(time(10), time(17))]),
        ((LUNCH, WorkingRange(time(13, 30), time(14))), [(time(10), time(12)), (time(14), time(18))]),
    ],
)
def test_what_quiet_hours_leave(quiet, open_ranges):
    assert list(replace(WINDOW, quiet_hours=quiet).open_ranges) == open_ranges


AFTERNOON = CallingWish(opens=time(14), closes=time(17))


@pytest.mark.parametrize(
    ("at", "found"),
    [
        (in_shanghai(2026, 3, 2, 14) - SECOND, ["call.not_at_this_hour"]),
        (in_shanghai(2026, 3, 2, 14), []),
        (in_shanghai(2026, 3, 2, 17) - SECOND, []),
        (in_shanghai(2026, 3, 2, 17), ["call.not_at_this_hour"]),
    ],
    ids=str,
)
def test_the_customers_own_hours_to_the_second(at, found):
    assert codes(at, wish=AFTERNOON) == found


def test_the_day_ends_when_the_customers_hours_do():
    moment = next_moment_to_call(in_shanghai(2026, 3, 2, 9), WINDOW, wish=AFTERNOON).at
    assert moment == in_shanghai(2026, 3, 2, 14)
    assert closing_of(moment, WINDOW, AFTERNOON) == in_shanghai(2026, 3, 2, 17)


def test_hours_that_the_window_never_allows_mean_never_by_phone():
    night = CallingWish(opens=time(20), closes=time(22))
    assert next_moment_to_call(NOON, WINDOW, wish=night).at is None


def test_days_and_hours_are_those_where_the_customer_lives():
    """In summer London is seven hours behind; a quiet day begins at their midnight."""
    london = CallingWish(zone="Europe/London")
    assert codes(in_shanghai(2026, 7, 1, 17) - SECOND, wish=london) == ["call.outside_window"]
    assert codes(in_shanghai(2026, 7, 1, 17), wish=london) == []
    quiet = replace(WINDOW, quiet_dates=(NamedDay(date(2026, 7, 1), "quiet"),))
    assert codes(in_shanghai(2026, 7, 2, 0), quiet, wish=london) == ["call.quiet_day"]
    assert codes(in_shanghai(2026, 7, 1, 17), quiet) == ["call.quiet_day"]


def test_the_clock_change_moves_the_window_with_the_customer():
    """In the last week of March London comes an hour nearer."""
    london = CallingWish(zone="Europe/London")
    winter = next_moment_to_call(in_shanghai(2026, 3, 27, 10), WINDOW, wish=london).at
    summer = next_moment_to_call(in_shanghai(2026, 3, 30, 10), WINDOW, wish=london).at
    assert (winter, summer) == (in_shanghai(2026, 3, 27, 18), in_shanghai(2026, 3, 30, 17))


def test_what_is_posted_keeps_the_caps_alone():
    """S-COM-14: the post has hours of its own, the number counts."""
    night = in_shanghai(2026, 3, 2, 22)
    calls = [in_shanghai(2026, 3, 2, hour) for hour in (10, 14, 16)]
    assert list(violations_in_mailing(night, WINDOW, calls[:2])) == []
    assert [found.code for found in violations_in_mailing(night, WINDOW, calls)] == ["call.cap_reached"]
    assert WINDOW.counted_channels == ("parcel",)
    assert replace(WINDOW, mailed_items_count=False).counted_channels == ()


def test_what_a_breach_costs_is_said_last_and_only_for_a_breach():
    """S-COM-13."""
    broken = list(with_the_penalty(violations_in_call(NOON, WINDOW), WINDOW))
    assert [found.code for found in broken] == ["call.quiet_hour", "call.harassment_costs"]
    assert broken[-1].params == {"points": 12}
    assert list(with_the_penalty([], WINDOW)) == []
    free = replace(WINDOW, penalty_points=0)
    assert len(list(with_the_penalty(violations_in_call(NOON, free), free))) == 1


LADDER = AttemptLadder(
    1,
    "default",
    "cn-official",
    (
        AttemptStep("no_answer", 1, "call_again", Length(2, "hours")),
        AttemptStep("no_answer", 3, "write_once"),
        AttemptStep("declined", 1, "other_channel"),
    ),
)


@pytest.mark.parametrize(
    ("outcome", "attempt", "deed"),
    [
        ("no_answer", 1, "call_again"),
        ("no_answer", 2, "call_again"),
        ("no_answer", 3, "write_once"),
        ("no_answer", 9, "write_once"),
        ("declined", 1, "other_channel"),
        ("busy", 1, None),
    ],
)
def test_the_ladder_is_climbed_by_attempts(outcome, attempt, deed):
    step = step_after(LADDER, outcome, attempt)
    assert (step.deed if step else None) == deed


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 3 * 24 * 60),
    st.lists(st.integers(-3 * 24 * 60, 0), max_size=6),
    st.sampled_from(["", "Europe/London", "America/New_York"]),
    st.integers(8, 14),
    st.integers(1, 6),
)
def test_the_next_moment_is_allowed_and_no_earlier_minute_is(offset, calls, zone, first, hours):
    wish = CallingWish(zone=zone, opens=time(first), closes=time(first + hours))
    at = in_shanghai(2026, 3, 2) + timedelta(minutes=offset)
    earlier = [in_shanghai(2026, 3, 2) + timedelta(minutes=minute) for minute in calls]
    moment = next_moment_to_call(at, WINDOW, earlier, wish=wish).at
    if moment is None:
        assert open_ranges(WINDOW, wish) == []
        return
    assert codes(moment, calls=earlier, wish=wish) == []
    minute = at
    while minute < moment:
        assert codes(minute, calls=earlier, wish=wish)
        minute += timedelta(minutes=11)
