"""Beat rings each minute, whatever happens to the clock or to a second beat beside it."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from celery.schedules import schedule

from casemgmt.beating import HeardScheduler
from casemgmt.celery import DAILY, SWEEPS, app

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Watch:
    """A clock that a test sets."""

    def __init__(self):
        self.now = NOON


@pytest.fixture
def watch(monkeypatch):
    made = Watch()
    monkeypatch.setattr(app, "now", lambda: made.now)
    monkeypatch.setattr(schedule, "now", lambda _schedule: made.now)
    return made


class Counting(HeardScheduler):
    """Notes its rings instead of sending them, and needs no broker."""

    producer = None

    def __init__(self):
        self.rings = Counter()
        super().__init__(app=app)

    def apply_async(self, entry, producer=None, advance=True, **kwargs):
        """The entry was reserved by the caller."""
        self.rings[entry.task] += 1


def minutes(watch, beat, count):
    """So many minutes pass, a look every fifteen seconds; how often each sweep was rung for."""
    beat.rings.clear()
    for _ in range(4 * count):
        while beat.tick() == 0:
            continue
        watch.now += timedelta(seconds=15)
    return set(beat.rings.values()), set(beat.rings)


EVERYTHING = set((SWEEPS | DAILY).values())


def test_it_rings_for_every_sweep_each_minute(watch):
    beat = Counting()
    minutes(watch, beat, 2)
    assert minutes(watch, beat, 5) == ({5}, EVERYTHING)


def test_it_does_not_wait_for_the_hour_by_which_the_clock_was_put_back(watch):
    beat = Counting()
    minutes(watch, beat, 2)
    watch.now -= HOUR
    minutes(watch, beat, 2)
    assert minutes(watch, beat, 5) == ({5}, EVERYTHING)


def test_it_rings_once_for_all_the_minutes_that_the_clock_left_out(watch):
    beat = Counting()
    minutes(watch, beat, 2)
    watch.now += HOUR
    times, tasks = minutes(watch, beat, 1)
    assert (max(times), tasks) == (1, EVERYTHING)
