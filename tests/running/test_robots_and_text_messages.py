"""Groups read the number of a case and what happened, in the format of each maker, at the pace that it allows."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from casemgmt import relaying
from casemgmt.models import Delivery, EndpointKind, OutboxMessage
from tests.cast import AT
from tests.running.endpoints import an_endpoint, happens
from tests.running.other_side import an_other_side

pytestmark = pytest.mark.django_db


@pytest.fixture
def side(settings):
    settings.OUTGOING_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    settings.LANGUAGE_CODE = "en"
    with an_other_side() as other:
        other.text = '{"errcode":0,"errmsg":"ok"}'
        yield other


def sent(side, kind, **more):
    an_endpoint(f"{side.address}/robot?access_token=t", kind=kind, **more)
    happens()
    taken = relaying.relay_due(AT)
    return taken, side.got[-1]


def test_wecom(side):
    taken, request = sent(side, EndpointKind.WECOM, secret="")
    assert taken == (1, 1)
    assert request.said["msgtype"] == "text"
    assert "C261012-0007-1" in request.said["text"]["content"]
    assert "level 1" in request.said["text"]["content"]


def test_dingtalk_is_signed_in_the_address(side):
    _taken, request = sent(side, EndpointKind.DINGTALK, secret="SEC123")
    query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
    milliseconds = str(int(AT.timestamp()))[:10]
    assert query["timestamp"].startswith(milliseconds)
    expected = hmac.new(b"SEC123", f"{query['timestamp']}\nSEC123".encode(), hashlib.sha256).digest()
    assert base64.b64decode(query["sign"]) == expected
    assert query["access_token"] == "t"


def test_feishu_is_signed_in_the_body(side):
    side.text = '{"code":0}'
    taken, request = sent(side, EndpointKind.FEISHU, secret="fei")
    assert taken == (1, 1)
    said = request.said
    expected = hmac.new(f"{said['timestamp']}\nfei".encode(), b"", hashlib.sha256).digest()
    assert (said["timestamp"], base64.b64decode(said["sign"])) == (str(int(AT.timestamp())), expected)
    assert said["msg_type"] == "text"


def test_a_robot_that_says_no_with_status_200_is_believed(side):
    side.text = '{"errcode":310000,"errmsg":"sign not match"}'
    taken, _request = sent(side, EndpointKind.DINGTALK, secret="wrong")
    assert taken == (1, 0)
    assert OutboxMessage.objects.get().last_error == "refused"
    assert "sign not match" in Delivery.objects.get().answer


def test_a_message_that_nobody_can_word_is_no_fault_of_the_robot(side):
    endpoint = an_endpoint(side.address, kind=EndpointKind.WECOM, secret="")
    happens(params={})
    assert relaying.relay_due(AT) == (1, 0)
    endpoint.refresh_from_db()
    assert (OutboxMessage.objects.get().last_error, endpoint.failures) == ("unreadable", 0)


def test_a_storm_is_spread_to_twenty_a_minute(side):
    an_endpoint(side.address, kind=EndpointKind.WECOM, secret="")
    for number in range(60):
        happens(f"clock:{number}:1")
    for second in range(60):
        relaying.relay_due(AT + timedelta(seconds=second))
    assert 15 <= len(side.got) <= 20
    for second in range(60, 240):
        relaying.relay_due(AT + timedelta(seconds=second))
    assert len(side.got) == 60


def test_the_way_to_the_case_stands_under_it_where_the_house_has_an_address(side, settings):
    settings.PUBLIC_URL = "https://cases.example"
    _taken, request = sent(side, EndpointKind.WECOM, secret="")
    assert request.said["text"]["content"].endswith(
        "\nhttps://cases.example/admin/complaints/complaint/7/change/#escalations"
    )


def test_a_text_message_is_a_template_with_two_parameters_and_a_signature(side):
    side.text = '{"Code":"OK"}'
    taken, request = sent(
        side,
        EndpointKind.SMS,
        secret="top",
        numbers="13800138000, 13900139000",
        access_key="AK",
        sign_name="棠溪",
        template_code="SMS_1",
    )
    assert taken == (1, 1)
    path, _, query = request.path.partition("?")
    told = {name: values[0] for name, values in parse_qs(query).items()}
    assert told["PhoneNumbers"] == "13800138000,13900139000"
    assert json.loads(told["TemplateParam"]) == {"case": "C261012-0007-1", "event": "Escalations"}
    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    lines = "".join(f"{name}:{request.headers[name]}\n" for name in names.split(";"))
    canonical = "\n".join(("POST", path, query, lines, names, hashlib.sha256(b"").hexdigest()))
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    expected = hmac.new(b"top", to_sign.encode(), hashlib.sha256).hexdigest()
    assert request.headers["authorization"].endswith(f"Signature={expected}")


def test_a_provider_that_wants_less_is_left_alone_for_a_minute(side):
    side.text = '{"Code":"isv.BUSINESS_LIMIT_CONTROL"}'
    numbers = {"numbers": "13800138000", "access_key": "AK", "sign_name": "x", "template_code": "y"}
    taken, _request = sent(side, EndpointKind.SMS, secret="top", **numbers)
    assert taken == (1, 0)
    waiting = OutboxMessage.objects.get()
    assert (waiting.failed_at, waiting.attempts) == (None, 1)
