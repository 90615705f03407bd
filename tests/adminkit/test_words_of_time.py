"""How long until, how late, which day: in the words of the reader."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from casemgmt.adminkit.cells import money, severity_mark, state_chip
from casemgmt.adminkit.pages import Severity, StateChip
from casemgmt.adminkit.templatetags.desk import by_day, due_in_words, instant, span_in_words, urgency

NOW = datetime(2026, 10, 12, 14, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def in_english():
    """The source language."""
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=3, minutes=40), "3 h 40 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=1), "1 d"),
        (timedelta(days=2, hours=5), "2 d 5 h"),
        (timedelta(days=3, hours=5), "3 d"),
        (timedelta(days=400), "400 d"),
    ],
)
def test_a_span_names_what_matters(span, words):
    assert span_in_words(span) == words


@pytest.mark.parametrize(
    ("span", "words", "level"),
    [
        (timedelta(hours=3), "due in 3 h", "soon"),
        (timedelta(hours=5, minutes=59), "due in 5 h 59 min", "soon"),
        (timedelta(hours=6), "due in 6 h", "later"),
        (timedelta(0), "due in 0 min", "soon"),
        (timedelta(minutes=-1), "1 min late", "late"),
        (timedelta(days=-2), "2 d late", "late"),
    ],
)
def test_a_deadline_in_words_and_its_shape(span, words, level):
    assert due_in_words(NOW + span, NOW) == words
    assert urgency(NOW + span, NOW) == level


def test_no_deadline_says_nothing():
    assert (due_in_words(None, NOW), urgency(None, NOW), instant(None, NOW)) == ("", "none", "")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW.replace(hour=18, minute=0), "today 18:00"),
        (NOW + timedelta(days=1), "tomorrow 14:20"),
        (NOW - timedelta(days=1), "yesterday 14:20"),
        (NOW + timedelta(days=2), "10-14 Wed 14:20"),
        (NOW + timedelta(days=100), "2027-01-20 14:20"),
        (datetime(2026, 10, 12, 17, 0, tzinfo=ZoneInfo("UTC")), "tomorrow 01:00"),
    ],
)
def test_a_moment_as_people_say_it(moment, words):
    assert instant(moment, NOW) == words


@dataclass
class Entry:
    """Something that happened."""

    at: datetime


def test_entries_stand_under_their_days_in_local_time():
    late_evening = datetime(2026, 10, 11, 16, 30, tzinfo=ZoneInfo("UTC"))  # half past midnight in Shanghai
    days = by_day(
        [Entry(NOW), Entry(late_evening), Entry(NOW - timedelta(days=1)), Entry(NOW - timedelta(days=400))], NOW
    )
    assert [(day["label"], day["date_words"], len(day["entries"])) for day in days] == [
        ("Today", "Mon October 12", 2),
        ("Sun October 11", "", 1),
        ("2025 Sun September 7", "", 1),
    ]


def test_cells_give_a_shape_and_a_word():
    assert "<svg" in severity_mark(Severity("critical", "grave"))
    assert "grave" in severity_mark(Severity("critical", "grave"))
    assert 'width="60"' in state_chip(StateChip("doing", 0.6))
    assert "<svg" not in state_chip(StateChip("outside"))
    assert "—" in money(None)
    assert "¥1,299.00" in money(1299)
    assert "&lt;b&gt;" in state_chip(StateChip("<b>"))
