"""What the ledger's tests say again and again."""

from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from casemgmt.ledger import Refused, Signer, signed

ANN = Signer("安然", "7")
BEN = Signer("Ben", "8")


def by(signer=ANN, reason="probe.tried", **kwargs):
    """A signature."""
    return signed(by=signer, reason=reason, **kwargs)


def story(model, **filters):
    """What history says, oldest first: kind, who, why."""
    rows = model.history.filter(**filters).order_by("history_id")
    return [(row.history_type, row.history_actor, row.history_change_reason) for row in rows]


def kinds(model, **filters):
    """The kinds of the history rows, oldest first."""
    return "".join(kind for kind, _, _ in story(model, **filters))


def sql(statement, *params):
    """Raw SQL, as anybody may send it. Returns the rows of a reading statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall() if cursor.description else None


@contextmanager
def refused(code):
    """The block is refused by the database with this code, inside a savepoint of its own."""
    with pytest.raises(Refused) as caught, transaction.atomic():
        yield
    assert caught.value.code == code, caught.value
