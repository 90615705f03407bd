"""The desk before the first complaint, and when everything is done: steps, the next deadline, no solid button."""

import pytest
from django.utils import timezone

from complaints.actions.subjecting import name_subject
from tests.admin.looking import signed_in, text_of
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.stage import standing_cast

pytestmark = pytest.mark.django_db
DESK = "/admin/"


@pytest.fixture
def cast(monkeypatch):
    """The people, with policies and without a case."""
    monkeypatch.setattr(timezone, "now", lambda: AT)
    return standing_cast()


def test_before_the_first_complaint_six_steps_say_who_may_do_what(cast):
    answer = signed_in(cast.ana).get(DESK)
    page, text = answer.context["page"], text_of(answer)
    assert len(page.stairs) == 6
    assert [stair.is_current for stair in page.stairs].count(True) == 1
    done = [stair.is_done for stair in page.stairs]
    assert done == [True, True, True, True, False, False], "nothing has swept yet"
    assert 'aria-current="step"' in text
    assert "administrators" in text
    assert "Overdue" not in text.partition("cm-landing")[2]


def test_a_case_about_oneself_does_not_end_the_first_day(cast):
    case = an_assessing_case(cast)
    assert not signed_in(cast.sven).get(DESK).context["page"].stairs
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.ben.pk)
    assert signed_in(cast.ben).get(DESK).context["page"].stairs


def test_when_everything_is_done_the_next_deadline_is_told_without_a_solid_button(cast, monkeypatch):
    case = an_assessing_case(cast)
    case.refresh_from_db()
    early = later(days=-3)
    monkeypatch.setattr(timezone, "now", lambda: early)
    answer = signed_in(cast.ana).get(DESK)
    page, text = answer.context["page"], text_of(answer)
    assert "Everything for today is done" in text
    assert "The next deadline is" in text
    assert "cm-primary" not in text
    assert "cm-deed-done" in text
    assert [str(pile.title) for pile in page.piles] == ["Coming next"]
    assert "If you have time" in text
