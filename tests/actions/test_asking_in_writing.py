"""A follow-up by e-mail or message: read, sent, answered or not; and what follows when somebody is not content."""

from datetime import timedelta

import pytest
from django.core import mail

from casemgmt.relaying import relay_due
from complaints.actions.asking_in_writing import ask_in_writing, end_silence, record_answer, send_follow_ups
from complaints.actions.closing import why_not_close
from complaints.actions.customers import CustomerData
from complaints.actions.escalating import raise_by_hand
from complaints.actions.following_up import cancel_follow_up, record_attempt, record_result, schedule_follow_up
from complaints.actions.replying_to_discontent import leave_as_it_is
from complaints.actions.reviving import dissatisfied
from complaints.states import CaseState, FollowUpState
from complaints.vocabulary import AnsweredVia, Channel, ContactOutcome, DissatisfiedReply, Outcome
from policies.lookup import policies_in_force
from tests.building import CUSTOMER
from tests.cast import AT, later
from tests.following import a_due_follow_up, a_following_up_case, sum_up
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
WORDS = "林女士您好，大衣换好有几天了，想问问您穿着怎么样？您打几分（1到5分），有什么建议直接说。"
MAILED = CustomerData(name=CUSTOMER.name, phone=CUSTOMER.phone, email="lin@example.com", account=CUSTOMER.account)


@pytest.fixture
def case(cast):
    return a_following_up_case(cast, customer=MAILED)


@pytest.fixture
def mailed(cast, case):
    """A follow-up by e-mail that is due."""
    cancel_follow_up(case.follow_ups.get().pk, by=cast.ana, at=AT, reason="顾客要求邮件联系")
    schedule_follow_up(case.pk, by=cast.ana, at=AT, channel=Channel.EMAIL)
    return a_due_follow_up(cast, case)


def ask(cast, follow_up, **more):
    facts = {"by": cast.ana, "at": follow_up.scheduled_for, "words": WORDS}
    return ask_in_writing(follow_up.pk, **facts | more)


def answer(cast, follow_up, **more):
    facts = {
        "words": "还是有味道，3天了。",
        "satisfaction": 4,
        "solved": True,
        "experience": "合身",
        "suggestion": "多拍照",
    }
    return record_answer(follow_up.pk, by=cast.ana, at=follow_up.scheduled_for + timedelta(days=1), **facts | more)


def codes(case, cast, at):
    return {found.code for found in why_not_close(case, by=cast.ana, at=at)}


def test_asked_in_writing_it_waits_for_an_answer_and_the_answer_is_the_result(cast, case, mailed):
    asked = ask(cast, mailed)
    assert (asked.state, asked.answer_due_at) == (FollowUpState.ASKED, mailed.scheduled_for + timedelta(days=7))
    assert "close.follow_up_open" in codes(case, cast, later(days=4))
    done = answer(cast, asked)
    assert (done.state, done.answered_via, done.suggestion.words) == (FollowUpState.DONE, AnsweredVia.WRITING, "多拍照")
    assert [row.direction for row in done.attempts.all()] == ["outgoing", "incoming"]
    with refused("follow_up.nobody_asked"):
        answer(cast, done)


def test_it_leaves_from_here_where_mail_does(cast, mailed, settings):
    settings.CUSTOMER_MAIL = True
    ask(cast, mailed, send=True)
    relay_due(mailed.scheduled_for)
    assert [letter.body for letter in mail.outbox if letter.to == ["lin@example.com"]] == [WORDS]


def test_by_phone_nobody_is_asked_in_writing_and_nobody_twice(cast, case):
    called = a_due_follow_up(cast, case)
    with refused("follow_up.by_phone"):
        ask(cast, called)
    cancel_follow_up(called.pk, by=cast.ana, at=called.scheduled_for, reason="改为短信")
    schedule_follow_up(case.pk, by=cast.ana, at=called.scheduled_for, channel=Channel.SMS)
    written = a_due_follow_up(cast, case)
    ask(cast, written)
    with refused("follow_up.not_due"):
        ask(cast, written)


