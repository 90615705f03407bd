"""Counts of many queues in one statement, none of them further than a person reads."""

from collections.abc import Mapping

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

READ_AT_MOST = 999


def counts_of(queues: Mapping[str, QuerySet], at_most: int = READ_AT_MOST) -> dict[str, int]:
    """How many rows each queryset has, at most one more than `at_most`. One statement for all."""
    selects, params, names = [], [], []
    counts = dict.fromkeys(queues, 0)
    connection = connections["default"]
    for name, queryset in queues.items():
        connection = connections[queryset.db]
        sliced = queryset.order_by().values("pk")[: at_most + 1]
        try:
            sql, args = sliced.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        alias = connection.ops.quote_name(f"queue_{len(names)}")
        selects.append(" ".join(["(SELECT COUNT(*) FROM (", sql, ")", alias, ")"]))
        params.extend(args)
        names.append(name)
    if names:
        with connection.cursor() as cursor:
            cursor.execute(" ".join(["SELECT", ", ".join(selects)]), params)
            counts.update(zip(names, cursor.fetchone(), strict=True))
    return counts


def in_short(count: int, at_most: int = READ_AT_MOST) -> str:
    """The count as it is shown: beyond what was counted, "999+"."""
    return f"{at_most}+" if count > at_most else str(count)


def firsts_of(queues: Mapping[str, QuerySet], at_most: int) -> dict[str, list]:
    """The keys of the first rows of each queryset, in its own order. One statement for all."""
    selects, params = [], []
    firsts: dict[str, list] = {name: [] for name in queues}
    connection = connections["default"]
    for number, (name, queryset) in enumerate(queues.items()):
        connection = connections[queryset.db]
        ranked = queryset.values_list("pk", flat=True)[:at_most]
        try:
            sql, args = ranked.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        alias = connection.ops.quote_name(f"firsts_{number}")
        selects.append(" ".join(["SELECT %s AS queue,", f"{alias}.*", "FROM (", sql, ")", alias]))
        params.extend([name, *args])
    if selects:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), params)
            for name, key in cursor.fetchall():
                firsts[name].append(key)
    return firsts
