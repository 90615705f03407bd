"""Rows that no action, guard or constraint would let be: written past all of them, to see that somebody notices."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from casemgmt.ledger.install import uninstall
from complaints.invariants.breaches import Breach, Check

DROP_CHECKS = """
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT conrelid::regclass AS held, conname FROM pg_constraint
    WHERE contype = 'c' AND connamespace = current_schema()::regnamespace
  LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.held, found.conname); END LOOP;
END $$
"""


@contextmanager
def nothing_guarded() -> Iterator[None]:
    """No trigger and no CHECK holds from here on, inside the transaction of a test, which takes it all back."""
    connection.check_constraints()
    uninstall()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(DROP_CHECKS)
        else:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")


def unseen(breakages: Mapping[str, Callable[[], object]], *rooms: Callable[[], Iterable[Check | Breach]]) -> list[str]:
    """Those of the codes that none of these checks reports after the row was broken so; each is undone before the next.

    First nothing may be reported, or the report would prove nothing.
    """
    assert codes_of(rooms) == set()
    missed = []
    for code, break_it in breakages.items():
        with transaction.atomic():
            break_it()
            if f"invariant.{code}" not in codes_of(rooms):
                missed.append(code)
            transaction.set_rollback(True)
    return missed


def codes_of(rooms: Iterable[Callable[[], Iterable[Check | Breach]]]) -> set[str]:
    """The codes of everything that these checks report now, each with its sentence."""
    breaches = [breach for room in rooms for found in room() for breach in _each(found)]
    assert all(str(breach.key) in breach.what for breach in breaches)
    return {breach.code for breach in breaches}


def _each(found: Check | Breach) -> Iterable[Breach]:
    return found.breaches() if isinstance(found, Check) else [found]
