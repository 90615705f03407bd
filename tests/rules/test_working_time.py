"""Due instants: by hand at the known edges, and against the slow walk everywhere else."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policies.rules.working_time import OutsideTheCalendar, Stop, WorkingTime, merged, working_time_of
from policies.values import Length
from tests.rules import slow_calendar
from tests.rules.calendars import CHINA, LONDON_NIGHTS, NEW_YORK, SHANGHAI, a_calendar, in_shanghai

TIME = working_time_of(CHINA)
CALENDARS = [CHINA, LONDON_NIGHTS, NEW_YORK]


def minutes(amount):
    return Length(amount, "working_minutes")


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        (in_shanghai(2026, 3, 2, 9), minutes(60), in_shanghai(2026, 3, 2, 10)),
        (in_shanghai(2026, 3, 2, 11), minutes(60), in_shanghai(2026, 3, 2, 12)),
        (in_shanghai(2026, 3, 2, 11), minutes(61), in_shanghai(2026, 3, 2, 13, 1)),
        (in_shanghai(2026, 3, 2, 12, 30), minutes(1), in_shanghai(2026, 3, 2, 13, 1)),
        (in_shanghai(2026, 3, 6, 17), minutes(120), in_shanghai(2026, 3, 9, 10)),
        (in_shanghai(2026, 10, 9, 17), minutes(120), in_shanghai(2026, 10, 10, 10)),
        (in_shanghai(2025, 12, 31, 17), minutes(120), in_shanghai(2026, 1, 4, 10)),
        (in_shanghai(2026, 3, 2, 9, 0, 30), minutes(180), in_shanghai(2026, 3, 2, 13, 0, 30)),
        (in_shanghai(2026, 9, 30, 17), Length(5, "working_days"), in_shanghai(2026, 10, 13, 18)),
        (in_shanghai(2025, 12, 31, 17), Length(1, "working_days"), in_shanghai(2026, 1, 4, 18)),
        (in_shanghai(2026, 10, 3, 8), Length(1, "working_days"), in_shanghai(2026, 10, 8, 18)),
        (in_shanghai(2026, 3, 10, 23, 59), Length(15, "calendar_days"), in_shanghai(2026, 3, 26)),
        (in_shanghai(2026, 3, 10), Length(1, "calendar_days"), in_shanghai(2026, 3, 12)),
        (in_shanghai(2026, 10, 1, 22, 15), Length(24, "hours"), in_shanghai(2026, 10, 2, 22, 15)),
        (in_shanghai(2026, 10, 1, 22, 15), Length(0, "working_minutes"), in_shanghai(2026, 10, 1, 22, 15)),
    ],
    ids=str,
)
def test_known_edges(start, length, due):
    assert TIME.after(start, length) == due
    assert TIME.after_each([start], length) == [due]


instants = st.builds(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute), st.integers(0, 300 * 24 * 60)
)
clock_changes = st.builds(
    lambda day, minute: datetime(2026, *day, tzinfo=UTC) + timedelta(minutes=minute),
    st.sampled_from([(3, 7), (3, 8), (3, 28), (3, 29), (10, 24), (10, 25), (10, 31), (11, 1)]),
    st.integers(0, 24 * 60),
)
stop_lists = st.lists(
    st.tuples(st.integers(-500, 8_000), st.integers(1, 4_000) | st.none()).map(
        lambda pair: (timedelta(minutes=pair[0]), None if pair[1] is None else timedelta(minutes=pair[1]))
    ),
    max_size=3,
)


def stops_from(start, offsets, *, ending):
    return [Stop(start + began, start + began + lasts) for began, lasts in offsets if lasts is not None or not ending]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CALENDARS), instants | clock_changes, st.integers(0, 1_500), stop_lists)
def test_working_minutes_agree_with_the_slow_walk(calendar, start, amount, offsets):
    stops = stops_from(start, offsets, ending=True)
    expected = slow_calendar.due_in_working_minutes(calendar, start, amount, stops)
    assert working_time_of(calendar).after(start, minutes(amount), stops) == expected


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    instants | clock_changes,
    st.integers(1, 20),
    stop_lists,
    st.sampled_from(["working_days", "calendar_days"]),
)
def test_days_agree_with_the_slow_walk(calendar, start, amount, offsets, unit):
    stops = stops_from(start, offsets, ending=True)
    expected = slow_calendar.due_in_days(calendar, start, amount, business=unit == "working_days", stops=stops)
    assert working_time_of(calendar).after(start, Length(amount, unit), stops) == expected


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CALENDARS), clock_changes | instants, st.integers(1, 3_000))
def test_time_between_agrees_with_the_slow_walk(calendar, start, lasts):
    end = start + timedelta(minutes=lasts)
    expected = slow_calendar.working_minutes_between(calendar, start, end)
    assert working_time_of(calendar).working_minutes_between(start, end) == expected


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 11, 30), timezones=st.just(UTC)),
    st.builds(
        Length,
        st.integers(1, 40),
        st.sampled_from(["minutes", "hours", "working_minutes", "working_days", "calendar_days"]),
    ),
    stop_lists,
)
def test_the_explanation_adds_up_to_the_length(calendar, start, length, offsets):
    time = working_time_of(calendar)
    stops = stops_from(start, offsets, ending=True)
    due = time.after(start, length, stops)
    told = time.explain(start, due, length.unit, stops)
    assert told[0].began_at == start
    assert told[-1].ended_at == due
    assert all(earlier.ended_at == later.began_at for earlier, later in pairwise(told))
    counted = [stretch for stretch in told if stretch.kind == "counted"]
    if length.unit in ("working_days", "calendar_days"):
        assert len(counted) == length.amount
    else:
        lasts = sum((stretch.ended_at - stretch.began_at for stretch in counted), timedelta())
        assert lasts == length.amount * timedelta(minutes=60 if length.unit == "hours" else 1)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CALENDARS), instants, st.integers(1, 3_000), stop_lists)
def test_a_stop_never_brings_the_due_instant_forward(calendar, start, amount, offsets):
    time = working_time_of(calendar)
    stops = stops_from(start, offsets, ending=True)
    assert time.after(start, minutes(amount), stops) >= time.after(start, minutes(amount))


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(CALENDARS),
    st.datetimes(datetime(2025, 1, 1), datetime(2035, 11, 30), timezones=st.sampled_from([UTC, SHANGHAI])),
    st.builds(
        Length,
        st.integers(0, 3_000),
        st.sampled_from(["minutes", "hours", "working_minutes", "working_days", "calendar_days"]),
    ),
)
def test_in_bulk_the_answers_are_the_same(calendar, start, length):
    time = working_time_of(calendar)
    over_long_ago = [Stop(start - timedelta(days=2), start - timedelta(days=1))]
    assert time.after_each([start, start], length) == [time.after(start, length, over_long_ago)] * 2


def test_an_open_stop_holds_the_clock_and_a_late_one_does_not():
    start = in_shanghai(2026, 3, 2, 9)
    assert TIME.after(start, minutes(60), [Stop(in_shanghai(2026, 3, 2, 9, 59), None)]) is None
    assert TIME.after(start, minutes(60), [Stop(in_shanghai(2026, 3, 2, 10), None)]) == in_shanghai(2026, 3, 2, 10)


def test_stops_are_joined_and_backward_ones_dropped():
    at = in_shanghai(2026, 3, 2, 9)
    hour = timedelta(hours=1)
    stops = [Stop(at + 2 * hour, at + 3 * hour), Stop(at, at + 2 * hour), Stop(at + 9 * hour, at + 8 * hour)]
    assert len(merged(stops)) == 1
    assert merged([*stops, Stop(at + hour, None)])[0][1] is None


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CALENDARS), instants, st.integers(0, 2_000))
def test_counting_back_leaves_exactly_the_length(calendar, end, amount):
    time = working_time_of(calendar)
    begins = time.before(end, minutes(amount))
    assert begins <= end
    assert time.working_minutes_between(begins, end) == amount


def test_real_time_is_counted_back_across_a_holiday():
    assert TIME.before(in_shanghai(2026, 10, 2, 10), Length(4, "hours")) == in_shanghai(2026, 10, 2, 6)


def test_days_are_not_counted_back():
    with pytest.raises(ValueError, match="working_days"):
        TIME.before(in_shanghai(2026, 10, 2, 10), Length(1, "working_days"))


def test_a_year_without_announced_holidays_is_provisional():
    assert not TIME.is_provisional_between(in_shanghai(2026, 12, 1), in_shanghai(2026, 12, 31, 23, 59))
    assert TIME.is_provisional_between(in_shanghai(2026, 12, 31, 23, 59), in_shanghai(2027, 1, 1))


def test_far_years_grow_the_table_and_very_far_ones_are_refused():
    assert TIME.after(in_shanghai(1999, 3, 1, 9), minutes(60)) == in_shanghai(1999, 3, 1, 10)
    assert TIME.after(in_shanghai(2060, 3, 1, 9), Length(1, "calendar_days")) == in_shanghai(2060, 3, 3)
    with pytest.raises(OutsideTheCalendar):
        TIME.after(datetime(2190, 1, 1, tzinfo=UTC), minutes(60))


def test_a_period_that_ends_on_a_day_off_ends_with_the_next_working_day():
    saturday_ends = in_shanghai(2026, 3, 8)
    assert TIME.moved_to_working_day(saturday_ends) == in_shanghai(2026, 3, 10)
    friday_ends = in_shanghai(2026, 3, 7)
    assert TIME.moved_to_working_day(friday_ends) == friday_ends


def test_holidays_and_make_up_days_are_told_by_name():
    told = TIME.explain(in_shanghai(2026, 9, 30, 17), in_shanghai(2026, 10, 10, 10), "working_minutes")
    assert [(stretch.kind, stretch.name) for stretch in told if stretch.kind in ("holiday", "day_off")] == [
        ("holiday", "holiday"), ("holiday", "holiday"), ("day_off", ""), ("day_off", ""),
        ("holiday", "holiday"), ("holiday", "holiday"), ("holiday", "holiday"),
    ]  # fmt: skip
    assert told[-1].kind == "counted"
    assert told[-1].make_up


@settings(max_examples=30, deadline=None)
@given(
    st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=20),
    st.sets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=5),
    st.integers(0, 60 * 24 * 60),
    st.integers(1, 900),
)
def test_any_holidays_and_make_up_days_agree_with_the_slow_walk(holidays, make_up, offset, amount):
    assume(not holidays & make_up)
    calendar = a_calendar(holidays=sorted(holidays), make_up=sorted(make_up))
    start = in_shanghai(2026, 1, 1) + timedelta(minutes=offset)
    expected = slow_calendar.due_in_working_minutes(calendar, start, amount)
    assert WorkingTime(calendar).after(start, minutes(amount)) == expected
