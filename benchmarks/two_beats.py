"""Two real beats and two real workers on one broker and one database: what fell due comes to what one bell makes of it.

    python -m benchmarks.two_beats [--engine sqlite|postgresql] [--minutes 3]

Makes a subject that is due for nearly every task of the schedule. First one process rings for all of them, minute
after minute, inside a transaction that is rolled back: that is what should come of it. Then two beats and two
workers, started as `manage.py up` starts them, go on for some minutes, so that every task is rung for twice a minute.
Printed is how often each task ran, and every table that did not grow by the same number of rows – of a tracked table
those of its history. Ends with 1 if there is one, or if the second beat was not heard.
"""

import argparse
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from statistics import median

from benchmarks.house import ENGINES, a_database

CELERY = (sys.executable, "-m", "celery", "-q", "-A", "casemgmt")
BEAT = (*CELERY, "beat", "--loglevel=WARNING", "--pidfile=")
WORKER = (
    *(*CELERY, "worker", "--concurrency=2", "--loglevel=WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
)
BEGINS_WITHIN = 30
"""Seconds until beats and workers are there; the first ring comes a minute later."""
EACH_BY_ITSELF = {"notices_before_grouped": 1000}
"""Of many notices of one run most are told in one; two runs that share the work would each tell their first ones."""
DEPENDS_ON_THE_OTHERS = (
    "assign_waiting",
    "tell_of_absences",
    "run_bulk_runs",
    "recompute_clocks",
    "close_escalations",
    "end_capped_pauses",
    "remind_of_pauses",
)
"""What comes of these depends on which task is first in a minute: who gets a case or is away, where a deadline moves
to, whether a cause is gone or a pause over before it is reminded of. `tests/tasks` proves each by itself."""


def main() -> int:
    """Choose the database before Django reads its settings, then ring once and twice, and compare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engine", choices=ENGINES, default="sqlite")
    parser.add_argument("--minutes", type=int, default=3)
    asked = parser.parse_args()
    os.environ.setdefault("CASEMGMT_EMBEDDED", "1")
    os.environ.setdefault("CUSTOMER_MAIL", "1")
    with a_database(asked.engine):
        logging.disable(logging.INFO)
        return _run(asked)


def _run(asked) -> int:
    import_module("django.core.management").call_command("migrate", verbosity=0)
    rooms = ("stage", "cast", "falling_due", "new_editions", "ringing")
    stage, cast, falling_due, editions, ringing = (import_module(f"tests.{name}") for name in rooms)
    celery, outbox = import_module("casemgmt.celery"), import_module("casemgmt.models").OutboxMessage
    celery.app.loader.import_default_modules()
    stage.set_the_stage()
    with import_module("casemgmt.ledger").signed(
        by=import_module("casemgmt.people.accounts").service_account(), reason="benchmark", source="command"
    ):
        editions.a_new_edition(stage.standing_cast(), kind="period", key="default", at=cast.AT, **EACH_BY_ITSELF)
        for name, due in falling_due.DUE.items():
            if name not in DEPENDS_ON_THE_OTHERS:
                due.make(stage.standing_cast())
    before = ringing.counted()
    wanted = _one_bell(ringing, celery, asked.minutes)
    with tempfile.TemporaryDirectory(prefix="b-") as directory:
        _two_beats(Path(directory), asked.minutes)
    grown = ringing.grown(before)
    ran = _runs(celery.SWEEPS)
    print(f"{asked.engine}, {asked.minutes} minutes, {len(ran)} tasks, each ran {min(ran.values())} to", end=" ")
    print(f"{max(ran.values())} times; {outbox.objects.filter(sent_at__isnull=False).count()} messages left the house")
    print("came of it:", " · ".join(f"{name} {number}" for name, number in sorted(wanted.items())))
    differ = {name: (wanted[name], grown[name]) for name in wanted | grown if wanted[name] != grown[name]}
    for of_the_machine in ("looks", "pulse"):
        differ.pop(of_the_machine, None)
    print(f"tables that grew otherwise (one bell, two beats): {differ or 'none'}", flush=True)
    return 0 if not differ and median(ran.values()) > asked.minutes else 1


def _one_bell(ringing, celery, minutes: int) -> Counter[str]:
    """What one process makes of it that rings for everything, minute after minute; nothing of it stays."""
    transaction, timezone = import_module("django.db").transaction, import_module("django.utils.timezone")
    at, before = timezone.now() - timedelta(minutes=minutes), ringing.counted()
    with transaction.atomic():
        for minute in range(minutes):
            with ringing.at_moment(at + timedelta(minutes=minute)):
                for name in celery.SWEEPS | celery.DAILY:
                    ringing.ring(name)
        grown = ringing.grown(before)
        transaction.set_rollback(True)
    return grown


def _two_beats(directory: Path, minutes: int) -> None:
    with import_module("tests.brokers").a_broker(directory) as broker:
        env = os.environ | {"REDIS_URL": broker}
        with _running([BEAT, BEAT, WORKER, WORKER], env):
            time.sleep(BEGINS_WITHIN + 60 * minutes + 30)


@contextmanager
def _running(commands, env) -> Iterator[None]:
    processes = [subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL) for command in commands]
    try:
        yield
        assert all(process.poll() is None for process in processes), "one of them has ended"
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(60)


def _runs(names) -> dict[str, int]:
    diary = import_module("casemgmt.models").Sweep
    began = Counter(diary.objects.filter(finished_at__isnull=False).values_list("name", flat=True))
    return {name: began[name] for name in names}


if __name__ == "__main__":
    sys.exit(main())
