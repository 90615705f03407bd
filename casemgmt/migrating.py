"""Makes the tables of a first migration at once.

Django walks a migration operation by operation and draws every model anew for each; with a history beside every
table that took minutes. A migration that only creates leads to the same tables when they are created in its final
form, which takes one drawing. A test compares the two.
"""

import copy

from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """Applies operations that create models, and complete them, as one."""

    reversible = False

    def __init__(self, operations: list[Operation]):
        self.operations = operations

    def state_forwards(self, app_label, state):
        """Note all operations before any model is drawn."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        """Create each table complete; references to later tables are made at the end by the schema editor."""
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                model = to_state.apps.get_model(app_label, operation.name)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)

    def describe(self):
        """What `migrate --plan` shows."""
        return "; ".join(operation.describe() for operation in self.operations)


def creates_only(migration: Migration) -> bool:
    """Whether it does nothing but create models, and complete models that it creates."""
    created = set()
    for operation in migration.operations:
        if type(operation) is CreateModel:
            created.add(operation.name_lower)
        elif type(operation) in (AddField, AddConstraint, AddIndex):
            if operation.model_name_lower not in created:
                return False
        else:
            return False
    return bool(created)


class Executor(MigrationExecutor):
    """Django's, with `CreateTogether` for migrations that only create."""

    def apply_migration(self, state, migration, fake=False, fake_initial=False):
        """See the module; a migration that is faked stays as it is."""
        if not fake and not fake_initial and creates_only(migration):
            migration = copy.copy(migration)
            migration.operations = [CreateTogether(migration.operations)]
        return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)
