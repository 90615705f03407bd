"""For tests that flush: TRUNCATE is refused on PostgreSQL, and SQLite's deletes would write history."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.test import TransactionTestCase

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


def let_tests_flush() -> None:
    """Make every TransactionTestCase, and pytest's `transactional_db`, flush past the triggers.

    Call it once, in tests/conftest.py at import. `manage.py flush` stays refused.
    """
    teardown = TransactionTestCase._fixture_teardown
    if getattr(teardown, "flushes_past_triggers", False):
        return

    def fixture_teardown(case):
        aliases = [alias for alias in connections if alias in case._databases_names(include_mirrors=False)]
        with ExitStack() as stack:
            for alias in aliases:
                stack.enter_context(flushable(alias))
            teardown(case)

    fixture_teardown.flushes_past_triggers = True
    TransactionTestCase._fixture_teardown = fixture_teardown
