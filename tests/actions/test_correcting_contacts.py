"""How a customer is reached is put right: sealed, with who and why; what is left empty or masked stays."""

import pytest

from casemgmt.privacy.actions import erase
from casemgmt.privacy.sealed import blind, reveal
from complaints.actions.correcting_contacts import correct_contact_data, why_not_correct_contact_data
from complaints.actions.customers import CustomerData, OrderData
from complaints.models import Customer
from complaints.states import CaseState
from complaints.timeline import story_of
from tests.building import a_case, an_assessing_case
from tests.cast import AT
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
NEW = {"phone": "139 1234 5678", "reason": "客户旺旺上给了新号码"}


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.ASSESSING)


def stored(case) -> Customer:
    return Customer.objects.get(pk=case.customer_id)


def test_a_wrong_number_is_replaced_and_found_again(cast, case):
    before = stored(case)
    correct_contact_data(case.pk, by=cast.ana, at=AT, **NEW)
    after = stored(case)
    assert reveal(after.phone).endswith("13912345678")
    assert after.phone_index == blind("phone", "13912345678")
    assert (after.name, after.email, after.account) == (before.name, before.email, before.account)
    version = after.history.latest("history_id")
    assert (version.history_actor, version.history_change_reason) == ("安娜", "customer.contact_data_corrected")
    entry = next(entry for entry in story_of(case) if entry.reason == "customer.contact_data_corrected")
    assert [said.words for said in entry.said] == [NEW["reason"]]


def test_what_is_masked_or_the_same_changes_nothing(cast, case):
    known = stored(case).phone
    for text in ("", " ", str(known), reveal(known)):
        with refused("contact_data.nothing_new"):
            correct_contact_data(case.pk, by=cast.ana, at=AT, phone=text, reason="核对")
    assert stored(case).phone == known


def test_every_bad_value_is_told_at_its_field(cast, case):
    with refused("phone.not_recognised", "email.not_recognised", "reason.missing") as broken:
        correct_contact_data(case.pk, by=cast.ana, at=AT, phone="12", email="不是邮箱", reason=" ")
    assert {found.field for found in broken.value.violations} == {"phone", "email", "reason"}


def test_who_nobody_knows_has_nothing_to_correct(cast):
    case = an_assessing_case(
        cast, customer=CustomerData(), complainant="unknown", unknown_because="匿名信", order=OrderData()
    )
    assert [found.code for found in why_not_correct_contact_data(case, by=cast.ana, at=AT)] == [
        "contact_data.nobody_known"
    ]
    with refused("contact_data.nobody_known"):
        correct_contact_data(case.pk, by=cast.ana, at=AT, **NEW)


def test_what_was_erased_is_not_entered_anew(cast, case):
    erase(stored(case).key, by=cast.sven, at=AT)
    with refused("contact_data.erased"):
        correct_contact_data(case.pk, by=cast.ana, at=AT, **NEW)


def test_the_supervisor_of_the_team_may_and_others_may_not(cast, case):
    for name in ("ben", "wen", "olga", "axel"):
        with denied():
            correct_contact_data(case.pk, by=getattr(cast, name), at=AT, **NEW)
    correct_contact_data(case.pk, by=cast.sven, at=AT, **NEW)
