"""Letters: case by case, a storm as one line, urgent at once, to substitutes too, nothing that is kept from them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db.models import Q

from casemgmt import concealing, outbox, relaying
from casemgmt.models import Notice, NoticeSettings, OutboxMessage
from casemgmt.notice_words import FOR
from casemgmt.people.models import Person, Substitution

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
MENTION, DUE, URGENT, BATCH = (
    "notice.mentioned",
    "notice.pause_ended",
    "notice.escalated.clock",
    "notice.import_finished",
)


@pytest.fixture(autouse=True)
def _address(settings):
    settings.PUBLIC_URL = "https://cases.example/"


@pytest.fixture
def lin(db):
    return Person.objects.create(username="lin", name="林芳", email="lin@shop.example", language="en")


@pytest.fixture
def mei(db):
    return Person.objects.create(username="mei", name="梅", email="mei@shop.example", language="en")


def tell(person, code=MENTION, *, case=7, key="1", at=NOON):
    params = {MENTION: {"by": "安娜"}, URGENT: {"level": 1}}.get(code, {})
    about = outbox.About("complaints.complaint", case)
    number = f"C261012-{case:04}-1"
    outbox.put(code, key=f"{code}:{case}:{key}", to=person, at=at, params=params, subject=about, case_number=number)


def sent(at=NOON):
    mail.outbox.clear()
    relaying.relay_due(at)
    return [letter.body for letter in mail.outbox]


def test_a_letter_leads_to_the_place_where_it_can_be_mended(lin):
    tell(lin, "notice.evidence_not_answered")
    (body,) = sent()
    assert "https://cases.example/admin/complaints/complaint/7/evidence/" in body


def test_a_daily_letter_goes_case_by_case(lin):
    NoticeSettings.objects.create(person=lin, letters="daily", daily_at=time(18))
    for case, key in ((7, "a"), (8, "b"), (7, "c")):
        tell(lin, case=case, key=key)
    tell(lin, DUE, case=7)
    assert sent() == []
    (body,) = sent(NOON.replace(hour=18))
    assert body.count("C261012-0007-1") == 1
    assert "× 2" in body
    assert body.index("C261012-0007-1") < body.index("C261012-0008-1")
    assert mail.outbox[0].subject == "4 notices"


def test_a_storm_is_one_letter_with_one_line(lin):
    for number in range(500):
        tell(lin, DUE, case=number)
    tell(lin, case=900)
    (body,) = sent()
    assert "500 times: Deadlines" in body
    assert "https://cases.example/admin/casemgmt/notice/?kind=deadlines&show=unread" in body
    assert "C261012-0900-1" in body
    assert body.count("C261012-") == 1
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


def test_a_few_letters_stay_letters(lin):
    for number in range(relaying.STORM - 1):
        tell(lin, case=number)
    assert len(sent()) == relaying.STORM - 1


def test_what_is_urgent_waits_for_no_daily_letter_and_no_quiet_hours(lin):
    NoticeSettings.objects.create(person=lin, letters="daily", quiet_from=time(22), quiet_until=time(7))
    night = NOON.replace(hour=23)
    tell(lin, at=night)
    tell(lin, URGENT, at=night)
    (body,) = sent(night)
    assert "level 1" in body
    assert OutboxMessage.objects.filter(sent_at=None).count() == 1


def stands_in(person, for_person, *, first=NOON, last=NOON):
    Substitution.objects.create(
        person=person, stands_in_for=for_person, starts_on=first.date(), ends_on=date(last.year, last.month, last.day)
    )


def test_who_stands_in_is_told_for_whom(lin, mei):
    stands_in(mei, lin)
    tell(lin, DUE)
    assert {notice.person.name: notice.params.get(FOR) for notice in Notice.objects.all()} == {
        "林芳": None,
        "梅": "林芳",
    }
    bodies = sent()
    assert sum("For 林芳: " in body for body in bodies) == 1
    tell(lin, DUE)
    assert (Notice.objects.count(), sent()) == (2, [])


def test_who_stands_in_is_not_told_twice_nor_of_long_runs_nor_on_other_days(lin, mei):
    stands_in(mei, lin)
    about = outbox.About("complaints.complaint", 7)
    words = [outbox.Word(DUE, f"x{person.pk}", person, about, "C1") for person in (lin, mei)]
    outbox.put_many(words, at=NOON)
    assert Notice.objects.filter(person=mei).count() == 1
    tell(lin, BATCH)
    tell(lin, DUE, case=8, at=NOON + timedelta(days=1))
    assert Notice.objects.filter(person=mei).count() == 1


def test_what_is_kept_from_the_reader_by_now_is_not_sent(lin, monkeypatch):
    tell(lin, case=7)
    tell(lin, case=8)
    monkeypatch.setattr(concealing, "_rules", [lambda person: Q(case_number="C261012-0007-1")])
    (body,) = sent()
    assert "C261012-0008-1" in body
    assert not OutboxMessage.objects.filter(case_number="C261012-0007-1").exists()
