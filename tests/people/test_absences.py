"""Being away: who enters it, who stands in, and what nobody can enter."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casemgmt.ledger import Refused
from casemgmt.people.absences import end_absence, enter_absence, name_substitute
from casemgmt.people.models import Absence, Substitution
from casemgmt.people.queries import away_on
from casemgmt.violations import RuleBroken
from complaints.roles import acts_as, may, teams_of
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.stage import standing_cast

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 10, 12)


def day(number: int) -> date:
    """So many days after the Monday of the cast."""
    return MONDAY + timedelta(days=number)


@pytest.fixture
def cast():
    return standing_cast()


def an_absence(cast, *, person=None, by=None, first=1, last=3, substitute=None) -> Absence:
    person = person or cast.ana
    return enter_absence(
        None,
        by=by or person,
        at=AT,
        person_id=person.pk,
        starts_on=day(first),
        ends_on=day(last),
        substitute_id=substitute.pk if substitute else None,
    )


def codes(refused) -> set[str]:
    return {violation.code for violation in refused.value.violations}


def test_a_substitute_handles_the_cases_of_who_is_away_and_no_day_longer(cast):
    case = an_assessing_case(cast)
    an_absence(cast, substitute=cast.ben)
    held = [may(standing_cast().ben, "case.handle", case, on=day(number)) for number in range(5)]
    assert held == [False, True, True, True, False]
    assert acts_as(cast.ben, day(2)) == {cast.ana.pk, cast.ben.pk}
    assert away_on(day(2)) == {cast.ana.pk: cast.ben.pk}
    assert away_on(day(4)) == {}


def test_a_substitute_of_another_team_sees_that_team_meanwhile(cast):
    an_absence(cast, substitute=cast.wen)
    assert teams_of(cast.wen, day(1)) == {cast.team.pk, cast.other_team.pk}
    assert not may(cast.wen, "grant.approve", on=day(1))


def test_everything_that_is_wrong_is_said_at_once(cast):
    an_absence(cast)
    with pytest.raises(RuleBroken) as refused:
        an_absence(cast, first=9, last=8, substitute=cast.ana)
    assert codes(refused) == {"absence.ends_before_it_starts", "absence.substitute_is_oneself"}
    with pytest.raises(RuleBroken) as refused:
        an_absence(cast, first=-1, last=1, substitute=cast.axel)
    assert codes(refused) == {
        "absence.begins_in_the_past",
        "absence.two_at_once",
        "absence.substitute_cannot_handle",
    }


def test_substitution_goes_in_no_circle_and_leaves_no_hole(cast):
    an_absence(cast, substitute=cast.ben)
    with pytest.raises(RuleBroken) as refused:
        an_absence(cast, person=cast.ben, first=3, last=4, substitute=cast.ana)
    assert codes(refused) == {"absence.stands_in_for_another", "absence.substitute_is_away"}
    assert an_absence(cast, person=cast.ben, first=4, last=5, substitute=cast.ana).substitution.person == cast.ana


def test_the_tables_refuse_two_at_once_and_a_circle(cast):
    first = an_absence(cast, substitute=cast.ben)
    with pytest.raises(Refused, match=r"absence\.two_at_once"), transaction.atomic():
        Absence.objects.create(person=cast.ana, starts_on=day(3), ends_on=day(9), entered_by=cast.ana, entered_at=AT)
    other = Substitution(person=cast.ana, stands_in_for=cast.ben, starts_on=day(3), ends_on=day(9))
    with pytest.raises(ValidationError):
        other.full_clean()
    with pytest.raises(Refused, match=r"substitution\.circle"), transaction.atomic():
        other.save()
    assert Absence.objects.get() == first


def test_supervisors_enter_it_for_their_team_and_nobody_for_others(cast):
    assert an_absence(cast, by=cast.sven).entered_by == cast.sven
    for person, by in ((cast.ana, cast.ben), (cast.wen, cast.sven), (cast.axel, cast.axel)):
        with pytest.raises(PermissionDenied):
            an_absence(cast, person=person, by=by, first=10, last=11)


def test_back_early_what_was_handed_over_returns_the_same_day(cast):
    absence = an_absence(cast, first=0, last=5, substitute=cast.ben)
    end_absence(absence.pk, by=cast.ana, at=later(days=2))
    assert away_on(day(1)) == {cast.ana.pk: cast.ben.pk}
    assert away_on(day(2)) == {}
    with pytest.raises(RuleBroken) as refused:
        end_absence(absence.pk, by=cast.ana, at=later(days=2))
    assert codes(refused) == {"absence.over"}


def test_called_off_before_it_began_leaves_no_trace_in_the_lists_but_in_the_history(cast):
    absence = an_absence(cast, substitute=cast.ben)
    end_absence(absence.pk, by=cast.ana, at=AT)
    assert away_on(day(2)) == {}
    assert Absence.history.filter(id=absence.pk).count() == 2
    assert an_absence(cast, substitute=cast.ben).substitution.called_off_at is None


def test_another_substitute_from_today_on(cast):
    absence = an_absence(cast, first=0, last=5, substitute=cast.ben)
    name_substitute(absence.pk, by=cast.sven, at=later(days=2), substitute_id=cast.wen.pk)
    assert [away_on(day(number))[cast.ana.pk] for number in (0, 1, 2, 5)] == [
        cast.ben.pk,
        cast.ben.pk,
        cast.wen.pk,
        cast.wen.pk,
    ]
    with pytest.raises(RuleBroken) as refused:
        name_substitute(absence.pk, by=cast.sven, at=later(days=3), substitute_id=cast.wen.pk)
    assert "absence.substitute_is_named" in codes(refused)
