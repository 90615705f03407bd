"""A call on the calendar moves to the next allowed moment and says why; a promise against the rules is refused."""

import pytest

from casemgmt.models import Notice
from complaints.actions.calling import what_follows
from complaints.actions.dialling import finish_call, start_call
from complaints.actions.planning_calls import write_call_plan
from complaints.actions.scheduling_calls import cancel_scheduled_call, schedule_call
from complaints.states import CaseState
from policies.lookup import calling_window_in_force, limits_in_force
from tests.building import a_case
from tests.calling import PLAN
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.ASSESSING)


def test_an_evening_call_moves_to_the_morning_and_says_why(cast, case):
    call = schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=9), what="说换货进度")
    assert (call.asked_for, call.scheduled_for) == (later(hours=9), later(days=1))
    assert [why["code"] for why in call.working["why"]] == ["call.outside_window"]
    assert call.working["window"] == calling_window_in_force(AT).policy_id
    notices = Notice.objects.of(cast.ana).filter(code="notice.call_scheduled")
    assert not notices.visible(later(hours=23)).exists()
    assert notices.visible(later(days=1)).exists()


def test_an_allowed_moment_stays(cast, case):
    call = schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=2), exactly=True)
    assert (call.scheduled_for, call.working["why"]) == (later(hours=2), [])


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (later(hours=8), ["call.outside_window", "call.harassment_costs"]),
        (AT, ["call.wanted_not_ahead"]),
        (None, ["call.wanted_not_ahead"]),
    ],
)
def test_a_promise_against_the_rules_is_refused_and_the_penalty_named(cast, case, wanted, codes):
    """S-COM-13."""
    with refused(*codes):
        schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=wanted, exactly=True)


def test_who_wants_no_calls_gets_none(cast, case):
    case.customer.no_calls = True
    case.customer.save()
    with refused("call.never_by_phone"):
        schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=2))


def test_dialling_makes_the_call_that_is_due(cast, case):
    due = schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=2))
    ahead = schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=6))
    start_call(case.pk, by=cast.ana, at=later(hours=2))
    due.refresh_from_db()
    ahead.refresh_from_db()
    assert (due.ended_at, ahead.ended_at) == (later(hours=2), None)


def test_a_scheduled_call_is_called_off_once_and_with_a_reason(cast, case):
    call = schedule_call(case.pk, by=cast.ana, at=AT, wanted_at=later(hours=2))
    with refused("reason.missing"):
        cancel_scheduled_call(case.pk, by=cast.ana, at=AT, scheduled_call_id=call.pk, reason=" ")
    cancel_scheduled_call(case.pk, by=cast.ana, at=AT, scheduled_call_id=call.pk, reason="顾客已来电")
    with refused("call.not_scheduled"):
        cancel_scheduled_call(case.pk, by=cast.ana, at=AT, scheduled_call_id=call.pk, reason="再来")


def test_what_follows_climbs_the_ladder_of_the_policy(cast, case):
    """S-COM-12, C-09: two hours later, the next day, then once in writing."""
    found = what_follows(case, at=AT)
    assert (found["no_answer"].deed, found["no_answer"].at) == ("call_again", later(hours=2, minutes=5))
    assert [found[name].deed for name in ("wrong_number", "declined")] == ["check_number", "other_channel"]
    for hour in (0, 3):
        start_call(case.pk, by=cast.ana, at=later(hours=hour))
        finish_call(case.pk, by=cast.ana, at=later(hours=hour), outcome="no_answer")
    third = what_follows(case, at=later(hours=6))["no_answer"]
    assert (third.deed, third.attempt, third.at) == ("write_once", 3, None)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"fallbacks": "只有一个"}, ["call_plan.too_few_fallbacks"]),
        ({"authority": " "}, ["call_plan.authority_missing"]),
        ({"demands": ""}, ["call_plan.demands_missing"]),
        ({"bottom_line": ""}, ["call_plan.bottom_line_missing"]),
        ({"beyond": ""}, ["call_plan.beyond_missing"]),
    ],
)
def test_a_plan_answers_the_three_questions(cast, case, changes, codes):
    """S-COM-10."""
    with refused(*codes):
        write_call_plan(case.pk, by=cast.ana, at=AT, **PLAN | changes)


def test_a_plan_cites_the_limit_of_its_writer(cast, case):
    plan = write_call_plan(case.pk, by=cast.ana, at=AT, **PLAN)
    limit = limits_in_force(AT)["staff"]
    assert (plan.limit_policy_id, plan.per_grant) == (limit.policy_id, limit.per_grant)


def test_who_may_not_record_contacts_plans_no_call(cast, case):
    with denied():
        write_call_plan(case.pk, by=cast.axel, at=AT, **PLAN)
    with denied():
        schedule_call(case.pk, by=cast.olga, at=AT, wanted_at=later(hours=1))
