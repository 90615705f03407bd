"""The diagrams as the code declares them: read off the transitions, for the documentation and for tests."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django_fsm import FSMFieldMixin

from casemgmt.stateful import StateField


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow of a diagram."""

    transition: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The diagram of one model: its states in order, the first one, and its arrows."""

    model: type[models.Model]
    states: tuple[tuple[str, str], ...]
    initial: str
    arrows: tuple[Arrow, ...]


def lifecycles() -> list[Lifecycle]:
    """Every diagram of the app, the case's first, the others by name."""
    found = [
        _lifecycle(model, field)
        for model in apps.get_app_config("complaints").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, StateField) and not model._meta.object_name.startswith("Historical")
    ]
    return sorted(found, key=lambda life: (life.model._meta.model_name != "complaint", life.model._meta.object_name))


def _lifecycle(model: type[models.Model], field: FSMFieldMixin) -> Lifecycle:
    arrows = {
        Arrow(transition.name, str(transition.source), target)
        for transition in field.get_all_transitions(model)
        for target in _targets(transition.target)
    }
    order = [str(value) for value, _label in field.choices]
    return Lifecycle(
        model,
        tuple((str(value), str(label)) for value, label in field.choices),
        str(field.default),
        tuple(
            sorted(arrows, key=lambda arrow: (order.index(arrow.source), order.index(arrow.target), arrow.transition))
        ),
    )


def _targets(target) -> Iterable[str]:
    allowed = getattr(target, "allowed_states", None)
    return [str(state) for state in allowed] if allowed else [str(target)]


def as_markdown() -> str:
    """docs/lifecycle.md: a table and a picture of each diagram."""
    parts = [
        "# Lifecycles",
        "",
        "Made from the code by `manage.py draw_lifecycles`; a test compares. Every arrow is checked three times: by"
        " django-fsm in Python, by the rules with their reasons, and by the database itself, whatever path writes.",
        "",
    ]
    for life in lifecycles():
        parts += [f"## {life.model._meta.object_name}", "", (life.model.__doc__ or "").strip().splitlines()[0], ""]
        parts += ["```mermaid", "stateDiagram-v2", f"    [*] --> {life.initial}"]
        parts += [f"    {arrow.source} --> {arrow.target}: {arrow.transition}" for arrow in life.arrows]
        parts += ["```", "", "| transition | from | to |", "| --- | --- | --- |"]
        by_name: dict[str, tuple[set, set]] = {}
        for arrow in life.arrows:
            sources, targets = by_name.setdefault(arrow.transition, (set(), set()))
            sources.add(arrow.source)
            targets.add(arrow.target)
        order = [value for value, _label in life.states]
        for name, (sources, targets) in by_name.items():
            told = [", ".join(sorted(states, key=order.index)) for states in (sources, targets)]
            parts.append(f"| {name.rstrip('_')} | {told[0]} | {told[1]} |")
        parts.append("")
    return "\n".join(parts)
