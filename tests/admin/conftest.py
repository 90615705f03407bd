"""The world of tests/admin/world.py, built once for each file, and a browser that looks at it on a fixed Monday."""

import pytest
from django.db import transaction
from django.utils import timezone

from casemgmt.ledger import Signer, signed
from tests.admin.looking import signed_in
from tests.admin.world import NOW, a_world
from tests.stage import standing_cast


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; what each test does in it is rolled back to where it was, and the whole after the file."""
    with django_db_blocker.unblock(), signed(by=Signer("试验员"), reason="test", source="test"):
        building = transaction.atomic()
        with building:
            yield a_world(standing_cast())
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def on_a_monday(db, monkeypatch):
    """Pages ask for the time; here it stands still."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def ana(world):
    """A browser in which ana is signed in."""
    return signed_in(world.cast.ana)


@pytest.fixture
def sven(world):
    """A browser in which sven is signed in."""
    return signed_in(world.cast.sven)
