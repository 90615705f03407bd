"""Waiting and calling back, without a database."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.rules.following_up import (
    ResultFacts,
    SchedulingFacts,
    is_exhausted,
    is_low,
    next_slot,
    violations_in_attempt,
    violations_in_result,
    violations_in_scheduling,
    violations_in_slot,
)
from complaints.rules.pausing import PauseFacts, WaitingFacts, violations_in_pause, violations_in_waiting
from policies.values import CallingWindow

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 10, 12, 9, 0, tzinfo=ZONE)
WINDOW = CallingWindow(1, "default", "Asia/Shanghai", time(10), time(18), 3, 60, 6, 7, True)
WAITING = WaitingFacts(case_is_open=True, waits_already=False, paused_before=2, pauses_max=3)
PAUSE = PauseFacts(
    category="awaiting_customer",
    reason="等照片",
    asked_of="customer",
    sides=frozenset({"customer"}),
    asked_what="污渍照片",
    at=MONDAY,
    until=MONDAY + timedelta(days=7),
    cap_days=7,
    cap_at=MONDAY + timedelta(days=7),
    customer_was_asked=True,
)
RESULT = ResultFacts(was_reached=True, satisfaction=5, solved=True, experience="好")


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"case_is_open": False}, "pause.case_ended"),
        ({"waits_already": True}, "pause.one_at_a_time"),
        ({"paused_before": 3}, "pause.too_many"),
    ],
)
def test_the_fourth_pause_is_refused_and_the_third_is_not(change, code):
    """T11."""
    assert codes(violations_in_waiting(WAITING)) == []
    assert codes(violations_in_waiting(replace(WAITING, **change))) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"cap_days": None, "cap_at": None}, "pause.unknown_category"),
        ({"reason": ""}, "pause.reason_missing"),
        ({"asked_of": ""}, "pause.asked_of_missing"),
        ({"asked_what": " "}, "pause.asked_what_missing"),
        ({"until": MONDAY}, "pause.ends_before_it_begins"),
        ({"until": MONDAY + timedelta(days=7, seconds=1)}, "pause.beyond_cap"),
        ({"customer_was_asked": False}, "pause.not_asked"),
    ],
)
def test_each_clause_of_a_pause_alone(change, code):
    """Exactly the cap is allowed, a second more is not."""
    assert codes(violations_in_pause(PAUSE)) == []
    assert codes(violations_in_pause(replace(PAUSE, **change))) == [code]


def test_only_waiting_for_the_customer_needs_proof_of_having_asked():
    assert codes(violations_in_pause(replace(PAUSE, category="awaiting_test", customer_was_asked=False))) == []


def test_before_the_window_opens_the_slot_begins_when_it_opens():
    slot = next_slot(MONDAY, WINDOW)
    assert (slot.opens_at, slot.closes_at) == (MONDAY.replace(hour=10), MONDAY.replace(hour=18))


def test_inside_the_window_it_begins_now_and_at_its_end_the_next_day():
    noon = MONDAY.replace(hour=12)
    assert next_slot(noon, WINDOW).opens_at == noon
    evening = MONDAY.replace(hour=18)
    assert next_slot(evening, WINDOW).opens_at == MONDAY.replace(day=13, hour=10)


def test_three_calls_today_move_it_to_tomorrow_but_a_letter_may_go_today():
    calls = [MONDAY.replace(hour=hour) for hour in (10, 12, 14)]
    assert next_slot(MONDAY.replace(hour=16), WINDOW, calls).opens_at == MONDAY.replace(day=13, hour=10)
    letter = next_slot(MONDAY.replace(hour=16), WINDOW, calls, channel="email")
    assert letter.opens_at == MONDAY.replace(hour=16)


def test_who_wants_no_calls_gets_none_and_may_still_be_written_to():
    assert next_slot(MONDAY, WINDOW, opted_out=True) is None
    assert next_slot(MONDAY, WINDOW, opted_out=True, channel="email") is not None


def test_one_follow_up_at_a_time_and_in_its_state():
    assert codes(violations_in_scheduling(SchedulingFacts(True, False))) == []
    assert codes(violations_in_scheduling(SchedulingFacts(False, True))) == [
        "follow_up.wrong_state",
        "follow_up.one_at_a_time",
    ]


def test_a_channel_and_a_moment_are_needed():
    channels = frozenset({"phone"})
    assert codes(violations_in_slot(None, "pigeon", channels)) == ["follow_up.channel_unknown"]
    assert codes(violations_in_slot(None, "phone", channels)) == ["follow_up.no_window"]
    assert codes(violations_in_slot(next_slot(MONDAY, WINDOW), "phone", channels)) == []


def test_an_attempt_needs_the_list_and_an_outcome():
    assert codes(violations_in_attempt(is_due=False, outcome="")) == ["follow_up.not_due", "follow_up.outcome_unknown"]
    assert codes(violations_in_attempt(is_due=True, outcome="wrong_number")) == []


def test_exactly_the_number_of_attempts_exhausts():
    assert [is_exhausted(attempts, 3) for attempts in (2, 3, 4)] == [False, True, True]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"was_reached": False}, "follow_up.not_reached"),
        ({"satisfaction": 0}, "follow_up.satisfaction_out_of_range"),
        ({"satisfaction": 6}, "follow_up.satisfaction_out_of_range"),
        ({"solved": None}, "follow_up.solved_missing"),
        ({"experience": ""}, "follow_up.experience_missing"),
    ],
)
def test_each_clause_of_a_result_alone(change, code):
    assert codes(violations_in_result(RESULT)) == []
    assert codes(violations_in_result(replace(RESULT, **change))) == [code]


def test_marks_up_to_two_are_low_and_no_mark_is_none():
    assert [is_low(mark) for mark in (None, 1, 2, 3, 5)] == [False, True, True, False, False]
