"""What SQLite's triggers ask of this process, and what a connection of this process may not do."""

import getpass
import hashlib
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from operator import getitem
from time import time_ns

from django.apps import apps
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from casemgmt.ledger import refusals
from casemgmt.ledger.context import Signature, current_signature
from casemgmt.ledger.refused import Refused, refusal_in
from casemgmt.ledger.tables import history_of, tracked_models

SIGNED, UNSIGNED, LATER = 0, 1, 2
CLOCK_TOLERANCE = timedelta(seconds=5)
_NOBODY_YET = object()
_NO_LIMIT = "9999"


class Clock:
    """The clock of one SQLite connection: UTC, and never the same instant twice.

    Each second is written out once and the digits of its microseconds are added, because a sweep asks ten thousand
    times. A whole second is passed over: Django would store it in fewer characters, and SQLite compares text.
    """

    def __init__(self):
        self._last = self._second_ends = 0
        self._second = ""

    def tick(self) -> str:
        """Now, or the next microsecond if now was given already, as Django stores it."""
        now = time_ns() // 1000
        if now <= self._last:
            now = self._last + 1
        if now >= self._second_ends:
            now = self._begin_second(now)
        self._last = now
        return self._second + str(now)[-6:]

    def _begin_second(self, now: int) -> int:
        second, microseconds = divmod(now, 1_000_000)
        self._second_ends = (second + 1) * 1_000_000
        self._second = _stored(datetime.fromtimestamp(second, UTC)) + "."
        return now if microseconds else now + 1


def watch(connection: BaseDatabaseWrapper) -> None:
    """Prepare a connection that was just opened."""
    raw = connection.connection
    raw.execute("PRAGMA recursive_triggers = ON")  # else REPLACE deletes without asking the delete trigger
    pen = Pen()
    for name, function in pen.functions().items():
        raw.create_function(name, 0, function)
    raw.create_function("ledger_foreign", 0, lambda: 0)
    raw.create_function("ledger_sha256", 1, _sha256, deterministic=True)
    raw.set_authorizer(_authorize)
    if translate not in connection.execute_wrappers:
        connection.execute_wrappers.append(translate)


class Pen:
    """What the triggers of one connection write of the current signature, one function a column.

    A trigger asks for the standing first, which lays out the other answers. They are looked up without entering
    Python code: a sweep asks for them ten thousand times.
    """

    _COLUMNS = ("written", "at", "user_id", "actor", "reason", "request", "source", "login")

    def __init__(self):
        self._signature: object = _NOBODY_YET
        self._at = _NO_LIMIT
        self._tick = Clock().tick
        self._answers: list[str] = [""] * len(self._COLUMNS)

    def functions(self) -> dict[str, Callable[[], object]]:
        """The functions by the names that triggers call."""
        answers = {f"ledger_{name}": partial(getitem, self._answers, place) for place, name in enumerate(self._COLUMNS)}
        return answers | {"ledger_standing": self.standing}

    def standing(self) -> int:
        """Whether the write may be recorded: SIGNED, UNSIGNED, or LATER for an act in the future.

        If it may, this is the time of writing; the time of the act is never later.
        """
        signature = current_signature()
        if signature is not self._signature:
            if signature is None:
                return UNSIGNED
            if signature.at is not None and signature.at > datetime.now(UTC) + CLOCK_TOLERANCE:
                return LATER
            self._lay_out(signature)
        self._answers[0] = written = self._tick()
        self._answers[1] = self._at if self._at < written else written
        return SIGNED

    def _lay_out(self, signature: Signature) -> None:
        self._signature = signature
        self._at = _stored(signature.at.astimezone(UTC)) if signature.at else _NO_LIMIT
        known = (signature.user_id, signature.actor, signature.reason, signature.request, signature.source, login())
        self._answers[2:] = known


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
    return str(instant)[: -len("+00:00")]


def _sha256(text: str | None) -> str | None:
    return None if text is None else hashlib.sha256(text.encode()).hexdigest()
