"""When PostgreSQL learns who signs: at the first write of each transaction, and never beyond it."""

import json
import re

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

from casemgmt.ledger.context import Signature, current_signature
from casemgmt.ledger.refused import refusal_in

SETTING = "casemgmt.signature"
_WRITE = re.compile(r"[\s(]*(?:(?:--[^\n]*\n|/\*.*?\*/)[\s(]*)*(insert|update|delete|merge|with|copy)\b", re.I | re.S)
_WRITE_IN_CTE = re.compile(r"\b(insert|update|delete|merge)\b", re.I)
_ROLLBACK = re.compile(r"\brollback\b", re.I)
_UNKNOWN = object()


def bind(connection: BaseDatabaseWrapper) -> None:
    """Hand the current signature to the running transaction, for writes that no execute wrapper sees.

    psycopg's COPY and raw driver calls need it. On SQLite the triggers read the signature themselves,
    so there is nothing to do.
    """
    if connection.vendor == "postgresql":
        _binder_of(connection).bind(connection)


def watch(connection: BaseDatabaseWrapper) -> None:
    """Put the binder on a PostgreSQL connection; harmless when it is there."""
    if not any(isinstance(wrapper, Binder) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.append(Binder())


class Binder:
    """An execute wrapper that remembers what it bound to the transaction that now runs.

    Idle means a new transaction with nothing bound. After ROLLBACK TO the server is back at what was bound
    before the savepoint, which may be another signer's: that is unknown, not nothing, and binds again.
    """

    def __init__(self):
        self._bound: Signature | object | None = None

    def __call__(self, execute, sql, params, many, context):
        connection = context["connection"]
        text = sql if isinstance(sql, str) else str(sql)
        idle = connection.connection.pgconn.transaction_status == TransactionStatus.IDLE
        if idle:
            self._bound = None
        try:
            if not _writes(text):
                return execute(sql, params, many, context)
            if idle and connection.get_autocommit():
                with transaction.atomic(using=connection.alias):
                    self._bind_if_needed(connection)
                    return execute(sql, params, many, context)
            self._bind_if_needed(connection)
            return execute(sql, params, many, context)
        except DatabaseError as error:
            refusal = refusal_in(error)
            if refusal is None:
                raise
            raise refusal from error
        finally:
            if _ROLLBACK.search(text):
                self._bound = _UNKNOWN

    def bind(self, connection: BaseDatabaseWrapper) -> None:
        """Bind whatever is remembered."""
        connection.ensure_connection()
        signature = current_signature()
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, _text(signature)])
        self._bound = signature

    def _bind_if_needed(self, connection: BaseDatabaseWrapper) -> None:
        if self._bound != current_signature():
            self.bind(connection)


def _binder_of(connection: BaseDatabaseWrapper) -> Binder:
    connection.ensure_connection()
    return next(wrapper for wrapper in connection.execute_wrappers if isinstance(wrapper, Binder))


def _writes(sql: str) -> bool:
    start = _WRITE.match(sql)
    if start is None:
        return False
    return start[1].lower() != "with" or _WRITE_IN_CTE.search(sql) is not None


def _text(signature: Signature | None) -> str:
    if signature is None:
        return ""
    return json.dumps(
        {
            "user_id": signature.user_id,
            "actor": signature.actor,
            "reason": signature.reason,
            "at": signature.at and signature.at.isoformat(),
            "request": signature.request,
            "source": signature.source,
        }
    )
