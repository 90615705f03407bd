"""Waiting: clocks stop where the policy says, and run on when the customer answers, by hand, or at the cap (T11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.violations import RuleBroken
from complaints.actions.contacting import record_contact
from complaints.actions.overdue import escalate_overdue
from complaints.actions.pausing import begin_pause, end_pause, why_not_begin_pause
from complaints.actions.sweeping import end_capped_pauses
from complaints.models import Clock, Pause
from tests.building import an_assessing_case, answer
from tests.cast import AT, later

pytestmark = pytest.mark.django_db

AN_HOUR_LATER = later(hours=1)
FOR_PHOTOS = {
    "category": "awaiting_customer",
    "reason": "等客户补拍照片",
    "asked_of": "customer",
    "asked_what": "领口污渍特写",
}


@pytest.fixture
def case(cast):
    case = an_assessing_case(cast)
    answer(cast, case, purpose="enquiry", words="麻烦补一张照片")
    return case


def resolution(case):
    return case.clocks.get(kind=Clock.Kind.RESOLUTION)


def pause(cast, case, *, at=AN_HOUR_LATER, **changes):
    return begin_pause(case.pk, by=cast.ana, at=at, **FOR_PHOTOS | changes)


def test_the_clocks_of_the_policy_stand_still_and_the_statutory_one_runs(cast, case):
    paused = pause(cast, case)
    assert resolution(case).paused_at == later(hours=1)
    assert case.clocks.get(kind=Clock.Kind.STATUTORY).paused_at is None
    assert paused.cap_at == later(days=7, hours=1)
    assert (paused.reason.words, paused.asked_what.words) == ("等客户补拍照片", "领口污渍特写")


def test_the_customer_s_answer_ends_it_and_the_due_instant_moves(cast, case):
    before = resolution(case).due_at
    paused = pause(cast, case)
    record_contact(case.pk, by=cast.ana, at=later(days=2), channel="qianniu", direction="incoming", words="照片发你了")
    paused.refresh_from_db()
    assert paused.ended_at == later(days=2)
    clock = resolution(case)
    assert (clock.paused_at, clock.first_due_at) == (None, before)
    assert clock.due_at > before


def test_another_pause_goes_on_when_the_customer_writes(cast, case):
    paused = pause(cast, case, category="awaiting_courier", asked_of="third_party")
    record_contact(case.pk, by=cast.ana, at=later(days=1), channel="qianniu", direction="incoming", words="到哪了")
    paused.refresh_from_db()
    assert paused.ended_at is None


def test_by_hand_it_ends_once(cast, case):
    pause(cast, case)
    assert end_pause(case.pk, by=cast.ana, at=later(hours=3)).ended_by == cast.ana
    with pytest.raises(RuleBroken) as broken:
        end_pause(case.pk, by=cast.ana, at=later(hours=3))
    assert broken.value.codes == ["pause.none_open"]


def test_at_the_cap_the_sweep_ends_it_at_the_cap(cast, case):
    paused = pause(cast, case)
    assert end_capped_pauses(paused.cap_at - timedelta(seconds=1)).done == 0
    noticed = paused.cap_at + timedelta(days=3)
    assert end_capped_pauses(noticed).done == 1
    assert end_capped_pauses(noticed).done == 0
    paused.refresh_from_db()
    assert (paused.ended_at, paused.ended_by) == (paused.cap_at, cast.system)
    assert resolution(case).paused_at is None


def test_a_paused_clock_escalates_nothing(cast, case):
    due = resolution(case).due_at
    pause(cast, case)
    Clock.objects.exclude(kind=Clock.Kind.RESOLUTION).update(stopped_at=AT)
    assert escalate_overdue(due + timedelta(hours=1)).selected == 0


def test_the_fourth_is_refused(cast, case):
    for day in range(3):
        pause(cast, case, at=later(days=day, hours=1), category="awaiting_test", asked_of="third_party")
        end_pause(case.pk, by=cast.ana, at=later(days=day, hours=2))
    with pytest.raises(RuleBroken) as broken:
        pause(cast, case, at=later(days=4), category="awaiting_test", asked_of="third_party")
    assert broken.value.codes == ["pause.too_many"]
    assert Pause.objects.count() == 3


def test_one_at_a_time_even_when_somebody_was_faster(cast, case):
    pause(cast, case)
    assert [found.code for found in why_not_begin_pause(case, by=cast.ana, at=AT)] == ["pause.one_at_a_time"]
    with pytest.raises(RuleBroken):
        pause(cast, case, at=later(hours=2))
    assert Pause.objects.count() == 1


def test_beyond_the_cap_and_without_having_asked_all_reasons_come_at_once(cast):
    case = an_assessing_case(cast)
    with pytest.raises(RuleBroken) as broken:
        pause(cast, case, reason="", until=later(days=30))
    assert broken.value.codes == ["pause.reason_missing", "pause.beyond_cap", "pause.not_asked"]
    assert resolution(case).paused_at is None


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_only_who_handles_the_case_pauses_it(cast, case, name):
    with pytest.raises(PermissionDenied):
        begin_pause(case.pk, by=getattr(cast, name), at=AT, **FOR_PHOTOS)
