"""Seeing personal data takes a right, a reason, and leaves a trace."""

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied

from casemgmt.people.models import Person
from casemgmt.privacy.actions import erase, permission_to_reveal, reveal_for, seal_onto
from casemgmt.privacy.kinds import KINDS
from casemgmt.privacy.models import AccessEvent
from casemgmt.privacy.sealed import reveal
from casemgmt.violations import RuleBroken
from complaints.models import Customer
from tests.privacy.conftest import ACCOUNT, AT, NAME, PHONE

pytestmark = pytest.mark.django_db


def a_person(username, *codenames):
    person = Person.objects.create(username=username, name=username.title())
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def test_a_right_and_a_reason_open_the_envelope_and_leave_a_trace(lin):
    amei = a_person("amei", "reveal_contact")
    assert reveal_for(amei, lin, "phone", reason="call_back", at=AT, request="r-1") == "+86" + PHONE
    event = AccessEvent.objects.get()
    assert (event.kind, event.person_name, event.subject_field, event.reason) == (
        "revealed",
        "Amei",
        "phone",
        "call_back",
    )
    assert (event.subject_label, event.subject_pk, event.at) == ("complaints.customer", str(lin.pk), AT)
    assert PHONE not in " ".join(str(value) for value in vars(event).values())


def test_each_look_is_noted(lin):
    amei = a_person("amei", "reveal_contact")
    for _ in range(2):
        reveal_for(amei, lin, "name", reason="call_back", at=AT)
    assert AccessEvent.objects.count() == 2


def test_without_the_right_nothing_opens(lin):
    for person, field in ((a_person("bojun"), "phone"), (a_person("amei", "reveal_contact"), "account")):
        with pytest.raises(PermissionDenied):
            reveal_for(person, lin, field, reason="call_back", at=AT)
    assert not AccessEvent.objects.exists()
    assert reveal_for(a_person("sifan", "reveal_identity"), lin, "account", reason="refund", at=AT) == ACCOUNT


def test_everything_that_is_no_contact_needs_the_stronger_right():
    contact = {kind for kind in KINDS if permission_to_reveal(kind) == "privacy.reveal_contact"}
    assert contact == {"name", "phone", "email", "address"}


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_opens(lin, reason):
    with pytest.raises(RuleBroken) as refused:
        reveal_for(a_person("amei", "reveal_contact"), lin, "phone", reason=reason, at=AT)
    assert refused.value.codes == ["reveal.reason_missing"]
    assert not AccessEvent.objects.exists()


def test_nothing_and_what_is_erased_cannot_be_shown(lin):
    amei = a_person("amei", "reveal_contact")
    lin.email = None
    with pytest.raises(RuleBroken) as refused:
        reveal_for(amei, lin, "email", reason="", at=AT)
    assert refused.value.codes == ["reveal.nothing_there", "reveal.reason_missing"]
    erase(lin.key, by=amei, at=AT)
    with pytest.raises(RuleBroken) as refused:
        reveal_for(amei, Customer.objects.get(), "phone", reason="call_back", at=AT)
    assert refused.value.codes == ["reveal.erased"]


def test_typed_text_is_sealed_onto_a_row_and_an_untouched_value_stays(lin):
    token = lin.name.token
    seal_onto(lin, name=lin.name, phone="13900139000", email=None)
    lin.save()
    lin.refresh_from_db()
    assert (lin.name.token, lin.email) == (token, None)
    assert reveal(lin.phone) == "+8613900139000"


def test_a_row_without_a_key_gets_one(db):
    row = Customer(created_at=AT)
    seal_onto(row, name=NAME)
    row.save()
    assert reveal(Customer.objects.get().name) == NAME


def test_everything_wrong_is_said_at_its_field(lin):
    with pytest.raises(RuleBroken) as refused:
        seal_onto(lin, phone="call me", email="nowhere", name="林" * 101)
    found = [(violation.code, violation.field) for violation in refused.value.violations]
    assert found == [
        ("phone.not_recognised", "phone"),
        ("email.not_recognised", "email"),
        ("text.too_long", "name"),
    ]
