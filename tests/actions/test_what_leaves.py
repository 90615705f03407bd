"""What leaves the house carries what it must: the words on record, copies of what a refusal rests on, the own order."""

from datetime import timedelta

import pytest
from django.core import mail

from casemgmt.models import Notice, OutboxMessage
from casemgmt.privacy.models import AccessEvent, AccessKind
from casemgmt.privacy.sealed import reveal
from casemgmt.relaying import relay_due
from complaints.actions.advising import name_routes, routes_in_words
from complaints.actions.bulk import confirm_run
from complaints.actions.bulk_running import run_lines
from complaints.actions.customers import CustomerData
from complaints.actions.dispatching import note_dispatches
from complaints.actions.incident_runs import prepare_message, prepare_offers
from complaints.actions.keeping_in_touch import agree_on_regular_contact, record_regular_contact
from complaints.actions.planning import offer_plan
from complaints.actions.progress import owe_progress
from complaints.actions.tasking import make_task
from complaints.actions.telling_progress import tell_progress
from complaints.actions.telling_refusals import write_refusal
from complaints.models import Complaint, Dispatch
from complaints.states import CaseState
from complaints.vocabulary import ContactOutcome, ContactPurpose
from tests.building import CUSTOMER, a_drafted_plan, a_negotiating_case, an_assessing_case
from tests.cast import AT, later
from tests.following import a_closed_case
from tests.incidents import a_negotiating_member, an_agreed_plan, an_incident
from tests.refusals import an_approved_refusal, an_unreasonable_case
from tests.saying_no import refused

pytestmark = pytest.mark.django_db
MAILED = CustomerData(name=CUSTOMER.name, phone=CUSTOMER.phone, email="lin@example.com", account=CUSTOMER.account)
NO = "很抱歉，经核实污渍形成于签收之后，因此无法退款，附上质检照片与政策。"
OFFER = "给您两个方案，请选择。"
PROGRESS = "运营正在核对发货底单，明天这个时候我再告诉您进展。"


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    """Letters to customers leave; files lie in a folder of the test."""
    settings.CUSTOMER_MAIL, settings.MEDIA_ROOT = True, tmp_path


def letters(at, to="lin@example.com"):
    """What lies in this customer's mail once the relay has run, twice."""
    for _twice in range(2):
        relay_due(at)
    return [letter for letter in mail.outbox if letter.to == [to]]


@pytest.fixture
def refusal(cast):
    return an_approved_refusal(cast, an_unreasonable_case(cast, customer=MAILED))


def refuse(cast, refusal, *, channel="email"):
    copies = list(refusal.evidence_links.values_list("evidence", flat=True))
    facts = {"words": NO, "evidence_ids": copies, "showed_policy": True, "send": True}
    return write_refusal(refusal.case_id, by=cast.ana, at=AT, channel=channel, **facts)


class TestARefusal:
    """S-REF-06: with reasons, evidence and policy."""

    def test_it_carries_a_copy_of_everything_it_rests_on(self, cast, refusal):
        refuse(cast, refusal)
        (letter,) = letters(AT)
        (piece,) = (link.evidence for link in refusal.evidence_links.select_related("evidence"))
        assert letter.body == NO
        with piece.file.open() as stored:
            assert letter.attachments == [(str(piece.file_name), stored.read(), "image/png")]
        handed_out = AccessEvent.objects.filter(kind=AccessKind.EXPORTED, subject_pk=str(piece.pk))
        assert handed_out.get().person_id == str(cast.ana.pk)
        assert Complaint.objects.get(pk=refusal.case_id).state == CaseState.FOLLOWING_UP

    def test_a_copy_that_is_not_as_it_came_goes_nowhere_and_the_handler_hears_of_it(self, cast, refusal, tmp_path):
        refuse(cast, refusal)
        piece = refusal.evidence_links.get().evidence
        stored = tmp_path / piece.file.name
        stored.chmod(0o600)
        stored.write_bytes(b"x" * piece.size)
        at = AT
        while OutboxMessage.objects.waiting().filter(kind="customer.message").exists():
            assert letters(at) == []
            at += timedelta(hours=7)
        note_dispatches(at)
        assert Dispatch.objects.get().failure == OutboxMessage.Failure.UNREADABLE
        assert Notice.objects.filter(code="notice.customer_not_told", person=cast.ana).count() == 1

    def test_copies_do_not_go_by_text_message(self, cast, refusal):
        with refused("dispatch.no_way", "dispatch.no_copies"):
            refuse(cast, refusal, channel="sms")
        assert not Dispatch.objects.exists()


