"""Why this time: strip, table, sum, pauses, more time, moves and replay, as a page and as text."""

from datetime import timedelta

import pytest
from django.urls import reverse

from complaints.actions.extending import approve_extension, ask_for_extension
from complaints.actions.pausing import begin_pause, end_pause
from complaints.explaining_clocks import told_of
from complaints.models import Clock
from complaints.telling_clocks import told_as_text
from tests.admin.looking import signed_in, text_of
from tests.building import an_assessing_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db

WAITING = {"category": "awaiting_test", "reason": "等检测报告", "asked_of": "third_party", "asked_what": "面料成分"}


@pytest.fixture
def case(cast):
    """Two days of waiting, and two working days more."""
    case = an_assessing_case(cast)
    begin_pause(case.pk, by=cast.ana, at=later(hours=1), **WAITING)
    end_pause(case.pk, by=cast.ana, at=later(days=2, hours=1))
    extension = ask_for_extension(
        case.pk, by=cast.ana, at=later(days=2, hours=2), clock_id=resolution(case).pk, amount=2, reason="报告晚到",
        explanation="周三前答复您",
    )  # fmt: skip
    approve_extension(extension.pk, by=cast.sven, at=later(days=2, hours=3))
    return case


def resolution(case):
    return case.clocks.get(kind=Clock.Kind.RESOLUTION)


def url_of(clock, name="why"):
    return reverse(f"admin:complaints_complaint_{name}", args=[clock.case_id, clock.pk])


def test_the_rows_add_up_to_the_length_with_what_was_added(case):
    told = told_of(case, resolution(case), later(days=3))
    assert told.is_same
    assert [stretch.kind for stretch in told.stretches][:3] == ["start_day", "paused", "counted"]
    counted = [stretch for stretch in told.stretches if stretch.is_counted]
    assert sum(int(stretch.counted) for stretch in counted) == 7
    assert counted[-1].so_far == "7"
    assert told.sum.endswith("= 7")
    assert "另延2 个工作日" in told.length
    assert told.without_pauses < told.due
    assert told.without_extensions < told.due
    assert [(change.before, change.after) for change in told.changes][-1][1] == told.due


def test_real_time_is_one_piece(cast):
    case = an_assessing_case(cast)
    told = told_of(case, case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE), AT)
    assert told.sum == "24:00 = 24:00"


def test_the_page_says_it_all(case, cast):
    text = text_of(signed_in(cast.ana).get(url_of(resolution(case))))
    for words in ("等检测报告", "报告晚到", "Without pauses", "Without more time", "the same result", "edition 1", "7"):
        assert words in text
    assert "S-SLA-02" in text


def test_the_text_is_the_same_and_stands_alone(case, cast):
    answer = signed_in(cast.ana).get(url_of(resolution(case), "why_text"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    text = answer.content.decode()
    for words in (case.case_number, "等检测报告", "报告晚到", "= 7", "edition 1", "the same result"):
        assert words in text


def test_a_paused_clock_is_told_until_now(cast):
    case = an_assessing_case(cast)
    begin_pause(case.pk, by=cast.ana, at=later(hours=1), **WAITING)
    told = told_of(case, resolution(case), later(days=1))
    assert told.paused
    assert "正在暂停" in told_as_text(told)


def test_another_stored_date_is_told_as_such(case):
    clock = resolution(case)
    clock.due_at += timedelta(hours=1)
    told = told_of(case, clock, later(days=3))
    assert not told.is_same
    assert "结果不同" in told_as_text(told)


@pytest.mark.parametrize("name", ["why", "why_text"])
def test_who_does_not_see_the_case_does_not_see_why(case, cast, name):
    assert signed_in(cast.wen).get(url_of(resolution(case), name)).status_code in (403, 404)
