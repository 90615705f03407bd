"""Data migrations that sign themselves."""

from collections.abc import Callable
from contextlib import contextmanager

from django.db import connections, migrations

from casemgmt.ledger.context import Signer, signed
from casemgmt.ledger.install import install, uninstall
from casemgmt.ledger.tables import tables_in_state

MIGRATION = Signer("migration")


class SignedRunPython(migrations.RunPython):
    """RunPython on tracked tables: the triggers fit the columns of that moment, and the change is signed.

    A plain RunPython would meet triggers that know the old columns, or on SQLite none at all.
    `off_diagram` lifts the diagram for renamed states, and nothing else in the house may lift it.
    Guards of the running code are off too: they may speak of columns that do not exist yet.
    """

    def __init__(self, code: Callable, *args, reason: str, off_diagram: bool = False, **kwargs):
        self.reason = reason
        self.off_diagram = off_diagram
        super().__init__(code, *args, **kwargs)

    def deconstruct(self):
        name, args, kwargs = super().deconstruct()
        return name, args, kwargs | {"reason": self.reason, "off_diagram": self.off_diagram}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Run forwards under the migration's signature."""
        with self._fitted(schema_editor, from_state):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """Run backwards under the migration's signature."""
        with self._fitted(schema_editor, from_state):
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    @contextmanager
    def _fitted(self, schema_editor, state):
        using = schema_editor.connection.alias
        connection = connections[using]
        install(using, tables_in_state(connection, state.apps, off_diagram=self.off_diagram))
        with signed(by=MIGRATION, reason=self.reason, source="migration"):
            yield
        if connection.vendor == "sqlite":
            uninstall(using)
        elif self.off_diagram:
            install(using, tables_in_state(connection, state.apps))
