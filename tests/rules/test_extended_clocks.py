"""Clocks with pauses and more time against the slow walk, in zones whose clocks change; days of a newer edition."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.rules.calendars import with_days_of
from policies.rules.clocks import Extension, Pause, due_at, explain_due, extended_length, is_provisional
from policies.rules.working_time import working_time_of
from policies.values import ClockPolicy, Label, Length, NamedDay
from tests.rules import slow_calendar
from tests.rules.calendars import CHINA, LONDON_NIGHTS, NEW_YORK, a_calendar, in_shanghai

LONDON_DAYS = a_calendar("Europe/London", holidays=[date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25)])
CALENDARS = [CHINA, LONDON_NIGHTS, LONDON_DAYS, NEW_YORK]
CLOCK = ClockPolicy(
    policy_id=1,
    code="resolution",
    clock="resolution",
    label=Label("Resolution", "处理"),
    starts_on=("case.registered",),
    stops_on=("case.ended",),
    length=Length(5, "working_days"),
    warn_before=Length(60, "minutes"),
    calendar="test",
    escalation="overdue",
    paused_by=("awaiting_customer",),
)

instants = st.builds(
    lambda minute: datetime(2026, 1, 5, tzinfo=UTC) + timedelta(minutes=minute), st.integers(0, 290 * 24 * 60)
)
around_clock_changes = st.builds(
    lambda day, minute: datetime(2026, *day, tzinfo=UTC) + timedelta(minutes=minute),
    st.sampled_from([(3, 7), (3, 28), (10, 24), (10, 31)]),
    st.integers(0, 2 * 24 * 60),
)
spans = st.lists(st.tuples(st.integers(-300, 9_000), st.integers(1, 4_000)), max_size=3)
added = st.lists(st.integers(1, 6), max_size=3)


def pauses_from(start, offsets, category="awaiting_customer"):
    return [
        Pause(category, start + timedelta(minutes=began), start + timedelta(minutes=began + lasts))
        for began, lasts in offsets
    ]


def stops_of(pauses):
    return [(pause.began_at, pause.ended_at) for pause in pauses]


def more(amounts, at):
    return [Extension(amount, at) for amount in amounts]


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    instants | around_clock_changes,
    st.integers(1, 8),
    spans,
    added,
    st.sampled_from(["working_days", "calendar_days"]),
)
def test_days_with_pauses_and_more_time_agree_with_the_slow_walk(calendar, start, amount, offsets, amounts, unit):
    clock = replace(CLOCK, length=Length(amount, unit))
    pauses = pauses_from(start, offsets)
    expected = slow_calendar.due_in_days(
        calendar, start, amount + sum(amounts), business=unit == "working_days", stops=stops_of(pauses)
    )
    assert due_at(clock, start, working_time_of(calendar), pauses, more(amounts, start)) == expected


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(CALENDARS), instants | around_clock_changes, st.integers(1, 700), spans, added)
def test_working_minutes_with_pauses_and_more_time_agree_with_the_slow_walk(calendar, start, amount, offsets, amounts):
    clock = replace(CLOCK, length=Length(amount, "working_minutes"))
    pauses = pauses_from(start, offsets)
    extensions = more([hours * 60 for hours in amounts], start)
    total = amount + 60 * sum(amounts)
    expected = slow_calendar.due_in_working_minutes(calendar, start, total, stops_of(pauses))
    assert due_at(clock, start, working_time_of(calendar), pauses, extensions) == expected


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(CALENDARS), instants, spans, st.lists(st.integers(1, 6), min_size=1, max_size=3))
def test_more_time_never_brings_a_date_forward_and_others_pauses_do_nothing(calendar, start, offsets, amounts):
    time = working_time_of(calendar)
    pauses = pauses_from(start, offsets)
    assert due_at(CLOCK, start, time, pauses, more(amounts, start)) > due_at(CLOCK, start, time, pauses)
    assert due_at(CLOCK, start, time, pauses_from(start, offsets, "awaiting_department")) == due_at(CLOCK, start, time)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(CALENDARS), instants | around_clock_changes, spans, added)
def test_the_explanation_counts_just_the_length_with_what_was_added(calendar, start, offsets, amounts):
    told = explain_due(CLOCK, start, working_time_of(calendar), pauses_from(start, offsets), more(amounts, start))
    counted = [stretch for stretch in told.stretches if stretch.kind == "counted"]
    assert len(counted) == told.length.amount == 5 + sum(amounts)
    assert told.stretches[-1].ended_at == told.due_at
    assert told.due_without_extensions_at <= told.due_at
    assert told.due_without_pauses_at <= told.due_at


def test_while_a_pause_holds_more_time_gives_no_date():
    start = in_shanghai(2026, 3, 2, 10)
    pause = Pause("awaiting_customer", in_shanghai(2026, 3, 4, 11))
    assert due_at(CLOCK, start, working_time_of(CHINA), [pause], more([2], start)) is None
    assert extended_length(CLOCK, more([2, 3], start)) == Length(10, "working_days")


def test_days_of_a_newer_edition_on_the_hours_of_the_older():
    newer = replace(
        CHINA,
        policy_id=8,
        week=((),) * 7,
        holidays=(*CHINA.holidays, NamedDay(date(2026, 3, 4), "holiday")),
        official_years=(2025, 2026, 2027),
    )
    joined = with_days_of(CHINA, newer)
    assert (joined.week, joined.policy_id) == (CHINA.week, CHINA.policy_id)
    start = in_shanghai(2026, 3, 2, 10)
    assert due_at(CLOCK, start, working_time_of(CHINA)) == in_shanghai(2026, 3, 9, 18)
    assert due_at(CLOCK, start, working_time_of(joined)) == in_shanghai(2026, 3, 10, 18)
    assert with_days_of(CHINA, replace(newer, policy_id=CHINA.policy_id)) is CHINA
    assert with_days_of(replace(CHINA, make_up_ranges=()), newer).make_up_ranges == newer.make_up_ranges


@pytest.mark.parametrize(
    ("unit", "moves", "expected"),
    [
        ("working_days", False, True),
        ("working_minutes", False, True),
        ("calendar_days", False, False),
        ("calendar_days", True, True),
        ("hours", False, False),
    ],
)
def test_only_what_looks_at_holidays_can_be_provisional(unit, moves, expected):
    clock = replace(CLOCK, length=Length(5, unit), moves_to_working_day=moves)
    start, due = in_shanghai(2026, 12, 30), in_shanghai(2027, 1, 8)
    assert is_provisional(clock, start, due, working_time_of(CHINA)) is expected
    assert not is_provisional(clock, in_shanghai(2026, 3, 2), in_shanghai(2026, 3, 9), working_time_of(CHINA))
