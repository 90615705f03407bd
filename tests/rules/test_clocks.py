"""The clocks of a case: which row applies, when it is due, whom it tells."""

from dataclasses import replace
from datetime import timedelta

from policies.rules.clocks import (
    LevelMoment,
    Pause,
    clocks_that_apply,
    due_at,
    explain_due,
    level_moments,
    levels_due,
    warning_at,
)
from policies.rules.working_time import working_time_of
from policies.values import ClockPolicy, EscalationStep, EscalationSteps, Label, Length
from tests.rules.calendars import CHINA, in_shanghai

TIME = working_time_of(CHINA)
RESOLUTION = ClockPolicy(
    policy_id=3,
    code="resolution",
    clock="resolution",
    label=Label("Resolution", "处理"),
    starts_on=("case.registered", "case.reopened"),
    stops_on=("case.ended",),
    length=Length(5, "working_days"),
    warn_before=Length(480, "working_minutes"),
    calendar="test",
    escalation="overdue",
    paused_by=("awaiting_customer",),
)
GRAVE = replace(RESOLUTION, code="resolution.grave", severities=("critical",))
LOGISTICS = replace(RESOLUTION, code="resolution.logistics", categories=("logistics",))
LOST = replace(RESOLUTION, code="resolution.lost", categories=("logistics.lost",))
STEPS = EscalationSteps(
    policy_id=4,
    code="overdue",
    calendar="test",
    steps=(
        EscalationStep(1, Length(0, "minutes"), "team_lead"),
        EscalationStep(2, Length(480, "working_minutes"), "supervisor"),
        EscalationStep(3, Length(3, "working_days"), "department_supervisor"),
    ),
)
MONDAY = in_shanghai(2026, 3, 2, 10)
DUE = in_shanghai(2026, 3, 9, 18)


def test_only_its_own_categories_of_pause_stop_a_clock():
    asked, answered = in_shanghai(2026, 3, 4, 11), in_shanghai(2026, 3, 6, 9, 30)
    assert due_at(RESOLUTION, MONDAY, TIME) == DUE
    assert due_at(RESOLUTION, MONDAY, TIME, [Pause("awaiting_department", asked, answered)]) == DUE
    assert due_at(RESOLUTION, MONDAY, TIME, [Pause("awaiting_customer", asked, answered)]) == in_shanghai(
        2026, 3, 11, 18
    )
    assert due_at(RESOLUTION, MONDAY, TIME, [Pause("awaiting_customer", asked)]) is None


def test_a_calendar_period_moves_off_a_day_off_only_where_the_policy_says_so():
    fortnight = replace(RESOLUTION, length=Length(5, "calendar_days"))
    saturday_ends = in_shanghai(2026, 3, 8)
    assert due_at(fortnight, MONDAY, TIME) == saturday_ends
    assert due_at(replace(fortnight, moves_to_working_day=True), MONDAY, TIME) == in_shanghai(2026, 3, 10)


def test_the_warning_comes_before_but_not_before_the_start():
    assert warning_at(RESOLUTION, MONDAY, DUE, TIME) == in_shanghai(2026, 3, 9, 9)
    assert warning_at(RESOLUTION, DUE - timedelta(hours=1), DUE, TIME) == DUE - timedelta(hours=1)


def test_levels_fall_due_one_after_the_other():
    assert level_moments(STEPS, DUE, TIME) == (
        LevelMoment(1, DUE, "team_lead"),
        LevelMoment(2, in_shanghai(2026, 3, 10, 18), "supervisor"),
        LevelMoment(3, in_shanghai(2026, 3, 12, 18), "department_supervisor"),
    )


def test_exactly_at_the_due_instant_nobody_is_told():
    assert levels_due(STEPS, DUE, DUE, TIME) == ()
    moment_later = levels_due(STEPS, DUE, DUE + timedelta(microseconds=1), TIME)
    assert [moment.level for moment in moment_later] == [1]


def test_after_an_outage_every_level_that_passed_is_due():
    late = levels_due(STEPS, DUE, in_shanghai(2026, 4, 1), TIME)
    assert [moment.level for moment in late] == [1, 2, 3]


def test_the_most_specific_row_applies():
    rows = [LOST, GRAVE, RESOLUTION, LOGISTICS]

    def applies(**facts):
        return clocks_that_apply(rows, "case.registered", **facts)["resolution"]

    assert applies() is RESOLUTION
    assert applies(severity="critical") is GRAVE
    assert applies(severity="critical", category="logistics.damaged") is LOGISTICS
    assert applies(category="logistics.lost") is LOST
    assert applies(category="logisticsx") is RESOLUTION


def test_a_region_decides_between_rows_that_are_otherwise_alike():
    china = replace(RESOLUTION, code="resolution.cn", regions=("CN",))
    zhejiang = replace(RESOLUTION, code="resolution.zj", regions=("CN-ZJ", "CN-SD"))

    def applies(region, **facts):
        found = clocks_that_apply([zhejiang, china, RESOLUTION, GRAVE], "case.registered", region=region, **facts)
        return found["resolution"]

    assert applies(None) is RESOLUTION
    assert applies("GB") is RESOLUTION
    assert applies("CNX") is RESOLUTION
    assert applies("CN-SH") is china
    assert applies("CN-ZJ") is zhejiang
    assert applies("CN-ZJ-HZ") is zhejiang
    assert applies("CN-ZJ", severity="critical") is GRAVE
    assert clocks_that_apply([zhejiang], "case.registered") == {}


def test_a_clock_starts_on_its_own_events_alone():
    assert clocks_that_apply([RESOLUTION], "customer.answered") == {}
    assert clocks_that_apply([RESOLUTION], "case.reopened") == {"resolution": RESOLUTION}


def test_the_explanation_names_pause_policy_and_calendar():
    pause = Pause("awaiting_customer", in_shanghai(2026, 3, 4, 11), in_shanghai(2026, 3, 6, 9, 30))
    told = explain_due(RESOLUTION, MONDAY, TIME, [pause])
    assert told.due_at == in_shanghai(2026, 3, 11, 18)
    assert told.due_without_pauses_at == DUE
    assert told.policy_ids == (3, 7)
    assert not told.provisional
    assert [stretch.kind for stretch in told.stretches] == [
        "start_day", "counted", "paused", "paused", "counted", "day_off", "day_off", "counted", "counted", "counted",
    ]  # fmt: skip


def test_a_clock_that_stands_still_is_explained_until_now():
    pause = Pause("awaiting_customer", in_shanghai(2026, 3, 4, 11))
    told = explain_due(RESOLUTION, MONDAY, TIME, [pause], at=in_shanghai(2026, 3, 5, 9))
    assert told.due_at is None
    assert told.stretches[-1].ended_at == in_shanghai(2026, 3, 5, 9)


def test_a_due_instant_in_a_year_without_holidays_is_marked():
    assert explain_due(RESOLUTION, in_shanghai(2026, 12, 30, 9), TIME).provisional
    real_time = replace(RESOLUTION, length=Length(96, "hours"))
    assert not explain_due(real_time, in_shanghai(2026, 12, 30, 9), TIME).provisional
