"""Asserting that an act is refused, for these reasons alone, and that nothing at all was written."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import connection

from casemgmt.models import Notice, OutboxMessage
from casemgmt.violations import RuleBroken


def _written() -> dict[str, int]:
    """How many rows each history of the cases holds, and how many messages wait, counted in one statement."""
    histories = [model for model in apps.get_app_config("complaints").get_models() if hasattr(model, "instance_type")]
    tables = [model._meta.db_table for model in (*histories, Notice, OutboxMessage)]
    counts = ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))


@contextmanager
def refused(*codes: str):
    """The block breaks exactly these rules, in any order, and leaves no trace."""
    before = _written()
    with pytest.raises(RuleBroken) as broken:
        yield broken
    assert sorted(broken.value.codes) == sorted(codes)
    assert _written() == before


@contextmanager
def denied():
    """The person may not, whatever the state, and nothing is written."""
    before = _written()
    with pytest.raises(PermissionDenied):
        yield
    assert _written() == before
