"""Many rows, each with values of its own, in one statement: for sweeps that must cost what the same costs by hand.

`bulk_create` builds an object a row and `bulk_update` a CASE a value; here the values are a table in the statement:
one JSON text on PostgreSQL, lists of this process on SQLite. Columns are attribute names; names come from the meta.
Defaults, `pre_save` and signals are passed by; triggers are not.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from operator import attrgetter

from django.db import connection, models
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

PLAIN = (
    *(models.AutoField, models.BigAutoField, models.BooleanField, models.IntegerField),
    *(models.PositiveIntegerField, models.PositiveSmallIntegerField),
)
"""Fields whose values the database takes as they are."""
TEXTS = (models.CharField, models.TextField)


def insert_each(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence], *, fixed: Mapping[str, object]
) -> int:
    """Insert the rows, leaving out those whose unique key is known; returns how many were inserted.

    `fixed` are the columns that are the same for all. Every column without a database default must be named.
    """
    if not rows:
        return 0
    source, values, shared, given = _source(model, columns, rows)
    quote = connection.ops.quote_name
    names = ", ".join(quote(_field(model, name).column) for name in (*columns, *fixed))
    constants = [_constant(_field(model, name)) for name in fixed]
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({names})"
        f" SELECT {', '.join((*values, *constants))} FROM {source} WHERE true ON CONFLICT DO NOTHING"
    )
    prepared = [_field(model, name).get_db_prep_save(value, connection) for name, value in fixed.items()]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*shared, *prepared, given])
        return cursor.rowcount


def update_each(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence]) -> int:
    """Give each row its own values: `rows` hold the primary key, then a value a column. Returns how many changed."""
    if not rows:
        return 0
    key = model._meta.pk
    source, values, shared, given = _source(model, (key.attname, *columns), rows)
    quote = connection.ops.quote_name
    named = ", ".join(f"{value} AS value_{number}" for number, value in enumerate(values))
    changes = ", ".join(
        f"{quote(_field(model, name).column)} = given.value_{number}" for number, name in enumerate(columns, start=1)
    )
    table = quote(model._meta.db_table)
    sql = (
        f"UPDATE {table} SET {changes} FROM (SELECT {named} FROM {source}) AS given"
        f" WHERE {table}.{quote(key.column)} = given.value_0"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*shared, given])
        return cursor.rowcount


def read_each(rows: models.QuerySet, columns: Sequence[str], *, instants: Collection[str]) -> list[tuple]:
    """As `values_list(*columns)`, for thousands of rows: the instants among the columns come as text and are read here.

    Django and the drivers ask several functions for each instant; equal texts are read once.
    """
    texts = {name: f"{name}_as_text" for name in columns if name in instants}
    asked = [texts.get(name, name) for name in columns]
    named = {text: Cast(name, models.TextField()) for name, text in texts.items()}
    places = [place for place, name in enumerate(columns) if name in texts]
    found = [list(column) for column in zip(*rows.annotate(**named).values_list(*asked), strict=True)]
    for place in places if found else ():
        read = {text: _aware(text) for text in set(found[place])}
        found[place] = [read[text] for text in found[place]]
    return list(zip(*found, strict=True))


def _aware(text):
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def insert_objects(objects: Sequence[models.Model], *, at_once: int = 500) -> None:
    """As `bulk_create` of rows of one model that are new: keys are set, triggers fire, signals do not.

    It prepares values by the column, not by the row and field, which is most of what `bulk_create` costs. Runs
    inside the caller's transaction; whatever the database refuses, it refuses for all.
    """
    for start in range(0, len(objects), at_once):
        _insert(objects[start : start + at_once])


def _insert(objects: Sequence[models.Model]) -> None:
    meta = objects[0]._meta
    gives_key = isinstance(meta.pk, models.AutoField | models.BigAutoField)
    fields = [field for field in meta.concrete_fields if not (gives_key and field.primary_key)]
    quote = connection.ops.quote_name
    row = f"({', '.join(['%s'] * len(fields))})"
    sql = (
        f"INSERT INTO {quote(meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"
        f" VALUES {', '.join([row] * len(objects))}{f' RETURNING {quote(meta.pk.column)}' if gives_key else ''}"
    )
    values = [_prepared(field, objects) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for given in zip(*values, strict=True) for value in given])
        if gives_key:
            for made, (key,) in zip(objects, cursor.fetchall(), strict=True):
                made.pk = key
    for made in objects:
        made._state.adding = False
        made._state.db = connection.alias


def _prepared(field, objects) -> list:
    """What one column of these objects is in the database; equal instants are converted once."""
    if field.is_relation:
        values = [_key_of(field, made) for made in objects]
        field = field.target_field
    elif _is_written_as_it_is(field):
        values = list(map(attrgetter(field.attname), objects))
    else:
        values = [field.pre_save(made, True) for made in objects]
    if type(field) in PLAIN:
        return values
    if type(field) in TEXTS:
        return [value if value is None else str(value) for value in values]
    if isinstance(field, models.DateTimeField):
        return values if connection.vendor == "postgresql" else _written_once(values, _instant)
    if isinstance(field, models.JSONField):
        prepared = {id(value): value for value in values}
        prepared = {key: field.get_db_prep_save(value, connection) for key, value in prepared.items()}
        return [prepared[id(value)] for value in values]
    return [field.get_db_prep_save(value, connection) for value in values]


def _is_written_as_it_is(field) -> bool:
    """Whether saving asks the object for nothing but the attribute."""
    if isinstance(field, models.DateField):
        return not (field.auto_now or field.auto_now_add)
    return type(field).pre_save is models.Field.pre_save


def _key_of(field, made):
    """The key of a related row, also of one that was saved after it was named here."""
    if getattr(made, field.attname) is None and field.is_cached(made):
        setattr(made, field.name, getattr(made, field.name))
    return getattr(made, field.attname)


def keys(numbers: Iterable[int]) -> RawSQL:
    """Many keys as one parameter, for `__in`: thousands of parameters cost more than the question itself."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(numbers))])


