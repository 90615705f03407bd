"""A form shows the mask, and a mask left alone changes nothing."""

import pytest
from django.forms import modelform_factory

from casemgmt.privacy.forms import SealedFormField
from casemgmt.privacy.sealed import Sealed, reveal
from complaints.models import Customer
from tests.privacy.conftest import NAME, PHONE

pytestmark = pytest.mark.django_db

CustomerForm = modelform_factory(Customer, fields=["name", "phone", "email"])


def shown(form):
    return {name: form[name].value() for name in form.fields}


def submit(row, **typed):
    return CustomerForm({**shown(CustomerForm(instance=row)), **typed}, instance=row)


def test_the_page_holds_neither_text_nor_ciphertext(lin):
    page = CustomerForm(instance=lin).as_p()
    assert 'value="138****6021"' in page
    assert 'value="林**"' in page
    for hidden in (NAME, PHONE, "v1:", lin.key.pk.hex):
        assert hidden not in page


def test_a_mask_left_alone_changes_nothing(lin):
    row = Customer.objects.get(pk=lin.pk)
    form = submit(row)
    assert form.is_valid(), form.errors
    assert not form.has_changed()
    saved = form.save()
    assert (saved.name.token, saved.phone.token) == (lin.name.token, lin.phone.token)


def test_a_newly_typed_value_is_sealed_and_the_others_stay(lin):
    form = submit(Customer.objects.get(pk=lin.pk), phone=" 139 0013 9000 ")
    assert form.is_valid(), form.errors
    assert form.changed_data == ["phone"]
    form.save()
    row = Customer.objects.get(pk=lin.pk)
    assert reveal(row.phone) == "+8613900139000"
    assert row.name.token == lin.name.token


def test_an_emptied_field_is_emptied(lin):
    form = submit(Customer.objects.get(pk=lin.pk), email="")
    assert form.is_valid(), form.errors
    form.save()
    assert Customer.objects.get(pk=lin.pk).email is None


@pytest.mark.parametrize("typed", ["call me", "1" * 41, "138****6022", "\x00"])
def test_nonsense_is_said_at_the_field_and_kept(lin, typed):
    form = submit(Customer.objects.get(pk=lin.pk), phone=typed)
    assert not form.is_valid()
    assert list(form.errors) == ["phone"]
    assert form["phone"].value() == typed


def test_a_plain_form_gives_text_or_the_untouched_value(lin):
    field = SealedFormField(kind="phone", required=False)
    assert field.clean("138 0013 6021") == "+8613800136021"
    assert field.clean("") is None
    assert isinstance(lin.phone, Sealed)


def test_a_required_field_must_be_filled():
    form = modelform_factory(Customer, fields=["phone"], field_classes={})({"phone": ""})
    form.fields["phone"].required = True
    assert list(form.errors) == ["phone"]
