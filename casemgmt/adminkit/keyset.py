"""Leafing through long lists by the place of a row instead of its number: nothing is counted or skipped over.

A place is the values by which a list is ordered. It stands in the address (`after` or `before`), so that a page
stays the same page while rows come and go before it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, Q, QuerySet

LONGEST_PLACE = 200
LARGEST_NUMBER = 2**63 - 1
AFTER, BEFORE = "after", "before"


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is ordered: by one field, rows without a value last, then by key."""

    field: str
    is_descending: bool = False
    is_nullable: bool = False
    newest_key_first: bool = True

    @property
    def expressions(self) -> tuple:
        """As Django orders by it."""
        field = F(self.field)
        first = field.desc(nulls_last=True if self.is_nullable else None) if self.is_descending else None
        first = first or field.asc(nulls_last=True if self.is_nullable else None)
        return (first, "-pk" if self.newest_key_first else "pk")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in the order."""

    value: object
    key: int


@dataclass(frozen=True, slots=True)
class Leaf:
    """The rows of one page, and whether rows lie before and after them."""

    rows: list
    has_before: bool
    has_after: bool


def order_from(model: type[Model], ordering: Sequence[str]) -> Order | None:
    """The order that a list of plain field names means; None where rows are not told apart by one field and the key."""
    if not ordering or len(ordering) > 2 or not all(isinstance(name, str) for name in ordering):
        return None
    name = ordering[0].removeprefix("-")
    last = ordering[1] if len(ordering) == 2 else ordering[0][: -len(name)] + "pk"
    if "__" in name or last.removeprefix("-") not in ("pk", "id"):
        return None
    return Order(name, ordering[0].startswith("-"), model._meta.get_field(name).null, last.startswith("-"))


def place_of(row: Model, order: Order) -> Place:
    """Where this row stands."""
    return Place(getattr(row, order.field), row.pk)


def written(place: Place) -> str:
    """A place as it stands in an address."""
    text = json.dumps([place.value, place.key], cls=PreciseEncoder)
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


class PreciseEncoder(DjangoJSONEncoder):
    """Instants with all their digits: two rows within a millisecond are two places."""

    def default(self, o):
        """An instant in ISO form; the rest as Django writes it."""
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def read(text: str, model: type[Model], order: Order) -> Place:
    """The place that an address names. Raises ValueError for anything that no page wrote."""
    if len(text) > LONGEST_PLACE:
        raise ValueError("no place")
    value, key = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if type(key) is not int or not 0 < key <= LARGEST_NUMBER:
        raise ValueError("no key")
    field = model._meta.get_field(order.field)
    if value is None:
        if not order.is_nullable:
            raise ValueError("no value")
        return Place(None, key)
    if not isinstance(value, str | int) or (isinstance(value, int) and abs(value) > LARGEST_NUMBER):
        raise ValueError("no value")
    try:
        return Place(field.to_python(value), key)
    except (ValidationError, TypeError) as refused:
        raise ValueError("no value") from refused


def rows_after(rows: QuerySet, order: Order, place: Place | None, limit: int) -> list:
    """The next rows behind a place, or the first ones. At most two statements, each of which reads an index on."""
    return _read(rows, order, place, limit, backwards=False)


def rows_before(rows: QuerySet, order: Order, place: Place, limit: int) -> list:
    """The rows right before a place, in the order of the list."""
    return _read(rows, order, place, limit, backwards=True)[::-1]


def leaf_of(
    rows: QuerySet, order: Order, *, after: Place | None, before: Place | None, size: int, total: int | None = None
) -> Leaf:
    """One page. Before the first row there is the first page; with a known `total` it is not read beyond the last.

    What fits on one page is shown whole, whatever place is asked for, and read in one statement.
    """
    if total is not None and total <= size:
        return Leaf(_whole(rows, order.expressions, max(total, 1)), has_before=False, has_after=False)
    if before is not None:
        found = rows_before(rows, order, before, size + 1)
        if len(found) > size:
            return Leaf(found[1:], has_before=True, has_after=True)
        after = None
    limit = size + 1 if after is not None or total is None else min(size + 1, max(total, 1))
    found = rows_after(rows, order, after, limit)
    if not found and after is not None:
        return leaf_of(rows, order, after=None, before=after, size=size)
    return Leaf(found[:size], has_before=after is not None, has_after=len(found) > size)


def _read(rows, order, place, limit, *, backwards):
    found = []
    for has_value in _parts(order, place, backwards):
        part = rows.filter(**{f"{order.field}__isnull": not has_value}) if order.is_nullable else rows
        part = (
            part.filter(_beyond(order, place, backwards)) if place and has_value == (place.value is not None) else part
        )
        names = _names(order, backwards) if has_value else _names(order, backwards)[1:]
        found += _whole(part, names, limit - len(found))
        if len(found) >= limit:
            break
    return found


def _whole(rows, names, limit) -> list:
    """The first rows in this order. Keys are put in order first, so that cells are worked out for the page alone.

    The keys are enough to choose by: asked for the conditions once more, PostgreSQL joins all rows before it picks.
    """
    keys = rows.order_by(*names).values("pk")[:limit]
    page = rows.all()
    page.query.clear_where()
    return list(page.filter(pk__in=keys).order_by(*names))


def _parts(order, place, backwards) -> tuple[bool, ...]:
    """Rows with a value, then those without; from a place on, only what lies in that direction."""
    if not order.is_nullable:
        return (True,)
    in_order = (False, True) if backwards else (True, False)
    if place is None:
        return in_order
    return in_order if in_order[0] == (place.value is not None) else in_order[1:]


def _names(order, backwards) -> tuple[str, str]:
    value_falls = order.is_descending != backwards
    key_falls = order.newest_key_first != backwards
    return (f"{'-' if value_falls else ''}{order.field}", "-pk" if key_falls else "pk")


def _beyond(order, place, backwards) -> Q:
    value_op = "lt" if order.is_descending != backwards else "gt"
    key_op = "lt" if order.newest_key_first != backwards else "gt"
    further = Q(**{f"pk__{key_op}": place.key})
    if place.value is None:
        return further
    return Q(**{f"{order.field}__{value_op}e": place.value}) & (
        Q(**{f"{order.field}__{value_op}": place.value}) | further
    )