def _field(model, name):
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _source(model, columns, rows):
    """A table of the given values, the expressions that read its columns, and the parameters of both.

    A column whose rows all hold the same is a parameter of its own. An array a column would be natural on PostgreSQL,
    but its driver looks through each element by an expression, so the rest is one JSON text. SQLite would read such a
    text again for every value; there functions give the values.
    """
    fields = [_field(model, name) for name in columns]
    columns = list(zip(*rows, strict=True))
    is_shared = [place > 0 and column.count(column[0]) == len(rows) for place, column in enumerate(columns)]
    shared = [
        field.get_db_prep_save(column[0], connection)
        for field, column, same in zip(fields, columns, is_shared, strict=True)
        if same
    ]
    own = [(field, column) for field, column, same in zip(fields, columns, is_shared, strict=True) if not same]
    written = [_written(field, column) for field, column in own]
    if connection.vendor == "postgresql":
        names = [f"c{number}" for number in range(len(own))]
        types = ", ".join(f"{name} {field.db_type(connection)}" for name, (field, _) in zip(names, own, strict=True))
        given = json.dumps([dict(zip(names, row, strict=True)) for row in zip(*written, strict=True)])
        source = f"json_to_recordset(%s::json) AS given_rows({types})"
    else:
        names, given = _laid_out(written), f"[{','.join('0' * len(rows))}]"
        source = "json_each(%s) AS given_rows"
    read = iter(names)
    values = [_constant(field) if same else next(read) for field, same in zip(fields, is_shared, strict=True)]
    return source, values, shared, given


def _laid_out(columns: Sequence[list]) -> list[str]:
    """Lay the values out for functions of this SQLite connection; the expressions that give those of a row.

    The functions are those of the lists themselves: asking for a value never enters Python code.
    """
    connection.ensure_connection()
    owner, lists = getattr(connection, "values_laid_out", (None, []))
    if owner is not connection.connection:
        lists = []
        connection.values_laid_out = (connection.connection, lists)
    while len(lists) < len(columns):
        values: list[object] = []
        connection.connection.create_function(f"value_given_{len(lists)}", 1, values.__getitem__)
        lists.append(values)
    for values, column in zip(lists, columns, strict=False):
        values[:] = column
    return [f"value_given_{number}(given_rows.key)" for number in range(len(columns))]


def _written(field, column):
    if isinstance(field, models.DateTimeField):
        return _written_once(column, datetime.isoformat if connection.vendor == "postgresql" else _instant)
    if isinstance(field, models.JSONField) and connection.vendor != "postgresql":
        return _written_once(column, json.dumps)
    return list(column)


def _instant(value):
    return value.astimezone(UTC).isoformat(" ")[:-6]


def _written_once(column, write):
    """The values as text, each object once however many rows share it."""
    texts = {id(value): value for value in column}
    texts = {key: None if value is None else write(value) for key, value in texts.items()}
    return [texts[id(value)] for value in column]


def _constant(field):
    return f"%s::{field.db_type(connection)}" if connection.vendor == "postgresql" else "%s"
