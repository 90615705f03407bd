"""The world of tests/admin/world.py, put there for a file, and a browser that looks at it on a fixed Monday."""

import pytest
from django.utils import timezone

from tests.admin.looking import signed_in
from tests.admin.world import NOW


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
