"""The baseline: history rows for live rows that history does not know as they are."""

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from casemgmt.ledger.context import Signer, signed
from casemgmt.ledger.drifts import VANISHED, drift_sql, newest_sql
from casemgmt.ledger.engines import triggers_for
from casemgmt.ledger.expressions import quoted
from casemgmt.ledger.tables import Table, tables_now

RECONCILER = Signer("ledger")


def reconcile(using: str = DEFAULT_DB_ALIAS) -> int:
    """Write the missing history rows, signed as what they are, and return how many.

    It adopts rows that stood before their history did, and names what went past the triggers during a migration.
    The second time there is nothing to write.
    """
    connection = connections[using]
    with signed(by=RECONCILER, reason="ledger.reconciled", source="migration"):
        return sum(_reconcile_table(connection, table) for table in tables_now(connection))


def _reconcile_table(connection, table: Table) -> int:
    drifted = drift_sql(connection, table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({drifted}) d")
        (missing,) = cursor.fetchone()
    if missing:
        with transaction.atomic(using=connection.alias), triggers_for(connection).history_open(connection, table):
            _write(connection, table, drifted)
    return missing


def _write(connection, table: Table, drifted: str) -> None:
    origin = triggers_for(connection).ORIGIN_OF_RECONCILER
    columns = ", ".join(map(quoted, (*table.tracked, "history_type", *origin)))
    values = ", ".join((*(f"r.{quoted(column)}" for column in table.tracked), "d.kind", *origin.values()))
    key = quoted(table.key)
    with connection.cursor() as cursor:
        # Rows that are gone first: what they were is only in history.
        for rows, kind in ((f"({newest_sql(table)})", "="), (quoted(table.name), "<>")):
            cursor.execute(
                f"INSERT INTO {quoted(table.history)} ({columns}) SELECT {values} FROM {rows} r"
                f" JOIN ({drifted}) d ON d.{key} = r.{key} WHERE d.kind {kind} '{VANISHED}'"
            )
