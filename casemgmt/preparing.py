"""What stands between a fresh checkout and a running house: tables, static files, policies, the demo shop."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

WATCHED = ("casemgmt", "complaints", "policies", "templates", "requirements.txt")


def prepare(stamp: Path, tell: Callable[[str], None]) -> None:
    """Bring database and files to the code that is here; quick when nothing changed since last time."""
    fingerprint = code_fingerprint()
    if _read(stamp) == fingerprint and not pending_migrations():
        return
    tell("Preparing the database …")
    call_command("migrate", interactive=False, verbosity=0)
    tell("Collecting the static files …")
    call_command("collectstatic", interactive=False, verbosity=0)
    known = get_commands()
    if "load_policies" in known:
        tell("Loading the policies …")
        call_command("load_policies", verbosity=0)
    if "load_demo" in known and not get_user_model().objects.filter(is_service=False).exists():
        tell("Opening the demo shop; this happens once …")
        call_command("load_demo")
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint)


def pending_migrations() -> bool:
    """Whether the database lacks a migration of the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def code_fingerprint() -> str:
    """Changes whenever a file of the project, or the database that it runs on, does."""
    digest = hashlib.sha256(str(sorted(settings.DATABASES["default"].items(), key=str)).encode())
    for file in sorted(_files()):
        status = file.stat()
        digest.update(f"{file}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for name in WATCHED:
        place = settings.BASE_DIR / name
        yield from (
            [place]
            if place.is_file()
            else (file for file in place.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
        )


def _read(stamp):
    try:
        return stamp.read_text()
    except FileNotFoundError:
        return ""
