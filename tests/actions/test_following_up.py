"""Calling back: inside the window, until somebody was reached; only recorded attempts exhaust it (S-FUP)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.models import Notice
from casemgmt.violations import RuleBroken
from complaints.actions.following_up import (
    cancel_follow_up,
    customer_came_first,
    record_attempt,
    record_result,
    schedule_follow_up,
)
from complaints.actions.sweeping import put_follow_ups_on_lists
from complaints.models import Customer, Escalation
from complaints.states import CaseState, FollowUpState
from complaints.vocabulary import ContactOutcome, ContactPurpose
from tests.cast import AT, SHANGHAI, later
from tests.following import a_due_follow_up, a_following_up_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return a_following_up_case(cast)


@pytest.fixture
def call(cast, case):
    return a_due_follow_up(cast, case)


def try_it(cast, call, outcome, *, at=None, **changes):
    return record_attempt(call.pk, by=cast.ana, at=at or call.scheduled_for, outcome=outcome, **changes)


def result(cast, call, **changes):
    facts = {"satisfaction": 5, "solved": True, "experience": "合身", "suggestion": "多发优惠券"}
    return record_result(call.pk, by=cast.ana, at=call.scheduled_for, **facts | changes)


def test_entering_the_follow_up_puts_one_into_the_first_window_after_the_delay(cast, case):
    """S-FUP-01: two days after, not counting the first, at ten o'clock."""
    call = case.follow_ups.get()
    assert call.state == FollowUpState.SCHEDULED
    assert call.owner == cast.ana
    assert call.scheduled_for.astimezone(SHANGHAI) == AT.replace(day=15, hour=10)
    assert call.window_ends_at.astimezone(SHANGHAI) == AT.replace(day=15, hour=18)


def test_reached_and_written_down(cast, call):
    """WC-16: use experience, apology, suggestions."""
    reached = try_it(cast, call, ContactOutcome.DELIVERED, words="新衣合身", apology="for_experience")
    assert (reached.state, reached.reached_at) == (FollowUpState.REACHED, call.scheduled_for)
    contact = reached.attempts.get()
    assert (contact.purpose, contact.apology) == (ContactPurpose.FOLLOW_UP, "for_experience")
    done = result(cast, call)
    assert (done.state, done.satisfaction, done.solved) == (FollowUpState.DONE, 5, True)
    assert (done.experience.words, done.suggestion.words) == ("合身", "多发优惠券")


def test_a_low_mark_goes_to_a_superior_and_moves_nothing(cast, case, call):
    try_it(cast, call, ContactOutcome.DELIVERED, words="不满意")
    result(cast, call, satisfaction=1)
    case.refresh_from_db()
    assert case.state == CaseState.FOLLOWING_UP
    assert case.escalations.get().cause == f"low_mark:{call.pk}"
    assert Notice.objects.get(code="notice.escalated.low_mark").person == cast.sven


def test_three_recorded_attempts_exhaust_it_and_nothing_else_does(cast, call):
    days = []
    for _ in range(3):
        days.append(call.scheduled_for)
        call = try_it(cast, call, ContactOutcome.NO_ANSWER)
        put_follow_ups_on_lists(call.scheduled_for)
        call.refresh_from_db()
    assert call.state == FollowUpState.EXHAUSTED
    assert days == [days[0], days[0] + timedelta(days=1), days[0] + timedelta(days=2)]
    assert call.missed == 0


def test_windows_in_which_nobody_dialled_move_it_and_escalate_and_never_exhaust_it(cast, call):
    for number in range(1, 6):
        ends = call.window_ends_at
        put_follow_ups_on_lists(ends)
        call.refresh_from_db()
        assert (call.state, call.missed) == (FollowUpState.SCHEDULED, number)
        assert Escalation.objects.filter(cause=f"follow_up:{call.pk}", due_at=ends).exists()
        put_follow_ups_on_lists(call.scheduled_for)
        call.refresh_from_db()
    assert call.state == FollowUpState.DUE
    assert Escalation.objects.count() == 5


