"""A sealed column takes ciphertext alone, on every path; its blind index finds the row and nothing more."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.core.serializers.base import DeserializationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Lower

from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import Sealed, blind, reveal, seal
from complaints.models import Customer
from tests.privacy.conftest import AT, NAME, PHONE

pytestmark = pytest.mark.django_db


def test_plain_text_is_an_error_where_it_is_assigned(lin):
    with pytest.raises(ValueError, match="assign seal"):
        lin.phone = PHONE
    with pytest.raises(ValueError, match="assign seal"):
        Customer(name=NAME, created_at=AT)


@pytest.mark.parametrize(
    "write",
    [
        lambda: Customer.objects.update(phone=PHONE),
        lambda: Customer.objects.update(phone=""),
        lambda: Customer.objects.update(phone="v1:plain"),
        lambda: Customer.objects.filter(phone_index=blind("phone", PHONE)).update(name=NAME),
        lambda: Customer.objects.create(name=NAME, created_at=AT),
        lambda: Customer.objects.bulk_create([Customer(name=NAME, created_at=AT)]),
    ],
)
def test_plain_text_is_an_error_on_every_path(lin, write):
    before = list(Customer.objects.values_list("name", "phone"))
    with pytest.raises(ValueError, match="is sealed"), transaction.atomic():
        write()
    assert list(Customer.objects.values_list("name", "phone")) == before


def test_the_table_refuses_what_passed_by_the_field(lin):
    for sql in ("UPDATE complaints_customer SET phone = '13800136021'", "UPDATE complaints_customer SET name = ''"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.update(phone=Value("13800136021"))


def test_a_value_of_another_kind_does_not_fit(lin):
    with pytest.raises(ValueError, match="holds phone"):
        lin.phone = seal(lin.key, NAME, kind="name")


def test_the_same_text_again_is_no_change(lin):
    row = Customer.objects.get(pk=lin.pk)
    token, rows, changed = row.phone.token, row.history.count(), row.version
    row.phone = seal(row.key, "+86 138 0013 6021", kind="phone")
    assert row.phone.token == token
    row.phone = seal(row.key, "13800136022", kind="phone")
    assert row.phone.token != token
    row = Customer.objects.get(pk=lin.pk)
    row.phone = seal(row.key, PHONE, kind="phone")
    Customer.objects.filter(pk=row.pk).update(phone=row.phone, name=row.name)
    assert (row.history.count(), row.version) == (rows, changed)


def test_history_holds_the_ciphertext_and_prints_masked(lin):
    entry = lin.history.get()
    assert entry.phone == lin.phone
    assert str(entry.phone) == "138****6021"
    assert reveal(entry.name) == NAME
    lin.phone = seal(lin.key, "13900139000", kind="phone")
    lin.save()
    new, old = lin.history.order_by("-history_id")[:2]
    (change,) = [change for change in new.diff_against(old).changes if change.field == "phone"]
    assert (str(change.old), str(change.new)) == ("138****6021", "139****9000")


def test_blind_indexes_stay_out_of_history(lin):
    names = {field.name for field in lin.history.model._meta.concrete_fields}
    assert not {name for name in names if name.endswith("_index")}


def test_indexes_find_the_row_by_name_phone_and_last_four(lin):
    for lookup in (
        {"name_index": blind("name", " 林小红")},
        {"phone_index": blind("phone", "０086 138 0013 6021".replace("０", "0"))},
        {"phone_tail_index": blind("phone_tail", "6021")},
        {"phone_index__in": [blind("phone", PHONE)]},
        {"phone_index__isnull": False},
    ):
        assert Customer.objects.get(**lookup) == lin
    assert not Customer.objects.filter(name_index=blind("name", "林小虹")).exists()


def test_an_index_follows_its_field(lin):
    row = Customer.objects.get(pk=lin.pk)
    row.phone = seal(row.key, "13900139000", kind="phone")
    row.save()
    assert not Customer.objects.filter(phone_index=blind("phone", PHONE)).exists()
    assert Customer.objects.get(phone_tail_index=blind("phone_tail", "9000")) == lin
    row.phone = None
    row.save()
    row.refresh_from_db()
    assert (row.phone, row.phone_index, row.phone_tail_index) == (None, None, None)


def test_bulk_writing_fills_the_indexes_too(db):
    keys = PersonKey.objects.bulk_create([PersonKey.fresh(), PersonKey.fresh()])
    rows = Customer.objects.bulk_create(
        Customer(key=key, phone=seal(key, number, kind="phone"), created_at=AT)
        for key, number in zip(keys, ("13800136021", "13900139000"), strict=True)
    )
    assert Customer.objects.get(phone_index=blind("phone", "13900139000")) == rows[1]


@pytest.mark.parametrize(
    "lookup",
    ["exact", "iexact", "contains", "startswith", "in", "regex", "gt", "range", "length", "lower", "icontains__x"],
)
def test_a_sealed_field_is_no_oracle(lookup):
    with pytest.raises(FieldError):
        Customer.objects.filter(**{f"phone__{lookup}": PHONE}).exists()
    with pytest.raises(FieldError):
        Customer.objects.filter(payees__isnull=True, **{f"name__{lookup}": NAME}).exists()


def test_the_refusal_names_the_way_to_search():
    with pytest.raises(FieldError, match="BlindIndexField"):
        Customer.objects.filter(phone=PHONE)


def test_whether_there_is_a_value_may_be_asked(lin):
    assert Customer.objects.filter(phone__isnull=False).get() == lin
    assert Customer.objects.exclude(email=None).get() == lin
    assert not Customer.objects.filter(phone=None).exists()


@pytest.mark.parametrize("lookup", ["startswith", "contains", "gt", "iexact", "regex", "length"])
def test_a_blind_index_knows_equal_and_nothing_else(lookup):
    with pytest.raises(FieldError):
        Customer.objects.filter(**{f"phone_index__{lookup}": "a"}).exists()


@pytest.mark.parametrize("order", ["phone", "-name"])
def test_there_is_no_order_of_sealed_values(lin, order):
    with pytest.raises(FieldError, match="no order"):
        list(Customer.objects.order_by(order))
    with pytest.raises(FieldError, match="no order"):
        list(lin.payees.order_by(f"{order[0] if order[0] == '-' else ''}customer__{order.lstrip('-')}"))


def test_expressions_give_ciphertext_and_nothing_else(lin):
    for value in (
        Customer.objects.annotate(other=F("phone")).values_list("other", flat=True).get(),
        Customer.objects.values_list("phone", flat=True).get(),
    ):
        assert isinstance(value, Sealed)
    assert "13800136021" not in str(Customer.objects.annotate(low=Lower("phone")).values_list("low", flat=True).get())


def test_deferred_values_load_when_asked_for(lin):
    row = Customer.objects.defer("phone").get()
    assert "phone" in row.get_deferred_fields()
    assert str(row.phone) == "138****6021"


def test_dumped_data_is_ciphertext_and_can_be_loaded(lin, tmp_path):
    dumped = serializers.serialize("json", [lin.key, lin])
    for text in (NAME, PHONE, "6021", "example.com"):
        assert text not in dumped
    file = tmp_path / "customers.json"
    file.write_text(dumped)
    call_command("loaddata", str(file), verbosity=0)
    assert reveal(Customer.objects.get().name) == NAME
    file.write_text(dumped.replace(lin.phone.token, PHONE))
    with pytest.raises(DeserializationError), transaction.atomic():
        call_command("loaddata", str(file), verbosity=0)
    assert reveal(Customer.objects.get().phone) == "+8613800136021"


def test_a_fresh_key_is_saved_with_its_row(db):
    key = PersonKey.fresh()
    Customer.objects.create(key=key, name=seal(key, NAME, kind="name"), created_at=AT)
    assert PersonKey.objects.filter(pk=key.pk).exists()
