"""While a case waits, the ladder of reminders goes step by step: once, late and twice alike, until the answer."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions.awaiting import remind_of_pauses
from complaints.actions.contacting import record_contact
from complaints.actions.pausing import begin_pause
from complaints.actions.sweeping import end_capped_pauses
from complaints.vocabulary import PauseEnd
from tests.building import an_assessing_case, answer
from tests.cast import later

pytestmark = pytest.mark.django_db

BEGAN = later(hours=1)


@pytest.fixture
def pause(cast):
    case = an_assessing_case(cast)
    answer(cast, case, purpose="enquiry", words="麻烦补一张照片")
    return begin_pause(
        case.pk, by=cast.ana, at=BEGAN, category="awaiting_customer", reason="等照片", asked_of="customer",
        asked_what="照片",
    )  # fmt: skip


def told():
    rows = Notice.objects.filter(code="notice.pause_reminder").order_by("pk")
    return [notice.person.username for notice in rows]


def test_each_step_falls_due_once(pause):
    first = BEGAN + timedelta(hours=48)
    assert pause.remind_at == first
    assert remind_of_pauses(first - timedelta(seconds=1)).done == 0
    assert remind_of_pauses(first).done == 1
    assert remind_of_pauses(first).done == 0
    assert told() == ["ana"]
    pause.refresh_from_db()
    assert (pause.reminders, pause.remind_at) == (1, BEGAN + timedelta(hours=96))


def test_after_an_outage_every_missed_step_is_made_once_and_the_last_goes_to_the_lead(pause):
    late = BEGAN + timedelta(hours=150)
    remind_of_pauses(late)
    remind_of_pauses(late)
    assert told() == ["ana", "ana", "sven"]
    pause.refresh_from_db()
    assert (pause.reminders, pause.remind_at) == (3, None)


def test_an_answer_ends_the_ladder(cast, pause):
    record_contact(
        pause.case_id, by=cast.ana, at=later(days=1), channel="qianniu", direction="incoming", words="照片发你了"
    )
    assert remind_of_pauses(BEGAN + timedelta(hours=150)).selected == 0
    assert told() == []


def test_the_cap_is_a_cause_of_its_own(pause):
    end_capped_pauses(pause.cap_at)
    pause.refresh_from_db()
    assert (pause.end_cause, pause.remind_at) == (PauseEnd.CAP_REACHED, None)
