"""Model shapes that the triggers could not keep honest, and triggers that are not what they should be."""

from collections.abc import Iterable, Iterator

from django.core import checks
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

from casemgmt.ledger.diagram import Unlisted, diagram_of, state_fields
from casemgmt.ledger.install import outdated
from casemgmt.ledger.tables import declaration_of, tracked_models


def check_models(app_configs=None, **kwargs) -> list[checks.CheckMessage]:
    """Every tracked model of the house, whichever app is asked about."""
    return [found for model in tracked_models() for found in findings_in(model)]


def findings_in(model: type[models.Model]) -> Iterator[checks.Error]:
    """What is wrong with the shape of one tracked model."""
    declaration = declaration_of(model)
    if any(parent._meta.concrete_model is not model for parent in model._meta.parents):
        yield checks.Error(
            "A tracked model inherits the table of another.",
            hint="Use an abstract base: a table's triggers see its own columns only.",
            obj=model,
            id="ledger.E003",
        )
    if declaration.m2m_fields:
        yield checks.Error(
            "m2m_fields are written by Python only, so links would change without a trace.",
            hint="Call register(Model.field.through, deletable=True).",
            obj=model,
            id="ledger.E004",
        )
    for field in model._meta.local_many_to_many:
        if declaration_of(field.remote_field.through) is None:
            yield checks.Error(
                f"The links of {field.name} have no history.",
                hint=f"Call register({model.__name__}.{field.name}.through, deletable=True).",
                obj=model,
                id="ledger.E004",
            )
    yield from _findings_in_states(model)
    if declaration.inherit or declaration.cls is not model or model._meta.proxy:
        yield checks.Error(
            "The history is inherited, so some class has a history table that nobody writes.",
            hint="Write `history = History()` on each concrete model, and on no proxy.",
            obj=model,
            id="ledger.E008",
        )


def _findings_in_states(model: type[models.Model]) -> Iterator[checks.Error]:
    for field in state_fields(model):
        problem = _problem_with_state(field)
        if problem:
            yield checks.Error(
                f"The state {field.name} {problem}.",
                hint="A state is never NULL, has a default to be born with, and lists its targets.",
                obj=model,
                id="ledger.E006",
            )


def _problem_with_state(field) -> str:
    if field.null:
        return "may be NULL, which is on no diagram"
    if not field.has_default():
        return "has no initial value"
    try:
        diagram_of(field)
    except Unlisted as error:
        return f"cannot be guarded: {error}"
    return ""


def check_triggers(app_configs=None, databases: Iterable[str] | None = None, **kwargs) -> list[checks.CheckMessage]:
    """A warning, not an error: an error would stop the very migrate that repairs it."""
    found = []
    for alias in databases or []:
        connection = connections[alias]
        missing = outdated(alias) if connection.vendor in ("sqlite", "postgresql") and not _unmigrated(alias) else []
        if missing:
            found.append(
                checks.Warning(
                    f"{len(missing)} triggers of the ledger are not what they should be, the first is {missing[0]}.",
                    hint="Run `manage.py migrate`.",
                    id="ledger.W001",
                )
            )
    return found


def _unmigrated(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
