"""The fields of a body, made from the declaration of its kind, and what was typed in them as a body again."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints

from django import forms

from policies.forms import leaves
from policies.forms.words import name_of
from policies.reading import IDENTITY
from policies.rules.references import NAMES as REFERENCES
from policies.values import Label, WorkingRange
from policies.words.codes import words_of

START = "body"
BETWEEN = "__"
ABSENT = object()
MOST_LINES = 200
EMPTY_LINES = 2
INPUTS: Mapping[type, dict] = {
    int: {"inputmode": "numeric"},
    Decimal: {"inputmode": "decimal"},
    date: {"kind": "date"},
    time: {"kind": "time"},
}


class Entries:
    """The fields of one kind. `codes_of(kind)` gives the codes in force with their titles, for names of policies."""

    def __init__(self, kind: str, value_class: type, codes_of: Callable[[str], Iterable[tuple[str, str]]]):
        self.kind, self.value_class, self.codes_of = kind, value_class, codes_of
        self._kept: dict[str, list[int]] = {}
        self._stored: dict[str, list[str]] = {}
        self._data = None

    def fields(self, body: dict, data=None) -> Iterator[tuple[str, forms.Field]]:
        """Every field with its name, holding what `body` says; `data` is what was sent, and tells how many lines."""
        self._data = data
        yield from self._of_dataclass(self.value_class, (START,), "", body if isinstance(body, dict) else {})

    def typed(self, cleaned: dict) -> dict:
        """The body as typed. What does not read is left as it is, for the reader of bodies to refuse."""
        self._kept = {}
        return self._typed_dataclass(self.value_class, (START,), cleaned)

    def field_at(self, place: str, names: Iterable[str]) -> str | None:
        """The field that shows a fault at a place ("steps[1].after.amount"): that very one, or the nearest."""
        parts, names = [START], list(names)
        for part in re.findall(r"[^.\[\]]+", place):
            kept = self._kept.get(BETWEEN.join(parts))
            number = int(part) if part.isdigit() else None
            parts.append(str(kept[number]) if kept and number is not None and number < len(kept) else part)
        while len(parts) > 1:
            name = BETWEEN.join(parts)
            found = next((other for other in names if other == name or other.startswith(name + BETWEEN)), None)
            if found:
                return found
            parts.pop()
        return None

    def _of_dataclass(self, declared, path, label, value) -> Iterator[tuple[str, forms.Field]]:
        hints = get_type_hints(declared)
        for field in fields(declared):
            if len(path) == 1 and field.name in IDENTITY:
                continue
            own = name_of(field.name)
            is_needed = field.default is MISSING and field.default_factory is MISSING
            held = value.get(field.name, _default_of(field)) if isinstance(value, dict) else None
            told = f"{label} · {own}" if label else own
            yield from self._of(hints[field.name], (*path, field.name), told, held, is_needed)

    def _of(self, declared, path, label, value, is_needed) -> Iterator[tuple[str, forms.Field]]:
        may_be_nothing, declared, name = _is_optional(declared), _inner(declared), BETWEEN.join(path)
        if get_origin(declared) is tuple:
            yield from self._of_tuple(get_args(declared), path, label, value, is_needed)
        elif is_dataclass(declared):
            for part, field in self._of_dataclass(declared, path, label, value):
                is_asked = getattr(field, "is_needed", False) and not may_be_nothing
                yield part, leaves.needed(field, is_asked)
        elif declared is bool:
            yield name, leaves.tick_field(label, value)
        else:
            yield name, leaves.needed(self._leaf(declared, path[-1], label, value), is_needed)

    def _leaf(self, declared, entry, label, value) -> forms.Field:
        if get_origin(declared) is Literal:
            known = words_of(entry)
            codes = [(code, known.get(str(code), code)) for code in get_args(declared)]
            return leaves.select_field(label, codes, "" if value is None else str(value))
        choices = self._choices(entry) if declared is str else ()
        if choices:
            return leaves.select_field(label, choices, value or "")
        return leaves.text_field(label, value, is_long=entry == "text", **INPUTS.get(declared, {}))

    def _of_tuple(self, arguments, path, label, value, is_needed) -> Iterator[tuple[str, forms.Field]]:
        element, name = _inner(arguments[0]), BETWEEN.join(path)
        held = value if isinstance(value, list | tuple) else []
        choices = self._choices_of_several(element, path[-1])
        if choices:
            self._stored[name] = [str(item) for item in held]
            field = leaves.several_field(label, choices, self._stored[name])
        elif element in (str, int, date, time, Decimal):
            field = leaves.special_field(leaves.ListField, label, list(held), of=element, rows=_rows_for(held))
        elif element is WorkingRange:
            field = leaves.special_field(leaves.RangesField, label, list(held))
        elif get_origin(element) is tuple and _inner(get_args(element)[0]) is WorkingRange:
            for number in range(max(7, len(held))):
                ranges = list(held[number]) if number < len(held) else []
                told = f"{label} · {weekday(number)}"
                yield f"{name}__{number}", leaves.needed(leaves.special_field(leaves.RangesField, told, ranges), False)
            return
        elif is_dataclass(element) and not _has_lists_of_tables(element):
            for number in range(self._lines(name, len(held))):
                line = held[number] if number < len(held) else {}
                for found, field in self._of_dataclass(element, (*path, str(number)), f"{label} {number + 1}", line):
                    yield found, leaves.needed(field, False)
            return
        else:
            field = leaves.special_field(leaves.YamlField, label, list(held) or "", rows=10)
        yield name, leaves.needed(field, is_needed)

    def _choices(self, entry) -> list:
        named = next((named for kind, own, named in REFERENCES if (kind, own) == (self.kind, entry)), None)
        return list(self.codes_of(named)) if named else list(words_of(entry).items())

    def _choices_of_several(self, element, entry) -> list:
        if get_origin(element) is Literal:
            return [(code, words_of(entry).get(str(code), code)) for code in get_args(element)]
        return self._choices(entry) if element is str else []

    def _lines(self, name, held: int) -> int:
        if self._data is None:
            return held + EMPTY_LINES
        found = re.compile(rf"{re.escape(name)}__(\d{{1,3}})__")
        sent = [int(match.group(1)) + 1 for match in map(found.match, self._data) if match]
        return min(max(sent, default=0), MOST_LINES)

    def _typed_dataclass(self, declared, path, cleaned) -> dict:
        hints, found = get_type_hints(declared), {}
        for field in fields(declared):
            if len(path) == 1 and field.name in IDENTITY:
                continue
            typed = self._typed(hints[field.name], (*path, field.name), cleaned)
            if typed is not ABSENT:
                found[field.name] = typed
            elif _is_optional(hints[field.name]) and field.default is MISSING:
                found[field.name] = None
        return found

    def _typed(self, declared, path, cleaned):
        may_be_nothing, declared, name = _is_optional(declared), _inner(declared), BETWEEN.join(path)
        if get_origin(declared) is tuple:
            return self._typed_tuple(get_args(declared), path, cleaned)
        if is_dataclass(declared):
            typed = self._typed_dataclass(declared, path, cleaned)
            return ABSENT if may_be_nothing and not _says_something(typed) else typed
        typed = cleaned.get(name)
        if declared is bool:
            return bool(typed)
        if typed in (None, ""):
            return ABSENT
        if get_origin(declared) is Literal:
            return next((code for code in get_args(declared) if str(code) == typed), typed)
        return leaves.number_in(typed) if declared is int else typed

    def _typed_tuple(self, arguments, path, cleaned):
        element, name = _inner(arguments[0]), BETWEEN.join(path)
        if get_origin(element) is tuple and _inner(get_args(element)[0]) is WorkingRange:
            return [cleaned.get(f"{name}__{number}") or [] for number in range(self._week(name, cleaned))]
        if is_dataclass(element) and element is not WorkingRange and not _has_lists_of_tables(element):
            lines = [
                (number, self._typed_dataclass(element, (*path, str(number)), cleaned))
                for number in range(self._lines(name, 0))
            ]
            lines = [(number, line) for number, line in lines if _says_something(line)]
            self._kept[name] = [number for number, _line in lines]
            return [line for _number, line in lines]
        typed = cleaned.get(name)
        if name in self._stored and isinstance(typed, list):
            typed = self._as_stored(name, typed)
        if get_origin(element) is Literal and isinstance(typed, list):
            return [next((code for code in get_args(element) if str(code) == one), one) for one in typed]
        return ABSENT if typed is None else typed

    def _as_stored(self, name, typed: list[str]) -> list[str]:
        """Boxes come in the order of the choices; what was there before keeps its own order."""
        stored = self._stored[name]
        return [code for code in stored if code in typed] + [code for code in typed if code not in stored]

    def _week(self, name, cleaned) -> int:
        return max(7, *(int(key.rpartition(BETWEEN)[2]) + 1 for key in cleaned if key.startswith(name + BETWEEN)))


def weekday(number: int) -> str:
    """Monday is 0; what is no weekday keeps its number."""
    words = words_of("weekday")
    return str(words.get(str(number), number + 1))


def _inner(declared):
    if get_origin(declared) in (Union, UnionType):
        return next(option for option in get_args(declared) if option is not NoneType)
    return declared


def _is_optional(declared) -> bool:
    return get_origin(declared) in (Union, UnionType)


def _default_of(field):
    if field.default is not MISSING:
        return list(field.default) if isinstance(field.default, tuple) else field.default
    return None


def _has_lists_of_tables(declared) -> bool:
    """A line of fields can hold short lists, but no lines of its own."""
    for hint in get_type_hints(declared).values():
        hint = _inner(hint)
        if get_origin(hint) is tuple and is_dataclass(_inner(get_args(hint)[0])) and hint is not Label:
            return True
    return False


def _says_something(typed: object) -> bool:
    if isinstance(typed, dict):
        return any(_says_something(value) for value in typed.values())
    return not isinstance(typed, bool) and typed not in (None, "", [])


def _rows_for(held) -> int:
    return 3 if len(held) > 8 else 0
