"""How the house runs, as plain values: for the page of administrators and for the metrics."""

import platform
import shutil
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.models import Count, Min

from casemgmt import broker, pulses, sweeps
from casemgmt.celery import SWEEPS
from casemgmt.models import Endpoint, OutboxMessage


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to go out by one way: how much, since when the oldest is due, how much was given up."""

    channel: str
    waiting: int
    oldest: datetime | None
    dead: int


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the processes: whether it works, when it was heard last, and what is wrong in a code."""

    name: str
    is_well: bool
    heard_at: datetime | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Database:
    """Engine, version, and bytes; `wal` is the write-ahead log of SQLite, None elsewhere."""

    engine: str
    version: str
    size: int
    wal: int | None


def outbox_by_channel(at: datetime) -> list[Waiting]:
    """What waits and what was given up, by channel; two queries over partial indexes."""
    waiting = OutboxMessage.objects.waiting().order_by().values("channel")
    rows = {row["channel"]: row for row in waiting.annotate(n=Count("pk"), oldest=Min("not_before"))}
    given_up = OutboxMessage.objects.filter(failed_at__isnull=False).order_by().values("channel")
    dead = dict(given_up.annotate(n=Count("pk")).values_list("channel", "n"))
    found = []
    for channel in OutboxMessage.Channel.values:
        row = rows.get(channel)
        if row or channel in dead or channel == OutboxMessage.Channel.EMAIL:
            oldest = row["oldest"] if row and row["oldest"] <= at else None
            found.append(Waiting(channel, row["n"] if row else 0, oldest, dead.get(channel, 0)))
    return found


def failing_endpoints() -> list[Endpoint]:
    """Endpoints that failed the last time, those that have been failing longest first."""
    return list(
        Endpoint.objects.of_the_house()
        .filter(failing_since__isnull=False)
        .order_by("failing_since")
        .defer("address", "secret")
    )


def signs_of_life(at: datetime, runs: list[sweeps.LastRun]) -> list[Sign]:
    """Broker, beat, worker and relay. The worker is heard by the sweeps that it ends."""
    heard = pulses.last_heard()
    ended = [run.completed.finished_at for run in runs if run.completed]
    broker_is = broker.state()
    rings = broker.rings_waiting() if broker_is == "ok" else None
    return [
        Sign("broker", broker_is == "ok", at if broker_is == "ok" else None, "" if broker_is == "ok" else broker_is),
        _heard("beat", heard.get(pulses.BEAT), at, pulses.SILENT_AFTER),
        _heard("worker", max(ended, default=None), at, sweeps.MAY_BE_OLD, "rings_wait" if rings else ""),
        _heard("relay", heard.get(pulses.RELAY), at, pulses.SILENT_AFTER),
    ]


def last_runs() -> list[sweeps.LastRun]:
    """Every sweep of the house."""
    return sweeps.last_runs(SWEEPS)


def database() -> Database:
    """Of the default connection."""
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        with connection.cursor() as cursor:
            pages, size = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
            version = cursor.execute("SELECT sqlite_version()").fetchone()[0]
        wal = file.with_name(f"{file.name}-wal")
        return Database("SQLite", version, pages * size, wal.stat().st_size if wal.exists() else 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, version = cursor.fetchone()
    return Database("PostgreSQL", version.partition(" ")[0], size, None)


def disk() -> tuple[int, int]:
    """Free and all bytes of the disk where the data lie."""
    usage = shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR)
    return usage.free, usage.total


@cache
def versions() -> dict[str, str]:
    """Of the product and of what it stands on."""
    file = settings.BASE_DIR / "pyproject.toml"
    own = tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"] if file.exists() else ""
    return {"casemgmt": own, "Django": django.get_version(), "Python": platform.python_version()}


def _heard(name: str, last: datetime | None, at: datetime, silence: timedelta, code: str = "") -> Sign:
    if last is None:
        return Sign(name, False, None, "never_heard")
    return Sign(name, at - last <= silence, last, code or "silent")
