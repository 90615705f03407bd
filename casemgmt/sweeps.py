"""The diary of the sweeps: what ran last, how long ago, and what it did."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from casemgmt.models import Sweep

KEPT = timedelta(days=7)
MAY_BE_OLD = timedelta(minutes=5)
"""A sweep ends every minute; one that did not for so long is late."""
LOOKED_AT = 500


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
    """When the last completed run of this sweep began; None before the first.

    The last that was begun, not the one with the latest time: the clock may have been put back since.
    """
    completed = Sweep.objects.filter(name=name, finished_at__isnull=False).order_by("-pk")
    return completed.values_list("started_at", flat=True).first()


@dataclass(frozen=True, slots=True)
class LastRun:
    """One sweep: its last completed run, and the class name of the error of a later one that broke."""

    name: str
    completed: Sweep | None
    broke: str = ""

    def is_late(self, at: datetime) -> bool:
        """Whether it should have ended since."""
        return self.completed is None or abs(at - self.completed.finished_at) > MAY_BE_OLD


def last_runs(names: Iterable[str]) -> list[LastRun]:
    """The last run of each of the named sweeps; one query, two more when some have not run lately."""
    names = list(names)
    completed: dict[str, Sweep] = {}
    broke: dict[str, str] = {}
    for run in Sweep.objects.order_by("-pk")[:LOOKED_AT]:
        if run.name in completed:
            continue
        if run.finished_at is not None:
            completed[run.name] = run
        elif run.error:
            broke.setdefault(run.name, run.error)
    missing = set(names) - completed.keys()
    if missing:
        last = Sweep.objects.filter(name__in=missing, finished_at__isnull=False).order_by().values("name")
        keys = last.annotate(last=Max("pk")).values_list("last", flat=True)
        completed |= {run.name: run for run in Sweep.objects.filter(pk__in=list(keys))}
    return [LastRun(name, completed.get(name), broke.get(name, "")) for name in names]


def late(names: Iterable[str], at: datetime) -> dict[str, datetime | None]:
    """Those of the named sweeps that have not ended for too long, each with its last end, None for never.

    One look at the runs of the last minutes, and one more when something is late. A run that ended in a future which
    the clock has left says nothing.
    """
    lately = Sweep.objects.filter(finished_at__gt=at - MAY_BE_OLD, finished_at__lt=at + MAY_BE_OLD)
    lately = lately.order_by().values_list("name", flat=True)
    missing = sorted(set(names) - set(lately.distinct()))
    if not missing:
        return {}
    ended = Sweep.objects.filter(name__in=missing, finished_at__isnull=False).order_by().values_list("name")
    return dict.fromkeys(missing) | dict(ended.annotate(last=Max("finished_at")))
