"""For tests that flush: TRUNCATE is refused on PostgreSQL, and SQLite's deletes would write history."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

from casemgmt.ledger.engines import triggers_for
from casemgmt.ledger.install import install


@contextmanager
def flushable(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Disarm the triggers that a flush meets, and arm them again."""
    triggers_for(connections[using]).let_flush(connections[using])
    try:
        yield
    finally:
        install(using)
