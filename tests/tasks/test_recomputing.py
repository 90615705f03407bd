"""A calendar's days become official: running deadlines move by a sweep, and say from when to when and why."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions import recomputing
from complaints.actions.extending import approve_extension, ask_for_extension
from complaints.actions.pausing import begin_pause, end_pause
from complaints.actions.registering import register
from complaints.invariants.times import clocks as broken_clocks
from complaints.models import Clock, DueChange
from complaints.timeline import story_of
from complaints.vocabulary import DueChangeCause
from tests.building import a_registration, an_assessing_case
from tests.cast import later
from tests.new_editions import CHANGED_AT, a_holiday, a_new_edition

pytestmark = pytest.mark.django_db

SWEPT_AT = later(days=1, minutes=1)


def resolution(case):
    return case.clocks.get(kind=Clock.Kind.RESOLUTION)


def test_a_day_off_that_was_announced_moves_what_counts_working_days_and_says_so(cast):
    case = an_assessing_case(cast)
    before = {clock.kind: clock.due_at for clock in case.clocks.all()}
    edition = a_new_edition(cast, **a_holiday("2026-10-15"))
    tally = recomputing.recompute_clocks(SWEPT_AT)
    assert (tally.selected, tally.error) == (3, "")
    clock = resolution(case)
    assert clock.due_at == before["resolution"] + timedelta(days=1)
    assert clock.first_due_at == before["resolution"]
    assert case.clocks.get(kind=Clock.Kind.STATUTORY).due_at == before["statutory_15_days"]
    change = DueChange.objects.get()
    assert (change.clock, change.cause, change.policy_id) == (clock, DueChangeCause.CALENDAR, edition.pk)
    assert (change.due_before, change.due_after) == (before["resolution"], clock.due_at)
    entry = story_of(case)[0]
    assert (entry.reason, entry.who) == ("clock.recomputed", str(cast.system.name))
    assert len(entry.changes) == 1
    notice = Notice.objects.get(code="notice.clock_recomputed")
    assert notice.person == cast.ana
    assert notice.params == {"before": "2026-10-19 18:00", "after": "2026-10-22 18:00"} or "2026-10-19" in str(
        notice.params
    )
    case.refresh_from_db()
    assert case.next_due_at == min(clock.due_at for clock in case.clocks.running())
    assert not list(broken_clocks())


def test_the_second_time_and_before_the_edition_holds_nothing_happens(cast):
    case = an_assessing_case(cast)
    a_new_edition(cast, **a_holiday("2026-10-15"))
    assert recomputing.recompute_clocks(CHANGED_AT - timedelta(seconds=1)).selected == 0
    assert recomputing.recompute_clocks(CHANGED_AT).selected == 3
    versions = list(Clock.history.values_list("history_id", flat=True))
    assert recomputing.recompute_clocks(SWEPT_AT).selected == 0
    assert list(Clock.history.values_list("history_id", flat=True)) == versions
    assert DueChange.objects.filter(case=case).count() == 1


def test_late_over_two_editions_only_the_newest_counts(cast):
    case = an_assessing_case(cast)
    before = resolution(case).due_at
    a_new_edition(cast, **a_holiday("2026-10-15"))
    a_new_edition(cast, at=later(days=2), official_years=[2025, 2026])
    recomputing.recompute_clocks(later(days=3))
    change = DueChange.objects.get()
    assert (change.due_before, change.due_after) == (before, resolution(case).due_at)
    assert not list(broken_clocks())


def test_hours_and_lengths_of_running_clocks_stay_as_they_were_at_the_start(cast):
    case = an_assessing_case(cast)
    due = resolution(case).due_at
    shorter = [[{"opens": "09:00", "closes": "12:00"}]] * 5 + [[], []]
    a_new_edition(cast, week=shorter)
    a_new_edition(
        cast,
        kind="clock",
        key="resolution",
        length={"amount": 2, "unit": "working_days"},
        extension={"times": 1, "longest": {"amount": 1, "unit": "working_days"}, "approved_by": "supervisor"},
    )
    recomputing.recompute_clocks(SWEPT_AT)
    assert resolution(case).due_at == due
    assert not DueChange.objects.exists()
    assert not list(broken_clocks())


def test_a_year_that_becomes_official_is_no_longer_provisional(cast):
    a_new_edition(cast, at=later(hours=1), official_years=[2025])
    received = later(hours=2)
    case = register(a_registration(cast, received_at=received), by=cast.ana, at=received)
    clock = resolution(case)
    assert clock.provisional
    assert not case.clocks.get(kind=Clock.Kind.STATUTORY).provisional
    a_new_edition(cast, official_years=[2025, 2026])
    recomputing.recompute_clocks(CHANGED_AT)
    announced = resolution(case)
    assert not announced.provisional
    assert (announced.due_at, announced.first_due_at) == (clock.due_at, clock.due_at)
    assert not DueChange.objects.exists()


def test_pauses_and_extensions_count_in_the_new_answer_too(cast):
    case = an_assessing_case(cast)
    pause = {"category": "awaiting_test", "reason": "等检测", "asked_of": "third_party", "asked_what": "检测报告"}
    begin_pause(case.pk, by=cast.ana, at=later(hours=1), **pause)
    end_pause(case.pk, by=cast.ana, at=later(days=1, hours=1))
    extension = ask_for_extension(
        case.pk, by=cast.ana, at=later(days=1, hours=2), clock_id=resolution(case).pk, amount=1, reason="等报告",
        explanation="延一天答复您",
    )  # fmt: skip
    approve_extension(extension.pk, by=cast.sven, at=later(days=1, hours=3))
    a_new_edition(cast, at=later(days=2), **a_holiday("2026-10-16"))
    recomputing.recompute_clocks(later(days=2))
    assert not list(broken_clocks())
    assert resolution(case).changes.filter(cause=DueChangeCause.CALENDAR).exists()


def test_a_clock_that_stands_still_takes_the_days_and_moves_when_it_runs_on(cast):
    case = an_assessing_case(cast)
    pause = {"category": "awaiting_test", "reason": "等检测", "asked_of": "third_party", "asked_what": "检测报告"}
    begin_pause(case.pk, by=cast.ana, at=later(hours=1), **pause)
    a_new_edition(cast, **a_holiday("2026-10-15"))
    recomputing.recompute_clocks(SWEPT_AT)
    clock = resolution(case)
    assert clock.paused_at is not None
    assert not clock.changes.exists()
    end_pause(case.pk, by=cast.ana, at=later(days=1, hours=1))
    assert resolution(case).changes.get().cause == DueChangeCause.PAUSE
    assert not list(broken_clocks())


def test_an_ended_clock_keeps_its_dates(cast):
    case = an_assessing_case(cast)
    Clock.objects.filter(pk=resolution(case).pk).update(stopped_at=later(hours=1), stopped_late=False)
    due = resolution(case).due_at
    a_new_edition(cast, **a_holiday("2026-10-15"))
    recomputing.recompute_clocks(SWEPT_AT)
    assert resolution(case).due_at == due


def test_many_cost_as_many_statements_as_one(cast, django_assert_max_num_queries):
    for _ in range(3):
        an_assessing_case(cast)
    a_new_edition(cast, **a_holiday("2026-10-15"))
    with django_assert_max_num_queries(26):
        assert recomputing.recompute_clocks(SWEPT_AT).done == 9
