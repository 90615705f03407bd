"""The diary of the sweeps: what ran last, how long ago, and what it did."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import Max

from casemgmt.models import Sweep

KEPT = timedelta(days=7)


@contextmanager
def recorded(name: str, *, at: datetime) -> Iterator[Sweep]:
    """Note a sweep from start to end; the body fills `selected`, `done` and, for a row left aside, `error`.

    An exception is noted by its class name and passed on; such a run counts as not completed.
    Stands outside the body's transactions, so that a rollback cannot lose the note. Notes older than a week go.
    """
    sweep = Sweep.objects.create(name=name, started_at=at)
    clock = time.monotonic()
    try:
        yield sweep
    except Exception as error:
        Sweep.objects.filter(pk=sweep.pk).update(error=type(error).__name__[:200])
        raise
    sweep.finished_at = at + timedelta(seconds=time.monotonic() - clock)
    sweep.save(update_fields=["finished_at", "selected", "done", "error"])
    Sweep.objects.filter(name=name, started_at__lt=at - KEPT).delete()


def last_completed() -> dict[str, datetime]:
    """For each sweep that ever completed: when the last run ended."""
    completed = Sweep.objects.filter(finished_at__isnull=False).order_by()
    return dict(completed.values_list("name").annotate(last=Max("finished_at")))


def last_start(name: str) -> datetime | None:
    """When the last completed run of this sweep began; None before the first."""
    completed = Sweep.objects.filter(name=name, finished_at__isnull=False).order_by("-finished_at")
    return completed.values_list("started_at", flat=True).first()
