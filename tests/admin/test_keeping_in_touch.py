"""Customers hear from us: follow-ups in writing, discontent, messages of progress, regular contact, on their pages."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from casemgmt.models import OutboxMessage
from casemgmt.relaying import relay_due
from complaints.actions.asking_in_writing import ask_in_writing
from complaints.actions.customers import CustomerData
from complaints.actions.dispatching import note_dispatches
from complaints.actions.following_up import cancel_follow_up, schedule_follow_up
from complaints.actions.progress import owe_progress
from complaints.actions.sweeping import put_follow_ups_on_lists
from complaints.actions.tasking import make_task
from complaints.models import Contact, Dispatch, ProgressNotice, RegularContact
from complaints.states import CaseState, FollowUpState
from complaints.vocabulary import Channel
from tests.admin.looking import case_page, dialog, send, text_of
from tests.admin.test_landing import page_of, piles
from tests.admin.world import NOW
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.following import a_closed_case, a_following_up_case

pytestmark = pytest.mark.django_db
MAILED = CustomerData(name="林晓云", phone="13800136021", email="lin@example.com", account="tb_linxiaoyun")


@pytest.fixture
def mailed(world, settings):
    """A follow-up by e-mail that is due, in a house that sends mail."""
    settings.CUSTOMER_MAIL = True
    case = a_following_up_case(world.cast, customer=MAILED)
    cancel_follow_up(case.follow_ups.get().pk, by=world.cast.ana, at=AT, reason="顾客要邮件")
    follow_up = schedule_follow_up(case.pk, by=world.cast.ana, at=AT, channel=Channel.EMAIL, not_before=NOW)
    put_follow_ups_on_lists(NOW)
    follow_up.refresh_from_db()
    return follow_up


@pytest.fixture
def waiting(world):
    """A message of progress that is due on a case of ana's."""
    case = an_assessing_case(world.cast, customer=MAILED)
    cast = world.cast
    make_task(case.pk, by=cast.ana, at=AT, department_id=cast.operations.pk, what="核对", due_at=later(days=30))
    owe_progress(NOW)
    return ProgressNotice.objects.get(case=case)


def test_a_follow_up_in_writing_is_read_sent_answered_and_leads_to_what_follows(ana, mailed):
    page, _text = page_of(ana)
    row = next(row for row in piles(page)["Calls due now"].rows if "ask-in-writing" in row.deed.url)
    words = ana.get(row.deed.url).context["form"].initial["words"]
    assert "林" in words
    unread = send(ana, dialog(mailed, "ask-in-writing"), words=words)
    assert "read" in text_of(unread)
    send(ana, dialog(mailed, "ask-in-writing"), words=words, read_through="on")
    mailed.refresh_from_db()
    assert mailed.state == FollowUpState.ASKED
    relay_due(NOW)
    assert [letter.body for letter in mail.outbox if letter.to == ["lin@example.com"]] == [words]
    assert "Record the answer" in text_of(ana.get(case_page(mailed.case)))
    result = {"words": "还是掉色", "satisfaction": "2", "solved": "no", "experience": "掉色", "suggestion": "换染料"}
    answer = send(ana, dialog(mailed, "record-answer"), **result)
    feedback = text_of(ana.get(reverse("admin:complaints_complaint_changelist") + "?queue=feedback"))
    assert mailed.case.case_number in feedback
    assert dialog(mailed.case, "dissatisfied") in str(answer.headers)
    page, _text = page_of(ana)
    assert piles(page)["Customers who are not content"].rows[0].deed.url == dialog(mailed.case, "dissatisfied")
    shown = text_of(ana.get(case_page(mailed.case)))
    assert "one of these has to follow" in shown
    assert "The follow-up showed that the customer is not content" in shown


