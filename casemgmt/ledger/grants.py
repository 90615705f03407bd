"""What the application's role may do where it does not own the tables."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

from casemgmt.ledger.expressions import quoted
from casemgmt.ledger.tables import append_only_tables, columns_in, history_of, tracked_models


def grant_to(role: str, using: str = DEFAULT_DB_ALIAS) -> None:
    """Read everything, write the live tables, and history not at all: the trigger functions write it as the owner."""
    connection = connections[using]
    read_only = {history_of(model)._meta.db_table for model in tracked_models()}
    read_only.add(MigrationRecorder.Migration._meta.db_table)
    role = quoted(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
        cursor.execute(f"GRANT USAGE ON SCHEMA {schema} TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}")
        kept = set(append_only_tables(connection))
        for table in columns_in(connection):
            rights = "SELECT, INSERT" if table in kept else "SELECT, INSERT, UPDATE, DELETE"
            rights = "SELECT" if table in read_only else rights
            cursor.execute(f"REVOKE ALL ON {quoted(table)} FROM {role}")
            cursor.execute(f"GRANT {rights} ON {quoted(table)} TO {role}")
