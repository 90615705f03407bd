"""Data migrations that sign themselves."""

from collections.abc import Callable

from django.db import migrations

from casemgmt.ledger.context import Signer, signed

MIGRATION = Signer("migration")


class SignedRunPython(migrations.RunPython):
    """RunPython on tracked tables: triggers fit the columns of that moment, and the change is signed."""

    def __init__(self, code: Callable, *args, reason: str, off_diagram: bool = False, **kwargs):
        self.reason = reason
        self.off_diagram = off_diagram
        super().__init__(code, *args, **kwargs)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        with signed(by=MIGRATION, reason=self.reason, source="migration"):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
