"""The database as it stood, put back after whoever commits: a copy is quicker than a flush, and than building again.

A flush would leave empty tables, and whoever comes next would have to load policies and people again.
"""

import pickle
import sqlite3
from io import BytesIO

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model


class Snapshot:
    """The database of this worker as it is now, under a name of its own.

    Nobody may have a transaction open while it is taken or put back.
    """

    def __init__(self, name: str):
        self._connection = connections[DEFAULT_DB_ALIAS]
        self._name = self._connection.settings_dict["NAME"]
        if self._connection.vendor == "sqlite":
            self._copied = sqlite3.connect(":memory:", check_same_thread=False)
            self._connection.ensure_connection()
            self._connection.connection.backup(self._copied)
        else:
            connections.close_all()
            self._copied = f"{self._name}_{name}"
            self._make(self._copied, self._name)

    def put_back(self) -> None:
        """Rows, sequences, tables and triggers as they were, whatever was done to them."""
        connections.close_all()
        if self._connection.vendor == "sqlite":
            self._connection.connect()
            self._copied.backup(self._connection.connection)
        else:
            self._make(self._name, self._copied)

    def _make(self, name, template):
        """A PostgreSQL database as a copy of another; whoever is still connected to either is sent away."""
        quote = self._connection.ops.quote_name
        with self._connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template])
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)}")


class Kept:
    """What stands for rows of a snapshot, to be had as often as it is put back: each row is read anew."""

    def __init__(self, rows: object):
        self._written = BytesIO()
        _ByKey(self._written).dump(rows)

    def read(self):
        """The same object with the same rows, as the database has them now."""
        self._written.seek(0)
        return _FromTheDatabase(self._written).load()


class _ByKey(pickle.Pickler):
    def persistent_id(self, obj):
        return (obj._meta.label, obj.pk) if isinstance(obj, Model) else None


class _FromTheDatabase(pickle.Unpickler):
    def persistent_load(self, pid):
        label, key = pid
        return apps.get_model(label)._base_manager.get(pk=key)
