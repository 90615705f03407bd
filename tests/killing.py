"""Workers that are killed in the middle of their sweep and started again, one after the other or two at once."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import connection

from casemgmt.celery import app
from complaints.models import Clock
from complaints.tasks import escalate_overdue

BEGINS_WITHIN = 240
REACHES_ITS_STATEMENT_WITHIN = 5
DONE_WITHIN = 300


def database_url() -> str:
    """The address of this process's database, for processes that it starts."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    options = {name: value for name, value in database["OPTIONS"].items() if name in ("host", "port")}
    options |= {name.lower(): database[name] for name in ("HOST", "PORT") if database[name]}
    query = "&".join(f"{name}={value}" for name, value in options.items())
    return f"postgresql://{database['USER']}@/{database['NAME']}?{query}"


@dataclass
class Killing:
    """What happened: how each worker died, and how many cases were still due after each death."""

    deaths: list[str] = field(default_factory=list)
    left: list[int] = field(default_factory=list)

    @property
    def in_the_middle(self) -> int:
        """How many deaths came while some cases had been dealt with and others not."""
        return sum(left > 0 for left in self.left)


@dataclass(frozen=True)
class Killer:
    """Starts workers on the database of this process and kills them; everything random comes from `chance`.

    `reach` is how many statements of a sweep, and `longest` how many seconds of it, deaths are drawn from.
    """

    broker: str
    now: datetime
    batch: int
    chance: random.Random
    reach: int
    longest: float

    def kill(self, times: int, *, at_once: int = 1) -> Killing:
        """Let so many workers die, `at_once` sweeping together; every second one at a statement, else after a while."""
        seen = Killing()
        while len(seen.deaths) < times:
            by_statement = [(len(seen.deaths) + number) % 2 == 0 for number in range(at_once)]
            statements = [self.chance.randint(1, self.reach) if drawn else 0 for drawn in by_statement]
            delays = [self.chance.uniform(0, self.longest) for _ in statements]
            workers = [self._start(statement) for statement in statements]
            with ThreadPoolExecutor(at_once) as pool:
                seen.deaths.extend(pool.map(self._see_die, workers, statements, delays))
            seen.left.append(self.waiting())
        return seen

    def finish(self) -> int:
        """One worker that nobody kills rings the rest through; how many rings that took."""
        worker, rings = self._start(0), 0
        until = time.monotonic() + DONE_WITHIN
        try:
            while self.waiting() and time.monotonic() < until:
                rings += self._ring_until_it_sweeps(worker)
                pause = time.monotonic() + 10
                while self.waiting() and time.monotonic() < pause:
                    time.sleep(0.05)
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.communicate(timeout=60)
        return rings

    def waiting(self) -> int:
        """How many clocks have a level that fell due and was not raised."""
        return Clock.objects.running().filter(next_level_at__lt=self.now).count()

    def _start(self, dies_at: int) -> subprocess.Popen:
        given = {"--now": self.now.isoformat(), "--dies-at": dies_at, "--batch": self.batch}
        return subprocess.Popen(
            [sys.executable, "-m", "tests.mortal_worker", *(str(part) for pair in given.items() for part in pair)],
            cwd=settings.BASE_DIR,
            env=os.environ | {"REDIS_URL": self.broker, "DATABASE_URL": database_url()},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def _see_die(self, worker: subprocess.Popen, statement: int, delay: float) -> str:
        self._ring_until_it_sweeps(worker)
        how = f"after {delay:.3f} s"
        with suppress(subprocess.TimeoutExpired):
            worker.wait(REACHES_ITS_STATEMENT_WITHIN if statement else delay)
            how = f"before statement {statement}"
        worker.kill()
        worker.communicate()
        assert worker.returncode == -signal.SIGKILL
        return how

    def _ring_until_it_sweeps(self, worker: subprocess.Popen) -> int:
        """Ring, again and again in case another worker heard it; how many rings that took."""
        rings, until = 0, time.monotonic() + BEGINS_WITHIN
        with app.connection_for_write(self.broker) as bell:
            while time.monotonic() < until:
                escalate_overdue.apply_async(connection=bell)
                rings += 1
                if select.select([worker.stdout], [], [], 3)[0]:
                    break
        assert worker.stdout.readline() == "swept\n", f"the worker ended with {worker.poll()} before it swept"
        return rings
