"""Other programs are told once, signed, without a person's name, and never into the house."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group

from casemgmt import circuit, relaying
from casemgmt.channels import calling_out
from casemgmt.channels.calling_out import may_be_called, place_of
from casemgmt.models import Delivery, Endpoint, Notice, OutboxMessage
from casemgmt.outbox import About, Belonging, register_belongings
from tests.cast import AT
from tests.running.endpoints import SECRET, an_endpoint, happens
from tests.running.other_side import an_other_side

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def side(settings):
    settings.OUTGOING_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with an_other_side() as other:
        yield other


def verified(request, secret: str, now: int) -> bool:
    """What docs/webhooks.md tells the other side to do."""
    name, sent = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{name}.{sent}.".encode() + request.body, hashlib.sha256).digest()
    expected = "v1," + base64.b64encode(digest).decode()
    fresh = abs(now - int(sent)) < 300
    return fresh and any(hmac.compare_digest(expected, given) for given in request.headers["webhook-signature"].split())


def test_a_webhook_is_signed_and_names_a_case_and_nobody(side):
    an_endpoint(f"{side.address}/hook?token=1")
    assert happens(params={"level": 1, "by": "安娜"}, facts={"to": "closed"}) == 1
    assert relaying.relay_due(AT) == (1, 1)
    (request,) = side.got
    assert request.path == "/hook?token=1"
    assert verified(request, SECRET, int(AT.timestamp()))
    assert not verified(request, SECRET, int(AT.timestamp()) + 301)
    assert not verified(request, "whsec_" + base64.b64encode(b"another key").decode(), int(AT.timestamp()))
    assert request.said == {
        "type": "escalated.clock",
        "timestamp": "2026-10-12T02:00:00Z",
        "data": {
            "case_number": "C261012-0007-1",
            "subject": "complaints.complaint",
            "subject_id": "7",
            "to": "closed",
        },
    }
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.failure, delivery.at.date()) == (200, "", AT.date())


def test_the_same_event_again_and_what_nobody_asked_for_are_not_sent(side):
    an_endpoint(side.address)
    assert happens() == 1
    assert happens() == 0
    assert happens(kind="notice.task_made", key="task:1") == 0
    an_endpoint(side.address, is_on=False)
    assert happens(key="clock:2:1") == 1


def test_an_endpoint_of_a_team_hears_of_its_cases_alone(side, cast):
    register_belongings("test.row", lambda keys: {key: Belonging(cast.team.pk, None) for key in keys if key != "9"})
    an_endpoint(side.address, team=cast.team)
    an_endpoint(side.address, team=cast.other_team)
    told = [happens(f"row:{pk}", subject=About("test.row", pk)) for pk in (7, 9)]
    assert told == [1, 0]
    assert OutboxMessage.objects.get().endpoint.team == cast.team


def test_the_second_copy_bears_the_same_name(side):
    an_endpoint(side.address)
    happens()
    for _copy in range(2):
        OutboxMessage.objects.update(sent_at=None, lease=None)
        relaying.relay_due(AT)
    first, second = side.got
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_a_side_that_stumbles_rests_and_the_others_go_on(side):
    ill, well = an_endpoint(f"{side.address}/ill"), an_endpoint("http://127.0.0.1:9/closed")
    side.status, side.text = 503, "<b>later\x1b[31m</b>"
    for number in range(3):
        happens(f"clock:{number}:1")
    assert relaying.relay_due(AT) == (6, 0)
    assert len(side.got) == 1, "one try, then the endpoint rests"
    assert relaying.relay_due(AT + timedelta(seconds=30)) == (0, 0)
    side.status = 200
    assert relaying.relay_due(AT + timedelta(minutes=2))[1] == 3
    ill.refresh_from_db()
    well.refresh_from_db()
    assert (ill.failures, ill.failing_since) == (0, None)
    assert well.failures == 2
    assert Delivery.objects.filter(endpoint=ill, status=503).get().answer == "<b>later [31m</b>"


def test_what_fails_for_a_day_is_switched_off_and_administrators_are_told(side, cast):
    cast.sven.groups.set([Group.objects.get(name="Administrators")])
    endpoint = an_endpoint(side.address)
    side.status = 500
    happens()
    moment = AT
    while OutboxMessage.objects.filter(endpoint=endpoint, failed_at=None).exists():
        relaying.relay_due(moment)
        moment = max(moment, OutboxMessage.objects.get(endpoint=endpoint).not_before)
    endpoint.refresh_from_db()
    assert len(side.got) == relaying.TRIES_AT_ENDPOINTS
    assert moment - AT > circuit.LEFT_AFTER
    assert not endpoint.is_on
    assert [notice.person for notice in Notice.objects.filter(code="notice.endpoint_switched_off")] == [cast.sven]
    assert endpoint.history.latest("history_id").history_change_reason == "endpoint.switched_off"


def test_gone_is_switched_off_at_once(side):
    endpoint = an_endpoint(side.address)
    side.status = 410
    happens()
    relaying.relay_due(AT)
    assert not Endpoint.objects.get(pk=endpoint.pk).is_on


def test_a_redirect_is_not_followed(side):
    an_endpoint(side.address)
    side.status, side.headers = 302, {"Location": f"{side.address}/elsewhere"}
    happens()
    assert relaying.relay_due(AT) == (1, 0)
    assert [request.path for request in side.got] == ["/"]
    assert OutboxMessage.objects.get().last_error == "refused"


def test_an_answer_that_drags_on_is_cut(side, monkeypatch):
    monkeypatch.setattr(calling_out, "ALL_WITHIN", 0.3)
    an_endpoint(side.address)
    side.drips = True
    happens()
    assert relaying.relay_due(AT) == (1, 0)
    delivery = Delivery.objects.get()
    assert delivery.failure == "too_slow"
    assert delivery.milliseconds < 3000


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://localhost/",
        "https://user:password@203.0.113.5/",
        "https://0/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https://a\\@127.0.0.1/",
        "https://127.0.0.1\r\nHost: x/",
    ],
)
def test_nothing_is_called_inside_the_house_or_by_another_scheme(settings, address):
    settings.OUTGOING_PRIVATE_NETWORKS = []
    an_endpoint(address)
    happens()
    assert relaying.relay_due(AT) == (1, 0)
    assert OutboxMessage.objects.get().last_error == "forbidden"


def test_a_name_that_leads_inside_is_refused_by_what_it_resolves_to(monkeypatch):
    inside = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.8", 443))]
    monkeypatch.setattr(calling_out.socket, "getaddrinfo", lambda *args, **more: inside)
    an_endpoint("https://rebinding.example/")
    happens()
    relaying.relay_due(AT)
    assert OutboxMessage.objects.get().last_error == "forbidden"


def test_public_addresses_may_be_called_by_https_alone(settings):
    settings.OUTGOING_PRIVATE_NETWORKS = ["10.0.0.0/8"]
    assert may_be_called(place_of("https://a.example/"), "93.184.216.34")
    assert not may_be_called(place_of("http://a.example/"), "93.184.216.34")
    assert may_be_called(place_of("http://a.example/"), "10.2.3.4")
    assert not may_be_called(place_of("https://a.example/"), "192.168.0.1")


def test_no_secret_stands_in_a_table_in_clear(side):
    endpoint = an_endpoint(f"{side.address}/hook?token=hidden-path")
    row = json.dumps({key: str(value) for key, value in Endpoint.objects.values().get(pk=endpoint.pk).items()})
    assert "hidden-path" not in row
    assert SECRET not in row
    past = json.dumps([str(value) for value in endpoint.history.values_list().get()])
    assert "hidden-path" not in past
