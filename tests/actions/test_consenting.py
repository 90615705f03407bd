"""Yes and no to contacts: who wrote it down when, in which words; and what it forbids (art. 24)."""

from datetime import time, timedelta

import pytest

from complaints.actions.consenting import note_wishes, record_consent
from complaints.actions.contacting import next_call, record_contact
from complaints.actions.following_up import schedule_follow_up
from complaints.models import Customer
from complaints.states import CaseState
from tests.building import a_case
from tests.cast import AT, later
from tests.following import a_following_up_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
NO_CALLS = {"channel": "phone", "scope": "everything", "decision": "refused", "words": "别打电话，发消息"}
SMS = {"channel": "sms", "direction": "outgoing", "words": "您好，棠溪服饰旗舰店请您回来看看，谢谢您。"}


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.ASSESSING)


def test_a_word_is_kept_with_who_when_and_how(cast, case):
    consent = record_consent(case.pk, by=cast.ana, at=later(hours=1), said_at=AT, **NO_CALLS)
    assert (consent.recorded_by, consent.recorded_at, consent.said_at) == (cast.ana, later(hours=1), AT)
    assert (str(consent.words), consent.words.side, consent.customer) == ("别打电话，发消息", "customer", case.customer)
    assert Customer.objects.get(pk=case.customer_id).no_calls


def test_an_older_word_written_down_later_changes_nothing(cast, case):
    record_consent(case.pk, by=cast.ana, at=later(hours=2), said_at=later(hours=2), **NO_CALLS)
    record_consent(case.pk, by=cast.ana, at=later(hours=3), said_at=later(hours=1), **NO_CALLS | {"decision": "given"})
    assert Customer.objects.get(pk=case.customer_id).no_calls


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"words": " "}, ["consent.words_missing"]),
        ({"channel": ""}, ["consent.choice_missing"]),
        ({"scope": "", "decision": ""}, ["consent.choice_missing"] * 2),
        ({"said_at": later(seconds=1)}, ["consent.in_the_future"]),
    ],
)
def test_each_clause_alone_refuses(cast, case, changes, codes):
    with refused(*codes):
        record_consent(case.pk, by=cast.ana, at=AT, **NO_CALLS | changes)


def test_a_no_to_business_leaves_the_complaint_to_be_answered(cast, case):
    """Art. 24 is about calls for business; answering the complaint is no business."""
    record_consent(case.pk, by=cast.ana, at=AT, **NO_CALLS | {"scope": "commercial"})
    assert not Customer.objects.get(pk=case.customer_id).no_calls
    assert record_contact(
        case.pk, by=cast.ana, at=later(hours=1), channel="phone", direction="outgoing", words="说明进度"
    ).pk


def test_business_needs_a_recorded_yes(cast, case):
    with refused("contact.no_consent"):
        record_contact(case.pk, by=cast.ana, at=later(hours=1), purpose="invitation", **SMS)
    yes = {"channel": "sms", "scope": "commercial", "decision": "given", "words": "有优惠发我短信"}
    record_consent(case.pk, by=cast.ana, at=later(hours=1), **yes)
    assert record_contact(case.pk, by=cast.ana, at=later(hours=2), purpose="invitation", **SMS).breach == ""
    record_consent(case.pk, by=cast.ana, at=later(hours=3), **yes | {"decision": "refused", "words": "不要再发"})
    kept = record_contact(
        case.pk, by=cast.ana, at=later(hours=4), purpose="invitation", breach_reason="群发没有剔除", **SMS
    )
    assert kept.breach == "contact.no_consent"


def test_a_refused_channel_is_a_breach_and_another_is_free(cast, case):
    record_consent(case.pk, by=cast.ana, at=AT, **NO_CALLS | {"channel": "sms"})
    with refused("contact.channel_refused"):
        record_contact(case.pk, by=cast.ana, at=later(hours=1), **SMS)
    assert record_contact(case.pk, by=cast.ana, at=later(hours=1), **SMS | {"channel": "qianniu"}).breach == ""


def test_hours_of_the_customer_bound_the_window_to_the_second(cast, case):
    note_wishes(case.pk, by=cast.ana, at=AT, words="下午两点到五点", call_from=time(14), call_until=time(17))
    case.refresh_from_db()
    assert next_call(case, at=AT).at == later(hours=4)
    second = timedelta(seconds=1)
    for at, codes in (
        (later(hours=4) - second, ["call.not_at_this_hour"]),
        (later(hours=4), []),
        (later(hours=7) - second, []),
        (later(hours=7), ["call.not_at_this_hour"]),
    ):
        assert [violation.code for violation in next_call(case, at=at).why] == codes
    with refused("call.not_at_this_hour"):
        record_contact(
            case.pk, by=cast.ana, at=later(hours=7), channel="phone", direction="outgoing", outcome="no_answer"
        )


def test_hours_are_those_where_the_customer_lives(cast, case):
    """Seventeen o'clock in Shanghai is nine in London; at eighteen it is ten there, and within the window."""
    note_wishes(case.pk, by=cast.ana, at=AT, words="我在伦敦", call_zone="Europe/London")
    case.refresh_from_db()
    assert next_call(case, at=later(hours=6, minutes=59)).at == later(hours=7)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"call_from": time(14)}, ["wish.half_hours"]),
        ({"call_from": time(14), "call_until": time(14)}, ["wish.hours_out_of_order"]),
        ({"call_zone": "Mars/Olympus"}, ["wish.unknown_zone"]),
        ({"words": ""}, ["consent.words_missing"]),
    ],
)
def test_wishes_are_refused_clause_by_clause(cast, case, changes, codes):
    with refused(*codes):
        note_wishes(case.pk, by=cast.ana, at=AT, **{"words": "下午打"} | changes)


def test_an_empty_wish_lifts_the_former_one(cast, case):
    note_wishes(case.pk, by=cast.ana, at=AT, words="下午打", call_from=time(14), call_until=time(17))
    customer = note_wishes(case.pk, by=cast.ana, at=AT, words="随便什么时候")
    assert (customer.call_from, customer.call_until) == (None, None)


def test_a_follow_up_waits_for_the_hours_of_the_customer_and_says_why(cast):
    case = a_following_up_case(cast)
    case.follow_ups.get().cancel(at=AT)
    for call in case.follow_ups.all():
        call.cancel(at=AT)
        call.save()
    note_wishes(case.pk, by=cast.ana, at=AT, words="下午打", call_from=time(14), call_until=time(17))
    call = schedule_follow_up(case.pk, by=cast.ana, at=AT, not_before=later(days=6))
    local = call.scheduled_for.astimezone(AT.tzinfo)
    assert (local.hour, call.window_ends_at.astimezone(AT.tzinfo).hour) == (14, 17)
    assert [why["code"] for why in call.working["why"]] == ["call.not_at_this_hour"]


@pytest.mark.parametrize("name", ["ben", "olga", "axel"])
def test_who_may_not_record_contacts_writes_down_no_wish(cast, case, name):
    with denied():
        record_consent(case.pk, by=getattr(cast, name), at=AT, **NO_CALLS)
    with denied():
        note_wishes(case.pk, by=getattr(cast, name), at=AT, words="下午打")