def test_an_answer_without_a_result_keeps_what_was_typed(ana, mailed, world):
    ask_in_writing(mailed.pk, by=world.cast.ana, at=NOW, words="用得怎么样？打几分？", read_through=True)
    answer = send(ana, dialog(mailed, "record-answer"), words="挺好的", satisfaction="9", experience="")
    page = text_of(answer)
    assert answer.status_code == 422
    assert "挺好的" in page
    mailed.refresh_from_db()
    assert mailed.state == FollowUpState.ASKED


def test_a_message_of_progress_is_one_click_after_reading(ana, waiting):
    page, _text = page_of(ana)
    rows = piles(page)["Messages of progress due"].rows
    row = next(row for row in rows if row.deed.url.startswith(dialog(waiting, "tell-progress")))
    form = ana.get(row.deed.url).context["form"]
    assert "运营部" in form.initial["words"]
    fields = {"channel": "qianniu", "words": form.initial["words"], "read_through": "on"}
    assert send(ana, row.deed.url, **fields).status_code in (204, 302)
    waiting.refresh_from_db()
    assert waiting.contact.words.words == form.initial["words"]
    shown = text_of(ana.get(case_page(waiting.case)))
    assert "Last message of progress" in shown
    assert "Waits for a department" in shown


def test_the_lists_open_for_who_works_here(ana, sven, waiting):
    for name in ("progressnotice", "regularcontact", "dispatch"):
        for browser in (ana, sven):
            answer = browser.get(reverse(f"admin:complaints_{name}_changelist") + "?queue=all")
            assert answer.status_code == 200
    assert waiting.case.case_number in text_of(ana.get(reverse("admin:complaints_progressnotice_changelist")))


def test_a_customer_who_was_not_told_stands_on_the_desk_until_told(ana, world, settings):
    settings.CUSTOMER_MAIL = True
    case = an_assessing_case(world.cast, customer=MAILED)
    page = text_of(ana.get(dialog(case, "write-message")))
    assert "Send to" in page
    assert "I have sent it myself" in page
    message = {"channel": "email", "purpose": "outcome", "words": "林女士您好，今天已经寄出，谢谢您。"}
    send(ana, dialog(case, "write-message"), **message)
    assert "on the way" in text_of(ana.get(case_page(case)))
    OutboxMessage.objects.filter(kind="customer.message").update(failed_at=NOW, last_error="refused")
    note_dispatches(NOW)
    page, _text = page_of(ana)
    assert piles(page)["Customers who were not told"].rows[0].url.startswith(case_page(case))
    assert "not delivered: refused by the other side" in text_of(ana.get(case_page(case)))
    send(ana, dialog(case, "write-message"), **message, by_hand="on")
    assert Dispatch.objects.count() == 1
    assert Contact.objects.filter(case=case, direction="outgoing").count() == 2


def test_regular_contact_is_agreed_on_and_made_on_a_closed_case(ana, world):
    case = a_closed_case(world.cast, customer=MAILED)
    fields = {"words": "行，两周后问问我。", "channel": "qianniu", "every_days": "14", "ends_on": ""}
    send(ana, dialog(case, "agree-on-regular-contact"), **fields)
    series = RegularContact.objects.get(case=case)
    assert "Next regular contact" in text_of(ana.get(case_page(case)))
    RegularContact.objects.filter(pk=series.pk).update(next_at=NOW - timedelta(hours=1))
    page, _text = page_of(ana)
    assert "record-regular-contact" in piles(page)["Regular contacts due"].rows[0].deed.url
    send(ana, dialog(series, "record-regular-contact"), outcome="delivered", words="穿着暖和。", suggestion="出深色")
    series.refresh_from_db()
    assert series.next_at > NOW
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED


def test_nobody_agrees_on_too_much(ana, world):
    case = a_closed_case(world.cast, customer=MAILED)
    fields = {"words": "行", "channel": "qianniu", "every_days": "2", "ends_on": "2026-10-01"}
    page = text_of(send(ana, dialog(case, "agree-on-regular-contact"), **fields))
    assert "more often than every 7 days" in page
    assert "The last day has to lie ahead." in page
    assert not RegularContact.objects.filter(case=case).exists()
