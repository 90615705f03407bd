"""Who looked is on record, and the record takes new rows alone."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction

from casemgmt.ledger import Refused, Signer, signed
from casemgmt.people.models import Person
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessEvent, AccessKind

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def amei():
    return Person.objects.create(username="amei", name="安娜")


def test_a_look_keeps_who_and_what_as_text(amei):
    event = note(AccessKind.REVEALED, by=amei, at=AT, subject=amei, field="phone", reason="call_back", request="r-1")
    event.refresh_from_db()
    assert (event.person_id, event.person_name) == (str(amei.pk), "安娜")
    assert (event.subject_label, event.subject_pk, event.subject_field) == ("people.person", str(amei.pk), "phone")
    assert (event.reason, event.request, event.at) == ("call_back", "r-1", AT)


def test_somebody_unknown_is_noted_too():
    event = note(
        AccessKind.REFUSED_RIGHT, by=AnonymousUser(), at=AT, subject_label="complaints.complaint", subject_pk=7
    )
    assert (event.person_id, event.person_name, event.subject_pk) == ("", "anonymous", "7")


@pytest.mark.unsigned
def test_looking_needs_no_signature():
    with signed(by=Signer("installer"), reason="test"):
        amei = Person.objects.create(username="amei", name="安娜")
    note(AccessKind.VIEWED, by=amei, at=AT, subject=amei)
    assert AccessEvent.objects.count() == 1


@pytest.mark.parametrize(
    "tampering",
    [
        lambda: AccessEvent.objects.update(person_name="别人"),
        lambda: AccessEvent.objects.all().delete(),
        lambda: AccessEvent.objects.all()._raw_delete("default"),
        lambda: AccessEvent.objects.get().delete(),
        lambda: AccessEvent.objects.get().save(),
    ],
)
def test_an_event_is_never_changed(amei, tampering):
    note(AccessKind.DOWNLOADED, by=amei, at=AT, subject=amei)
    with pytest.raises(Refused, match="append-only"), transaction.atomic():
        tampering()
    assert AccessEvent.objects.get().person_name == "安娜"


@pytest.mark.parametrize("statement", ["INSERT OR REPLACE", "REPLACE"])
@pytest.mark.sqlite
def test_an_event_is_not_replaced_either(amei, statement):
    note(AccessKind.DOWNLOADED, by=amei, at=AT, subject=amei)
    columns = ", ".join(field.column for field in AccessEvent._meta.concrete_fields)
    with pytest.raises(Refused, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{statement} INTO privacy_accessevent ({columns}) SELECT {columns} FROM privacy_accessevent")


@pytest.mark.postgresql
def test_events_are_not_truncated(amei):
    note(AccessKind.DOWNLOADED, by=amei, at=AT, subject=amei)
    with pytest.raises(Refused, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE privacy_accessevent")
    assert AccessEvent.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_right_is_noted_outside_what_was_refused():
    amei = Person.objects.create(username="amei", name="安娜")
    with pytest.raises(RuntimeError), transaction.atomic():
        note(AccessKind.REFUSED_RIGHT, by=amei, at=AT, subject=amei, own_transaction=True)
    note(AccessKind.REFUSED_RIGHT, by=amei, at=AT, subject=amei, own_transaction=True)
    assert AccessEvent.objects.count() == 1
