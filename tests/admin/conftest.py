"""The world of tests/admin/world.py, built once for each worker, and a browser that looks at it on a fixed Monday."""

import pytest
from django.db import transaction
from django.utils import timezone

from casemgmt.ledger import Signer, signed
from tests.admin.looking import signed_in
from tests.admin.world import NOW, a_world
from tests.snapshots import Kept, Snapshot
from tests.stage import standing_cast


@pytest.fixture(scope="session")
def world_copy(stage_copy, django_db_blocker):
    """The database with the world in it, and the world itself: built once for a worker, then taken away again."""
    with django_db_blocker.unblock(), signed(by=Signer("试验员"), reason="test", source="test"):
        with transaction.atomic():
            world = a_world(standing_cast())
            transaction.get_connection().run_on_commit.clear()
        copy = Snapshot("world")
        stage_copy.put_back()
    return copy, Kept(world)


@pytest.fixture(scope="module")
def world(world_copy, stage_copy, django_db_blocker):
    """Put there once for a file; what each test does in it is rolled back, and the whole goes after the file."""
    copy, kept = world_copy
    with django_db_blocker.unblock():
        copy.put_back()
        found = kept.read()
    yield found
    with django_db_blocker.unblock():
        stage_copy.put_back()


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
