"""Dialling is an act with its own rule, and what came of it is recorded step by step (W-03, S-COM-09 to 13)."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions.consenting import record_consent
from complaints.actions.contacting import record_contact
from complaints.actions.dialling import finish_call, open_call, start_call, why_not_start_call
from complaints.actions.following_up import record_attempt
from complaints.models import CallStep, Contact, Customer
from complaints.states import CaseState, FollowUpState
from policies.lookup import calling_window_in_force
from tests.building import a_case
from tests.calling import a_call_plan, a_started_call, all_steps
from tests.cast import AT, later
from tests.following import a_due_follow_up, a_following_up_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
OPENS, CLOSES = AT, later(hours=8)


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.ASSESSING)


@pytest.mark.parametrize(
    ("at", "codes"),
    [
        (OPENS - SECOND, ["call.outside_window", "call.harassment_costs"]),
        (OPENS, []),
        (CLOSES - SECOND, []),
        (CLOSES, ["call.outside_window", "call.harassment_costs"]),
        (CLOSES + SECOND, ["call.outside_window", "call.harassment_costs"]),
    ],
    ids=str,
)
def test_nobody_dials_outside_the_window_and_the_penalty_is_named(cast, at, codes):
    """S-COM-11, S-COM-13: the twelve points of the platform are said."""
    case = a_case(cast, CaseState.REGISTERED)
    found = why_not_start_call(case, by=cast.ana, at=at)
    assert [violation.code for violation in found] == codes
    if codes:
        assert found[-1].params == {"points": 12}


def test_wc_19_many_calls_in_a_day_and_late_at_night_are_never_begun(cast, case):
    """WC-19: the fourth call of a day and a call at night are refused; what happened is a breach with its reason."""
    for hour in (0, 2, 4):
        a_started_call(cast, case, at=later(hours=hour))
        finish_call(case.pk, by=cast.ana, at=later(hours=hour, minutes=2), outcome="no_answer")
    with refused("call.cap_reached", "call.harassment_costs"):
        start_call(case.pk, by=cast.ana, at=later(hours=6))
    night = later(hours=12)
    with refused("call.outside_window", "call.cap_reached", "call.harassment_costs"):
        start_call(case.pk, by=cast.ana, at=night)
    contact = record_contact(
        case.pk, by=cast.ana, at=night, channel="phone", direction="outgoing", words="催评价", breach_reason="想刷分"
    )
    assert contact.breach == "call.outside_window"
    assert [found["code"] for found in contact.working["broken"]] == ["call.outside_window", "call.cap_reached"]
    assert contact.working["window"] == calling_window_in_force(night).policy_id
    assert Notice.objects.of(cast.sven).filter(code="notice.call_breach").count() == 1


def test_a_call_counts_from_the_moment_it_is_dialled(cast, case):
    started = a_started_call(cast, case)
    with refused("call.one_at_a_time", "call.too_soon", "call.harassment_costs"):
        start_call(case.pk, by=cast.ana, at=later(minutes=59, seconds=59))
    finish_call(case.pk, by=cast.ana, at=later(minutes=5), outcome="busy")
    assert start_call(case.pk, by=cast.ana, at=later(minutes=60)).pk > started.pk


def test_another_case_of_the_customer_counts_too(cast, case):
    a_started_call(cast, case)
    other = a_case(cast, CaseState.ASSESSING)
    other.customer = case.customer
    other.save()
    with refused("call.too_soon", "call.harassment_costs"):
        start_call(other.pk, by=cast.ana, at=later(minutes=1))


def test_in_a_dispute_nobody_dials_without_a_plan(cast):
    """S-COM-09, WC-23: a call is the last resort there; the newest plan counts."""
    case = a_case(cast, CaseState.NEGOTIATING)
    with refused("call.plan_missing"):
        start_call(case.pk, by=cast.ana, at=AT)
    first = a_call_plan(cast, case)
    second = a_call_plan(cast, case, bottom_line="不退钱，只换货")
    started = start_call(case.pk, by=cast.ana, at=AT)
    assert (started.plan, first.number, second.number) == (second, 1, 2)
    assert started.working["needs_plan"] == ["state"]


def test_who_has_no_number_is_not_dialled(cast, case):
    Customer.objects.filter(pk=case.customer_id).update(phone=None)
    with refused("call.no_number"):
        start_call(case.pk, by=cast.ana, at=AT)


def test_every_step_is_recorded_as_done_or_missed(cast, case):
    """W-03, WC-20: who we are and why was said first; a missed step is told."""
    started = a_started_call(cast, case, at=later(hours=1))
    contact = finish_call(
        case.pk,
        by=cast.ana,
        at=later(hours=1, minutes=9),
        outcome="delivered",
        words="约好周五前寄出新衣",
        apology="for_our_fault",
        steps=all_steps("introduce", "adjust", listen="领口洗不掉，周末要穿"),
    )
    steps = list(CallStep.objects.filter(contact=contact).order_by("number"))
    assert [(step.number, step.code, step.done) for step in steps] == [
        (1, "introduce", False),
        (2, "reason", True),
        (3, "listen", True),
        (4, "propose", True),
        (5, "negotiate", True),
        (6, "adjust", False),
        (7, "apologise", True),
    ]
    assert str(steps[2].words) == "领口洗不掉，周末要穿"
    assert contact.working["lacks"] == ["conduct.missed_introduce"]
    assert (contact.occurred_at, contact.recorded_at) == (later(hours=1), later(hours=1, minutes=9))
    started.refresh_from_db()
    assert started.contact == contact
    assert open_call(case) is None
    assert contact.breach == ""


def test_a_call_dialled_in_time_is_no_breach_when_it_lasts_beyond_the_window(cast, case):
    a_started_call(cast, case, at=CLOSES - SECOND)
    contact = finish_call(case.pk, by=cast.ana, at=CLOSES + timedelta(minutes=20), outcome="delivered", words="谈好了")
    assert contact.breach == ""


def test_the_third_call_of_a_day_is_no_breach_of_itself(cast, case):
    for hour in (0, 2, 4):
        a_started_call(cast, case, at=later(hours=hour))
        contact = finish_call(case.pk, by=cast.ana, at=later(hours=hour, minutes=1), outcome="no_answer")
    assert contact.breach == ""


def test_a_word_said_while_one_is_on_the_phone_makes_no_breach_of_the_call(cast, case):
    a_started_call(cast, case)
    record_consent(
        case.pk,
        by=cast.ana,
        at=later(minutes=1),
        channel="phone",
        scope="everything",
        decision="refused",
        words="以后别打了",
    )
    contact = finish_call(case.pk, by=cast.ana, at=later(minutes=2), outcome="delivered", words="说完了")
    assert contact.breach == ""


def test_twice_finds_no_open_call(cast, case):
    a_started_call(cast, case)
    finish_call(case.pk, by=cast.ana, at=later(minutes=1), outcome="busy")
    with refused("call.none_open"):
        finish_call(case.pk, by=cast.ana, at=later(minutes=1), outcome="busy")


def test_no_more_calls_is_recorded_as_the_customers_word(cast, case):
    a_started_call(cast, case)
    with refused("contact.words_missing"):
        finish_call(case.pk, by=cast.ana, at=later(minutes=1), outcome="no_more_calls")
    contact = finish_call(case.pk, by=cast.ana, at=later(minutes=1), outcome="no_more_calls", words="别再打了，烦死了")
    assert contact.outcome == "declined"
    customer = Customer.objects.get(pk=case.customer_id)
    assert customer.no_calls
    assert str(customer.consents.get().words) == "别再打了，烦死了"
    with refused("call.opted_out", "call.harassment_costs"):
        start_call(case.pk, by=cast.ana, at=later(days=1))


def test_a_customer_who_asks_for_a_call_again_is_called(cast, case):
    """Opting out of everything holds until the customer asks for it in words of their own."""
    word = {"channel": "phone", "scope": "everything"}
    record_consent(case.pk, by=cast.ana, at=AT, decision="refused", words="不要打电话", **word)
    with refused("call.opted_out", "call.harassment_costs"):
        start_call(case.pk, by=cast.ana, at=later(hours=1))
    record_consent(case.pk, by=cast.ana, at=later(hours=2), decision="given", words="还是给我打个电话吧", **word)
    assert start_call(case.pk, by=cast.ana, at=later(hours=2)).pk


def test_the_call_to_a_due_follow_up_is_an_attempt_at_it(cast):
    call = a_due_follow_up(cast, a_following_up_case(cast))
    at = call.scheduled_for
    start_call(call.case_id, by=cast.ana, at=at, purpose="follow_up")
    contact = finish_call(
        call.case_id, by=cast.ana, at=at + SECOND, outcome="delivered", words="穿着合适", steps=all_steps()
    )
    call.refresh_from_db()
    assert (call.state, contact.follow_up_id) == (FollowUpState.REACHED, call.pk)
    with refused("follow_up.not_due", "call.too_soon"):
        record_attempt(call.pk, by=cast.ana, at=at + SECOND, outcome="busy")


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_who_may_not_record_contacts_dials_nobody(cast, case, name):
    with denied():
        start_call(case.pk, by=getattr(cast, name), at=AT)


def test_a_supervisor_of_the_team_may_step_in(cast, case):
    """WC-23: a demand beyond the handler's authority: the superior calls."""
    assert start_call(case.pk, by=cast.sven, at=AT).started_by == cast.sven


def test_a_contact_without_dialling_is_still_recorded(cast, case):
    assert record_contact(
        case.pk, by=cast.ana, at=later(hours=1), channel="phone", direction="outgoing", words="谈过了"
    ).pk
    assert Contact.objects.filter(case=case, channel="phone").count() == 1
