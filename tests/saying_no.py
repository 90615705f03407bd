"""Asserting that an act is refused, for these reasons alone, and that nothing at all was written."""

from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from casemgmt.models import Notice, OutboxMessage
from casemgmt.violations import RuleBroken


def _written() -> dict[str, int]:
    """How many rows each history of the cases holds, and how many messages wait."""
    histories = [model for model in apps.get_app_config("complaints").get_models() if hasattr(model, "instance_type")]
    return {model.__name__: model.objects.count() for model in (*histories, Notice, OutboxMessage)}


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
