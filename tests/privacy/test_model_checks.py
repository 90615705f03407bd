"""A model that would seal, find or order personal data wrongly does not start."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from casemgmt.ledger import History
from casemgmt.privacy.fields import BlindIndexField, SealedField
from casemgmt.privacy.models import PersonKey


def ids(model):
    return sorted(message.id for message in model.check() if message.id.startswith("privacy."))


def key():
    return models.ForeignKey(PersonKey, models.SET_NULL, null=True, db_constraint=False, related_name="+")


@isolate_apps("casemgmt.privacy")
def test_a_sound_model_passes():
    class Sound(models.Model):
        key = key()
        phone = SealedField(kind="phone", null=True)
        phone_index = BlindIndexField(of="phone")
        tail_index = BlindIndexField(of="phone", kind="phone_tail")

        class Meta:
            app_label = "privacy"

    assert ids(Sound) == []


@isolate_apps("casemgmt.privacy")
def test_each_mistake_has_its_number():
    class NoKey(models.Model):
        phone = SealedField(kind="phone", null=True)

        class Meta:
            app_label = "privacy"

    class OtherKey(models.Model):
        owner = key()
        phone = SealedField(kind="phone", key_field="owner", null=True)
        colour = SealedField(kind="colour", key_field="owner", null=True)

        class Meta:
            app_label = "privacy"

    class Ordered(models.Model):
        key = key()
        name = SealedField(kind="name", null=True)

        class Meta:
            app_label = "privacy"
            ordering = ["-name"]

    class WrongIndex(models.Model):
        key = key()
        note = models.TextField()
        address = SealedField(kind="address", null=True)
        note_index = BlindIndexField(of="note")
        gone_index = BlindIndexField(of="gone")
        address_index = BlindIndexField(of="address")

        class Meta:
            app_label = "privacy"

    assert ids(NoKey) == ["privacy.E002"]
    assert ids(OtherKey) == ["privacy.E001"]
    assert ids(Ordered) == ["privacy.E003"]
    assert ids(WrongIndex) == ["privacy.E004"] * 3


@isolate_apps("casemgmt.privacy", "simple_history")
def test_an_index_in_history_would_outlive_an_erasure():
    class Remembers(models.Model):
        key = key()
        name = SealedField(kind="name", null=True)
        name_index = BlindIndexField(of="name")

        class Meta:
            app_label = "privacy"

    Remembers._meta.ledger = History()
    assert ids(Remembers) == ["privacy.E005"]
    Remembers._meta.ledger = History(excluded_fields=["name_index"])
    assert ids(Remembers) == []


@pytest.mark.parametrize(
    "field", [SealedField(kind="phone", null=True), BlindIndexField(of="phone", kind="phone_tail")]
)
def test_migrations_can_write_the_fields_down(field):
    _, path, args, kwargs = field.deconstruct()
    again = type(field)(*args, **kwargs)
    assert again.deconstruct()[1:] == (path, args, kwargs)
    assert (again.kind, again.null, again.db_index, again.editable) == (
        field.kind,
        field.null,
        field.db_index,
        field.editable,
    )
