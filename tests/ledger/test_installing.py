"""Triggers follow migrations, failures included, and what is not as it should be is found."""

from contextlib import contextmanager

import pytest
from django.core import checks
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import DatabaseError, OperationalError, connection, connections, migrations, models, transaction
from django.db.migrations.state import ModelState, ProjectState

from casemgmt.ledger import Refused, SignedRunPython, drift
from casemgmt.ledger.checks import check_triggers
from casemgmt.ledger.health import problems, unprotected
from casemgmt.ledger.install import install, outdated, uninstall
from casemgmt.ledger.reconciling import reconcile
from casemgmt.ledger.tables import tables_now
from casemgmt.ledger.testing import flushable
from casemgmt.ledger.triggers_postgresql import LONGEST_NAME, _name
from casemgmt.ledger.watching import after_migrate, before_migrate
from tests.ledger.acting import by, kinds, refused, sql, story
from tests.ledger.probe.models import Lamp, Probe, Tag

pytestmark = [pytest.mark.unsigned, pytest.mark.django_db(transaction=True)]


def state_of(*tracked):
    state = ProjectState()
    for model in tracked:
        for each in (model, model.history.model):
            found = ModelState.from_model(each, exclude_rels=True)
            found.bases = (models.Model,)
            state.add_model(found)
    return state


def apply(state, *operations, plan=True):
    """What `migrate` does around and with one migration."""
    before_migrate(None, plan=[1] if plan else [])
    migration = migrations.Migration("changes", "probe")
    migration.operations = list(operations)
    try:
        with connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
    except DatabaseError:
        connection.close()  # a schema editor that fails on SQLite leaves its transaction open
        del connections["default"]
        raise
    finally:
        after_migrate(None)
    return state


def on_both(operation, *args, **kwargs):
    return [operation(name, *args, **kwargs) for name in ("tag", "historicaltag")]


@contextmanager
def colour():
    """The tag and its history have a column that the running code does not know."""
    state = apply(
        state_of(Tag), *on_both(migrations.AddField, "colour", models.CharField(max_length=10, default="red"))
    )
    try:
        yield state
    finally:
        names = [name for name, _ in sql_columns() if name in ("colour", "shade")]
        before_migrate(None, plan=[1])
        for name in names:
            for table in ("probe_tag", "probe_historicaltag"):
                sql(f"ALTER TABLE {table} DROP COLUMN {name}")
        after_migrate(None)


def sql_columns():
    with connection.cursor() as cursor:
        return [(column.name, column) for column in connection.introspection.get_table_description(cursor, "probe_tag")]


def whole():
    assert outdated() == []
    assert drift() == []


def add_with_colour(name, shade, column="colour"):
    sql(f"INSERT INTO probe_tag (name, {column}) VALUES (%s, %s)", name, shade)


def test_add_alter_rename_and_remove_leave_everything_whole_and_no_spurious_rows():
    with by():
        Tag.objects.create(name="t")
    with colour() as state:
        whole()
        with by():
            add_with_colour("u", "blue")
        assert sql("SELECT colour FROM probe_historicaltag ORDER BY history_id") == [("red",), ("blue",)]
        state = apply(state, *on_both(migrations.AlterField, "colour", models.TextField(default="red")))
        whole()
        state = apply(state, *on_both(migrations.RenameField, "colour", "shade"))
        whole()
        with by():
            sql("UPDATE probe_tag SET shade = 'green' WHERE name = 't'")
        state = apply(state, *on_both(migrations.RemoveField, "shade"))
        whole()
    assert (kinds(Tag, name="t"), kinds(Tag, name="u")) == ("+~", "+")


def test_a_signed_data_migration_right_after_its_column():
    with by():
        Tag.objects.create(name="t")

    def paint(apps, editor):
        apps.get_model("probe", "Tag").objects.update(colour="blue")

    operations = [
        *on_both(migrations.AddField, "colour", models.CharField(max_length=10, default="red")),
        SignedRunPython(paint, migrations.RunPython.noop, reason="tags.painted"),
    ]
    with colour() as state:
        apply(state, *on_both(migrations.RemoveField, "colour"))
        apply(state_of(Tag), *operations)
        assert story(Tag)[1:] == [("~", "migration", "tags.painted")]
        assert Tag.history.latest("history_id").history_source == "migration"
        whole()


