"""PostgreSQL with two roles: the application's cannot touch history, triggers or functions (O13)."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from casemgmt.ledger.grants import grant_to
from casemgmt.ledger.health import unprotected
from tests.ledger.acting import by, kinds, sql
from tests.ledger.probe.models import Tag

pytestmark = [pytest.mark.unsigned, pytest.mark.django_db, pytest.mark.postgresql]


@pytest.fixture
def application():
    """From here on the connection speaks as the application's role."""
    sql("CREATE ROLE casemgmt_app")
    grant_to("casemgmt_app")
    sql("SET LOCAL SESSION AUTHORIZATION casemgmt_app")
    yield
    sql("RESET SESSION AUTHORIZATION")


def test_the_application_works_as_usual(application):
    with by():
        tag = Tag.objects.create(name="t")
        Tag.objects.update(name="u")
        tag.delete()
    assert kinds(Tag) == "+~-"
    assert set(Tag.history.values_list("history_login", flat=True)) == {"casemgmt_app"}
    assert unprotected() == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO probe_historicaltag (id) VALUES (1)",
        "UPDATE probe_historicaltag SET name = 'x'",
        "DELETE FROM probe_historicaltag",
        "TRUNCATE probe_historicaltag",
        "TRUNCATE probe_tag",
        "ALTER TABLE probe_tag DISABLE TRIGGER ALL",
        "ALTER TABLE probe_tag RENAME TO probe_gone",
        "SET session_replication_role = replica",
        "DROP TRIGGER ledger_update_probe_tag ON probe_tag",
        "DROP TABLE probe_historicaltag",
        "CREATE OR REPLACE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER SCHEMA public RENAME TO gone",
    ],
)
def test_the_application_cannot_reach_around_the_triggers(application, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner|append-only"), transaction.atomic():
        sql(statement)


def test_one_role_for_everything_works_and_health_says_what_it_costs():
    assert unprotected() != []


def test_migrate_connects_as_the_owner_and_grants(settings, monkeypatch):
    granted = []
    monkeypatch.setattr("casemgmt.management.commands.migrate.grant_to", lambda role, using: granted.append(role))
    monkeypatch.setattr("django.core.management.commands.migrate.Command.handle", lambda self, *args, **options: None)
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    monkeypatch.setitem(connection.settings_dict, "USER", "casemgmt_app")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "")
    settings.DATABASE_OWNER = dict(connection.settings_dict) | {"USER": "casemgmt_owner"}
    call_command("migrate", verbosity=0)
    assert granted == ["casemgmt_app"]
    assert connection.settings_dict["USER"] == "casemgmt_owner"
