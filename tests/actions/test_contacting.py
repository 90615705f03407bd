"""What was exchanged is always recorded; what broke a calling rule says why; what counts stops the clock."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.violations import RuleBroken
from complaints.actions.contacting import next_call, record_contact
from complaints.models import Clock
from complaints.states import CaseState
from complaints.vocabulary import ContactOutcome
from tests.building import a_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db
MESSAGE = {"channel": "qianniu", "direction": "outgoing", "words": "林女士您好，我们正在核实。"}
CALL = {"channel": "phone", "direction": "outgoing", "words": "说明了核实进度"}


def first_response(case) -> Clock:
    return case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)


def test_a_delivered_reply_stops_the_first_response_clock(cast):
    case = a_case(cast, CaseState.ASSESSING)
    record_contact(case.pk, by=cast.ana, at=later(hours=2), **MESSAGE)
    clock = first_response(case)
    assert (clock.stopped_at, clock.stopped_late) == (later(hours=2), False)
    case.refresh_from_db()
    assert case.next_due_at == case.clocks.running().order_by("due_at").first().due_at


@pytest.mark.parametrize("outcome", [ContactOutcome.NO_ANSWER, ContactOutcome.AUTOMATIC])
def test_a_ring_or_an_automatic_answer_does_not_stop_it(cast, outcome):
    case = a_case(cast, CaseState.ASSESSING)
    record_contact(case.pk, by=cast.ana, at=later(hours=1), **CALL | {"outcome": outcome})
    assert first_response(case).stopped_at is None


def test_recorded_much_later_it_stops_nothing_without_proof(cast):
    case = a_case(cast, CaseState.ASSESSING)
    record_contact(case.pk, by=cast.ana, at=later(days=4), occurred_at=later(hours=1), **MESSAGE)
    assert first_response(case).stopped_at is None


def test_what_came_in_stops_nothing_either(cast):
    case = a_case(cast, CaseState.ASSESSING)
    record_contact(case.pk, by=cast.ana, at=later(hours=1), channel="qianniu", direction="incoming", words="在吗")
    assert first_response(case).stopped_at is None


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"words": ""}, ["contact.words_missing"]),
        ({"channel": ""}, ["contact.channel_missing"]),
        ({"occurred_at": later(hours=2)}, ["contact.in_the_future"]),
        ({"outcome": "impossible", "words": " "}, ["contact.impossible_without_reason"]),
        ({"outcome": "impossible", "direction": "incoming"}, ["contact.came_in_though_impossible"]),
        ({"proof_id": 999999}, ["contact.not_of_this_case"]),
        ({"corrects_id": 999999}, ["contact.not_of_this_case"]),
    ],
)
def test_each_clause_alone_refuses(cast, changes, codes):
    case = a_case(cast, CaseState.ASSESSING)
    with pytest.raises(RuleBroken) as broken:
        record_contact(case.pk, by=cast.ana, at=later(hours=1), **MESSAGE | changes)
    assert broken.value.codes == codes
    assert not case.contacts.exists()


def test_a_call_outside_the_window_is_recorded_with_its_reason(cast):
    """S-COM-11…13: what happened is recorded, as a breach with its reason."""
    case = a_case(cast, CaseState.ASSESSING)
    late = later(hours=11)
    with pytest.raises(RuleBroken) as broken:
        record_contact(case.pk, by=cast.ana, at=late, **CALL)
    assert broken.value.codes == ["call.outside_window"]
    assert broken.value.violations[0].field == "breach_reason"
    contact = record_contact(case.pk, by=cast.ana, at=late, breach_reason="顾客约好晚上九点来电", **CALL)
    assert (contact.breach, contact.breach_reason.words) == ("call.outside_window", "顾客约好晚上九点来电")


def test_the_fourth_call_of_a_day_is_one_too_many(cast):
    """S-COM-12, across the cases of one customer."""
    case = a_case(cast, CaseState.ASSESSING)
    for hour in range(3):
        record_contact(case.pk, by=cast.ana, at=later(hours=2 * hour + 0.5), **CALL | {"outcome": "no_answer"})
    with pytest.raises(RuleBroken) as broken:
        record_contact(case.pk, by=cast.ana, at=later(hours=7), **CALL)
    assert broken.value.codes == ["call.cap_reached"]
    planned = next_call(case, at=later(hours=7))
    assert planned.at >= AT + timedelta(days=1)
    assert [violation.code for violation in planned.why] == ["call.cap_reached"]


def test_a_customer_who_wants_no_calls_is_not_called(cast):
    case = a_case(cast, CaseState.ASSESSING)
    case.customer.no_calls = True
    case.customer.save()
    with pytest.raises(RuleBroken) as broken:
        record_contact(case.pk, by=cast.ana, at=later(hours=1), **CALL)
    assert broken.value.codes == ["call.opted_out"]


def test_a_closed_case_still_records_what_happens(cast):
    case = a_case(cast, CaseState.CLOSED)
    contact = record_contact(
        case.pk, by=cast.ana, at=later(days=30), channel="qianniu", direction="incoming", words="谢谢你们"
    )
    assert contact.case.state == CaseState.CLOSED


def test_twice_is_two_exchanges(cast):
    case = a_case(cast, CaseState.ASSESSING)
    for _ in range(2):
        record_contact(case.pk, by=cast.ana, at=later(hours=1), **MESSAGE)
    assert case.contacts.count() == 2


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_who_does_not_record(cast, name):
    case = a_case(cast, CaseState.ASSESSING)
    with pytest.raises(PermissionDenied):
        record_contact(case.pk, by=getattr(cast, name), at=later(hours=1), **MESSAGE)
