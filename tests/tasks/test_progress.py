"""Who waits for a department hears something each working day, and one message covers what was missed (S-SLA-09)."""

from datetime import datetime

import pytest

from casemgmt.models import Notice
from complaints.actions.climbing import climb_escalations
from complaints.actions.overdue import close_escalations
from complaints.actions.progress import owe_progress
from complaints.actions.tasking import finish_task, make_task
from complaints.actions.telling_progress import draft_of, tell_progress
from complaints.models import Escalation, ProgressNotice
from complaints.states import EscalationState
from complaints.vocabulary import ContactPurpose
from tests.building import an_assessing_case, answer
from tests.cast import AT, SHANGHAI, later
from tests.racing import race
from tests.saying_no import refused
from tests.stage import standing_cast

pytestmark = pytest.mark.django_db
TUESDAY = later(days=1)
HOW = "运营正在核对发货底单，明天这个时候我再告诉您进展，不用您来问。"


def a_waiting_case(cast):
    case = an_assessing_case(cast)
    make_task(case.pk, by=cast.ana, at=AT, department_id=cast.operations.pk, what="核对发货底单", due_at=later(days=30))
    return case


@pytest.fixture
def case(cast):
    return a_waiting_case(cast)


def told(code="notice.progress_due"):
    return Notice.objects.filter(code=code).count()


def tell(cast, notice, at, **more):
    facts = {"channel": "qianniu", "words": HOW} | more
    return tell_progress(notice.pk, by=cast.ana, at=at, **facts)


def test_a_day_after_the_task_the_message_falls_due_once(cast, case):
    assert owe_progress(later(hours=23)).done == 0
    owe_progress(TUESDAY)
    owe_progress(TUESDAY)
    notice = ProgressNotice.objects.get()
    assert (notice.case, notice.owner, notice.due_at, notice.days) == (case, cast.ana, TUESDAY, 1)
    assert told() == 1
    assert notice.history.count() == 1


def test_whatever_the_customer_hears_is_the_message_of_the_day(cast, case):
    owe_progress(TUESDAY)
    contact = answer(cast, case, at=later(days=1, hours=1), purpose=ContactPurpose.GENERAL)
    notice = ProgressNotice.objects.get()
    assert (notice.contact, notice.told_at) == (contact, later(days=1, hours=1))
    assert owe_progress(later(days=2)).done == 0
    owe_progress(later(days=2, hours=1))
    assert ProgressNotice.objects.count() == 2


def test_it_is_drafted_from_what_is_known_read_and_sent_once(cast, case):
    owe_progress(TUESDAY)
    notice = ProgressNotice.objects.get()
    words, template = draft_of(notice, person=cast.ana, at=TUESDAY)
    assert "运营部" in words
    assert template.purpose == "progress"
    sent = tell(cast, notice, TUESDAY, words=words, read_through=True)
    assert (sent.contact.purpose, sent.contact.template_policy_id) == (ContactPurpose.PROGRESS, template.policy_id)
    with refused("progress.not_due"):
        tell(cast, notice, TUESDAY)


def test_a_draft_that_nobody_read_is_not_sent(cast, case):
    owe_progress(TUESDAY)
    notice = ProgressNotice.objects.get()
    words, _template = draft_of(notice, person=cast.ana, at=TUESDAY)
    with refused("contact.template_unread"):
        tell(cast, notice, TUESDAY, words=words)


def test_days_off_are_no_days(cast):
    friday = datetime(2026, 10, 16, 15, 0, tzinfo=SHANGHAI)
    case = an_assessing_case(cast)
    make_task(case.pk, by=cast.ana, at=friday, department_id=cast.operations.pk, what="核对", due_at=later(days=30))
    assert owe_progress(datetime(2026, 10, 18, 23, 0, tzinfo=SHANGHAI)).done == 0
    monday = datetime(2026, 10, 19, 9, 0, tzinfo=SHANGHAI)
    owe_progress(monday)
    assert ProgressNotice.objects.get().due_at == monday


def test_after_ten_days_of_outage_one_message_covers_them(cast, case):
    owe_progress(later(days=10, hours=1))
    notice = ProgressNotice.objects.get()
    assert (notice.due_at, notice.days) == (TUESDAY, 8)
    assert told() == 1
    up = Escalation.objects.get(cause=f"progress:{notice.pk}")
    assert (up.due_at, up.raised_at) == (later(days=2), later(days=10, hours=1))
    tell(cast, notice, later(days=10, hours=2))
    assert owe_progress(later(days=10, hours=3)).done == 0
    close_escalations(later(days=10, hours=3))
    up.refresh_from_db()
    assert up.state == EscalationState.CLOSED


def test_not_sent_it_is_reminded_of_and_the_next_day_it_goes_up(cast, case):
    owe_progress(TUESDAY)
    owe_progress(later(days=1, hours=6))
    owe_progress(later(days=1, hours=6, minutes=1))
    assert told("notice.progress_waits") == 1
    assert not Escalation.objects.exists()
    for _twice in range(2):
        owe_progress(later(days=2))
    notice = ProgressNotice.objects.get()
    assert (notice.days, told("notice.progress_missed")) == (2, 1)
    assert Escalation.objects.filter(cause=f"progress:{notice.pk}").count() == 1
    owe_progress(later(days=3))
    climb_escalations(later(days=4))
    levels = Escalation.objects.filter(cause=f"progress:{notice.pk}").values_list("level", flat=True)
    assert sorted(levels) == [1, 2]


def test_when_the_department_has_answered_nothing_is_due(cast, case):
    owe_progress(TUESDAY)
    finish_task(case.tasks.get().pk, by=cast.olga, at=TUESDAY, result="核对完毕")
    owe_progress(later(days=2))
    notice = ProgressNotice.objects.get()
    assert notice.dropped_at == later(days=2)
    assert not Escalation.objects.exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_sweepers_make_one_message():
    cast = standing_cast()
    for _case in range(3):
        a_waiting_case(cast)
    race(lambda: owe_progress(TUESDAY), lambda: owe_progress(TUESDAY))
    assert ProgressNotice.objects.count() == 3
    assert told() == 3