def test_a_plan_that_is_offered_leaves_with_its_words(cast):
    plan = a_drafted_plan(cast, a_negotiating_case(cast, customer=MAILED))
    offered = offer_plan(plan.pk, by=cast.ana, at=AT, channel="email", words=OFFER, send=True)
    (letter,) = letters(AT)
    assert (letter.body, letter.attachments) == (OFFER, [])
    assert Dispatch.objects.get().contact == offered.offer


def test_the_routes_leave_with_bodies_and_numbers_within_the_hours_for_calls(cast):
    case = an_assessing_case(cast, customer=MAILED)
    words, evening = routes_in_words(case, at=AT), later(hours=12)
    name_routes(case.pk, by=cast.ana, at=evening, channel="email", words=words, send=True)
    assert letters(evening) == []
    (letter,) = letters(later(days=1))
    assert letter.body == words
    assert all(found in letter.body for found in ("12315", case.case_number))


def test_a_message_of_progress_leaves(cast):
    case = an_assessing_case(cast, customer=MAILED)
    facts = {"department_id": cast.operations.pk, "what": "核对发货底单", "due_at": later(days=30)}
    make_task(case.pk, by=cast.ana, at=AT, **facts)
    owe_progress(later(days=1))
    notice = case.progress_notices.get()
    facts = {"channel": "email", "words": PROGRESS, "read_through": True}
    tell_progress(notice.pk, by=cast.ana, at=later(days=1), send=True, **facts)
    (letter,) = letters(later(days=1))
    assert letter.body == PROGRESS


def test_a_regular_contact_leaves_from_the_closed_case(cast):
    case = a_closed_case(cast, customer=MAILED)
    facts = {"channel": "email", "words": "行，过几天发邮件问问我。", "every_days": 10}
    series = agree_on_regular_contact(case.pk, by=cast.ana, at=later(days=4), **facts)
    words = "大衣穿了一阵了，还暖和吗？"
    facts = {"outcome": ContactOutcome.DELIVERED, "words": words, "send": True}
    record_regular_contact(series.pk, by=cast.ana, at=series.next_at, **facts)
    (letter,) = letters(series.next_at)
    assert letter.body == words
    assert case.contacts.get(purpose=ContactPurpose.REGULAR).dispatch.sent_at is None
    note_dispatches(series.next_at)
    assert case.contacts.get(purpose=ContactPurpose.REGULAR).dispatch.sent_at == series.next_at


@pytest.fixture
def members(cast):
    """Two customers of an incident, each with a mail address and an order of their own."""
    incident = an_incident(cast)
    return incident, [a_negotiating_member(cast, incident) for _number in range(2)]


def run_through(cast, run):
    confirm_run(run.pk, by=cast.sven, at=AT)
    run_lines(run.pk, at=AT)


def own_letters(members):
    found = {member: letters(AT, to=reveal(member.case.customer.email)) for member in members}
    assert {len(theirs) for theirs in found.values()} == {1}
    return {member: theirs[0].body for member, theirs in found.items()}


def names_their_own_order_alone(members, bodies):
    orders = {member: member.case.order.number for member in members}
    return all(
        (orders[other] in body) == (other is member) and "{{" not in body
        for member, body in bodies.items()
        for other in members
    )


def test_the_plan_of_an_incident_leaves_to_each_customer_with_their_own_order(cast, members):
    incident, cases = members
    an_agreed_plan(cast, incident)
    run_through(cast, prepare_offers(incident.pk, by=cast.sven, at=AT))
    bodies = own_letters(cases)
    assert names_their_own_order_alone(cases, bodies)
    assert all("换货或优惠券" in body for body in bodies.values())


def test_a_letter_of_an_incident_leaves_to_each_customer_with_their_own_order(cast, members):
    incident, cases = members
    words = "您的订单{{order_number}}属于固色不足的批次，方案会随后发给您。"
    run_through(cast, prepare_message(incident.pk, by=cast.sven, at=AT, words=words))
    assert names_their_own_order_alone(cases, own_letters(cases))