@pytest.mark.sqlite
def test_an_unsigned_data_migration_is_put_on_record():
    with by():
        Tag.objects.create(name="t")

    def rename(apps, editor):
        apps.get_model("probe", "Tag").objects.update(name="renamed")

    apply(state_of(Tag), migrations.RunPython(rename))
    assert story(Tag)[1:] == [("~", "ledger", "ledger.reconciled")]
    whole()


@pytest.mark.postgresql
def test_an_unsigned_data_migration_is_refused():
    with by():
        Tag.objects.create(name="t")

    def rename(apps, editor):
        apps.get_model("probe", "Tag").objects.update(name="renamed")

    with pytest.raises(Refused, match="unsigned"):
        apply(state_of(Tag), migrations.RunPython(rename))
    assert Tag.objects.get().name == "t"


def test_a_state_is_renamed_off_the_diagram_by_a_migration_alone():
    with by():
        Lamp.objects.create()
        with refused("ledger.diagram"):
            Lamp.objects.update(state="dark")

    def darken(apps, editor):
        apps.get_model("probe", "Lamp").objects.update(state="dark")

    with pytest.raises(DatabaseError):
        apply(state_of(Lamp), SignedRunPython(darken, reason="x"))
    assert Lamp.objects.get().state == "off"
    apply(state_of(Lamp), SignedRunPython(darken, reason="lamps.renamed", off_diagram=True))
    assert story(Lamp)[-1] == ("~", "migration", "lamps.renamed")
    with by(), refused("ledger.diagram"):
        Lamp.objects.update(state="off")
    whole()


def test_a_signed_migration_names_its_reason_when_written():
    operation = SignedRunPython(migrations.RunPython.noop, reason="x", off_diagram=True)
    _, _, kwargs = operation.deconstruct()
    assert (kwargs["reason"], kwargs["off_diagram"]) == ("x", True)


def test_nothing_is_taken_off_when_there_is_nothing_to_migrate():
    before_migrate(None, plan=[])
    assert outdated() == []


@pytest.mark.sqlite
def test_without_the_precaution_sqlite_would_lose_triggers():
    assert outdated() == []
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        editor._remake_table(Lamp)
    assert {"ledger_insert_probe_lamp", "ledger_update_probe_lamp"} <= set(outdated())
    install()
    assert outdated() == []


def test_a_failed_migrate_puts_the_triggers_back(monkeypatch):
    def fail(self, *args, **options):
        uninstall()
        transaction.set_autocommit(False)
        raise OperationalError("in the middle of it")

    monkeypatch.setattr(migrate.Command, "handle", fail)
    with pytest.raises(OperationalError, match="in the middle"):
        call_command("migrate", verbosity=0)
    assert outdated() == []
    with refused("ledger.unsigned"):
        Tag.objects.create(name="t")


def test_a_missing_trigger_is_a_warning_and_a_problem_and_migrate_mends_it():
    assert (check_triggers(databases=["default"]), problems()) == ([], [])
    uninstall(only=lambda name: "update_probe_tag" in name)
    assert any("probe_tag" in problem for problem in problems())
    install()
    assert problems() == []


def test_the_check_warns_and_does_not_stop(monkeypatch):
    monkeypatch.setattr("casemgmt.ledger.checks._unmigrated", lambda alias: False)
    uninstall(only=lambda name: "update_probe_tag" in name)
    (warning,) = check_triggers(databases=["default"])
    assert (warning.id, warning.level) == ("ledger.W001", checks.WARNING)
    install()
    assert check_triggers(databases=["default"]) == []


