"""Counts of many queues in one statement, none of them further than a person reads."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.http import HttpRequest

READ_AT_MOST = 999
NOTHING_BESIDE: Mapping[str, QuerySet] = MappingProxyType({})
NO_OTHER_KEY: Mapping[str, str] = MappingProxyType({})

_in_the_frame: dict[str, Callable[[HttpRequest], Mapping[str, QuerySet]]] = {}


def register_frame_counts(room: str, rows_for: Callable[[HttpRequest], Mapping[str, QuerySet]]) -> None:
    """Let a room name what the frame of a page counts for its viewer; registering it again replaces it."""
    _in_the_frame[room] = rows_for


def counts_in_frame(request: HttpRequest, beside: Mapping[str, QuerySet] = NOTHING_BESIDE) -> dict[str, int]:
    """The counts around a page, and those of `beside`: one statement, and the frame's only once a request."""
    known = request.__dict__.setdefault("_counts_in_frame", {})
    asked = {}
    if not known:
        asked = {name: rows for rows_for in _in_the_frame.values() for name, rows in rows_for(request).items()}
    counts = counts_of({**asked, **beside})
    known.update((name, counts[name]) for name in asked)
    return known | counts


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


def firsts_of(
    queues: Mapping[str, QuerySet], at_most: int, *, key: Mapping[str, str] = NO_OTHER_KEY
) -> dict[str, list]:
    """The keys of the first rows of each queryset, in its own order. One statement for all.

    `key` names the field that is read instead of the row's own key.
    """
    selects, params = [], []
    firsts: dict[str, list] = {name: [] for name in queues}
    connection = connections["default"]
    for number, (name, queryset) in enumerate(queues.items()):
        connection = connections[queryset.db]
        ranked = queryset.values_list(key.get(name, "pk"), flat=True)[:at_most]
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