def test_silence_counts_as_an_attempt_until_there_were_enough(cast, mailed):
    ask(cast, mailed)
    mailed.refresh_from_db()
    assert end_silence(mailed.answer_due_at - timedelta(minutes=1)).done == 0
    for _twice in range(2):
        end_silence(mailed.answer_due_at)
    mailed.refresh_from_db()
    assert mailed.state == FollowUpState.SCHEDULED
    assert mailed.attempts.count() == 1
    for _attempt in range(2):
        mailed = a_due_follow_up(cast, mailed.case)
        ask(cast, mailed)
        mailed.refresh_from_db()
        end_silence(mailed.answer_due_at)
    mailed.refresh_from_db()
    assert mailed.state == FollowUpState.EXHAUSTED


def test_the_policy_may_let_the_system_send(cast, case, mailed, settings):
    settings.CUSTOMER_MAIL = True
    assert send_follow_ups(mailed.scheduled_for).selected == 0
    mailed.policy_id = policies_in_force(AT).follow_ups["silent"].policy_id
    mailed.save()
    for _twice in range(2):
        send_follow_ups(mailed.scheduled_for)
    mailed.refresh_from_db()
    assert mailed.state == FollowUpState.ASKED
    relay_due(mailed.scheduled_for)
    relay_due(later(days=9))
    assert len([letter for letter in mail.outbox if letter.to == ["lin@example.com"]]) == 1


def test_the_outcome_says_which_policy_holds(cast):
    refused_case = a_following_up_case(cast, customer=MAILED)
    refused_case.outcome = Outcome.REFUSED
    refused_case.save()
    cancel_follow_up(refused_case.follow_ups.get().pk, by=cast.ana, at=AT, reason="重排")
    again = schedule_follow_up(refused_case.pk, by=cast.ana, at=AT)
    assert (again.scheduled_for.date() - AT.date()).days == 4
    assert again.attempts_max == 2


@pytest.fixture
def unhappy(cast, case):
    """The customer was reached and says that it is not solved, with a middling mark."""
    call = a_due_follow_up(cast, case)
    at = call.scheduled_for
    record_attempt(call.pk, by=cast.ana, at=at, outcome=ContactOutcome.DELIVERED, words="还是掉色。")
    record_result(call.pk, by=cast.ana, at=at, satisfaction=3, solved=False, experience="洗了又掉色。")
    sum_up(cast, case, at=at)
    call.refresh_from_db()
    return call


def test_discontent_is_not_dropped_silently(cast, case, unhappy):
    assert codes(case, cast, unhappy.ended_at) == {"close.discontent_unanswered"}
    with refused("reason.missing"):
        leave_as_it_is(unhappy.pk, by=cast.ana, at=unhappy.ended_at, reason=" ")
    left = leave_as_it_is(unhappy.pk, by=cast.ana, at=unhappy.ended_at, reason="洗涤不当，已说明，顾客理解。")
    assert left.reply == DissatisfiedReply.LEFT
    assert codes(case, cast, unhappy.ended_at) == set()
    with refused("follow_up.no_discontent"):
        leave_as_it_is(unhappy.pk, by=cast.ana, at=unhappy.ended_at, reason="再写一次")


def test_a_superior_who_was_asked_is_a_reply(cast, case, unhappy):
    raise_by_hand(case.pk, by=cast.ana, at=unhappy.ended_at, reason="顾客仍不满意")
    assert "close.discontent_unanswered" not in codes(case, cast, unhappy.ended_at)


def test_looking_into_it_again_is_a_reply(cast, case, unhappy):
    again = dissatisfied(case.pk, by=cast.ana, at=unhappy.ended_at, what="洗了又掉色")
    assert again.state == CaseState.INVESTIGATING
    unhappy.refresh_from_db()
    assert unhappy.reply == DissatisfiedReply.LOOKED_INTO
