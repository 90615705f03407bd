"""The sweeps' diary tells what ran last and what became of it."""

from datetime import UTC, datetime, timedelta

import pytest

from casemgmt import sweeps
from casemgmt.models import Sweep

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def test_a_completed_sweep_is_noted_with_its_numbers():
    with sweeps.recorded("escalate_overdue", at=NOON) as sweep:
        sweep.selected, sweep.done = 7, 5
    noted = Sweep.objects.get()
    assert (noted.name, noted.started_at, noted.selected, noted.done, noted.error) == (
        "escalate_overdue",
        NOON,
        7,
        5,
        "",
    )
    assert NOON <= noted.finished_at < NOON + timedelta(seconds=5)
    assert sweeps.last_completed() == {"escalate_overdue": noted.finished_at}


def test_a_sweep_that_broke_is_noted_but_not_completed():
    with pytest.raises(LookupError), sweeps.recorded("escalate_overdue", at=NOON):
        raise LookupError("poison")
    noted = Sweep.objects.get()
    assert (noted.finished_at, noted.error) == (None, "LookupError")
    assert sweeps.last_completed() == {}


def test_the_diary_keeps_a_week_of_each_sweep():
    for name, age in (("a", 8), ("a", 6), ("b", 8)):
        with sweeps.recorded(name, at=NOON - timedelta(days=age)):
            pass
    with sweeps.recorded("a", at=NOON):
        pass
    assert list(Sweep.objects.filter(name="a").values_list("started_at", flat=True)) == [
        NOON,
        NOON - timedelta(days=6),
    ]
    assert Sweep.objects.filter(name="b").count() == 1
