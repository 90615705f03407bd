"""Whether the house is well is one look, and tells no secrets."""

import json
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from casemgmt import broker, health, health_parts, pulses
from casemgmt.celery import SWEEPS
from casemgmt.models import Pulse, Sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(monkeypatch):
    monkeypatch.setattr(broker, "state", lambda: "ok")
    monkeypatch.setattr(health_parts, "answers", dict)
    monkeypatch.setattr(health, "BORN", time.monotonic())


def look(client, address="/healthz"):
    answer = client.get(address)
    return answer.status_code, json.loads(answer.content)


def test_all_is_well(client, well):
    parts = ("database", "broker", "disk", "ledger", "sweeps", "beat", "relay")
    assert look(client) == (200, {"status": "ok"} | dict.fromkeys(parts, "ok"))
    assert look(client, "/readyz") == (200, {"database": "ok"})


def test_a_broker_that_is_away_is_named(client):
    status, parts = look(client)
    assert (status, parts["status"], parts["broker"]) == (503, "ailing", "unreachable")


def test_a_broker_that_nobody_named(client, settings):
    settings.CELERY_BROKER_URL = ""
    assert look(client)[1]["broker"] == "missing"


def test_a_database_that_is_away_is_named(client, well, monkeypatch):
    def away():
        raise OperationalError("password=secret")

    monkeypatch.setattr(connection, "cursor", away)
    status, parts = look(client)
    assert (status, parts["database"]) == (503, "unreachable")
    assert "secret" not in json.dumps(parts)
    assert look(client, "/readyz")[0] == 503


def test_a_missing_trigger_is_counted(client, well, monkeypatch):
    monkeypatch.setattr(health, "problems", lambda: ["ledger: trigger x", "ledger: trigger y"])
    assert look(client)[1]["ledger"].startswith("2 things")


def test_a_nearly_full_disk_is_named(client, well, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**63)
    assert look(client)[1]["disk"] == "nearly full"


def test_a_sweep_that_stopped_running_is_named(client, well):
    now = timezone.now()
    for name in SWEEPS:
        Sweep.objects.create(name=name, started_at=now, finished_at=now)
    assert look(client)[1]["sweeps"] == "ok"
    Sweep.objects.filter(name="escalate_overdue").update(finished_at=now - timedelta(minutes=6))
    assert look(client)[1]["sweeps"] == "late: escalate_overdue"


def test_a_sweep_that_never_ran_is_named_once_the_house_is_no_longer_new(client, well, monkeypatch):
    assert look(client)[1]["sweeps"] == "ok"
    monkeypatch.setattr(health, "BORN", health.BORN - 301)
    assert look(client)[1]["sweeps"] == "late: " + ", ".join(sorted(SWEEPS))


def test_a_beat_that_fell_silent_is_named(client, well):
    now = timezone.now()
    Pulse.objects.create(name=pulses.BEAT, at=now - timedelta(minutes=3))
    Pulse.objects.create(name=pulses.RELAY, at=now)
    status, parts = look(client)
    assert (status, parts["beat"], parts["relay"]) == (503, "silent for 180 s", "ok")


def test_who_was_never_heard_is_named_once_the_house_is_no_longer_new(client, well, monkeypatch):
    monkeypatch.setattr(health, "BORN", health.BORN - 301)
    assert look(client)[1]["relay"] == "never heard"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_it_is_only_for_looking(client, address):
    assert client.post(address).status_code == 405
    assert "no-store" in client.get(address)["Cache-Control"]
