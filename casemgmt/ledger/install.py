"""Triggers on, off, compared and put back; and the baseline for rows that history does not know yet."""

from collections.abc import Callable, Iterable

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from casemgmt.ledger.engines import triggers_for
from casemgmt.ledger.tables import Table, tables_now


def install(using: str = DEFAULT_DB_ALIAS, tables: Iterable[Table] | None = None) -> list[str]:
    """Make the triggers what they should be and return the names of those that were touched.

    Only what differs is replaced, because replacing a trigger locks its table.
    `tables` fits them to the middle of a migration.
    """
    connection = connections[using]
    triggers = triggers_for(connection)
    expected = triggers.expected(connection, tables_now(connection) if tables is None else tables)
    present = triggers.present(connection)
    wanted = [name for name, definition in expected.items() if present.get(name) != definition]
    obsolete = [name for name in present if name not in expected]
    with transaction.atomic(using=using):
        for name in obsolete:
            triggers.take(connection, name)
        for name in wanted:
            triggers.put(connection, name, expected[name])
    return obsolete + wanted


def uninstall(using: str = DEFAULT_DB_ALIAS, only: Callable[[str], bool] = bool) -> None:
    """Take the triggers off: all of them, or those whose name `only` accepts."""
    connection = connections[using]
    triggers = triggers_for(connection)
    with transaction.atomic(using=using):
        for name in triggers.present(connection):
            if only(name):
                triggers.take(connection, name)


def outdated(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of triggers that are missing, changed, switched off or left over; empty when all is well."""
    connection = connections[using]
    triggers = triggers_for(connection)
    expected = triggers.expected(connection, tables_now(connection))
    present = triggers.present(connection)
    return sorted(name for name in expected.keys() | present.keys() if expected.get(name) != present.get(name))
