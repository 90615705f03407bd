"""Notices by kind, duties that wait for a word, storms in the bell, ways to the place to act, and the robot's form."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casemgmt.models import Endpoint, Notice, OutboxMessage
from complaints.notice_ways import CASE
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db
LIST, SETTINGS = reverse("admin:casemgmt_notice_changelist"), reverse("admin:casemgmt_notice_settings")
PANEL, ALL_READ = reverse("admin:casemgmt_notice_panel"), reverse("admin:casemgmt_notice_read_all")
ROBOT, ROBOT_TEST, ROBOT_AWAY = (
    reverse(f"admin:casemgmt_notice_{name}") for name in ("robot", "robot_test", "robot_away")
)
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=SECRETKEY"
DUTY, MENTION = "notice.pause_ended", "notice.mentioned"


@pytest.fixture
def case(world):
    return world.cases["negotiating"]


@pytest.fixture(autouse=True)
def _nothing_yet(world):
    Notice.objects.all().delete()


def told(person, case, code, number=1):
    return Notice.objects.bulk_create(
        Notice(
            person=person,
            code=code,
            key=f"d{person.pk}-{n}-{code}",
            params={"by": "本杰"},
            subject_label="complaints.complaint",
            subject_pk=str(case.pk),
            case_number=case.case_number,
            created_at=NOW,
            shown_from=NOW - timedelta(minutes=n),
        )
        for n in range(number)
    )


def test_the_list_shows_one_kind_and_marks_that_kind_alone_as_read(ana, world, case):
    told(world.cast.ana, case, DUTY)
    told(world.cast.ana, case, MENTION)
    page = text_of(ana.get(LIST, {"kind": "mentions"}))
    assert "named you" in page
    assert "Mark all of “Colleagues who name or remind you” as read" in page
    assert ana.post(ALL_READ, {"stay": "1", "kind": "mentions"}).status_code == 302
    assert list(Notice.objects.unread().values_list("code", flat=True)) == [DUTY]
    assert ana.post(ALL_READ, {"kind": "nonsense"}).status_code == 400
    for wrong in ({"kind": "nonsense"}, {"kind": "moves"}, {"show": "x"}):
        assert ana.get(LIST, wrong).status_code == 400
    assert "Nothing of this kind yet." in text_of(ana.get(LIST, {"kind": "batches"}))


def test_a_duty_is_acknowledged_once_and_then_waits_no_more(ana, world, case):
    (duty,) = told(world.cast.ana, case, DUTY)
    (mention,) = told(world.cast.ana, case, MENTION)
    assert "I have it in hand" in text_of(ana.get(LIST, {"show": "duties"}))
    address = reverse("admin:casemgmt_notice_acknowledge", args=[duty.pk])
    for _time in range(2):
        assert ana.post(address, {"stay": "1"})["Location"] == LIST
    duty.refresh_from_db()
    assert duty.acknowledged_at == duty.read_at == NOW
    assert "Nothing waits for your word." in text_of(ana.get(LIST, {"show": "duties"}))
    assert "acknowledged" in text_of(ana.get(LIST))
    assert ana.get(address).status_code == 405
    assert ana.post(reverse("admin:casemgmt_notice_acknowledge", args=[mention.pk])).status_code == 404
    assert signed_in(world.cast.sven).post(address).status_code == 404


def test_marking_all_as_read_acknowledges_nothing(ana, world, case):
    told(world.cast.ana, case, DUTY)
    ana.post(ALL_READ, {"stay": "1"})
    assert Notice.objects.get().acknowledged_at is None
    assert "I have it in hand" in text_of(ana.get(LIST))


def test_a_storm_is_one_line_in_the_bell(ana, world, case):
    told(world.cast.ana, case, DUTY, 60)
    told(world.cast.ana, case, MENTION)
    page = ana.get(PANEL).content.decode()
    assert "57 more unread: Deadlines" in page
    assert f'href="{LIST}?kind=deadlines&amp;show=unread"' in page
    assert "named you" in page


@pytest.mark.parametrize("code", sorted(code for code in CASE if code))
def test_every_way_leads_to_a_page_that_is_there(world, case, code):
    (notice,) = told(world.cast.sven, case, f"{code}x")
    way = signed_in(world.cast.sven).post(reverse("admin:casemgmt_notice_read", args=[notice.pk]), {"go": "1"})[
        "Location"
    ]
    assert way != LIST
    assert signed_in(world.cast.sven).get(way.partition("#")[0]).status_code == 200


def wished(**changes):
    fields = {"kind": "wecom", "address": ADDRESS, "secret": "", "is_on": "on", "tell-deadlines": "on"} | changes
    return {name: value for name, value in fields.items() if value is not None}


def test_a_robot_is_kept_tested_and_taken_away_and_its_address_is_never_shown(ana, world):
    assert ana.post(ROBOT, wished())["Location"] == f"{SETTINGS}#robot"
    robot = Endpoint.objects.get(owner=world.cast.ana)
    assert (robot.events, robot.host) == (["deadlines"], "qyapi.weixin.qq.com")
    page = ana.get(SETTINGS).content.decode()
    assert "SECRETKEY" not in page
    assert "qyapi.weixin.qq.com" in page
    assert ana.post(ROBOT_TEST).status_code == 302
    assert OutboxMessage.objects.get(endpoint=robot).kind == "notice.endpoint_test"
    assert ana.post(ROBOT_AWAY).status_code == 302
    assert "qyapi.weixin.qq.com" not in ana.get(SETTINGS).content.decode()
    assert ana.post(ROBOT_TEST).status_code == 302
    assert OutboxMessage.objects.filter(endpoint=robot).count() == 1
    told_of = Endpoint.history.filter(id=robot.pk).order_by("history_id")
    assert [row.history_change_reason for row in told_of] == ["robot.kept", "robot.taken_away"]


def test_a_mask_left_alone_changes_nothing(ana, world):
    ana.post(ROBOT, wished())
    robot = Endpoint.objects.get(owner=world.cast.ana)
    ana.post(ROBOT, wished(address=str(robot.address), **{"tell-mentions": "on"}))
    again = Endpoint.objects.get(owner=world.cast.ana)
    assert again.address.token == robot.address.token
    assert set(again.events) == {"deadlines", "mentions"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"address": "https://evil.example/x"}, "has an address at qyapi.weixin.qq.com"),
        ({"address": "http://169.254.169.254/"}, "starting with https://"),
        ({"address": ""}, "Type the address of the robot."),
        ({"kind": "webhook"}, "Select a valid choice."),
        ({"address": "x\x00y"}, "Null characters are not allowed."),
    ],
)
def test_an_address_that_may_not_be_is_refused_at_its_field(ana, changes, says):
    answer = ana.post(ROBOT, wished(**changes))
    assert answer.status_code in (400, 422)
    assert says in text_of(answer) or answer.status_code == 400
    assert not Endpoint.objects.exists()


def test_nobody_sees_anothers_robot_not_even_administrators(ana, world):
    ana.post(ROBOT, wished())
    robot = Endpoint.objects.get(owner=world.cast.ana)
    admin = signed_in(world.adam)
    assert admin.get(reverse("admin:casemgmt_endpoint_change", args=[robot.pk])).status_code in (302, 404)
    assert robot.name not in text_of(admin.get(reverse("admin:casemgmt_endpoint_changelist")))
    assert "qyapi" not in signed_in(world.cast.sven).get(SETTINGS).content.decode()
    for address in (ROBOT, ROBOT_TEST, ROBOT_AWAY):
        assert ana.get(address).status_code == 405
