"""Rows that were read already, asked again as if they were in the database.

A rule asks `case.grants.filter(state=…).exists()`; under the lock that is a query, and on a page that asks sixty rules
it would be sixty. A page holds the rows instead: the same question is answered from them. What they cannot answer
(another table, a lookup that is not named here) goes to the database as ever, so that the answer is the same.
"""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter, ge, gt, le, lt

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from casemgmt.gathering import attribute_of

_COMPARED: dict[str, Callable] = {"lt": lt, "lte": le, "gt": gt, "gte": ge}
_LOOKUPS = frozenset({"exact", "in", "isnull", *_COMPARED})


def hold(owner: models.Model, accessor: str, rows: Sequence[models.Model]) -> None:
    """Let `owner.<accessor>` answer from these rows, which are all there are, in the order of their model."""
    queryset = getattr(owner, accessor).get_queryset()
    answer = _holding(type(queryset))(queryset.model, queryset.query, queryset.db, queryset._hints)
    answer._hold(list(rows))
    owner._prefetched_objects_cache = {**getattr(owner, "_prefetched_objects_cache", {}), accessor: answer}


@cache
def _holding(queryset_class: type) -> type:
    """The class of querysets that hold rows; made once, for a class costs more than a query."""
    return type(f"Held{queryset_class.__name__}", (HeldRows, queryset_class), {})


class HeldRows:
    """Mixed into a queryset class. Its query stays whole: whatever cannot be answered here is asked of the database."""

    _held = None

    def _hold(self, answers: list, *, are_rows: bool = True):
        self._held = answers if are_rows else None
        self._result_cache = answers
        self._prefetch_done = True
        return self

    def _filter_or_exclude(self, negate, args, kwargs):
        narrowed = super()._filter_or_exclude(negate, args, kwargs)
        tests = None if self._held is None or args else _tests(self.model, kwargs)
        if tests is None:
            return narrowed
        return narrowed._hold([row for row in self._held if all(test(row) for test in tests) is not negate])

    def all(self):
        """The same rows."""
        return self._same(super().all())

    def select_related(self, *fields):
        """The same rows; what they point to is read when it is asked for, unless it is held too."""
        return self._same(super().select_related(*fields))

    def prefetch_related(self, *lookups):
        """The same rows; what hangs on them is read when it is asked for, unless it is held too."""
        return self._same(super().prefetch_related(*lookups))

    def order_by(self, *names):
        """The rows in this order, if no value is empty: where empty values stand is the database's own business."""
        ordered = super().order_by(*names)
        if self._held is None:
            return ordered
        rows = self._held
        for name in reversed(names):
            attname = _attribute(self.model, name.lstrip("-")) if isinstance(name, str) else None
            if attname is None or None in map(attrgetter(attname), rows):
                return ordered
            rows = sorted(rows, key=attrgetter(attname), reverse=name.startswith("-"))
        return ordered._hold(rows)

    def reverse(self):
        """The rows from the last to the first."""
        turned = super().reverse()
        return turned if self._held is None else turned._hold(self._held[::-1])

    def values_list(self, *names, flat=False, named=False):
        """The values of the rows."""
        listed = super().values_list(*names, flat=flat, named=named)
        attnames = [_attribute(self.model, name) if isinstance(name, str) else None for name in names]
        if self._held is None or named or not names or None in attnames:
            return listed
        values = [tuple(getattr(row, attname) for attname in attnames) for row in self._held]
        return listed._hold([value[0] for value in values] if flat else values, are_rows=False)

    def _same(self, queryset):
        return queryset if self._held is None else queryset._hold(self._held)


def _attribute(model, name: str) -> str | None:
    try:
        return attribute_of(model, name)
    except (FieldDoesNotExist, AttributeError):
        return next((field.attname for field in model._meta.concrete_fields if field.attname == name), None)


def _tests(model, lookups: dict) -> list[Callable] | None:
    """Each lookup as a question to a row; None when one of them is the database's to answer."""
    tests = []
    for path, value in lookups.items():
        name, _, lookup = path.partition("__")
        attname = _attribute(model, name)
        lookup = lookup or "exact"
        if attname is None or lookup not in _LOOKUPS or hasattr(value, "resolve_expression"):
            return None
        if isinstance(value, models.QuerySet | models.Manager):
            return None
        tests.append(_test(attname, lookup, value))
    return tests


def _test(attname: str, lookup: str, value) -> Callable:
    if lookup == "isnull" or value is None:
        is_wanted = value is None or bool(value)
        return lambda row: (getattr(row, attname) is None) is is_wanted
    if lookup == "in":
        wanted = tuple(_plain(item) for item in value if item is not None)
        return lambda row: getattr(row, attname) in wanted
    plain = _plain(value)
    if lookup == "exact":
        return lambda row: getattr(row, attname) == plain
    compare = _COMPARED[lookup]
    return lambda row: (found := getattr(row, attname)) is not None and compare(found, plain)


def _plain(value):
    return value.pk if isinstance(value, models.Model) else value
