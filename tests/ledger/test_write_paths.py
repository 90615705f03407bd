"""Every way to write one row leaves exactly one history row when signed, and is refused when not."""

import json

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from casemgmt.ledger import bind
from tests.ledger.acting import ANN, by, kinds, refused, sql, story
from tests.ledger.probe.models import Probe

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]
UNSIGNED = "ledger.unsigned"
TABLE = Probe._meta.db_table
COLUMNS = "name, amount, scratch, state, mood"


@pytest.fixture
def probe():
    with by(reason="made"):
        return Probe.objects.create(name="p", amount=1)


def save(probe):
    probe.amount = 2
    probe.save()


def save_update_fields(probe):
    probe.amount = 2
    probe.save(update_fields=["amount"])


def queryset_update(probe):
    Probe.objects.filter(pk=probe.pk).update(amount=2)


def expression(probe):
    Probe.objects.update(amount=F("amount") + 1)


def bulk_update(probe):
    probe.amount = 2
    Probe.objects.bulk_update([probe], ["amount"])


def upsert_on_unique(probe):
    Probe.objects.bulk_create(
        [Probe(name="p", amount=2)], update_conflicts=True, unique_fields=["name"], update_fields=["amount"]
    )


def upsert_on_pk(probe):
    Probe.objects.bulk_create(
        [Probe(pk=probe.pk, name="p", amount=2)], update_conflicts=True, unique_fields=["id"], update_fields=["amount"]
    )


def update_or_create(probe):
    Probe.objects.update_or_create(name="p", defaults={"amount": 2})


def raw_sql(probe):
    sql(f"UPDATE {TABLE} SET amount = %s WHERE id = %s", 2, probe.pk)


def commented_sql(probe):
    sql(f"/* why */ -- not\n UPDATE {TABLE} SET amount = 2")


def cte(probe):
    sql(f"WITH two AS (SELECT 2 AS n) UPDATE {TABLE} SET amount = (SELECT n FROM two)")


def executemany(probe):
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {TABLE} SET amount = %s WHERE id = %s", [(2, probe.pk), (2, -1)])


def save_base_raw(probe):
    probe.amount = 2
    probe.save_base(raw=True)


def loaddata(probe, tmp_path):
    fixture = json.loads(serializers.serialize("json", [probe]))
    fixture[0]["fields"]["amount"] = 2
    path = tmp_path / "fixture.json"
    path.write_text(json.dumps(fixture))
    call_command("loaddata", str(path), verbosity=0)


def save_without_historical_record(probe):
    probe.amount = 2
    probe.save_without_historical_record()


def skip_history_when_saving(probe):
    probe.skip_history_when_saving = True
    save(probe)


def with_history_in_bulk(probe):
    probe.amount = 2
    bulk_update_with_history([probe], Probe, ["amount"])


def merge(probe):
    sql(f"MERGE INTO {TABLE} p USING (SELECT 2 AS n) s ON p.name = 'p' WHEN MATCHED THEN UPDATE SET amount = s.n")


def writable_cte(probe):
    sql(f"WITH moved AS (UPDATE {TABLE} SET amount = 2 RETURNING id) SELECT count(*) FROM moved")


def update_or_replace(probe):
    sql(f"UPDATE OR REPLACE {TABLE} SET amount = 2 WHERE id = %s", probe.pk)


UPDATES = [
    save,
    save_update_fields,
    queryset_update,
    expression,
    bulk_update,
    upsert_on_unique,
    upsert_on_pk,
    update_or_create,
    raw_sql,
    commented_sql,
    cte,
    executemany,
    save_base_raw,
    loaddata,
    save_without_historical_record,
    skip_history_when_saving,
    with_history_in_bulk,
    pytest.param(merge, marks=pytest.mark.postgresql),
    pytest.param(writable_cte, marks=pytest.mark.postgresql),
    pytest.param(update_or_replace, marks=pytest.mark.sqlite),
]


def called(path, probe, tmp_path):
    return path(probe, tmp_path) if path is loaddata else path(probe)


@pytest.mark.parametrize("path", UPDATES)
def test_an_update_leaves_one_row(path, probe, tmp_path):
    with by():
        called(path, probe, tmp_path)
    assert story(Probe) == [("+", ANN.name, "made"), ("~", ANN.name, "probe.tried")]
    last = Probe.history.latest("history_id")
    assert (last.amount, last.prev_record.amount, last.history_user_id) == (2, 1, "7")


@pytest.mark.parametrize("path", UPDATES)
def test_an_unsigned_update_is_refused(path, probe, tmp_path):
    with refused(UNSIGNED):
        called(path, probe, tmp_path)
    assert (Probe.objects.get().amount, kinds(Probe)) == (1, "+")


def create():
    Probe.objects.create(name="new")


def bulk_create():
    Probe.objects.bulk_create([Probe(name="new")])


def bulk_create_ignoring():
    Probe.objects.bulk_create([Probe(name="new")], ignore_conflicts=True)


def get_or_create():
    Probe.objects.get_or_create(name="new")


def create_with_history():
    bulk_create_with_history([Probe(name="new")], Probe)


def raw_insert():
    sql(f"INSERT INTO {TABLE} ({COLUMNS}) VALUES ('new', 0, '', 'new', 0)")


def insert_or_replace():
    sql(f"INSERT OR REPLACE INTO {TABLE} ({COLUMNS}) VALUES ('new', 0, '', 'new', 0)")


def copy_in():
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({COLUMNS}) FROM STDIN") as to:
        to.write_row(("new", 0, "", "new", 0))


def copy():
    bind(connection)
    copy_in()


CREATIONS = [
    create,
    bulk_create,
    bulk_create_ignoring,
    get_or_create,
    create_with_history,
    raw_insert,
    pytest.param(insert_or_replace, marks=pytest.mark.sqlite),
]


@pytest.mark.parametrize("path", [*CREATIONS, pytest.param(copy, marks=pytest.mark.postgresql)])
def test_a_creation_leaves_one_row(path):
    with by():
        path()
    assert story(Probe) == [("+", ANN.name, "probe.tried")]
    assert Probe.history.get().id == Probe.objects.get().pk


@pytest.mark.parametrize("path", CREATIONS)
def test_an_unsigned_creation_is_refused(path):
    with refused(UNSIGNED):
        path()
    assert (Probe.objects.count(), Probe.history.count()) == (0, 0)


@pytest.mark.postgresql
def test_copy_without_binding_is_refused():
    with pytest.raises(Exception, match=r"ledger\.unsigned"), by():
        copy_in()


def test_an_ignored_conflict_leaves_no_row(probe):
    with by():
        Probe.objects.bulk_create([Probe(name="p", amount=5)], ignore_conflicts=True)
    assert (Probe.objects.get().amount, kinds(Probe)) == (1, "+")
