"""What every test may lean on: its own database, a signature, and the right shelf for its engine."""

import gc
import os
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.test import TransactionTestCase
from django.utils import translation

from casemgmt.ledger import Signer, signed
from tests.chromium import found_chromium
from tests.scheduling import SlowestFirst
from tests.snapshots import Kept, Snapshot

PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


def pytest_configure(config):
    """Nothing slow or written aside: quick password hashes, static files as they lie, letters in memory."""
    settings.STORAGES = settings.STORAGES | {"staticfiles": PLAIN_STATIC_FILES}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    TransactionTestCase._fixture_teardown = lambda case: config.stash[SNAPSHOT].put_back()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Files, the slowest first."""
    return SlowestFirst(config, log)


@pytest.fixture(autouse=True)
def signature(request):
    """Every test signs what it writes; one marked `unsigned` does it itself, or wants to be refused."""
    if request.node.get_closest_marker("unsigned"):
        yield None
        return
    with signed(by=Signer("试验员"), reason="test", source="test") as written:
        yield written


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """A database in a file for every worker: an SQLite in memory has no WAL and no second connection."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    for connection in connections.all():
        test = connection.settings_dict["TEST"]
        if connection.vendor == "sqlite":
            test["NAME"] = str(Path(os.environ["CASEMGMT_TEST_RUN"]) / f"test-{worker}.sqlite3")
        else:
            test["NAME"] = f"test_{worker}"


def pytest_report_header(config):
    """Say which database and which browser the run has."""
    browser = found_chromium() or "none found, so the tests in tests/browser are left out"
    return [f"database: {_engine()}", f"browser: {browser}"]


def pytest_collection_modifyitems(config, items):
    """Leave out tests about the other engine, and those that need a browser where none is; count them as deselected."""
    engine = _engine()
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[engine]
    left_out = [
        item
        for item in items
        if (item.get_closest_marker(other) and not item.get_closest_marker(engine))
        or (not found_chromium() and "chromium" in item.fixturenames)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def _engine():
    return "postgresql" if "postgresql" in settings.DATABASES["default"]["ENGINE"] else "sqlite"


SNAPSHOT = pytest.StashKey[Snapshot]()
"""The stage, copied before any test; it is put back after each test or file that commits."""


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker):
    """After the tables, what nearly every test needs. What stands by then is left out of every search for garbage."""
    with django_db_blocker.unblock():
        stage().set_the_stage()
        if any(_commits(item) for item in request.session.items):
            request.config.stash[SNAPSHOT] = Snapshot("stage")
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def cast(db):
    """The people of tests/cast.py, with the packaged policies in force."""
    return stage().standing_cast()


def _commits(item):
    marker = item.get_closest_marker("django_db")
    in_marker = marker is not None and marker.kwargs.get("transaction", False)
    return in_marker or bool({"transactional_db", "live_server", "world", "demo"} & set(item.fixturenames))


@pytest.fixture(autouse=True)
def language():
    """No test leaves its language to the next, whatever page it looked at."""
    before = translation.get_language()
    yield
    if before is None:
        translation.deactivate_all()
    else:
        translation.activate(before)


@pytest.fixture(scope="session")
def stage_copy(request, django_db_setup):
    """The stage, to be put back by a fixture that committed something."""
    return request.config.stash[SNAPSHOT]


@pytest.fixture(scope="session")
def world_copy(stage_copy, django_db_blocker):
    """The database with the world of tests/admin/world.py in it, and that world: built once, then taken away again."""
    with django_db_blocker.unblock(), signed(by=Signer("试验员"), reason="test", source="test"):
        with transaction.atomic():
            world = import_module("tests.admin.world").a_world(stage().standing_cast())
            transaction.get_connection().run_on_commit.clear()
        copy = Snapshot("world")
        stage_copy.put_back()
    return copy, Kept(world)


def stage():
    """The stage, whose models can be imported only after Django is ready."""
    return import_module("tests.stage")
