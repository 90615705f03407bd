"""A customer who was asked and does not answer is remembered, level by level, each once."""

import pytest

from casemgmt import sweeps
from casemgmt.models import Notice
from complaints.actions import quiet_customers
from complaints.actions.pausing import begin_pause
from complaints.actions.quiet_customers import CODE, REMIND, remind_of_quiet_customers
from complaints.models import SetAside
from complaints.vocabulary import ContactPurpose, Direction, PauseCategory, Side
from tests.building import an_assessing_case, answer
from tests.cast import AT, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """Ana asked the customer for something."""
    case = an_assessing_case(cast)
    answer(cast, case, purpose=ContactPurpose.ENQUIRY, words="请您发一张领口的照片，谢谢。")
    return case


def sweep(at):
    with sweeps.recorded(REMIND, at=at):
        return remind_of_quiet_customers(at)


def told():
    return sorted(Notice.objects.filter(code=CODE).values_list("person__username", flat=True))


def test_the_handler_twice_then_the_lead_each_once(cast, case):
    assert sweep(later(hours=47)).done == 0
    for hours in (48, 49, 96, 97, 144, 145, 200):
        sweep(later(hours=hours))
        sweep(later(hours=hours))
    assert told() == ["ana", "ana", "sven"]


def test_an_answer_ends_the_ladder(cast, case):
    sweep(later(hours=48))
    answer(cast, case, at=later(hours=50), direction=Direction.INCOMING, words="照片发了")
    sweep(later(hours=200))
    assert told() == ["ana"]


def test_after_an_outage_every_step_is_made_once(cast, case):
    sweep(later(hours=1))
    sweep(later(days=20))
    sweep(later(days=20))
    assert told() == ["ana", "ana", "sven"]


def test_a_pause_has_a_ladder_of_its_own(cast, case):
    begin_pause(
        case.pk,
        by=cast.ana,
        at=AT,
        category=PauseCategory.AWAITING_CUSTOMER,
        reason="等照片",
        asked_of=Side.CUSTOMER,
        asked_what="照片",
    )
    sweep(later(hours=60))
    assert told() == []


def test_a_question_that_cannot_be_told_of_stops_no_other_and_is_told_when_it_can_be(cast, case, monkeypatch):
    other = an_assessing_case(cast)
    answer(cast, other, purpose=ContactPurpose.ENQUIRY, words="请问领口哪里发白？")
    put_many = quiet_customers.put_many

    def refuse(words, *, at):
        words = list(words)
        if any(word.case_number == case.case_number for word in words):
            raise ValueError("somebody's name")
        put_many(words, at=at)

    with monkeypatch.context() as bad:
        bad.setattr(quiet_customers, "put_many", refuse)
        assert "ValueError" in sweep(later(hours=48)).error
    assert Notice.objects.filter(code=CODE).values_list("case_number", flat=True).get() == other.case_number
    assert sweep(later(hours=49)).done == 1
    assert not SetAside.objects.exists()
