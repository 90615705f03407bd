"""Two workers hear the same bell: what fell due comes to the same as if one had heard it."""

from threading import Barrier, BrokenBarrierError

import pytest

from casemgmt.celery import app
from casemgmt.models import Sweep
from complaints.actions import batches
from complaints.models import SetAside
from tests.cast import AT
from tests.falling_due import DUE, HOUR, LONGEST
from tests.racing import race
from tests.ringing import at_moment, counted, grown, ran_last, ring
from tests.stage import standing_cast

FORTY_DAYS_LATER = AT + LONGEST - 12 * HOUR
PATIENCE = 0.3
PROVED_ELSEWHERE = {
    "assign_waiting",  # tests/actions/test_sharing_out.py
    "escalate_overdue",  # test_sweeps_in_parallel.py and test_killed_workers.py
    "owe_progress",  # test_progress.py
    "recompute_clocks",  # test_sweeps_in_parallel.py
    "register_imports",  # test_imports_in_parallel.py
    "relay_outbox",  # tests/running/test_killed_relay.py
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module", autouse=True)
def tasks():
    """Every task by its name."""
    app.loader.import_default_modules()
    return app.tasks


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    """Files lie in a folder of the test, and letters to customers leave."""
    settings.MEDIA_ROOT, settings.CUSTOMER_MAIL = tmp_path, True


@pytest.fixture
def in_step(monkeypatch):
    """Both begin every part of a sweep at the same moment, having read what is due."""
    both = Barrier(2)
    account = batches.service_account

    def wait_for_the_other():
        try:
            both.wait(PATIENCE)
        except BrokenBarrierError:
            both.reset()
        return account()

    monkeypatch.setattr(batches, "service_account", wait_for_the_other)


@pytest.mark.parametrize("name", sorted(set(DUE) - PROVED_ELSEWHERE))
def test_two_do_what_one_would_have_done(in_step, name):
    DUE[name].make(standing_cast())
    ran_last(name, FORTY_DAYS_LATER - LONGEST)
    before = counted()
    with at_moment(FORTY_DAYS_LATER):
        outcomes = race(lambda: ring(name), lambda: ring(name))
    assert outcomes == [None, None]
    assert grown(before) == DUE[name].expected(LONGEST)
    assert set(Sweep.objects.values_list("error", flat=True)) == {""}
    assert not SetAside.objects.exists()
