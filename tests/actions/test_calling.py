"""A call in one click: an attempt at a due follow-up or a contact, with the next call within the rules."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions.calling import follow_up_to_call, proposed_call, record_call
from complaints.actions.contacting import record_contact
from complaints.actions.judging import first_answer
from complaints.models import Contact
from complaints.states import CaseState, FollowUpState
from complaints.vocabulary import ContactOutcome
from policies.lookup import templates_in_force
from tests.building import a_case
from tests.cast import AT, later
from tests.following import a_due_follow_up, a_following_up_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.ASSESSING)


@pytest.mark.parametrize("outcome", ["no_answer", "busy", "switched_off", "wrong_number", "call_later"])
def test_one_click_records_what_came_of_it(cast, case, outcome):
    contact = record_call(case.pk, by=cast.ana, at=AT, outcome=outcome)
    assert (contact.outcome, contact.channel, contact.direction) == (outcome, "phone", "outgoing")
    assert (contact.occurred_at, contact.recorded_by, contact.words) == (AT, cast.ana, None)
    assert first_answer(case).tried


def test_a_planned_call_comes_back_to_whoever_planned_it(cast, case):
    again = proposed_call(case, at=AT).at
    contact = record_call(case.pk, by=cast.ana, at=AT, outcome="busy", call_again_at=again)
    assert contact.call_again_at == again
    notices = Notice.objects.of(cast.ana).filter(code="notice.call_again")
    assert not notices.visible(again - timedelta(seconds=1)).exists()
    assert notices.visible(again).get().case_number == case.case_number


def test_a_call_is_planned_within_the_rules_of_calling(cast, case):
    with refused("call.too_soon", "call.harassment_costs"):
        record_call(case.pk, by=cast.ana, at=AT, outcome="busy", call_again_at=later(minutes=30))
    with refused("call.outside_window", "call.harassment_costs"):
        record_call(case.pk, by=cast.ana, at=AT, outcome="busy", call_again_at=later(hours=9))
    with refused("call.again_not_ahead"):
        record_call(case.pk, by=cast.ana, at=AT, outcome="busy", call_again_at=AT)


def test_the_proposal_is_always_allowed(cast, case):
    record_call(case.pk, by=cast.ana, at=AT, outcome="busy")
    at = later(hours=3)
    again = proposed_call(case, at=at).at
    assert record_call(case.pk, by=cast.ana, at=at, outcome="no_answer", call_again_at=again).call_again_at == again


def test_what_was_reached_or_declined_says_what_was_said(cast, case):
    for outcome in (ContactOutcome.DELIVERED, ContactOutcome.DECLINED):
        with refused("contact.words_missing"):
            record_call(case.pk, by=cast.ana, at=AT, outcome=outcome)


def test_the_template_that_was_used_is_cited(cast, case):
    template = templates_in_force(AT)["acknowledgement"]
    facts = {"channel": "qianniu", "direction": "outgoing", "words": "林女士您好，我们正在核实。"}
    contact = record_contact(case.pk, by=cast.ana, at=AT, template_id=template.policy_id, **facts)
    assert contact.template_policy_id == template.policy_id
    with refused("contact.template_unknown"):
        record_contact(case.pk, by=cast.ana, at=AT, template_id=10**12, **facts)


def test_a_gap_that_nobody_filled_reaches_no_customer(cast, case):
    facts = {"channel": "qianniu", "words": "退您{{金额}}，谢谢。"}
    with refused("contact.gap_left") as broken:
        record_contact(case.pk, by=cast.ana, at=AT, direction="outgoing", **facts)
    assert broken.value.violations[0].params == {"gaps": "金额"}
    assert record_contact(case.pk, by=cast.ana, at=AT, direction="incoming", **facts).pk


def test_a_call_to_whoever_is_to_be_followed_up_is_an_attempt(cast):
    call = a_due_follow_up(cast, a_following_up_case(cast))
    at = call.scheduled_for
    assert follow_up_to_call(call.case) == call
    again = proposed_call(call.case, at=at).at + timedelta(days=3)
    record_call(call.case_id, by=cast.ana, at=at, outcome="busy", call_again_at=again)
    call.refresh_from_db()
    assert (call.state, call.scheduled_for) == (FollowUpState.SCHEDULED, again)
    assert Contact.objects.get(follow_up=call, outcome="busy").call_again_at == again
    assert not Notice.objects.filter(code="notice.call_again").exists()


def test_an_agreed_time_may_be_the_same_day_and_exhausts_nothing(cast):
    call = a_due_follow_up(cast, a_following_up_case(cast))
    at = call.scheduled_for
    again = at + timedelta(hours=4)
    record_call(call.case_id, by=cast.ana, at=at, outcome="call_later", call_again_at=again)
    call.refresh_from_db()
    assert (call.state, call.scheduled_for) == (FollowUpState.SCHEDULED, again)
    record = call.attempts.get()
    assert record.outcome == "call_later"


def test_who_may_not_record_contacts_records_no_call(cast, case):
    with denied():
        record_call(case.pk, by=cast.axel, at=AT, outcome="busy")