def test_a_second_attempt_waits_for_the_next_window(cast, call):
    try_it(cast, call, ContactOutcome.NO_ANSWER)
    with pytest.raises(RuleBroken) as broken:
        try_it(cast, call, ContactOutcome.NO_ANSWER, at=call.scheduled_for + timedelta(hours=2))
    assert broken.value.codes == ["follow_up.not_due"]


def test_a_call_in_the_evening_is_recorded_as_a_breach_with_its_reason(cast, call):
    """S-COM-11."""
    evening = call.scheduled_for.astimezone(SHANGHAI).replace(hour=19)
    with pytest.raises(RuleBroken) as broken:
        try_it(cast, call, ContactOutcome.NO_ANSWER, at=evening)
    assert broken.value.codes == ["call.outside_window"]
    try_it(cast, call, ContactOutcome.NO_ANSWER, at=evening, breach_reason="客户约的晚上")
    assert call.attempts.get().breach == "call.outside_window"


def test_the_customer_may_come_first(cast, case):
    call = case.follow_ups.get()
    came = customer_came_first(call.pk, by=cast.ana, at=AT, words="收到了，很好", channel="qianniu")
    assert came.state == FollowUpState.REACHED
    assert came.attempts.get().direction == "incoming"
    with pytest.raises(RuleBroken) as broken:
        customer_came_first(call.pk, by=cast.ana, at=AT, words="再说一次", channel="qianniu")
    assert broken.value.codes == ["follow_up.not_waiting"]


def test_declined_ends_it(cast, call):
    declined = try_it(cast, call, ContactOutcome.DECLINED, words="别再打了")
    assert (declined.state, declined.ended_at) == (FollowUpState.DECLINED, call.scheduled_for)


def test_a_result_needs_a_customer_who_was_reached_and_comes_once(cast, call):
    with pytest.raises(RuleBroken) as broken:
        result(cast, call, satisfaction=9, solved=None, experience="")
    assert broken.value.codes == [
        "follow_up.not_reached",
        "follow_up.satisfaction_out_of_range",
        "follow_up.solved_missing",
        "follow_up.experience_missing",
    ]
    try_it(cast, call, ContactOutcome.DELIVERED, words="好")
    result(cast, call)
    with pytest.raises(RuleBroken) as broken:
        result(cast, call)
    assert broken.value.codes == ["follow_up.not_reached"]


def test_cancelled_for_a_reason_and_scheduled_again_by_letter(cast, case):
    call = case.follow_ups.get()
    with pytest.raises(RuleBroken) as broken:
        schedule_follow_up(case.pk, by=cast.ana, at=AT)
    assert broken.value.codes == ["follow_up.one_at_a_time"]
    with pytest.raises(RuleBroken) as broken:
        cancel_follow_up(call.pk, by=cast.ana, at=AT, reason="")
    assert broken.value.codes == ["follow_up.reason_missing"]
    cancel_follow_up(call.pk, by=cast.ana, at=AT, reason="客户不接电话，改为消息")
    with pytest.raises(RuleBroken) as broken:
        cancel_follow_up(call.pk, by=cast.ana, at=AT, reason="再取消")
    assert broken.value.codes == ["follow_up.ended"]
    again = schedule_follow_up(case.pk, by=cast.ana, at=AT, channel="qianniu")
    assert (again.channel, again.state) == ("qianniu", FollowUpState.SCHEDULED)


def test_who_wants_no_calls_is_not_called(cast, case):
    Customer.objects.filter(pk=case.customer_id).update(no_calls=True)
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=AT, reason="不要电话")
    with pytest.raises(RuleBroken) as broken:
        schedule_follow_up(case.pk, by=cast.ana, at=AT)
    assert broken.value.codes == ["follow_up.no_window"]
    with pytest.raises(RuleBroken) as broken:
        schedule_follow_up(case.pk, by=cast.ana, at=AT, channel="parcel")
    assert broken.value.codes == ["follow_up.channel_unknown"]


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_neither_schedule_nor_record(cast, case, call, name):
    person = getattr(cast, name)
    with pytest.raises(PermissionDenied):
        record_attempt(call.pk, by=person, at=later(days=3), outcome="no_answer")
    with pytest.raises(PermissionDenied):
        schedule_follow_up(case.pk, by=person, at=AT)
