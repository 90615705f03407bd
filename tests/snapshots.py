"""The database as it stood before a test that commits, put back after it: a copy is quicker than a flush.

A flush would leave empty tables, and whoever comes next would have to load policies and people again.
"""

import sqlite3

from django.db import DEFAULT_DB_ALIAS, connections


class Snapshot:
    """The database of this worker as it is now. Nobody may have a transaction open while it is taken or put back."""

    def __init__(self):
        self._connection = connections[DEFAULT_DB_ALIAS]
        self._name = self._connection.settings_dict["NAME"]
        if self._connection.vendor == "sqlite":
            self._copied = sqlite3.connect(":memory:", check_same_thread=False)
            self._connection.ensure_connection()
            self._connection.connection.backup(self._copied)
        else:
            connections.close_all()
            self._copied = f"{self._name}_copied"
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
