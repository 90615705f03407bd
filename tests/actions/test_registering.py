"""Registering: what is needed, what is given, and that likely duplicates are shown before."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.models import Notice
from casemgmt.violations import RuleBroken
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.registering import duplicates_of, register, register_many
from complaints.models import Clock, Complaint, Customer, Order, Statement
from complaints.rules.case_numbers import as_case_number
from complaints.states import CaseState
from complaints.vocabulary import ComplainantKind, StatementKind
from tests.building import CUSTOMER, a_registered_case, a_registration
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


def test_a_case_gets_a_number_clocks_and_its_words(cast):
    """S-INT-01…04, S-SLA-01."""
    case = register(a_registration(cast, demand="退货退款"), by=cast.ana, at=AT)
    assert case.state == CaseState.REGISTERED
    assert as_case_number(case.case_number) == case.case_number
    assert case.team == cast.team
    assert {clock.kind for clock in case.clocks.all()} >= {Clock.Kind.FIRST_RESPONSE, Clock.Kind.RESOLUTION}
    assert case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE).due_at == AT + timedelta(hours=24)
    assert case.next_due_at == case.clocks.order_by("due_at").first().due_at
    kinds = set(case.statements.values_list("kind", flat=True))
    assert kinds == {StatementKind.CONTENT, StatementKind.DEMAND}


def test_everything_missing_is_said_at_once(cast):
    with pytest.raises(RuleBroken) as broken:
        register(
            a_registration(cast, content=" ", channel="", received_at=None, customer=CustomerData()),
            by=cast.ana,
            at=AT,
        )
    assert broken.value.codes == [
        "registration.content_missing",
        "registration.channel_missing",
        "registration.time_missing",
        "registration.complainant_missing",
    ]
    assert not Complaint.objects.exists()
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"received_at": later(minutes=1)}, "registration.received_in_the_future"),
        ({"occurred_at": later(seconds=1)}, "registration.happened_after_receipt"),
        ({"complainant": ComplainantKind.UNKNOWN}, "registration.unknown_without_reason"),
        ({"demanded_amount": 0}, "registration.amount_not_positive"),
        ({"order": OrderData(number="1.10101E+17")}, "order.number_damaged"),
        ({"order": OrderData(number="1", paid_amount=-1)}, "order.amount_negative"),
        ({"order": OrderData(number="9" * 65)}, "order.number_too_long"),
    ],
)
def test_each_clause_alone_refuses(cast, changes, code):
    with pytest.raises(RuleBroken) as broken:
        register(a_registration(cast, **changes), by=cast.ana, at=AT)
    assert broken.value.codes == [code]
    assert not Complaint.objects.exists()


def test_an_unknown_complainant_is_registered_with_the_reason(cast):
    """S-INT-17: every complaint is registered."""
    case = register(
        a_registration(
            cast, complainant=ComplainantKind.UNKNOWN, customer=CustomerData(), unknown_because="匿名来电，不愿留姓名"
        ),
        by=cast.ana,
        at=AT,
    )
    assert case.customer is None


def test_likely_duplicates_are_shown_first_and_can_be_overruled(cast):
    first = a_registered_case(cast)
    again = a_registration(cast, not_a_duplicate=False, received_at=later(hours=1))
    with pytest.raises(RuleBroken) as broken:
        register(again, by=cast.ben, at=later(hours=1))
    violation = broken.value.violations[0]
    assert (violation.code, violation.field) == ("registration.likely_duplicate", "not_a_duplicate")
    assert first.case_number in violation.params["cases"]
    likeness = duplicates_of(again, by=cast.ben, at=later(hours=1))[0]
    assert (likeness.same_order, likeness.same_customer, likeness.same_words) == (True, True, True)
    assert register(a_registration(cast), by=cast.ben, at=later(hours=1)).pk != first.pk


def test_the_same_phone_suggests_and_never_merges(cast):
    a_registered_case(cast)
    a_registered_case(cast, customer=CustomerData(name="王伟", phone=CUSTOMER.phone), order=OrderData())
    assert Customer.objects.count() == 2


def test_a_known_order_is_found_and_not_made_twice(cast):
    one, two = a_registered_case(cast), a_registered_case(cast)
    assert one.order_id == two.order_id
    assert Order.objects.count() == 1


def test_numbers_of_a_day_run_on(cast):
    numbers = [case.case_number for case in register_many([a_registration(cast)] * 3, by=cast.ana, at=AT)]
    assert [number[11:15] for number in numbers] == ["0001", "0002", "0003"]
    assert a_registered_case(cast).case_number[11:15] == "0004"


def test_one_broken_registration_registers_none(cast):
    with pytest.raises(RuleBroken):
        register_many([a_registration(cast), a_registration(cast, content="")], by=cast.ana, at=AT)
    assert not Complaint.objects.exists()


def test_a_backlog_case_starts_its_clocks_now(cast):
    old = a_registration(cast, received_at=AT - timedelta(days=40))
    case = register_many([old], by=cast.sven, at=AT, backlog=True)[0]
    assert case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE).started_at == AT


def test_a_safety_flag_escalates_in_the_same_transaction(cast):
    case = register(a_registration(cast, safety_flag=True), by=cast.ana, at=AT)
    assert case.escalations.get().cause == "safety"


def test_the_lead_hears_of_a_new_case(cast):
    case = a_registered_case(cast)
    assert Notice.objects.filter(person=cast.sven, case_number=case.case_number).exists()


@pytest.mark.parametrize("name", ["olga", "axel"])
def test_who_may_not_register(cast, name):
    with pytest.raises(PermissionDenied):
        register(a_registration(cast), by=getattr(cast, name), at=AT)
    assert not Statement.objects.exists()


def test_the_story_says_who_registered_it(cast):
    case = register(a_registration(cast), by=cast.ana, at=AT)
    row = case.history.get()
    assert (row.history_type, row.history_actor, row.history_change_reason) == ("+", "安娜", "case.registered")
    assert row.history_at == AT
