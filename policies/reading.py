"""Turns the body of a policy row into its value, and names everything that is wrong with it, by place.

The declarations of the value classes are the only schema: an unknown, missing or ill-typed entry is
refused. Pure: nothing here knows Django or a clock.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, time
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints

from casemgmt.violations import Violation

IDENTITY = ("policy_id", "code")


class BodyRefused(ValueError):
    """The body is no policy of its kind, for all the reasons in `violations`."""

    def __init__(self, violations):
        self.violations = tuple(violations)
        super().__init__(", ".join(f"{found.code} {dict(found.params)}" for found in self.violations))


def read_body(value_class: type, policy_id: int, code: str, body: object):
    """The value of a row, or BodyRefused with every fault of the body at once.

    A class may add `violations_in_itself()`, asked once all its entries are well typed.
    """
    faults: list[Violation] = []
    value = _read_dataclass(value_class, body, "", faults, {"policy_id": policy_id, "code": code})
    if faults:
        raise BodyRefused(faults)
    return value


def _refuse(faults: list[Violation], code: str, place: str, **params: object) -> None:
    faults.append(Violation(code, field="body", params={"place": place or "body", **params}))


@cache
def _declarations(value_class: type) -> Mapping[str, object]:
    return get_type_hints(value_class)


def _read_dataclass(value_class: type, body: object, place: str, faults: list[Violation], given: dict):
    if not isinstance(body, dict):
        _refuse(faults, "policy.not_a_table", place)
        return None
    faults_before = len(faults)
    declared = [field for field in fields(value_class) if field.name not in given]
    for name in body.keys() - {field.name for field in declared}:
        _refuse(faults, "policy.unknown_entry", _below(place, str(name)))
    entries = dict(given)
    for field in declared:
        here = _below(place, field.name)
        if field.name in body:
            entries[field.name] = _read(_declarations(value_class)[field.name], body[field.name], here, faults)
        elif field.default is MISSING and field.default_factory is MISSING:
            _refuse(faults, "policy.missing_entry", here)
    if len(faults) > faults_before:
        return None
    value = value_class(**entries)
    if hasattr(value, "violations_in_itself"):
        for found in value.violations_in_itself():
            below = _below(place, str(found.params["place"]))
            faults.append(replace(found, params={**found.params, "place": below}))
    return value


def _below(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name


def _read(declared: object, entry: object, place: str, faults: list[Violation]):
    origin = get_origin(declared)
    if origin in (Union, UnionType):
        inner = next(option for option in get_args(declared) if option is not NoneType)
        return None if entry is None else _read(inner, entry, place, faults)
    if origin is Literal:
        return _read_choice(get_args(declared), entry, place, faults)
    if origin is tuple:
        return _read_tuple(get_args(declared), entry, place, faults)
    if is_dataclass(declared):
        return _read_dataclass(declared, entry, place, faults, {})
    return _read_plain(declared, entry, place, faults)


def _read_choice(choices: tuple, entry: object, place: str, faults: list[Violation]):
    if type(entry) not in {type(choice) for choice in choices} or entry not in choices:
        _refuse(faults, "policy.not_a_choice", place, choices=", ".join(str(choice) for choice in choices))
    return entry


def _read_tuple(arguments: tuple, entry: object, place: str, faults: list[Violation]) -> tuple:
    if not isinstance(entry, list):
        _refuse(faults, "policy.not_a_list", place)
        return ()
    if arguments[-1] is Ellipsis:
        return tuple(_read(arguments[0], item, f"{place}[{n}]", faults) for n, item in enumerate(entry))
    if len(entry) != len(arguments):
        _refuse(faults, "policy.wrong_count", place, count=len(arguments))
        return ()
    return tuple(
        _read(kind, item, f"{place}[{n}]", faults) for n, (kind, item) in enumerate(zip(arguments, entry, strict=True))
    )


def _whole_number(entry: object) -> int:
    if isinstance(entry, bool) or not isinstance(entry, int):
        raise ValueError
    return entry


def _truth(entry: object) -> bool:
    if not isinstance(entry, bool):
        raise ValueError
    return entry


def _text(entry: object) -> str:
    if not isinstance(entry, str) or not entry.strip() or "\x00" in entry:
        raise ValueError
    return entry


def _money(entry: object) -> Decimal:
    if not isinstance(entry, str):
        raise ValueError
    amount = Decimal(entry)
    if not amount.is_finite() or amount != round(amount, 2) or abs(amount) >= Decimal(10) ** 10:
        raise ValueError
    return amount


def _time_of_day(entry: object) -> time:
    moment = time.fromisoformat(_text(entry))
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError
    return moment


MOST = 10**12
MOST_BY_ENDING = (
    ("days", 36_600),
    ("hours", 878_400),
    ("minutes", 52_704_000),
    ("months_most", 1_200),
    ("times", 1_000),
)
"""A hundred years, whatever it is counted in; and how often something is multiplied."""
FIRST_YEAR, LAST_YEAR = 1900, 2200


def _day(entry: object) -> date:
    day = date.fromisoformat(_text(entry))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


PLAIN: Mapping[object, tuple[Callable, str]] = {
    int: (_whole_number, "policy.not_a_whole_number"),
    bool: (_truth, "policy.not_a_yes_or_no"),
    str: (_text, "policy.not_a_text"),
    Decimal: (_money, "policy.not_an_amount"),
    date: (_day, "policy.not_a_day"),
    time: (_time_of_day, "policy.not_a_time_of_day"),
}


def _read_plain(declared: object, entry: object, place: str, faults: list[Violation]):
    convert, code = PLAIN[declared]
    try:
        value = convert(entry)
    except (ValueError, InvalidOperation):
        _refuse(faults, code, place)
        return None
    if declared is int and abs(value) > (most := _most(place)):
        _refuse(faults, "policy.too_big", place, most=most)
    return value


def _most(place: str) -> int:
    """The biggest whole number that can be meant at a place, by its name; more would lead out of every calendar."""
    name = place.rpartition(".")[2].partition("[")[0]
    return next((most for ending, most in MOST_BY_ENDING if name.endswith(ending)), MOST)
