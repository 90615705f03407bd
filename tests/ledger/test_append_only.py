"""History takes rows from the triggers alone and gives none back (O5, O7, O13)."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from simple_history.utils import update_change_reason

from casemgmt.ledger import Refused
from casemgmt.ledger.install import outdated
from tests.ledger.acting import by, kinds, refused, sql
from tests.ledger.probe.models import Tag

pytestmark = [pytest.mark.django_db, pytest.mark.unsigned]
HISTORY = Tag.history.model
APPEND_ONLY = "ledger.append_only"


@pytest.fixture
def tag():
    with by():
        return Tag.objects.create(name="t")


def forge(**changes):
    values = {
        "id": 1,
        "name": "forged",
        "history_type": "+",
        "history_actor": "nobody",
        "history_change_reason": "x",
        "history_source": "x",
        "history_login": "x",
        "history_date": timezone.now(),
        "history_at": timezone.now(),
    }
    return HISTORY(**values | changes)


COLUMNS = (
    "id, name, history_type, history_actor, history_change_reason, history_source, history_login,"
    " history_date, history_at, history_request, history_user_id"
)
VALUES = "1, 'x', '+', 'a', 'r', 's', 'l', '2026-01-01', '2026-01-01', '', ''"
TOUCHES = [
    lambda: HISTORY.objects.update(history_actor="someone else"),
    lambda: HISTORY.objects.all().delete(),
    lambda: HISTORY.objects.all()._raw_delete("default"),
    lambda: HISTORY.objects.get().delete(),
    lambda: forge().save(),
    lambda: HISTORY.objects.bulk_create([forge()]),
    lambda: HISTORY.objects.bulk_create(
        [forge(history_id=HISTORY.objects.get().pk)],
        update_conflicts=True,
        unique_fields=["history_id"],
        update_fields=["name"],
    ),
    lambda: sql(f"INSERT INTO probe_historicaltag ({COLUMNS}) VALUES ({VALUES})"),
    lambda: sql("UPDATE probe_historicaltag SET name = 'x'"),
    lambda: sql("DELETE FROM probe_historicaltag"),
    lambda: update_change_reason(Tag.objects.get(), "another"),
    pytest.param(
        lambda: sql(f"REPLACE INTO probe_historicaltag ({COLUMNS}) VALUES ({VALUES})"), marks=pytest.mark.sqlite
    ),
    pytest.param(lambda: sql("TRUNCATE probe_historicaltag"), marks=pytest.mark.postgresql),
]


@pytest.mark.parametrize("touch", TOUCHES)
@pytest.mark.parametrize("signature", [True, False])
def test_history_refuses_every_touch(touch, signature, tag):
    if signature:
        with by(), refused(APPEND_ONLY):
            touch()
    else:
        with refused(APPEND_ONLY):
            touch()
    assert (kinds(Tag), HISTORY.objects.get().name) == ("+", "t")


@pytest.mark.postgresql
def test_live_tables_are_not_truncated(tag):
    with by(), refused("ledger.deletion"):
        sql("TRUNCATE probe_tag CASCADE")


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_flush_is_refused_in_earnest(tag):
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert Tag.objects.exists()


def test_a_dump_with_history_is_not_loaded_back(tag, tmp_path):
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "probe.historicaltag", output=str(dump), verbosity=0)
    with by(), refused(APPEND_ONLY):
        call_command("loaddata", str(dump), verbosity=0)


def test_the_librarys_populate_writes_nothing(tag):
    call_command("populate_history", "probe.tag", verbosity=0)
    assert kinds(Tag) == "+"


@pytest.mark.sqlite
def test_a_cached_statement_is_asked_again(tag):
    statement = f"INSERT INTO probe_historicaltag ({COLUMNS}) VALUES ({VALUES})"
    for _ in range(3):
        with refused(APPEND_ONLY):
            sql(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.sqlite
def test_another_process_can_read_but_not_write(tag):
    def run(statement):
        code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute(sys.argv[2]).fetchall())"
        command = [sys.executable, "-c", code, str(connection.settings_dict["NAME"]), statement]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "t" in run("SELECT name FROM probe_tag").stdout
    for statement in (
        "INSERT INTO probe_tag (name) VALUES ('foreign')",
        "UPDATE probe_tag SET name = 'foreign'",
        "DELETE FROM probe_tag",
        f"INSERT INTO probe_historicaltag ({COLUMNS}) VALUES ({VALUES})",
    ):
        assert "no such function" in run(statement).stderr, statement
    assert "append-only" in run("UPDATE probe_historicaltag SET name = 'foreign'").stderr
    assert kinds(Tag) == "+"


@pytest.mark.postgresql
def test_replica_mode_is_no_way_around(tag):
    sql("SET LOCAL session_replication_role = replica")
    with refused("ledger.unsigned"):
        sql("INSERT INTO probe_tag (name) VALUES ('replica')")


@pytest.mark.postgresql
def test_a_temporary_table_does_not_swallow_history(tag):
    sql("CREATE TEMP TABLE probe_historicaltag (LIKE public.probe_historicaltag INCLUDING ALL)")
    with by():
        Tag.objects.update(name="u")
    assert sql("SELECT count(*) FROM public.probe_historicaltag") == [(2,)]
    sql("DROP TABLE pg_temp.probe_historicaltag")


@pytest.mark.postgresql
def test_a_writing_function_is_refused_and_not_signed_wrongly():
    sql("CREATE FUNCTION sneak() RETURNS void LANGUAGE sql AS $$INSERT INTO probe_tag (name) VALUES ('sneak')$$")
    with pytest.raises(Refused), by():
        sql("SELECT sneak()")


def test_a_dropped_trigger_is_reported(tag):
    on = " ON probe_tag" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER ledger_update_probe_tag{on}")
    assert any("ledger_update_probe_tag" in name for name in outdated())
