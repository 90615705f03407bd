"""The doorbell: one JSON ring a minute, nothing in it but keys, and nothing that can ring for ever."""

import json
import os
import signal
import subprocess
import sys
import time
import uuid

import pytest
import redis
from django.conf import settings
from kombu.serialization import prepare_accept_content

from casemgmt.celery import DAILY, SWEEPS, KeysOnlyTask, app
from casemgmt.models import Sweep
from casemgmt.tasks import relay_outbox
from tests.brokers import a_broker
from tests.killing import database_url

TAKEN = []


@app.task(name="test.note_key")
def note_key(case_id):
    """Remember the key."""
    TAKEN.append(case_id)


@pytest.fixture(autouse=True)
def nothing_taken():
    TAKEN.clear()


def test_a_key_of_a_row_is_taken():
    note_key.apply(args=[7]).get()
    assert TAKEN == [7]


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ([None], {}),
        (["7"], {}),
        ([7.0], {}),
        ([True], {}),
        ([0], {}),
        ([-1], {}),
        ([2**63], {}),
        ([7, 8], {}),
        ([], {}),
        ([], {"case_id": 7}),
        ([7], {"state": "closed"}),
        ([{"pk": 7}], {}),
    ],
)
def test_anything_else_is_dropped_with_a_line_in_the_log(args, kwargs, caplog):
    done = note_key.apply(args=args, kwargs=kwargs)
    assert (done.state, TAKEN) == ("SUCCESS", [])
    assert "dropped test.note_key" in caplog.text


def test_every_sweep_rings_each_minute_and_an_old_ring_is_forgotten():
    schedule = app.conf.beat_schedule
    assert {name: entry["task"] for name, entry in schedule.items()} == SWEEPS | DAILY
    assert {entry["schedule"] for entry in schedule.values()} == {60.0}
    assert all(entry["options"]["expires"] < entry["schedule"] for entry in schedule.values())


def test_every_task_of_the_schedule_exists_and_takes_keys_alone():
    app.loader.import_default_modules()
    assert set(SWEEPS.values()) <= set(app.tasks)
    assert all(isinstance(app.tasks[name], KeysOnlyTask) for name in SWEEPS.values())


def test_nothing_but_json_is_spoken_and_nobody_waits_long():
    assert prepare_accept_content(app.conf.accept_content) == {"application/json"}
    options = app.conf.broker_transport_options
    assert (
        options["visibility_timeout"],
        options["unacked_restore_interval"],
        options["unacked_restore_throttle"],
    ) == (
        900,
        5,
        1,
    )
    assert app.conf.task_time_limit < options["visibility_timeout"]
    assert options["socket_timeout"] <= 5
    assert app.conf.task_publish_retry is False


def test_a_ring_without_a_broker_fails_at_once(tmp_path):
    started = time.monotonic()
    with (
        app.connection_for_write(f"redis+socket://{tmp_path}/nobody.sock") as nobody,
        pytest.raises(Exception) as failed,
    ):
        note_key.apply_async(args=[7], connection=nobody)
    assert (
        isinstance(failed.value, redis.ConnectionError | OSError) or "OperationalError" in type(failed.value).__name__
    )
    assert time.monotonic() - started < 5


@pytest.fixture
def broker(tmp_path_factory):
    """A real broker, and the environment for processes that use it and this test's database."""
    with a_broker(tmp_path_factory.mktemp("b")) as address:
        yield address


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_hears_a_real_bell(broker):
    environment = os.environ | {"REDIS_URL": broker, "DATABASE_URL": database_url()}
    worker = subprocess.Popen(
        [sys.executable, "-m", "celery", "-q", "-A", "casemgmt", "worker", "--pool=solo", "--loglevel=ERROR"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        with app.connection_for_write(broker) as bell:
            relay_outbox.apply_async(connection=bell)
            _send_raw(bell, "an.old.task.of.last.year", [1])
            relay_outbox.apply_async(connection=bell)
        until = time.monotonic() + 90
        while Sweep.objects.filter(finished_at__isnull=False).count() < 2 and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        worker.send_signal(signal.SIGTERM)
        _out, errors = worker.communicate(timeout=20)
    assert Sweep.objects.filter(name="relay_outbox", finished_at__isnull=False).count() == 2, errors
    assert "an.old.task.of.last.year" in errors


def _send_raw(bell, name, args):
    """A ring of a task that this release no longer has."""
    key = str(uuid.uuid4())
    bell.default_channel.basic_publish(
        bell.default_channel.prepare_message(
            json.dumps([args, {}, {}]),
            content_type="application/json",
            content_encoding="utf-8",
            headers={"lang": "py", "task": name, "id": key, "root_id": key, "parent_id": None},
            properties={"correlation_id": key},
        ),
        exchange="",
        routing_key="celery",
    )
