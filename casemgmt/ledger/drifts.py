"""Whether every live row still equals its last history row: finds any bypass, whatever it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections

from casemgmt.ledger.engines import triggers_for
from casemgmt.ledger.expressions import quoted
from casemgmt.ledger.tables import Table, tables_now

UNRECORDED, DIFFERENT, VANISHED = "+", "~", "-"


@dataclass(frozen=True, slots=True)
class Drifted:
    """A row that history does not know as it is. `kind` is the history row that is missing: '+', '~' or '-'."""

    table: str
    key: object
    kind: str


def drift(using: str = DEFAULT_DB_ALIAS) -> list[Drifted]:
    """Every row of every tracked table that differs from its last history row; empty when all is well.

    Reads whole tables: about a second for each 200,000 rows. For the night, the check after a restore, tests.
    """
    connection = connections[using]
    return [row for table in tables_now(connection) for row in drift_in(connection, table)]


def drift_in(connection, table: Table) -> Iterator[Drifted]:
    """The drift of one table."""
    with connection.cursor() as cursor:
        cursor.execute(drift_sql(connection, table))
        for key, kind in cursor.fetchall():
            yield Drifted(table.name, key, kind)


def newest_sql(table: Table) -> str:
    """The last history row of each object."""
    key, history = quoted(table.key), quoted(table.history)
    newest = f"SELECT {key}, max(history_id) AS newest FROM {history} GROUP BY {key}"
    return f"SELECT h.* FROM {history} h JOIN ({newest}) m ON m.newest = h.history_id"


def drift_sql(connection, table: Table) -> str:
    """Joined with the newest history row of each object; correlated subqueries did not finish in minutes."""
    key, differs = quoted(table.key), triggers_for(connection).DIALECT.differs
    last = newest_sql(table)
    columns = " OR ".join(f"live.{quoted(c)} {differs} past.{quoted(c)}" for c in table.tracked if c != table.key)
    unknown = f"past.{key} IS NULL OR past.history_type = '-'"
    return (
        f"SELECT live.{key}, CASE WHEN {unknown} THEN '{UNRECORDED}' ELSE '{DIFFERENT}' END AS kind"
        f" FROM {quoted(table.name)} live LEFT JOIN ({last}) past ON past.{key} = live.{key}"
        f" WHERE {unknown} OR {columns or 'FALSE'}"
        f" UNION ALL SELECT past.{key}, '{VANISHED}' FROM ({last}) past"
        f" LEFT JOIN {quoted(table.name)} live ON live.{key} = past.{key}"
        f" WHERE live.{key} IS NULL AND past.history_type <> '-'"
    )
