"""What Prometheus reads, and who may."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casemgmt import relaying, tallies
from casemgmt.models import OutboxMessage, Sweep
from casemgmt.people.models import Person
from tests.house.reading import ROOT

pytestmark = pytest.mark.django_db
OPEN = {"Authorization": "Bearer open-sesame"}


@pytest.fixture
def folder(settings, tmp_path):
    """Counting, into a folder of this test."""
    settings.METRICS_TOKEN, settings.TALLIES_DIR = "open-sesame", tmp_path / "tallies"
    tallies._written["pid"] = 0
    return settings.TALLIES_DIR


def numbers(client) -> str:
    return client.get("/metrics", headers=OPEN).content.decode()


def value_of(text: str, line: str) -> float:
    return float(next(found for found in text.splitlines() if found.startswith(line + " ")).rpartition(" ")[2])


def test_requests_are_timed_by_the_name_of_their_route(client, folder):
    client.get("/readyz")
    client.get("/readyz")
    client.get("/admin/complaints/complaint/12345/change/")
    client.get("/no/such/page/12345/")
    text = numbers(client)
    readyz = 'route="readyz",status="2xx"}'
    assert value_of(text, f"casemgmt_request_seconds_count{{{readyz}") == 2
    assert value_of(text, f'casemgmt_request_seconds_bucket{{le="+Inf",{readyz}') == 2
    assert 'route="admin:complaints_complaint_change"' in text
    assert 'route="none",status="4xx"' in text
    assert "12345" not in text


def test_processes_are_added_up_and_the_long_gone_forgotten(client, folder):
    client.get("/readyz")
    tallies.flush()
    (own,) = folder.glob("*.json")
    (folder / "other-1.json").write_text(own.read_text())
    (folder / "broken-2.json").write_text("{")
    assert value_of(numbers(client), 'casemgmt_request_seconds_count{route="readyz",status="2xx"}') == 2
    assert tallies.together(timezone.now() + timedelta(days=2)) == {}
    assert not (folder / "other-1.json").exists()


def test_nothing_is_counted_for_nobody(client, folder, settings):
    settings.METRICS_TOKEN = ""
    client.get("/readyz")
    assert not folder.exists()


def test_names_without_end_do_not_fill_the_disk(folder, monkeypatch):
    monkeypatch.setattr(tallies, "MOST_SERIES", 5)
    for number in range(50):
        tallies.count("relay_results", f"channel {number}", "sent")
    tallies.flush()
    counts = json.loads(next(folder.glob("*.json")).read_text())
    assert len(counts) <= 6
    assert sum(counts.values()) == 50


def test_what_became_of_messages_is_counted(client, folder):
    lin = Person.objects.create(username="lin", name="林芳", email="lin@shop.example")
    now = timezone.now()
    for key, kind in (("a", "notice.pause_ended"), ("b", "nobody.worded_this")):
        OutboxMessage.objects.create(kind=kind, key=key, recipient=lin, created_at=now, not_before=now)
    relaying.relay_due(now)
    text = numbers(client)
    assert value_of(text, 'casemgmt_relay_results_total{channel="email",result="sent"}') == 1
    assert value_of(text, 'casemgmt_relay_results_total{channel="email",result="unreadable"}') == 1


def test_alert_rules_ask_for_numbers_that_there_are(client, folder):
    now = timezone.now()
    Sweep.objects.create(name="escalate_overdue", started_at=now, finished_at=now + timedelta(seconds=3))
    tallies.count("relay_results", "email", "sent")
    client.get("/readyz")
    text = numbers(client)
    assert value_of(text, 'casemgmt_sweep_seconds{sweep="escalate_overdue"}') == 3
    rules = (ROOT / "deploy" / "prometheus" / "casemgmt.rules.yml").read_text(encoding="utf-8")
    asked = set(re.findall(r"casemgmt_[a-z_]+", rules))
    of_the_nightly_check = {"casemgmt_ledger_drifted_rows", "casemgmt_ledger_check_age_seconds"}
    assert len(asked) > 10
    assert {name for name in asked - of_the_nightly_check if f"\n{name}" not in text} == set()


def test_without_a_setting_there_is_no_such_page(client):
    assert client.get("/metrics").status_code == 404


def test_the_token_opens_it_and_nothing_else(client, settings):
    settings.METRICS_TOKEN = "open-sesame"
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 403
    assert client.post("/metrics").status_code == 405
    now = timezone.now()
    Sweep.objects.create(name="escalate_overdue", started_at=now, finished_at=now, selected=4)
    answer = client.get("/metrics", headers={"Authorization": "Bearer open-sesame"})
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/plain")
    assert 'casemgmt_sweep_selected{sweep="escalate_overdue"} 4.0' in text
    for name in ("up", "outbox_waiting", "outbox_given_up", "due_rows", "escalations_open", "disk_free_bytes"):
        assert f"\ncasemgmt_{name}" in text


def test_a_network_of_the_house_opens_it_too(client, settings):
    settings.METRICS_NETWORKS = ["10.0.0.0/8"]
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="10.1.1.1").status_code == 200
