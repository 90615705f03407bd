"""A public announcement about an incident: drafted, checked, agreed to by another person, published (S-COM-31)."""

from datetime import timedelta

import pytest

from complaints.actions.announcing_incidents import (
    approve_public_notice,
    propose_public_notice,
    record_publication,
    send_back_public_notice,
)
from complaints.actions.incidents import close_incident, note_member, reopen_incident, set_incident_measure
from complaints.states import PublicNoticeState
from tests.cast import AT, later
from tests.incidents import a_drafted_announcement, a_member, an_agreed_plan, an_incident
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
LINK = "https://weibo.example.com/tangxi/1"


@pytest.fixture
def incident(cast):
    return an_incident(cast)


def test_two_people_stand_for_it_and_it_says_where_it_stands(cast, incident):
    """S-COM-31: nothing is published that only one person saw; the address and the moment are kept."""
    notice = a_drafted_announcement(cast, incident)
    with refused("public_notice.not_agreed"):
        record_publication(notice.pk, by=cast.sven, at=later(hours=1), link=LINK, published_at=None)
    with refused("duty.asker_decides"):
        approve_public_notice(notice.pk, by=cast.sven, at=later(hours=1))
    agreed = approve_public_notice(notice.pk, by=cast.tara, at=later(hours=1), remark="可以发。")
    assert (agreed.state, agreed.decided_by, agreed.remark.words) == (PublicNoticeState.APPROVED, cast.tara, "可以发。")
    stands = record_publication(notice.pk, by=cast.sven, at=later(hours=2), link=f" {LINK} ", published_at=None)
    assert (stands.state, stands.link, stands.published_at) == (PublicNoticeState.PUBLISHED, LINK, later(hours=2))
    with refused("public_notice.not_agreed"):
        record_publication(notice.pk, by=cast.sven, at=later(hours=3), link=LINK, published_at=None)


@pytest.mark.parametrize(
    ("link", "minutes", "code"),
    [
        ("weibo", 70, "public_notice.link_missing"),
        ("https://" + "x" * 500, 70, "route.too_long"),
        (LINK, 50, "public_notice.before_the_yes"),
        (LINK, 121, "public_notice.in_future"),
    ],
)
def test_where_and_when_have_to_make_sense(cast, incident, link, minutes, code):
    notice = a_drafted_announcement(cast, incident)
    approve_public_notice(notice.pk, by=cast.tara, at=later(hours=1))
    moment = AT + timedelta(minutes=minutes)
    with refused(code):
        record_publication(notice.pk, by=cast.sven, at=later(hours=2), link=link, published_at=moment)


@pytest.mark.parametrize(
    ("words", "code"),
    [(" ", "words.missing"), ("您的{{goods}}可以换货。", "public_notice.has_gaps")],
)
def test_words_for_everybody_are_whole(cast, incident, words, code):
    with refused(code):
        propose_public_notice(incident.pk, by=cast.sven, at=AT, words=words)


@pytest.mark.parametrize(
    ("words", "code"), [("我们保证全额退款。", "wording.needs_approval"), ("再闹后果自负。", "wording.blocked")]
)
def test_the_rules_of_the_wording_hold_and_no_exception_is_asked_for(cast, incident, words, code):
    """What would need a yes for one customer is written to nobody in public."""
    with refused(code):
        propose_public_notice(incident.pk, by=cast.sven, at=AT, words=words)


def test_it_promises_what_the_agreed_plan_offers(cast, incident):
    promise = "买到该批次的顾客，我们免费换一件。"
    with refused("wording.needs_approval"):
        propose_public_notice(incident.pk, by=cast.sven, at=AT, words=promise)
    an_agreed_plan(cast, incident)
    notice = propose_public_notice(incident.pk, by=cast.sven, at=AT, words=promise)
    assert approve_public_notice(notice.pk, by=cast.tara, at=AT).state == PublicNoticeState.APPROVED


def test_sent_back_it_says_why_and_other_words_are_another_draft(cast, incident):
    notice = a_drafted_announcement(cast, incident)
    with refused("incident.remark_missing"):
        send_back_public_notice(notice.pk, by=cast.tara, at=AT, remark=" ")
    back = send_back_public_notice(notice.pk, by=cast.tara, at=AT, remark="请写明怎么换。")
    assert (back.state, back.remark.words) == (PublicNoticeState.SENT_BACK, "请写明怎么换。")
    with refused("public_notice.not_pending"):
        approve_public_notice(notice.pk, by=cast.tara, at=AT)
    assert a_drafted_announcement(cast, incident).number == 2


def test_staff_have_no_part_in_it_and_a_draft_holds_the_incident_open(cast, incident):
    with denied():
        propose_public_notice(incident.pk, by=cast.ana, at=AT, words="……")
    member = a_member(cast, incident)
    note_member(member.pk, by=cast.sven, at=AT, words="已单独处理。")
    set_incident_measure(incident.pk, by=cast.sven, at=AT, kind="process", what="加检。")
    notice = a_drafted_announcement(cast, incident)
    with refused("incident.announcement_waits"):
        close_incident(incident.pk, by=cast.sven, at=AT, words="已处理。")
    approve_public_notice(notice.pk, by=cast.tara, at=AT)
    close_incident(incident.pk, by=cast.sven, at=AT, words="已处理。")
    with refused("incident.closed"):
        a_drafted_announcement(cast, incident)
    reopen_incident(incident.pk, by=cast.sven, at=AT, reason="又出现。")
    assert a_drafted_announcement(cast, incident).number == 2
