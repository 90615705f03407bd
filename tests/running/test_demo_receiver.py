"""A newcomer makes an endpoint by one button and sees its messages arrive, signed; in production there is no door."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone

from casemgmt import demo_receiver, relaying
from casemgmt.channels import calling_out
from casemgmt.channels.webhooks import signature
from casemgmt.demo_receiver import arrivals, make_demo_endpoint
from casemgmt.models import Endpoint, OutboxMessage
from casemgmt.people.models import Person
from tests.running.endpoints import happens

pytestmark = pytest.mark.django_db
DOOR = "/demo/receiver/"


@pytest.fixture(autouse=True)
def _of_this_test(settings, tmp_path):
    settings.DEMO_RECEIVER, settings.VAR_DIR = True, tmp_path


@pytest.fixture
def adam():
    return Person.objects.create_superuser(username="adam", name="亚当", password="x" * 20)


def handed_in(client, body: bytes, *, secret=None, seconds=None, name="msg_1"):
    seconds = int(timezone.now().timestamp()) if seconds is None else seconds
    signed = signature(secret or demo_receiver._secret(), name, int(seconds), body)
    headers = {"webhook-id": name, "webhook-timestamp": str(seconds), "webhook-signature": signed}
    return client.post(DOOR, body, content_type="application/json", headers=headers)


def test_a_message_with_the_right_signature_is_taken_and_shown(client):
    assert handed_in(client, b'{"type":"event.case_moved"}').status_code == 204
    (arrival,) = arrivals()
    assert (arrival.is_genuine, arrival.type, arrival.name) == (True, "event.case_moved", "msg_1")


@pytest.mark.parametrize("wrong", [{"secret": "whsec_c29tZWJvZHkgZWxzZQ=="}, {"seconds": 1_000_000_000}])
def test_a_forged_or_old_one_is_not(client, wrong):
    assert handed_in(client, b"{}", **wrong).status_code == 401
    assert not arrivals()[0].is_genuine


def test_what_is_no_message_breaks_nothing_and_only_the_last_stay(client):
    for body in (b"\x00\xff", b"", b"[1]", b"x" * 100_000):
        assert client.post(DOOR, body, content_type="text/plain").status_code == 401
    for number in range(demo_receiver.KEPT):
        handed_in(client, b"{}", name=f"msg_{number}")
    assert len(arrivals()) == demo_receiver.KEPT
    assert {arrival.type for arrival in arrivals()} == {""}
    assert client.get(DOOR).status_code == 405


def test_the_button_makes_an_endpoint_that_the_relay_may_call(client, adam, settings, monkeypatch):
    client.force_login(adam)
    page = reverse("desk:receiver")
    assert "Nothing has arrived yet" in client.get(page, headers={"Accept-Language": "en"}).content.decode()
    assert client.post(page, SERVER_PORT="8123").status_code == 302
    endpoint = Endpoint.objects.get(name=demo_receiver.NAME)
    assert endpoint.host == "127.0.0.1:8123"
    assert OutboxMessage.objects.filter(endpoint=endpoint).count() == 1
    place = calling_out.place_of(f"http://127.0.0.1:8123{DOOR}")
    assert calling_out.may_be_called(place, "127.0.0.1")
    other = calling_out.place_of("http://127.0.0.1:8123/admin/")
    assert not calling_out.may_be_called(other, "127.0.0.1")
    settings.DEMO_RECEIVER = False
    assert not calling_out.may_be_called(place, "127.0.0.1")


def test_what_is_sent_there_is_genuine(live_server, adam, settings):
    make_demo_endpoint(by=adam, at=timezone.now(), port=live_server.url.rpartition(":")[2])
    make_demo_endpoint(by=adam, at=timezone.now(), port=live_server.url.rpartition(":")[2])
    happens()
    assert relaying.relay_due(timezone.now()) == (1, 1)
    (arrival,) = arrivals()
    assert arrival.is_genuine
    assert json.loads(arrival.body)["data"]["case_number"] == "C261012-0007-1"


def test_switched_off_there_is_neither_door_nor_page(client, adam, settings):
    settings.DEMO_RECEIVER = False
    assert client.post(DOOR, b"{}", content_type="application/json").status_code == 404
    client.force_login(adam)
    assert client.get(reverse("desk:receiver")).status_code == 404


def test_the_page_is_for_who_keeps_endpoints(client):
    client.force_login(Person.objects.create(username="lin", name="林芳", is_staff=True))
    assert client.get(reverse("desk:receiver")).status_code == 403
    assert client.post(reverse("desk:receiver")).status_code == 403
    assert not Endpoint.objects.exists()
