"""PostgreSQL: statement triggers over transition tables, so that a sweep of 10,000 rows is still one statement."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import truncate_name

from casemgmt.ledger import refusals
from casemgmt.ledger.binding import SETTING
from casemgmt.ledger.expressions import Dialect, RowSql, literal, quoted
from casemgmt.ledger.tables import Table, append_only_tables

LONGEST_NAME = 63  # PostgreSQL cuts longer names without a word
CLOCK_TOLERANCE = "interval '5 seconds'"
DIALECT = Dialect(
    new_row="n",
    old_row="o",
    differs="IS DISTINCT FROM",
    sha256=lambda expression: f"encode(sha256(convert_to({expression}, 'UTF8')), 'hex')",
    signer="(ledger_signature ->> 'user_id')",
)
_ORIGIN = {
    "history_date": "ledger_written",
    "history_at": "COALESCE(LEAST(ledger_happened, ledger_written), ledger_written)",
    "history_user_id": "ledger_signature ->> 'user_id'",
    "history_actor": "ledger_signature ->> 'actor'",
    "history_change_reason": "ledger_signature ->> 'reason'",
    "history_request": "ledger_signature ->> 'request'",
    "history_source": "ledger_signature ->> 'source'",
    "history_login": "session_user",
}
_SIGNATURE = f"current_setting({literal(SETTING)})::jsonb"
ORIGIN_OF_RECONCILER = {column: value.replace("ledger_signature", _SIGNATURE) for column, value in _ORIGIN.items()} | {
    "history_date": "clock_timestamp()",
    "history_at": "now()",
}
# Bits of pg_trigger.tgtype.
_BEFORE, _TYPES = 2, {"INSERT": 4, "DELETE": 8, "UPDATE": 16, "TRUNCATE": 32}
_APPEND_ONLY = """
BEGIN
  IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION USING ERRCODE = '23000',
    MESSAGE = 'ledger refuses [ledger.append_only] ' || TG_TABLE_NAME
      || ' is append-only and written by triggers alone';
END
"""
_STAYS = """
BEGIN
  RAISE EXCEPTION USING ERRCODE = '23000',
    MESSAGE = 'ledger refuses [ledger.deletion] rows of ' || TG_TABLE_NAME || ' are never deleted';
END
"""


@dataclass(frozen=True, slots=True)
class Function:
    """A trigger function, compared by its body and by what it pins."""

    body: str
    pins: tuple[str, ...]
    definer: bool = True


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger, compared by all that it is. `enabled` is 'A', always, so that replica mode is no way around."""

    table: str
    function: str
    events: int
    old_rows: str | None = None
    new_rows: str | None = None
    enabled: str = "A"
    conditions: bool = False


Definitions = dict[str, Function | Trigger]


