"""Each person's own settings: what is shown, what is mailed, at once or in one letter a day, and when it is quiet."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from casemgmt import channels, outbox, relaying
from casemgmt.models import Notice, NoticeSettings, OutboxMessage
from casemgmt.notice_kinds import OTHER, kind_of
from casemgmt.people.models import Person
from casemgmt.sentences import registered

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
MENTION, DUTY = "notice.mentioned", "notice.clock_runs_out"


@pytest.fixture
def lin(db):
    return Person.objects.create(username="lin", name="林芳", email="lin@shop.example", language="en")


def wish(person, **wishes):
    return NoticeSettings.objects.create(person=person, **wishes)


def put(person, code=MENTION, key="1", at=NOON, **more):
    outbox.put(code, key=f"{code}:{key}", to=person, at=at, params={"by": "安娜"} if code == MENTION else {}, **more)


def counts():
    return Notice.objects.count(), OutboxMessage.objects.count()


def test_every_notice_belongs_to_a_kind():
    codes = [code for code in registered() if code.startswith("notice.")]
    assert codes
    assert [code for code in codes if kind_of(code) is OTHER] == []


def test_without_settings_everything_is_shown_and_mailed(lin):
    put(lin)
    assert counts() == (1, 1)


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({"silent": ["mentions"]}, (0, 1)),
        ({"unmailed": ["mentions"]}, (1, 0)),
        ({"silent": ["mentions"], "unmailed": ["mentions"]}, (0, 0)),
        ({"silent": ["cases"], "unmailed": ["cases"]}, (1, 1)),
    ],
)
def test_a_kind_is_taken_off_the_list_or_out_of_the_mail(lin, wishes, expected):
    wish(lin, **wishes)
    put(lin)
    assert counts() == expected


def test_a_duty_stays_on_the_list_whatever_is_stored(lin):
    wish(lin, silent=["deadlines"], unmailed=["deadlines"])
    put(lin, DUTY)
    assert counts() == (1, 0)


def test_many_are_told_with_three_more_queries_for_settings_substitutes_and_robots(lin, django_assert_max_num_queries):
    people = [Person.objects.create(username=f"p{n}", name="x", email=f"p{n}@shop.example") for n in range(30)]
    with django_assert_max_num_queries(7):
        outbox.put_many([outbox.Word(MENTION, f"m{p.pk}", p, params={"by": "x"}) for p in people], at=NOON)


def test_a_daily_letter_holds_the_day_and_goes_once(lin):
    wish(lin, letters="daily", daily_at=time(8, 30))
    for number in range(30):
        put(lin, key=str(number), at=NOON + timedelta(minutes=number))
    assert Notice.objects.visible(NOON).count() == 1
    morning = datetime(2026, 3, 3, 8, 30, tzinfo=ZONE)
    assert relaying.relay_due(morning - timedelta(seconds=1)) == (0, 0)
    assert relaying.relay_due(morning) == (30, 30)
    assert len(mail.outbox) == 1
    assert mail.outbox[0].body == "安娜 named you in an internal note. × 30\n"
    assert relaying.relay_due(morning) == (0, 0)


def test_one_line_without_a_sentence_spoils_no_daily_letter(lin):
    wish(lin, letters="daily")
    put(lin)
    put(lin, "notice.nobody_registered_this")
    assert relaying.relay_due(NOON + timedelta(days=1)) == (2, 2)
    assert mail.outbox[0].body.count("\n") == 1


def test_a_daily_letter_that_is_refused_is_tried_again_whole(lin):
    wish(lin, letters="daily")
    put(lin, key="1")
    put(lin, key="2")

    def refuses(*messages):
        raise channels.Unsendable(OutboxMessage.Failure.REFUSED)

    later = NOON + timedelta(days=1)
    assert relaying.relay_due(later, refuses) == (2, 0)
    assert set(OutboxMessage.objects.values_list("attempts", "last_error")) == {(1, "refused")}


def test_in_quiet_hours_letters_wait_and_count_no_try(lin):
    wish(lin, quiet_from=time(22), quiet_until=time(7))
    night = datetime(2026, 3, 2, 23, 0, tzinfo=ZONE)
    put(lin, at=night)
    assert Notice.objects.visible(night).count() == 1
    assert relaying.relay_due(night)[1] == 0
    morning = datetime(2026, 3, 3, 7, 0, tzinfo=ZONE)
    message = OutboxMessage.objects.get()
    assert (message.not_before, message.attempts, message.lease) == (morning, 0, None)
    assert relaying.relay_due(morning) == (1, 1)


@pytest.mark.parametrize(
    ("quiet", "at", "ends"),
    [
        ((time(22), time(7)), (2, 21, 59), None),
        ((time(22), time(7)), (2, 22, 0), (3, 7, 0)),
        ((time(22), time(7)), (3, 6, 59), (3, 7, 0)),
        ((time(22), time(7)), (3, 7, 0), None),
        ((time(12), time(14)), (2, 13, 0), (2, 14, 0)),
        ((time(12), time(14)), (2, 14, 0), None),
        ((None, None), (2, 23, 0), None),
        ((time(9), time(9)), (2, 9, 0), None),
    ],
)
def test_quiet_hours_may_pass_midnight(quiet, at, ends):
    wishes = NoticeSettings(quiet_from=quiet[0], quiet_until=quiet[1])
    moment = datetime(2026, 3, at[0], at[1], at[2], tzinfo=ZONE)
    assert wishes.quiet_end(moment) == (ends and datetime(2026, 3, *ends, tzinfo=ZONE))


def test_quiet_hours_have_both_ends(lin):
    with pytest.raises(IntegrityError), transaction.atomic():
        wish(lin, quiet_from=time(22))
