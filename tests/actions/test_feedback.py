"""Feedback and suggestions are answered as promptly as complaints: a clock and a list of their own (S-SLA-16)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from complaints.actions.assigning import take_case
from complaints.actions.following_up import record_attempt, record_result
from complaints.actions.judging import judge
from complaints.vocabulary import ContactOutcome, Reason
from tests.admin.looking import signed_in
from tests.building import a_registered_case, answer
from tests.cast import AT, later
from tests.following import a_due_follow_up, a_following_up_case

pytestmark = pytest.mark.django_db
LIST = "/admin/complaints/complaint/?queue=feedback"
FOLLOW_UPS = "/admin/complaints/followupcall/?queue=suggestions"
THANKS = "谢谢您的建议，我们已经转给产品同事，本周内给您回复。"


def feedback(cast, **changes):
    return a_registered_case(cast, content="建议吊牌别缝在领口，扎皮肤。", reason=Reason.FEEDBACK, **changes)


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: later(hours=1))


def test_s_sla_16_feedback_starts_a_clock_of_its_own_that_an_answer_ends(cast):
    """Registered on a Monday at ten: eight working hours later it is ten o'clock on Tuesday."""
    case = feedback(cast)
    clock = case.clocks.get(kind="feedback")
    assert clock.due_at == datetime(2026, 10, 13, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert case.next_due_at == clock.due_at
    take_case(case.pk, by=cast.ana, at=AT)
    answer(cast, case, at=later(minutes=30), words=THANKS)
    clock.refresh_from_db()
    assert clock.stopped_at == later(minutes=30)


def test_a_complaint_has_no_clock_of_feedback(cast):
    assert not a_registered_case(cast).clocks.filter(kind="feedback").exists()


def test_feedback_that_proves_to_be_a_complaint_loses_its_clock_when_it_is_judged(cast):
    case = feedback(cast)
    take_case(case.pk, by=cast.ana, at=AT)
    answer(cast, case, at=AT, words=THANKS)
    judge(
        case.pk,
        by=cast.ana,
        at=later(minutes=5),
        reason=Reason.QUALITY,
        category="product.quality",
        severity="normal",
        judgement="reasonable",
    )
    assert case.clocks.get(kind="feedback").stopped_at is not None


def test_s_sla_16_feedback_has_a_list_and_so_have_suggestions_of_follow_ups(cast):
    case, other = feedback(cast), a_registered_case(cast)
    numbers = [row.pk for row in signed_in(cast.ana).get(LIST).context["cl"].result_list]
    assert numbers == [case.pk]
    assert other.pk not in numbers
    call = a_due_follow_up(cast, a_following_up_case(cast))
    assert [row.pk for row in signed_in(cast.ana).get(FOLLOW_UPS).context["cl"].result_list] == []
    at = call.scheduled_for
    record_attempt(call.pk, by=cast.ana, at=at, outcome=ContactOutcome.DELIVERED, words="客户说新衣很满意。")
    record_result(
        call.pk, by=cast.ana, at=at, satisfaction=5, solved=True, experience="穿着合身。", suggestion="吊牌别缝在领口。"
    )
    assert [row.pk for row in signed_in(cast.ana).get(FOLLOW_UPS).context["cl"].result_list] == [call.pk]
