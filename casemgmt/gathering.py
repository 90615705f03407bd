"""Rows of many tables in one statement: for pages that show everything that hangs on one row.

A page that asks twenty tables pays twenty times the way to the database and back. Here each table answers with its
rows as JSON objects, all in one UNION ALL, and the rows are made of them again, with the same values.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache

from django.db import connections, models
from django.db.models import F, JSONField, Value
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

MOST_COLUMNS = 50
"""PostgreSQL's jsonb_build_object takes a hundred arguments, a name and a value each."""


def gather(querysets: Sequence[models.QuerySet], *, without: frozenset[str] = frozenset()) -> list[list[models.Model]]:
    """The rows of each queryset, in the order of its model; one query for all of them.

    Columns named in `without` are left out and read when somebody asks for them. Prefetches and annotations of the
    querysets are passed by, and so is their order.
    """
    if not querysets:
        return []
    columns = [_columns(queryset.model, without) for queryset in querysets]
    parts = [
        queryset.order_by().values_list(
            Value(place, output_field=models.IntegerField()), _object(queryset.model, fields, queryset.db)
        )
        for place, (queryset, fields) in enumerate(zip(querysets, columns, strict=True))
    ]
    united = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    found: list[list[models.Model]] = [[] for _queryset in querysets]
    for place, values in united:
        found[place].append(_row(querysets[place], columns[place], values))
    return [in_model_order(rows, queryset.model) for rows, queryset in zip(found, querysets, strict=True)]


def in_model_order(rows: list, model: type[models.Model]) -> list:
    """The rows as the model orders them; empty values last."""
    for name in reversed([name for name in model._meta.ordering if isinstance(name, str)] or ["pk"]):
        attname = attribute_of(model, name.lstrip("-"))
        rows = sorted(
            rows, key=lambda row: ((value := getattr(row, attname)) is None, value or 0), reverse=name.startswith("-")
        )
    return rows


def attribute_of(model: type[models.Model], name: str) -> str:
    """The attribute that holds the column of a field; "pk" is a name too."""
    return (model._meta.pk if name == "pk" else model._meta.get_field(name)).attname


class _Compiled(models.Expression):
    """A JSON value whose SQL is known already."""

    def __init__(self, sql, parameters):
        super().__init__(output_field=JSONField())
        self._sql, self._parameters = sql, parameters

    def as_sql(self, compiler, connection):
        return self._sql, self._parameters


@cache
def _columns(model: type[models.Model], without: frozenset[str]) -> tuple[models.Field, ...]:
    fields = model._meta.concrete_fields
    found = tuple(field for field in fields if field.primary_key or field.attname not in without)
    if len(found) > MOST_COLUMNS:
        raise ValueError(f"{model._meta.label} has {len(found)} columns, more than {MOST_COLUMNS}")
    return found


@cache
def _object(model: type[models.Model], fields: tuple[models.Field, ...], database: str) -> _Compiled:
    """The columns of a row as one JSON object, put into SQL once: for each page anew it would be half of its time."""
    row = JSONObject(**{field.attname: F(field.attname) for field in fields})
    compiler = model._base_manager.using(database).values_list(row).query.get_compiler(database)
    compiler.pre_sql_setup()
    _column, (sql, parameters), _alias = compiler.select[0]
    return _Compiled(sql, parameters)


def _row(queryset, fields, values) -> models.Model:
    connection = connections[queryset.db]
    given = [_value(field, values[field.attname], connection) for field in fields]
    return queryset.model.from_db(queryset.db, [field.attname for field in fields], given)


def _value(field: models.Field, value, connection):
    """What the column holds, as the field reads it: JSON has no instants and no decimals, SQLite no booleans."""
    if value is None:
        return None
    target = field.target_field if field.is_relation else field
    if isinstance(target, JSONField):
        return json.loads(value, cls=target.decoder) if connection.vendor == "sqlite" else value
    if isinstance(target, models.DateTimeField):
        return _instant(value)
    if isinstance(target, models.DecimalField):
        return Decimal(str(value)).quantize(Decimal(1).scaleb(-target.decimal_places))
    if hasattr(target, "from_db_value"):
        return target.from_db_value(value, None, connection)
    return target.to_python(value)


def _instant(text: str) -> datetime:
    found = parse_datetime(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
