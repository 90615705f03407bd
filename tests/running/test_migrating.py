"""Tables made at once are the tables that Django's own walk makes."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.db import migrations, models

from casemgmt.migrating import creates_only

pytestmark = pytest.mark.sqlite
MIGRATE = """
import django
django.setup()
from django.db import connection
from {module} import {name}
executor = {name}(connection)
executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] in ("people", "privacy", "casemgmt")])
"""
WALK = MIGRATE.format(module="django.db.migrations.executor", name="MigrationExecutor")
AT_ONCE = MIGRATE.format(module="casemgmt.migrating", name="Executor")


def tables_made_by(program, var):
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR")}
    environment |= {"CASEMGMT_VAR": str(var), "DJANGO_SETTINGS_MODULE": "casemgmt.settings"}
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=settings.BASE_DIR, check=True)
    with closing(sqlite3.connect(var / "casemgmt.sqlite3")) as database:
        rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        return {name: shape_of(database, name, sql) for name, sql in rows.fetchall()}


def shape_of(database, table, sql):
    """Columns, references, indexes and named constraints, in whatever order they were made."""
    columns = {row[1:] for row in database.execute(f"PRAGMA table_info('{table}')")}
    references = {row[2:] for row in database.execute(f"PRAGMA foreign_key_list('{table}')")}
    indexes = {
        (unique, partial, tuple(row[2] for row in database.execute(f"PRAGMA index_info('{name}')")))
        for _number, name, unique, _origin, partial in database.execute(f"PRAGMA index_list('{table}')")
    }
    return columns, references, indexes, set(re.findall(r'CONSTRAINT "(\w+)"', sql))


def test_both_ways_make_the_same_tables(tmp_path):
    walked = tables_made_by(WALK, tmp_path / "walked")
    at_once = tables_made_by(AT_ONCE, tmp_path / "at_once")
    assert "privacy_personkey" in walked
    assert at_once == walked


@pytest.mark.parametrize(
    ("operations", "expected"),
    [
        ([migrations.CreateModel("Case", [])], True),
        ([migrations.CreateModel("Case", []), migrations.AddField("Case", "note", models.TextField())], True),
        ([migrations.AddField("Case", "note", models.TextField())], False),
        ([migrations.CreateModel("Case", []), migrations.RunSQL("SELECT 1")], False),
        ([], False),
    ],
)
def test_only_migrations_that_do_nothing_but_create_are_taken_together(operations, expected):
    migration = migrations.Migration("0001_initial", "cases")
    migration.operations = operations
    assert creates_only(migration) is expected
