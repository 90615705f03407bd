"""What is kept from a person whoever addressed it to them: each room says what, lists leave it out."""

from collections.abc import Callable

from django.db.models import Q

_rules: list[Callable[[object], Q]] = []


def register_concealed(rule: Callable[[object], Q]) -> None:
    """`rule` gives, for a person, the condition on notices that they must not read; registered once at start."""
    if rule not in _rules:
        _rules.append(rule)


def concealed_from(person) -> Q | None:
    """What this person must not read, None where nothing is kept from anybody."""
    found = None
    for rule in _rules:
        found = rule(person) if found is None else found | rule(person)
    return found
