"""What a tracked table is to the triggers: its columns as the database has them now, its diagram, its guards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.apps import apps as installed_apps
from django.apps.registry import Apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from casemgmt.ledger.diagram import Diagram, diagram_of, state_fields
from casemgmt.ledger.guards import Guard
from casemgmt.ledger.history import HISTORY_COLUMNS, History


@dataclass(frozen=True, slots=True)
class Table:
    """A tracked table beside its history. `tracked` are the columns that both have, in the order of the history."""

    name: str
    history: str
    key: str
    columns: tuple[str, ...]
    tracked: tuple[str, ...]
    deletable: bool = False
    diagrams: tuple[Diagram, ...] = ()
    guards: tuple[Guard, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """The column of a field name, an attribute name or a column name."""
        column = self.names.get(name, name)
        if column not in self.columns:
            raise MissingColumn(f"{self.name} has no column {name}")
        return column

    def guards_on(self, verb: str) -> list[Guard]:
        """The guards of one verb."""
        return [guard for guard in self.guards if verb in guard.on]


class MissingColumn(LookupError):
    """A guard speaks of a column that the table does not have (yet, or any more)."""


_APPEND_ONLY: set[type[models.Model]] = set()


def append_only(model: type[models.Model]) -> None:
    """Have triggers refuse every change of a table but new rows, for records that need no history of their own."""
    _APPEND_ONLY.add(model)


def append_only_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """The append-only tables that the database has at this moment, history not among them."""
    present = columns_in(connection)
    return sorted(model._meta.db_table for model in _APPEND_ONLY if model._meta.db_table in present)


def declaration_of(model: type[models.Model]) -> History | None:
    """The History that tracks a model, or None."""
    return getattr(model._meta, "ledger", None)


def tracked_models() -> list[type[models.Model]]:
    """Every model with a history of its own, link tables included, in a stable order."""
    found = [model for model in installed_apps.get_models(include_auto_created=True) if declaration_of(model)]
    return sorted(found, key=lambda model: model._meta.db_table)


def history_of(model: type[models.Model]) -> type[models.Model]:
    """The historical model of a tracked one."""
    return getattr(model, model._meta.simple_history_manager_attribute).model


def columns_in(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, ...]]:
    """The columns of every table that the database has at this moment."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
                " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum"
            )
        else:
            cursor.execute(
                "SELECT m.name, c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c"
                " WHERE m.type = 'table' AND c.hidden <> 1 ORDER BY m.name, c.cid"
            )
        found: dict[str, list[str]] = {}
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    return {table: tuple(columns) for table, columns in found.items()}


def tables_now(connection: BaseDatabaseWrapper) -> list[Table]:
    """The tracked tables that exist beside their history, as the models of the running code declare them."""
    columns = columns_in(connection)
    return [
        _table(model, history_of(model)._meta.db_table, columns, model)
        for model in tracked_models()
        if model._meta.db_table in columns and history_of(model)._meta.db_table in columns
    ]


def tables_in_state(connection: BaseDatabaseWrapper, state: Apps, off_diagram: bool = False) -> list[Table]:
    """The tracked tables in the middle of a migration: columns of this moment, rules of the running code.

    A model is tracked when the state holds a historical model for it.
    """
    columns = columns_in(connection)
    declared = {model._meta.label_lower: model for model in tracked_models()}
    known = {model._meta.label_lower: model for model in state.get_models(include_auto_created=True)}
    tables = []
    for model in known.values():
        historical = known.get(f"{model._meta.app_label}.historical{model._meta.model_name}")
        if historical is None or not _keeps_history(historical):
            continue
        history = historical._meta.db_table
        if model._meta.db_table in columns and history in columns:
            running = declared.get(model._meta.label_lower)
            tables.append(_table(model, history, columns, running, settled=False, off_diagram=off_diagram))
    return tables


def _keeps_history(model: type[models.Model]) -> bool:
    return set(HISTORY_COLUMNS) <= {column.column for column in model._meta.concrete_fields}


def _table(
    model: type[models.Model],
    history: str,
    columns: Mapping[str, tuple[str, ...]],
    running: type[models.Model] | None,
    settled: bool = True,
    off_diagram: bool = False,
) -> Table:
    live = columns[model._meta.db_table]
    declaration = declaration_of(running) if running else None
    diagrams = [diagram_of(state) for state in state_fields(running)] if running and not off_diagram else []
    return Table(
        name=model._meta.db_table,
        history=history,
        key=model._meta.pk.column,
        columns=live,
        tracked=tuple(column for column in columns[history] if column in live),
        deletable=bool(declaration and declaration.deletable),
        diagrams=tuple(diagram for diagram in diagrams if settled or diagram.column in live),
        guards=_fitting(declaration, settled),
        names=_names(running or model),
    )


def _fitting(declaration: History | None, settled: bool) -> tuple[Guard, ...]:
    return declaration.guards if declaration and settled else ()


def _names(model: type[models.Model]) -> dict[str, str]:
    fields: Iterable[models.Field] = model._meta.concrete_fields
    return {name: f.column for f in fields for name in (f.name, f.attname)}