def expected(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> Definitions:
    """Every function ("name()") and trigger ("table.name") that should be there; functions come first."""
    pins = _pins(connection)
    functions: Definitions = {}
    triggers: Definitions = {}
    for table in tables:
        for verb, body in _bodies(table):
            name = _name(table.name, verb)
            functions[f"{name}()"] = Function(body, pins)
            triggers[f"{table.name}.{name}"] = _over_transition(table.name, name, verb)
        functions["ledger_append_only()"] = Function(_APPEND_ONLY, pins)
        functions["ledger_stays()"] = Function(_STAYS, pins)
        truncate = _BEFORE | _TYPES["TRUNCATE"]
        touch = _BEFORE | _TYPES["INSERT"] | _TYPES["UPDATE"] | _TYPES["DELETE"]
        for on, verb, function, events in (
            (table.name, "truncate", "ledger_stays", truncate),
            (table.history, "truncate", "ledger_append_only", truncate),
            (table.history, "touch", "ledger_append_only", touch),
        ):
            triggers[f"{on}.{_name(on, verb)}"] = Trigger(on, function, events)
    for name in append_only_tables(connection):
        functions["ledger_append_only()"] = Function(_APPEND_ONLY, pins)
        for verb, events in (
            ("truncate", _BEFORE | _TYPES["TRUNCATE"]),
            ("touch", _BEFORE | _TYPES["UPDATE"] | _TYPES["DELETE"]),
        ):
            triggers[f"{name}.{_name(name, verb)}"] = Trigger(name, "ledger_append_only", events)
    return functions | triggers


def present(connection: BaseDatabaseWrapper) -> Definitions:
    """Every function and trigger of ours that is there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc, proconfig, prosecdef FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace AND proname LIKE 'ledger\\_%%'"
            " AND prorettype = 'trigger'::regtype"
        )
        found: Definitions = {f"{n}()": Function(src, tuple(pins or ()), definer) for n, src, pins, definer in cursor}
        cursor.execute(
            "SELECT c.relname, t.tgname, p.proname, t.tgtype, t.tgoldtable, t.tgnewtable, t.tgenabled,"
            " t.tgqual IS NOT NULL OR t.tgattr::text <> ''"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE 'ledger\\_%%'"
            " AND NOT t.tgisinternal"
        )
        for table, name, function, events, old_rows, new_rows, enabled, conditions in cursor:
            found[f"{table}.{name}"] = Trigger(table, function, events, old_rows, new_rows, enabled, conditions)
    return found


def put(connection: BaseDatabaseWrapper, name: str, definition: Function | Trigger) -> None:
    """Create or replace one function or trigger. A function is replaced without locking its table."""
    with connection.cursor() as cursor:
        if isinstance(definition, Function):
            cursor.execute(_create_function(name, definition))
            return
        take(connection, name)
        trigger = quoted(name.partition(".")[2])
        cursor.execute(_create_trigger(trigger, definition))
        cursor.execute(f"ALTER TABLE {quoted(definition.table)} ENABLE ALWAYS TRIGGER {trigger}")


def take(connection: BaseDatabaseWrapper, name: str) -> None:
    """Drop one function or trigger; a function takes along what still calls it."""
    with connection.cursor() as cursor:
        if name.endswith("()"):
            cursor.execute(f"DROP FUNCTION IF EXISTS {quoted(name[:-2])}() CASCADE")
        else:
            table, _, trigger = name.partition(".")
            cursor.execute(f"DROP TRIGGER IF EXISTS {quoted(trigger)} ON {quoted(table)}")


@contextmanager
def history_open(connection: BaseDatabaseWrapper, table: Table) -> Iterator[None]:
    """Let the reconciler write history itself, which only the owner of the table can."""
    name = quoted(_name(table.history, "touch"))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {quoted(table.history)} DISABLE TRIGGER {name}")
        yield
        cursor.execute(f"ALTER TABLE {quoted(table.history)} ENABLE ALWAYS TRIGGER {name}")


def let_flush(connection: BaseDatabaseWrapper) -> None:
    """For tests: let TRUNCATE pass until the next install, by replacing two functions and touching no table."""
    pins = _pins(connection)
    for name in ("ledger_append_only()", "ledger_stays()"):
        put(connection, name, Function("BEGIN RETURN NULL; END", pins))


def _pins(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        (schema,) = cursor.fetchone()
    # A session's own temporary tables come last, or they could swallow the history rows. The plan is made
    # once for one row; without nested loops it also serves ten thousand.
    return (f"search_path={schema}, pg_temp", "enable_nestloop=off")


def _name(table: str, verb: str) -> str:
    return truncate_name(f"ledger_{verb}_{table}", LONGEST_NAME)


def _over_transition(table: str, function: str, verb: str) -> Trigger:
    old_rows = None if verb == "insert" else "old_rows"
    new_rows = None if verb == "delete" else "new_rows"
    return Trigger(table, function, _TYPES[verb.upper()], old_rows, new_rows)


def _create_function(name: str, function: Function) -> str:
    pins = "".join(f" SET {pin.replace('=', ' = ', 1)}" for pin in function.pins)
    definer = " SECURITY DEFINER" if function.definer else ""
    return (
        f"CREATE OR REPLACE FUNCTION {quoted(name[:-2])}() RETURNS trigger LANGUAGE plpgsql{definer}{pins}"
        f" AS $ledger${function.body}$ledger$"
    )


def _create_trigger(trigger: str, definition: Trigger) -> str:
    events = " OR ".join(verb for verb, bit in _TYPES.items() if definition.events & bit)
    when = "BEFORE" if definition.events & _BEFORE else "AFTER"
    rows = [
        f"{kind} TABLE AS {name}"
        for kind, name in (("OLD", definition.old_rows), ("NEW", definition.new_rows))
        if name is not None
    ]
    referencing = f" REFERENCING {' '.join(rows)}" if rows else ""
    return (
        f"CREATE TRIGGER {trigger} {when} {events} ON {quoted(definition.table)}{referencing}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {quoted(definition.function)}()"
    )


def _bodies(table: Table) -> Iterator[tuple[str, str]]:
    sql = RowSql(table, DIALECT)
    key = quoted(table.key)
    both = f"new_rows n JOIN old_rows o ON o.{key} = n.{key}"
    lost = refusals.Refusal(refusals.identity(table.name), f"o.{key} IS NULL")
    either = f"new_rows n LEFT JOIN old_rows o ON o.{key} = n.{key}"
    changed = sql.tracked_changed()
    yield (
        "insert",
        _body(
            table,
            signed_if="SELECT FROM new_rows",
            refused=_first_of(refusals.refusals_of_insert(sql), "new_rows n"),
            record=_record(table, "+", "n", "new_rows n"),
        ),
    )
    yield (
        "update",
        _body(
            table,
            signed_if=f"SELECT FROM {both} WHERE {changed}",
            refused=_first_of([lost, *refusals.refusals_of_update(sql)], either),
            record=_record(table, "~", "n", f"{both} WHERE {changed}"),
        ),
    )
    if not table.deletable:
        yield "delete", _never(table)
        return
    yield (
        "delete",
        _body(
            table,
            signed_if="SELECT FROM old_rows",
            refused=_first_of(refusals.refusals_of_delete(sql), "old_rows o"),
            record=_record(table, "-", "o", "old_rows o"),
        ),
    )


def _body(table: Table, signed_if: str, refused: str, record: str) -> str:
    # A setting reads '' instead of NULL after its first transaction.
    return f"""
DECLARE
  ledger_signature jsonb := nullif(current_setting({literal(SETTING)}, true), '')::jsonb;
  ledger_happened timestamptz := (ledger_signature ->> 'at')::timestamptz;
  ledger_refusal text;
BEGIN
  IF ledger_signature IS NULL AND EXISTS ({signed_if}) THEN
    {_raise(literal(refusals.unsigned(table.name)))}
  END IF;
{refused}  IF ledger_signature IS NULL THEN
    RETURN NULL;
  END IF;
  IF ledger_happened > clock_timestamp() + {CLOCK_TOLERANCE} AND EXISTS ({signed_if}) THEN
    {_raise(literal(refusals.future(table.name)))}
  END IF;
  {record};
  RETURN NULL;
END
"""


def _never(table: Table) -> str:
    return f"""
BEGIN
  IF EXISTS (SELECT FROM old_rows) THEN
    {_raise(literal(refusals.deletion(table.name)))}
  END IF;
  RETURN NULL;
END
"""


def _raise(message: str) -> str:
    return f"RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = {message};"


def _first_of(found: Iterable[refusals.Refusal], rows: str) -> str:
    cases = "".join(
        f"\n      WHEN ({refusal.condition}) IS NOT FALSE THEN {literal(refusal.text)}" for refusal in found
    )
    if not cases:
        return ""
    return f"""  SELECT broken.said INTO ledger_refusal FROM (
    SELECT CASE{cases}
    END AS said FROM {rows}
  ) broken WHERE broken.said IS NOT NULL LIMIT 1;
  IF ledger_refusal IS NOT NULL THEN
    {_raise("ledger_refusal")}
  END IF;
"""


def _record(table: Table, kind: str, row: str, rows: str) -> str:
    columns = ", ".join(map(quoted, (*table.tracked, "history_type", *_ORIGIN)))
    values = ", ".join((*(f"r.{quoted(column)}" for column in table.tracked), literal(kind), *_ORIGIN.values()))
    return (
        f"INSERT INTO {quoted(table.history)} ({columns})\n  SELECT {values}"
        f" FROM (SELECT {row}.*, clock_timestamp() AS ledger_written FROM {rows}) r"
    )
