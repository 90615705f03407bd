"""The FSM declarations of a model as law: where a row is born and which moves exist."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django_fsm import ANY_OTHER_STATE, ANY_STATE, FSMFieldMixin, State, Transition

Value = str | int


@dataclass(frozen=True, slots=True)
class Diagram:
    """The moves of one state column. `into_from_anywhere` are the targets of transitions from "*" and "+"."""

    column: str
    initial: Value
    arrows: frozenset[tuple[Value, Value]]
    into_from_anywhere: frozenset[Value]

    def targets_by_source(self) -> dict[Value, list[Value]]:
        """The arrows as a table, in a stable order."""
        sources = sorted({source for source, _ in self.arrows}, key=str)
        return {source: sorted((t for s, t in self.arrows if s == source), key=str) for source in sources}


class Unlisted(ValueError):
    """A transition whose targets cannot be known before it runs."""


def state_fields(model: type[models.Model]) -> list[FSMFieldMixin]:
    """The FSM fields of a model, in the order of its columns."""
    return [field for field in model._meta.concrete_fields if isinstance(field, FSMFieldMixin)]


def diagram_of(field: FSMFieldMixin) -> Diagram:
    """The diagram of a field, over the model and its proxies. Raises Unlisted for targets that are not declared."""
    arrows, anywhere = set(), set()
    for transition in _transitions(field):
        for target in targets_of(transition):
            if transition.source in (ANY_STATE, ANY_OTHER_STATE):
                anywhere.add(target)
            else:
                arrows.add((_plain(transition.source), target))
    return Diagram(
        column=field.column,
        initial=_plain(field.get_default()),
        arrows=frozenset(arrow for arrow in arrows if arrow[1] not in anywhere),
        into_from_anywhere=frozenset(anywhere),
    )


def targets_of(transition: Transition) -> Iterator[Value]:
    """Every state that a transition may lead to, its state on errors included; none when it only checks."""
    if isinstance(transition.target, State):
        if not transition.target.allowed_states:
            raise Unlisted(f"{transition.name} does not list the states it may lead to")
        yield from map(_plain, transition.target.allowed_states)
    elif transition.target is not None:
        yield _plain(transition.target)
    if transition.on_error is not None:
        yield _plain(transition.on_error)


def _transitions(field: FSMFieldMixin) -> Iterator[Transition]:
    concrete = field.model._meta.concrete_model
    for declared_on, methods in list(field.transitions.items()):
        if declared_on._meta.concrete_model is concrete:
            for method in methods.values():
                yield from method._django_fsm.transitions.values()


def _plain(value: Value | models.Choices) -> Value:
    return value.value if isinstance(value, models.Choices) else value
