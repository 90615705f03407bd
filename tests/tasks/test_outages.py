"""No sweep runs for a day and a half, or for forty days; then every due subject is dealt with, each step once."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from casemgmt.celery import app
from casemgmt.models import Sweep
from complaints.demo.telling import SWEEPS as TOLD_IN_THE_DEMO
from complaints.models import SetAside
from tests.cast import AT
from tests.falling_due import DUE, HOUR, LONG, LONGEST
from tests.ringing import at_moment, counted, grown, ran_last, ring

FORTY_DAYS_LATER = AT + LONGEST - 12 * HOUR
"""At night, when nobody may be called."""

RUNG_WITH_ANOTHER = {"climb_escalations", "register_staged"}
"""Functions that the schedule knows under another name: with `escalate_overdue`, and as `register_imports`."""

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def tasks():
    """Every task by its name. Once for this file: the loader of celery has Django check the whole project."""
    app.loader.import_default_modules()
    return app.tasks


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    """Files lie in a folder of the test, and letters to customers leave."""
    settings.MEDIA_ROOT, settings.CUSTOMER_MAIL = tmp_path, True


def test_every_task_of_the_schedule_has_a_subject():
    assert set(DUE) == set(app.conf.beat_schedule)


def test_what_the_demo_lets_fall_due_is_on_the_schedule():
    assert {sweep.__name__ for sweep in TOLD_IN_THE_DEMO} - RUNG_WITH_ANOTHER <= set(DUE)


@contextmanager
def undone():
    """What the block writes is taken back, so that the next outage finds the same subject."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(DUE))
def test_after_an_outage_each_step_is_made_once(cast, name):
    due_at = DUE[name].make(cast)
    for outage, at in ((LONG, due_at - HOUR + LONG), (LONGEST, FORTY_DAYS_LATER)):
        assert at > due_at
        with undone():
            ran_last(name, at - outage)
            before = counted()
            expected = DUE[name].expected(outage)
            with at_moment(at):
                ring(name)
            assert grown(before) == expected
            after = counted()
            with at_moment(at + timedelta(minutes=1)):
                ring(name)
            assert counted() == after
            assert set(Sweep.objects.values_list("error", flat=True)) == {""}
            assert not SetAside.objects.exists()
