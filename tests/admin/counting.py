"""What only an act may add to: every history, every notice, every letter; and beside them the access log."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection

from casemgmt.models import Notice, OutboxMessage
from casemgmt.privacy.models import AccessEvent

READING = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK")
"""How statements begin that change no row."""


@cache
def _counting() -> str:
    histories = [model for model in apps.get_models() if hasattr(model, "instance_type")]
    tables = sorted({model._meta.db_table for model in (*histories, Notice, OutboxMessage)})
    return "SELECT " + ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables)


def kept() -> tuple[int, ...]:
    """The rows of each, counted in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_counting())
        return cursor.fetchone()


class Watch:
    """Whether what is kept grew. Counted only after a statement that could have: a count takes as long as a page."""

    def __init__(self):
        self._before, self._wrote = kept(), False

    def grew(self) -> bool:
        """Whether there is another number of rows than when the watch began."""
        self._wrote = self._wrote and kept() != self._before
        return self._wrote

    def note(self, execute, sql, params, many, context):
        """For `execute_wrapper`."""
        self._wrote = self._wrote or not sql.lstrip().upper().startswith(READING)
        return execute(sql, params, many, context)

    def forget(self) -> None:
        """What was written has been taken back."""
        self._wrote = False


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch the statements of this connection."""
    watch = Watch()
    with connection.execute_wrapper(watch.note):
        yield watch


def events() -> int:
    """How many access events there are."""
    return AccessEvent.objects.count()
