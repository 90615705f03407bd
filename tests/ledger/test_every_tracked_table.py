"""Insert, update, raw SQL and delete on every tracked table of the house, found by introspection.

A model that appears later is tested without another line here. Where its constraints ask for more than
metadata tells, it needs an entry in tests/ledger/rows.py, and fails loudly until it has one.
"""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from casemgmt.ledger.install import outdated
from casemgmt.ledger.tables import declaration_of, history_of, tracked_models
from tests.ledger.acting import ANN, by, refused, sql
from tests.ledger.rows import WRITE_ONCE, changes, saved, unsaved

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]
MODELS = tracked_models()
every_table = pytest.mark.parametrize("model", MODELS, ids=[model._meta.label_lower for model in MODELS])


def kinds_of(instance):
    history = history_of(type(instance))
    rows = history.objects.filter(**{instance._meta.pk.attname: instance.pk}).order_by("history_id")
    return "".join(row.history_type for row in rows)


def rows_of(model):
    return model._base_manager


def changed_by(instance, write):
    """The first column that `write` can change on this row, or None."""
    for field, another in changes(type(instance)):
        try:
            with transaction.atomic():
                value = another(getattr(instance, field.attname))
                write(instance, field, value)
                if kinds_of(instance) == "+~":
                    return field, value
        except IntegrityError:
            continue
    return None


def update(instance, field, value):
    rows_of(type(instance)).filter(pk=instance.pk).update(**{field.attname: value})


def raw_update(instance, field, value):
    stored = field.get_db_prep_save(value, connection)
    table, key = type(instance)._meta.db_table, type(instance)._meta.pk
    key_value = key.get_db_prep_save(instance.pk, connection)
    sql(f'UPDATE "{table}" SET "{field.column}" = %s WHERE "{key.column}" = %s', stored, key_value)


@every_table
def test_an_insert_is_signed(model):
    with by():
        instance = unsaved(model)
    with refused("ledger.unsigned"):
        rows_of(model).bulk_create([instance])
    with by():
        instance = saved(model)
    assert kinds_of(instance) == "+"
    row = history_of(model).objects.get(**{model._meta.pk.attname: instance.pk})
    assert (row.history_actor, row.history_change_reason) == (ANN.name, "probe.tried")


@every_table
@pytest.mark.parametrize("write", [update, raw_update])
def test_an_update_is_signed(model, write):
    with by():
        instance = saved(model)
        with transaction.atomic():
            change = changed_by(instance, write)
    if model._meta.label_lower in WRITE_ONCE:
        assert change is None
        return
    assert change, f"no column of {model._meta.label} can change: add it to WRITE_ONCE or HELP in tests/ledger/rows.py"
    assert kinds_of(instance) == "+~"
    field, value = change
    with by():
        another = dict(changes(model))[field](value)
    with refused("ledger.unsigned"):
        write(instance, field, another)
    assert kinds_of(instance) == "+~"


@every_table
def test_a_delete_is_signed_or_refused(model):
    with by():
        instance = saved(model)
    deletable = declaration_of(model).deletable
    with refused("ledger.unsigned" if deletable else "ledger.deletion"):
        rows_of(model).filter(pk=instance.pk)._raw_delete("default")
    if not deletable:
        with by(), refused("ledger.deletion"):
            rows_of(model).filter(pk=instance.pk)._raw_delete("default")
        return
    with by():
        rows_of(model).filter(pk=instance.pk)._raw_delete("default")
    assert kinds_of(instance) == "+-"


def test_the_triggers_are_what_they_should_be():
    assert outdated() == []


def test_every_table_of_the_house_is_tracked_or_known_not_to_be():
    untracked = {
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(("casemgmt.", "complaints.", "policies."))
        and not hasattr(model, "instance_type")
        and declaration_of(model) is None
    }
    assert untracked <= UNTRACKED, f"no history, and no reason why: {untracked - UNTRACKED}"


# Tables of the house without history, each with its reason.
UNTRACKED = {
    "privacy.personkey",  # deleted by an erasure, and nothing may remember a key
    "privacy.accessevent",  # a record itself, append-only
    "complaints.evidencecheck",  # what a nightly look found, and can be made again
    "adminkit.tourseen",  # which tour somebody knows, personal comfort
    "adminkit.spentformkey",  # makes a second click harmless, then goes
    "adminkit.presence",  # who has a page open, for ninety seconds
    "adminkit.listlook",  # which columns somebody likes, personal comfort
    "adminkit.savedfilter",  # a named address of a list, personal comfort
    "adminkit.export",  # a record itself, written before the file leaves
    "policies.dryrun",  # changes nothing and can be made again; what an activation rested on stands in its row
    "policies.dryrunline",  # likewise
    "complaints.bulkline",  # what a run did; the change itself stands in the history of the case
    "casemgmt.outboxmessage",  # emptied when sent
    "casemgmt.noticesettings",  # how one wants to be told, a matter of comfort
    "casemgmt.notice",  # what the reader has seen, personal to the reader
    "casemgmt.sweep",  # the diary of the machine
    "casemgmt.pulse",  # when a process was heard last
    "casemgmt.turn",  # until when a worker does what one at a time may do
    "casemgmt.delivery",  # a record itself, kept for a month
    "complaints.casenumberseries",  # a counter
    "complaints.setaside",  # a poison row's quarantine, the machine's own
    "complaints.refusaldraft",  # typed so far, sealed, gone when it is proposed
    "complaints.importrow",  # staging, emptied when done
}
