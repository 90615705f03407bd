"""Beat rings at a moment of the test's choice, and how many rows came of it in which table."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch

from django.apps import apps
from django.core import mail
from django.db import connection
from django.db.models import Max
from django.utils import timezone

from casemgmt import sweeps
from casemgmt.celery import DAILY, SWEEPS, app
from casemgmt.models import Sweep


def counted() -> Counter[str]:
    """How many rows stand in every table but the diary, under the name of the model; of tracked ones its history."""
    models = [found for found in apps.get_models() if found._meta.managed and not found._meta.proxy]
    tables = {found._meta.model_name: found._meta.db_table for found in models if found is not Sweep}
    tables |= {name.removeprefix("historical"): tables.pop(name) for name in list(tables) if name[:10] == "historical"}
    parts = [f"SELECT '{name}', COUNT(*) FROM {connection.ops.quote_name(table)}" for name, table in tables.items()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        found = Counter(dict(cursor.fetchall()))
    found["letters"] = len(getattr(mail, "outbox", ()))
    found["looks"] = Sweep.objects.filter(name__in=DAILY).aggregate(last=Max("pk", default=0))["last"]
    return found


def grown(before: Counter[str]) -> Counter[str]:
    """By how many rows the tables have grown since, but for turns, and the outbox, which has the letters of notices."""
    now = counted()
    names = before.keys() - {"outboxmessage", "turn"}
    return Counter({name: now[name] - before[name] for name in names if now[name] != before[name]})


@contextmanager
def at_moment(at: datetime) -> Iterator[None]:
    """The clock on the wall shows this."""
    with patch.object(timezone, "now", return_value=at):
        yield


def ring(name: str) -> None:
    """Let the task of the schedule do what it does when beat rings."""
    app.tasks[(SWEEPS | DAILY)[name]]()


def ran_last(name: str, at: datetime) -> None:
    """The diary says that the sweep ran then, and no more."""
    with sweeps.recorded(name, at=at):
        pass
