"""What is said to customers leaves the house once, or somebody learns that the customer was not told."""

import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import transaction

from casemgmt.channels import Unsendable
from casemgmt.models import EndpointKind, Notice, OutboxMessage
from casemgmt.operating import retry_message
from casemgmt.relaying import relay_due
from complaints.actions.consenting import record_consent
from complaints.actions.contacting import record_message
from complaints.actions.customers import CustomerData
from complaints.actions.dispatching import note_dispatches, untold
from complaints.actions.telling import told_facts
from complaints.models import Contact, Dispatch
from complaints.vocabulary import ConsentDecision, ConsentScope, ContactPurpose
from tests.building import CUSTOMER, an_assessing_case
from tests.cast import AT, later
from tests.running.endpoints import an_endpoint, happens
from tests.running.other_side import an_other_side
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
MAILED = CustomerData(name=CUSTOMER.name, phone=CUSTOMER.phone, email="lin@example.com", account=CUSTOMER.account)
WORDS = "林女士您好，新大衣今天寄出，明天把单号发给您。"


@pytest.fixture
def case(cast, settings):
    settings.CUSTOMER_MAIL = True
    return an_assessing_case(cast, customer=MAILED)


def write(cast, case, at=AT, **more):
    facts = {"channel": "email", "words": WORDS, "purpose": ContactPurpose.OUTCOME, "send": True}
    return record_message(case.pk, by=cast.ana, at=at, **facts | more)


def letters():
    """What customers found in their mail; colleagues get theirs too."""
    return [letter for letter in mail.outbox if letter.to == ["lin@example.com"]]


def refuses(*messages):
    raise Unsendable(OutboxMessage.Failure.REFUSED)


def given_up(case):
    """Every try of the relay failed."""
    at = AT
    while OutboxMessage.objects.waiting().filter(kind="customer.message").exists():
        relay_due(at, refuses)
        at += timedelta(hours=7)
    note_dispatches(at)
    return at


def test_a_message_goes_out_once_and_the_case_knows(cast, case):
    contact = write(cast, case)
    assert Dispatch.objects.get().sent_at is None
    relay_due(AT)
    relay_due(AT)
    (letter,) = letters()
    assert (letter.to, letter.body) == (["lin@example.com"], WORDS)
    assert case.case_number in letter.subject
    assert letter.extra_headers["Message-ID"].startswith("<")
    for _twice in range(2):
        note_dispatches(later(minutes=1))
    dispatch = Dispatch.objects.get(contact=contact)
    assert (dispatch.sent_at, dispatch.failed_at) == (AT, None)
    assert dispatch.history.count() == 2


def test_a_rollback_takes_the_message_with_it(cast, case):
    with transaction.atomic():
        write(cast, case)
        transaction.set_rollback(True)
    assert not Contact.objects.filter(case=case).exists()
    assert not OutboxMessage.objects.filter(kind="customer.message").exists()


def test_what_only_happened_is_recorded_and_not_sent(cast, case):
    write(cast, case, send=False)
    assert not Dispatch.objects.exists()
    with refused("dispatch.happened_already"):
        write(cast, case, at=later(hours=1), occurred_at=AT)
    with refused("dispatch.no_way"):
        write(cast, case, channel="qianniu")
    with refused("dispatch.no_way"):
        write(cast, case, channel="sms")


def test_a_letter_that_was_given_up_told_nobody_and_its_handler_hears_of_it(cast, case):
    write(cast, case)
    assert told_facts(case, ContactPurpose.OUTCOME).told
    at = given_up(case)
    note_dispatches(at)
    dispatch = Dispatch.objects.get()
    assert (dispatch.failure, dispatch.sent_at) == ("refused", None)
    assert Notice.objects.filter(code="notice.customer_not_told", person=cast.ana).count() == 1
    assert not told_facts(case, ContactPurpose.OUTCOME).told
    assert untold(Dispatch.objects.all()).get() == dispatch
    write(cast, case, at=at + timedelta(minutes=1), channel="qianniu", send=False)
    assert not untold(Dispatch.objects.all()).exists()


def test_tried_again_by_hand_it_has_gone_out(cast, case):
    write(cast, case)
    at = given_up(case)
    message = OutboxMessage.objects.get(kind="customer.message")
    retry_message(message.pk, by=cast.sven, at=at)
    relay_due(at)
    note_dispatches(at)
    dispatch = Dispatch.objects.get()
    assert (dispatch.sent_at, dispatch.failed_at, dispatch.failure) == (at, None, "")
    assert len(letters()) == 1


def test_who_wants_nothing_any_more_gets_nothing_that_still_waits(cast, case):
    write(cast, case)
    record_consent(
        case.pk,
        by=cast.ana,
        at=AT,
        channel="email",
        scope=ConsentScope.EVERYTHING,
        decision=ConsentDecision.REFUSED,
        words="别再发邮件了",
    )
    relay_due(AT)
    assert letters() == []
    assert OutboxMessage.objects.get(kind="customer.message").last_error == "unwanted"


def test_what_nobody_waits_for_keeps_the_hours(cast, case):
    evening = later(hours=12)
    write(cast, case, at=evening, purpose=ContactPurpose.PROGRESS)
    write(cast, case, at=evening)
    assert sorted(Dispatch.objects.values_list("not_before", flat=True)) == [evening, later(days=1)]


def test_a_text_message_goes_to_the_customers_own_number(cast, case, settings):
    settings.OUTGOING_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with an_other_side() as side:
        side.text = '{"Code":"OK"}'
        an_endpoint(
            f"{side.address}/", kind=EndpointKind.SMS, to_customers=True, events=[], access_key="k",
            sign_name="棠溪", template_code="SMS_2",
        )  # fmt: skip
        assert happens() == 0
        write(cast, case, channel="sms")
        relay_due(AT)
        relay_due(later(minutes=5))
        query = parse_qs(urlsplit(side.got[0].path).query)
    assert len(side.got) == 1
    assert query["PhoneNumbers"] == ["+8613800136021"]
    assert json.loads(query["TemplateParam"][0]) == {"case": case.case_number, "text": WORDS}
    note_dispatches(later(minutes=5))
    assert Dispatch.objects.get().sent_at is not None
