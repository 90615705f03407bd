"""What SQLite's triggers ask of this process, and what a connection of this process may not do."""

import getpass
import hashlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from threading import Lock

from django.apps import apps
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from casemgmt.ledger import refusals
from casemgmt.ledger.context import current_signature
from casemgmt.ledger.refused import Refused, refusal_in
from casemgmt.ledger.tables import history_of, tracked_models

SIGNED, UNSIGNED, LATER = 0, 1, 2
CLOCK_TOLERANCE = timedelta(seconds=5)
_MICROSECOND = timedelta(microseconds=1)


class Clock:
    """The database's clock on SQLite: UTC, and never the same instant twice in one process."""

    def __init__(self):
        self._last = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def tick(self) -> datetime:
        """Now, or the next microsecond if now was given already."""
        with self._lock:
            self._last = max(datetime.now(UTC), self._last + _MICROSECOND)
            return self._last


_CLOCK = Clock()


def watch(connection: BaseDatabaseWrapper) -> None:
    """Prepare a connection that was just opened."""
    raw = connection.connection
    raw.execute("PRAGMA recursive_triggers = ON")  # else REPLACE deletes without asking the delete trigger
    pen = Pen()
    for name, function in pen.functions().items():
        raw.create_function(name, 0, function)
    raw.create_function("ledger_foreign", 0, lambda: 0, deterministic=True)
    raw.create_function("ledger_sha256", 1, _sha256, deterministic=True)
    raw.set_authorizer(_authorize)
    if translate not in connection.execute_wrappers:
        connection.execute_wrappers.append(translate)


class Pen:
    """The current signature, one function a column. Each connection has its own, because the time of writing
    is asked first and remembered for the time of the act in the same row."""

    def __init__(self):
        self._written = ""

    def functions(self) -> dict[str, Callable[[], object]]:
        """The functions by the names that triggers call."""
        return {
            "ledger_standing": standing,
            "ledger_written": self.written,
            "ledger_at": self.at,
            "ledger_user_id": lambda: current_signature().user_id,
            "ledger_actor": lambda: current_signature().actor,
            "ledger_reason": lambda: current_signature().reason,
            "ledger_request": lambda: current_signature().request,
            "ledger_source": lambda: current_signature().source,
            "ledger_login": login,
        }

    def written(self) -> str:
        """The time of writing."""
        self._written = _stored(_CLOCK.tick())
        return self._written

    def at(self) -> str:
        """The time of the act, never later than the time of writing."""
        at = current_signature().at
        return self._written if at is None else min(_stored(at.astimezone(UTC)), self._written)


def standing() -> int:
    """Whether the write may be recorded: SIGNED, UNSIGNED, or LATER for an act in the future."""
    signature = current_signature()
    if signature is None:
        return UNSIGNED
    if signature.at is not None and signature.at > datetime.now(UTC) + CLOCK_TOLERANCE:
        return LATER
    return SIGNED


@cache
def login() -> str:
    """SQLite knows no login, so it is the operating system's."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def history_tables() -> frozenset[str]:
    """The tables that take rows from triggers alone; none while models are still being loaded."""
    return _history_tables() if apps.ready else frozenset()


@cache
def _history_tables() -> frozenset[str]:
    return frozenset(history_of(model)._meta.db_table for model in tracked_models())


def translate(execute, sql, params, many, context):
    """An execute wrapper: the triggers' refusals arrive as `Refused`."""
    try:
        return execute(sql, params, many, context)
    except DatabaseError as error:
        refusal = refusal_in(error)
        if refusal is None and "not authorized" in str(error):
            refusal = Refused(refusals.APPEND_ONLY, "history is append-only and written by triggers alone")
        if refusal is None:
            raise
        raise refusal from error


def allow_everything(connection: BaseDatabaseWrapper) -> None:
    """Lift the authorizer, for the reconciler alone."""
    connection.connection.set_authorizer(None)


def allow_as_usual(connection: BaseDatabaseWrapper) -> None:
    """Put the authorizer back; it expires what was compiled without it."""
    connection.connection.set_authorizer(_authorize)


def _authorize(action, table, _column, _database, trigger) -> int:
    """Asked when a statement is compiled: history takes rows only from a trigger of ours."""
    if action == sqlite3.SQLITE_INSERT and table in history_tables() and not (trigger or "").startswith("ledger_"):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _stored(instant: datetime) -> str:
    return str(instant.replace(tzinfo=None))


def _sha256(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()