@pytest.mark.sqlite
def test_a_connection_that_would_delete_unseen_is_a_problem():
    sql("PRAGMA recursive_triggers = OFF")
    assert any("recursive_triggers" in problem for problem in problems())
    sql("PRAGMA recursive_triggers = ON")
    assert unprotected()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "tampering",
    [
        "ALTER TABLE probe_tag ENABLE TRIGGER ledger_update_probe_tag",
        "ALTER TABLE probe_tag DISABLE TRIGGER ledger_update_probe_tag",
        "ALTER FUNCTION ledger_update_probe_tag() RESET search_path",
        "ALTER FUNCTION ledger_update_probe_tag() SECURITY INVOKER",
        "ALTER FUNCTION ledger_update_probe_tag() SET enable_nestloop = on",
        "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "DROP FUNCTION ledger_update_probe_tag() CASCADE",
    ],
)
def test_every_tampering_with_a_trigger_is_found_and_mended(tampering):
    sql(tampering)
    assert outdated() != []
    install()
    assert outdated() == []


def test_installing_touches_only_what_differs():
    assert install() == []
    uninstall(only=lambda name: "update_probe_tag" in name)
    assert all("probe_tag" in name for name in install())


@pytest.mark.postgresql
def test_names_longer_than_postgresql_keeps_are_told_apart():
    long = "complaints_historical" + "x" * 60
    names = {_name(long + end, "update") for end in "ab"}
    assert len(names) == 2
    assert all(len(name) <= LONGEST_NAME for name in names)


@pytest.mark.postgresql
def test_a_large_update_is_planned_for_many_rows():
    pinned = sql("SELECT proconfig FROM pg_proc WHERE proname = 'ledger_update_probe_probe'")[0][0]
    assert "enable_nestloop=off" in pinned
    with by():
        Probe.objects.create(name="one")
        for n in range(8):
            Probe.objects.update(amount=n)
        Probe.objects.bulk_create([Probe(name=f"n{n}") for n in range(5000)])
        sql("SET statement_timeout = '5s'")
        Probe.objects.update(amount=77)
        sql("RESET statement_timeout")
    assert Probe.history.filter(amount=77).count() == 5001


@pytest.mark.postgresql
def test_the_type_of_a_guarded_column_can_change():
    with transaction.atomic():
        sql("ALTER TABLE probe_probe ALTER COLUMN state TYPE text")
        sql("ALTER TABLE probe_probe ALTER COLUMN state TYPE varchar(32)")
    assert outdated() == []


def bypass(statement):
    """Write as if there were no triggers."""
    uninstall()
    sql(statement)
    install()


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE probe_tag SET name = 'other'", "~"),
        ("DELETE FROM probe_tag", "-"),
        ("INSERT INTO probe_tag (name) VALUES ('more')", "+"),
        ("DELETE FROM probe_historicaltag", "+"),
    ],
)
def test_any_bypass_is_found_and_can_be_put_on_record(statement, kind):
    with by():
        Tag.objects.create(name="t")
    assert drift() == []
    bypass(statement)
    (found,) = drift()
    assert (found.table, found.kind) == ("probe_tag", kind)
    assert reconcile() == 1
    assert (drift(), outdated(), reconcile()) == ([], [], 0)
    assert story(Tag)[-1] == (kind, "ledger", "ledger.reconciled")
    row = Tag.history.latest("history_id")
    assert row.history_at <= row.history_date


def test_the_first_adoption_writes_the_baseline():
    bypass("INSERT INTO probe_tag (name) VALUES ('old'), ('older')")
    after_migrate(None)
    assert sorted(story(Tag)) == [("+", "ledger", "ledger.reconciled")] * 2


def test_drift_reads_each_table_twice_and_not_once_for_each_row():
    with by():
        Tag.objects.bulk_create([Tag(name=f"t{n}") for n in range(3000)])
    if connection.vendor == "postgresql":
        sql("SET statement_timeout = '3s'")
    assert drift() == []
    if connection.vendor == "postgresql":
        sql("RESET statement_timeout")


def test_tests_may_flush_and_find_the_triggers_again():
    with by():
        Tag.objects.create(name="t")
    with flushable():
        call_command("flush", interactive=False, verbosity=0)
    assert (Tag.objects.count(), Tag.history.count(), outdated()) == (0, 0, [])


def test_every_tracked_model_has_its_tables():
    assert {table.name for table in tables_now(connection)} >= {"probe_tag", "probe_probe_tags", "people_person"}
