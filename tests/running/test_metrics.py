"""What Prometheus reads, and who may."""

import pytest
from django.utils import timezone

from casemgmt.models import Sweep

pytestmark = pytest.mark.django_db


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
