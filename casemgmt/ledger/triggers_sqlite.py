"""SQLite: row triggers that call back into this process to learn who signs; another process fails closed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from casemgmt.ledger import refusals
from casemgmt.ledger.expressions import Dialect, RowSql, literal, quoted
from casemgmt.ledger.functions_sqlite import SIGNED, UNSIGNED, allow_as_usual, allow_everything
from casemgmt.ledger.tables import Table, append_only_tables

DIALECT = Dialect(
    new_row="NEW",
    old_row="OLD",
    differs="IS NOT",
    sha256=lambda expression: f"ledger_sha256({expression})",
    signer="ledger_user_id()",
)
# Column by column what a history row says of its origin; asking for the standing has settled it.
_ORIGIN = {
    "history_date": "ledger_written()",
    "history_at": "ledger_at()",
    "history_user_id": "ledger_user_id()",
    "history_actor": "ledger_actor()",
    "history_change_reason": "ledger_reason()",
    "history_request": "ledger_request()",
    "history_source": "ledger_source()",
    "history_login": "ledger_login()",
}
ORIGIN_OF_RECONCILER = _ORIGIN

Definitions = dict[str, str]


def expected(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> Definitions:
    """Every trigger that should be there, by name."""
    found: Definitions = {}
    for table in tables:
        sql = RowSql(table, DIALECT)
        for name, definition in [*_live(table, sql), *_historical(table)]:
            found[name] = definition
    for name in append_only_tables(connection):
        found.update(_kept(name, verb) for verb in ("update", "delete"))
    return found


def present(connection: BaseDatabaseWrapper) -> Definitions:
    """Every trigger of ours that is there, by name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'ledger_*'")
        return dict(cursor.fetchall())


def put(connection: BaseDatabaseWrapper, name: str, definition: str) -> None:
    """Create or replace one trigger."""
    take(connection, name)
    connection.connection.execute(definition)


def take(connection: BaseDatabaseWrapper, name: str) -> None:
    """Drop one trigger."""
    connection.connection.execute(f"DROP TRIGGER IF EXISTS {quoted(name)}")


@contextmanager
def history_open(connection: BaseDatabaseWrapper, table: Table) -> Iterator[None]:
    """Let the reconciler write history itself, in the name of the current signature."""
    allow_everything(connection)
    connection.connection.execute("SELECT ledger_standing()")
    try:
        yield
    finally:
        allow_as_usual(connection)


def let_flush(connection: BaseDatabaseWrapper) -> None:
    """For tests: let rows be deleted until the next install, which is how SQLite empties a table."""
    for name in present(connection):
        if name.startswith("ledger_delete_"):
            take(connection, name)


def _live(table: Table, sql: RowSql) -> Iterator[tuple[str, str]]:
    yield _trigger(table, "insert", [_ask(table, refusals.refusals_of_insert(sql)), *_record(table, "+", "NEW")])
    changed = sql.tracked_changed()
    key = f"NEW.{quoted(table.key)} IS NOT OLD.{quoted(table.key)}"
    lost = refusals.Refusal(refusals.identity(table.name), key)
    asked = _ask(table, [lost, *refusals.refusals_of_update(sql)])
    yield _trigger(table, "update", [asked, *_record(table, "~", "NEW")], when=f" WHEN {changed}")
    guards = list(refusals.guards(sql, "update"))
    if guards and set(table.columns) - set(table.tracked):
        # Columns outside history change unsigned and unrecorded, but not past the guards.
        yield _trigger(table, "update", [_refuse(guards)], when=f" WHEN NOT {changed}", name="ledger_guard")
    if table.deletable:
        body = [_ask(table, refusals.refusals_of_delete(sql)), *_record(table, "-", "OLD")]
    else:
        body = [f"SELECT RAISE(ABORT, {literal(refusals.deletion(table.name))})"]
    yield _trigger(table, "delete", body)


def _trigger(table: Table, verb: str, body: list[str], when: str = "", name: str = "") -> tuple[str, str]:
    name = f"{name or f'ledger_{verb}'}_{table.name}"
    statements = ";\n  ".join(body)
    head = f"CREATE TRIGGER {quoted(name)} AFTER {verb.upper()} ON {quoted(table.name)} FOR EACH ROW{when}"
    return name, f"{head} BEGIN\n  {statements};\nEND"


def _ask(table: Table, found: Iterable[refusals.Refusal]) -> str:
    """All questions in one statement, the signature first: each statement of a trigger costs as much as a row."""
    unsigned, later = literal(refusals.unsigned(table.name)), literal(refusals.future(table.name))
    signature = (
        f"WHEN ledger_standing() <> {SIGNED} THEN"
        f" CASE ledger_standing() WHEN {UNSIGNED} THEN RAISE(ABORT, {unsigned}) ELSE RAISE(ABORT, {later}) END"
    )
    return _refuse(found, signature)


def _refuse(found: Iterable[refusals.Refusal], *before: str) -> str:
    cases = [f"WHEN ({each.condition}) IS NOT FALSE THEN RAISE(ABORT, {literal(each.text)})" for each in found]
    return "SELECT CASE\n    " + "\n    ".join([*before, *cases]) + " END"


def _record(table: Table, kind: str, row: str) -> list[str]:
    columns = ", ".join(map(quoted, (*table.tracked, "history_type", *_ORIGIN)))
    values = ", ".join((*(f"{row}.{quoted(column)}" for column in table.tracked), literal(kind), *_ORIGIN.values()))
    # VALUES, because SELECT into a table with a trigger of its own opens a temporary table a row.
    # INSERT OR IGNORE overrides the conflict rule inside triggers, so the row is counted.
    return [
        f"INSERT INTO {quoted(table.history)} ({columns}) VALUES ({values})",
        f"SELECT CASE WHEN changes() <> 1 THEN RAISE(ABORT, {literal(refusals.unrecorded(table.name))}) END",
    ]


def _historical(table: Table) -> Iterator[tuple[str, str]]:
    """Own connections are held by the authorizer; others cannot compile a statement with a function they lack.

    That the function is named in the trigger is enough: it is never called. AFTER, because BEFORE works out
    every value of the row a second time.
    """
    yield _kept(table.history, "insert", moment="AFTER", when=" WHEN 0", body="SELECT ledger_foreign()")
    yield _kept(table.history, "update")
    yield _kept(table.history, "delete")


def _kept(table: str, verb: str, moment: str = "BEFORE", when: str = "", body: str = "") -> tuple[str, str]:
    name = f"ledger_{verb}_{table}"
    head = f"CREATE TRIGGER {quoted(name)} {moment} {verb.upper()} ON {quoted(table)} FOR EACH ROW{when}"
    return name, f"{head} BEGIN\n  {body or f'SELECT RAISE(ABORT, {literal(refusals.append_only(table))})'};\nEND"
