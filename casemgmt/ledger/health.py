"""What the ledger cannot promise right now, for /healthz."""

from django.db import DEFAULT_DB_ALIAS, connections

from casemgmt.ledger.install import outdated


def problems(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """One line for each thing that is missing; empty when the database guards everything. Costs a few milliseconds."""
    found = [f"ledger: trigger {name} is not what it should be; run migrate" for name in outdated(using)]
    connection = connections[using]
    if connection.vendor == "sqlite" and not _recursive_triggers(connection):
        found.append("ledger: recursive_triggers is off, REPLACE would delete unseen; reopen the connection")
    return found


def unprotected(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """What this installation does not protect against by its setup. Not a fault: one role for everything must work."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        return ["ledger: whoever can write the database file can drop the triggers; drift and backups show it"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
            " AND pg_has_role(current_user, relowner, 'MEMBER')"
        )
        (owned,) = cursor.fetchone()
    if not owned:
        return []
    return ["ledger: the application owns its tables and can drop the triggers; see DATABASE_OWNER_URL"]


def _recursive_triggers(connection) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers")
        return bool(cursor.fetchone()[0])
