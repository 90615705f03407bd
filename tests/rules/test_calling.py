"""Calls: the window to the minute, the caps to the call, and the next moment that is allowed."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.rules.calling import next_moment_to_call, violations_in_call
from policies.values import CallingWindow, NamedDay
from tests.rules.calendars import in_shanghai

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
)
MONDAY = in_shanghai(2026, 3, 2, 14)


def codes(at, window=WINDOW, calls=(), **facts):
    return [violation.code for violation in violations_in_call(at, window, calls, **facts)]


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        (in_shanghai(2026, 3, 2, 9, 59, 59), False),
        (in_shanghai(2026, 3, 2, 10), True),
        (in_shanghai(2026, 3, 2, 17, 59, 59), True),
        (in_shanghai(2026, 3, 2, 18), False),
        (in_shanghai(2026, 3, 2, 23), False),
    ],
    ids=str,
)
def test_the_window_to_the_second(at, allowed):
    assert codes(at) == ([] if allowed else ["call.outside_window"])


def test_the_fourth_call_of_a_day_is_one_too_many():
    calls = [in_shanghai(2026, 3, 2, hour) for hour in (10, 11, 12)]
    assert codes(MONDAY, calls=calls[:2]) == []
    assert codes(MONDAY, calls=calls) == ["call.cap_reached"]
    assert codes(MONDAY + timedelta(days=1), calls=calls) == []


def test_the_seventh_call_within_seven_days_is_one_too_many():
    calls = [in_shanghai(2026, 3, day, hour) for day in (1, 2, 3) for hour in (10, 12)]
    assert codes(in_shanghai(2026, 3, 7, 10), calls=calls) == ["call.cap_in_days_reached"]
    assert codes(in_shanghai(2026, 3, 8, 10), calls=calls) == []


def test_calls_keep_their_distance():
    assert codes(MONDAY, calls=[MONDAY - timedelta(minutes=59)]) == ["call.too_soon"]
    assert codes(MONDAY, calls=[MONDAY - timedelta(minutes=60)]) == []


def test_quiet_days_and_opting_out():
    quiet = replace(WINDOW, quiet_dates=(NamedDay(date(2026, 3, 2), "春节"),))
    assert codes(MONDAY, quiet) == ["call.quiet_day"]
    assert codes(MONDAY, replace(WINDOW, quiet_weekdays=(0,))) == ["call.quiet_day"]
    assert codes(MONDAY, opted_out=True) == ["call.opted_out"]


def test_everything_that_is_wrong_is_said_at_once():
    night = in_shanghai(2026, 3, 2, 19)
    calls = [in_shanghai(2026, 3, 2, 18, minute) for minute in (10, 20, 30)]
    assert codes(night, calls=calls, opted_out=True) == [
        "call.opted_out", "call.outside_window", "call.cap_reached", "call.too_soon",
    ]  # fmt: skip


def test_the_next_moment_says_why_not_now():
    evening = next_moment_to_call(in_shanghai(2026, 3, 2, 19), WINDOW)
    assert evening.at == in_shanghai(2026, 3, 3, 10)
    assert [found.code for found in evening.why] == ["call.outside_window"]
    assert next_moment_to_call(MONDAY, WINDOW).at == MONDAY
    assert next_moment_to_call(MONDAY, WINDOW, [MONDAY]).at == MONDAY + timedelta(hours=1)
    assert next_moment_to_call(MONDAY, WINDOW, opted_out=True).at is None


def test_the_next_moment_leaps_over_quiet_days():
    only_mondays = replace(WINDOW, quiet_weekdays=(1, 2, 3, 4, 5, 6))
    quiet_monday = replace(only_mondays, quiet_dates=(NamedDay(date(2026, 3, 9), "quiet"),))
    assert next_moment_to_call(in_shanghai(2026, 3, 2, 19), only_mondays).at == in_shanghai(2026, 3, 9, 10)
    assert next_moment_to_call(in_shanghai(2026, 3, 2, 19), quiet_monday).at == in_shanghai(2026, 3, 16, 10)


@settings(deadline=None)
@given(
    st.integers(0, 10 * 24 * 60),
    st.lists(st.integers(-10 * 24 * 60, 10 * 24 * 60), max_size=12),
    st.integers(1, 3),
    st.integers(0, 600),
)
def test_the_next_moment_is_allowed_and_no_earlier_minute_is(offset, calls, calls_a_day, gap):
    window = replace(WINDOW, calls_a_day=calls_a_day, gap_minutes=gap)
    at = in_shanghai(2026, 3, 2) + timedelta(minutes=offset)
    earlier = [in_shanghai(2026, 3, 2) + timedelta(minutes=minute) for minute in calls if minute <= offset]
    moment = next_moment_to_call(at, window, earlier).at
    assert codes(moment, window, earlier) == []
    minute = at
    while minute < moment:
        assert codes(minute, window, earlier)
        minute += timedelta(minutes=7)
