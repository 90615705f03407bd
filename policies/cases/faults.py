"""Why a case cannot be asked, in a sentence that names the place; what Python says of it helps nobody who edits."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.utils.translation import gettext as _

from policies.lookup import NothingInForce
from policies.values.case_facts import FACTS

AMOUNTS = frozenset({"amount", "on_case", "by_requester_today", "by_approver_today"})


class _Leaf(NamedTuple):
    place: str
    name: str
    text: str


def fault_in_words(question: str, facts: object, error: Exception) -> str:
    """The place and what is wrong with it, for whoever writes the case; the fault that was met first."""
    if not question:
        return _("it asks none of the questions that are known")
    if not isinstance(facts, Mapping):
        return _("%(place)s holds no facts, such as “name: value”") % {"place": question}
    leaves = list(_leaves(facts, question))
    if isinstance(error, NothingInForce):
        return _("nothing called “%(name)s” is in force on that day") % {"name": error.code}
    if isinstance(error, KeyError) and error.args:
        return _of_a_name(str(error.args[0]), question, leaves)
    wrong = _unreadable(leaves, error)
    if wrong is not None:
        return wrong
    return _("%(place)s: the facts do not fit this question; compare them with those of another case") % {
        "place": question
    }


def _of_a_name(name: str, question: str, leaves: list[_Leaf]) -> str:
    for leaf in leaves:
        if leaf.text == name:
            return _("%(place)s: nothing called “%(name)s” is in force then") % {"place": leaf.place, "name": name}
        if leaf.name == name and ".facts." in leaf.place:
            return _("%(place)s: no fact is called “%(name)s”") % {"place": leaf.place, "name": name}
    return _("%(place)s is missing") % {"place": f"{question}.{name}"}


def _unreadable(leaves: list[_Leaf], error: Exception) -> str | None:
    for leaf in leaves:
        told = {"place": leaf.place, "value": leaf.text}
        if leaf.name in AMOUNTS and not _is_amount(leaf.text):
            return _("%(place)s: “%(value)s” is no amount, such as 120.00") % told
        if isinstance(error, ValueError) and leaf.text and leaf.text in str(error):
            shape = FACTS.get(leaf.name)
            if shape is not None and shape.choices:
                return _("%(place)s: “%(value)s” is none of %(choices)s") % {
                    **told,
                    "choices": ", ".join(shape.choices),
                }
            if shape is not None and shape.kind != "day":
                return _("%(place)s: “%(value)s” is no answer to this fact") % told
            return _("%(place)s: “%(value)s” is no day or moment, such as 2026-10-12T09:00:00+08:00") % told
        if isinstance(error, TypeError) and _has_no_zone(leaf.text):
            return _("%(place)s: “%(value)s” lacks its time zone, such as +08:00") % told
    return None


def _is_amount(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _has_no_zone(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def _leaves(value: object, place: str, name: str = "") -> Iterator[_Leaf]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _leaves(part, f"{place}.{key}", str(key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _leaves(part, f"{place}[{number}]", name)
    else:
        yield _Leaf(place, name, str(value))
