"""A person's own robot: theirs alone, at the makers' addresses alone, told in their language, quiet when they want."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from casemgmt import outbox, own_robots, relaying
from casemgmt.models import Delivery, Endpoint, EndpointKind, NoticeSettings, OutboxMessage
from casemgmt.people.models import Person
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import reveal
from casemgmt.violations import RuleBroken
from tests.running.endpoints import happens
from tests.running.other_side import an_other_side

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
NIGHT = datetime(2026, 3, 2, 23, 0, tzinfo=ZONE)
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"
EVERY = ["mentions", "deadlines", "escalations"]
MENTION, DUE, URGENT = "notice.mentioned", "notice.pause_ended", "notice.escalated.clock"


@pytest.fixture
def lin(db):
    return Person.objects.create(username="lin", name="林芳", email="", language="zh-hans", is_staff=True)


@pytest.fixture
def side(settings):
    settings.OUTGOING_PRIVATE_NETWORKS, settings.OWN_ROBOT_HOSTS = ["127.0.0.0/8"], ["127.0.0.1"]
    with an_other_side() as other:
        other.text = '{"errcode":0,"errmsg":"ok"}'
        yield other


def kept(person, address=WECOM, *, kind=EndpointKind.WECOM, secret="", events=EVERY, at=NOON):
    return own_robots.keep_robot(person, at=at, kind=kind, address=address, secret=secret, events=events)


def tell(person, code=MENTION, *, key="1", at=NOON):
    params = {MENTION: {"by": "安娜"}, URGENT: {"level": 1}}.get(code, {})
    outbox.put(code, key=f"{code}:{key}", to=person, at=at, params=params, case_number="C261012-0007-1")


def test_its_owner_is_told_in_their_language(lin, side):
    kept(lin, side.address)
    tell(lin)
    assert relaying.relay_due(NOON) == (1, 1)
    said = side.got[-1].said["text"]["content"]
    assert "C261012-0007-1" in said
    assert "安娜" in said
    assert "named you" not in said


def test_it_is_told_only_the_kinds_that_its_owner_chose(lin, side):
    kept(lin, side.address, events=["deadlines"])
    tell(lin)
    assert not OutboxMessage.objects.exists()
    tell(lin, DUE)
    assert OutboxMessage.objects.get().channel == "wecom"


def test_what_is_announced_to_groups_is_not_for_it(lin):
    kept(lin)
    assert happens() == 0


def test_in_quiet_hours_it_waits_but_for_what_is_urgent(lin, side):
    NoticeSettings.objects.create(person=lin, quiet_from=time(22), quiet_until=time(7))
    kept(lin, side.address)
    tell(lin, at=NIGHT)
    tell(lin, URGENT, at=NIGHT)
    assert relaying.relay_due(NIGHT) == (2, 1)
    assert "level 1" in side.got[-1].said["text"]["content"] or "1" in side.got[-1].said["text"]["content"]
    morning = datetime(2026, 3, 3, 7, 0, tzinfo=ZONE)
    assert OutboxMessage.objects.get(sent_at=None).not_before == morning
    assert relaying.relay_due(morning) == (1, 1)


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        (EndpointKind.WECOM, "https://evil.example/cgi-bin/webhook/send?key=abc", "robot.not_of_this_maker"),
        (EndpointKind.DINGTALK, WECOM, "robot.not_of_this_maker"),
        (EndpointKind.WECOM, "https://qyapi.weixin.qq.com.evil.example/", "robot.not_of_this_maker"),
        (EndpointKind.WECOM, "https://qyapi.weixin.qq.com@evil.example/", "endpoint.not_an_address"),
        (EndpointKind.WECOM, "http://qyapi.weixin.qq.com/x", "endpoint.not_an_address"),
        (EndpointKind.WECOM, "https://169.254.169.254/latest", "endpoint.address_inside"),
        (EndpointKind.WECOM, "javascript:alert(1)", "endpoint.not_an_address"),
        (EndpointKind.WECOM, "file:///etc/passwd", "endpoint.not_an_address"),
        (EndpointKind.WECOM, None, "robot.address_missing"),
    ],
)
def test_it_listens_nowhere_but_at_its_maker(lin, kind, address, code):
    with pytest.raises(RuleBroken) as broken:
        kept(lin, address, kind=kind)
    assert broken.value.codes == [code]
    assert not Endpoint.objects.exists()


def test_an_address_is_never_used_for_another_maker(lin):
    kept(lin)
    with pytest.raises(RuleBroken) as broken:
        kept(lin, None, kind=EndpointKind.FEISHU)
    assert broken.value.codes == ["robot.address_of_another_maker"]


def test_kept_again_it_stays_the_same_and_a_new_address_forgets_the_secret(lin):
    first = kept(lin, secret="SEC1")
    again = own_robots.keep_robot(lin, at=NOON, kind=EndpointKind.WECOM, events=["mentions"], address=first.address)
    assert (again.pk, reveal(again.secret), again.events) == (first.pk, "SEC1", ["mentions"])
    anew = own_robots.keep_robot(
        lin, at=NOON, kind=EndpointKind.WECOM, events=[], address=WECOM + "d", secret=again.secret
    )
    assert anew.secret is None
    assert Endpoint.objects.count() == 1


def test_taken_away_its_address_is_gone_for_good(lin, side):
    robot = kept(lin, side.address)
    tell(lin)
    own_robots.take_robot_away(lin, at=NOON)
    own_robots.take_robot_away(lin, at=NOON)
    assert own_robots.robot_of(lin) is None
    assert not PersonKey.objects.filter(pk=robot.key_id).exists()
    assert relaying.relay_due(NOON) == (1, 0)
    assert OutboxMessage.objects.get().last_error == OutboxMessage.Failure.SWITCHED_OFF
    assert not side.got
    assert kept(lin, side.address).pk == robot.pk


def test_a_test_goes_there_and_its_answer_is_shown(lin, side):
    kept(lin, side.address)
    own_robots.try_robot(lin, at=NOON)
    own_robots.try_robot(lin, at=NOON)
    assert relaying.relay_due(NOON) == (1, 1)
    assert Delivery.objects.get().answer == side.text


def test_of_somebody_who_left_nothing_is_told(lin, side):
    kept(lin, side.address)
    tell(lin)
    Person.objects.filter(pk=lin.pk).update(is_active=False)
    assert relaying.relay_due(NOON) == (1, 0)
    assert not side.got


def test_its_owner_learns_that_it_was_switched_off(lin, side):
    kept(lin, side.address)
    side.status = 410
    tell(lin)
    relaying.relay_due(NOON)
    assert not Endpoint.objects.get().is_on
    assert lin.notices.filter(code="notice.endpoint_switched_off").exists()


@pytest.mark.parametrize("wrong", [{"kind": "webhook"}, {"kind": "sms"}])
def test_the_database_lets_nobody_keep_another_way(lin, wrong):
    kept(lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Endpoint.objects.update(**wrong)


def test_one_robot_a_person(lin):
    kept(lin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Endpoint.objects.create(name="second", kind="feishu", host="x", owner=lin)


def test_a_rest_of_the_other_side_holds_up_this_robot_alone(lin, side):
    kept(lin, side.address)
    side.status = 500
    tell(lin)
    assert relaying.relay_due(NOON) == (1, 0)
    assert OutboxMessage.objects.get().not_before > NOON + timedelta(seconds=30)
