"""Which cases somebody sees and may act on: by role, team, substitution, work, and never when it is about them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from casemgmt.people.models import Person, Substitution
from complaints.actions.escalating import raise_by_hand
from complaints.actions.subjecting import name_subject
from complaints.actions.tasking import make_task
from complaints.roles import cases_visible_to, demand_right, may
from complaints.states import CaseState
from tests.building import a_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db
DAY = AT.date()


def sees(person, case, on=DAY) -> bool:
    return cases_visible_to(Person.objects.get(pk=person.pk), on=on).filter(pk=case.pk).exists()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ana", True), ("ben", True), ("wen", False), ("sven", True), ("olga", False), ("axel", True), ("system", False)],
)
def test_who_sees_a_case_of_team_a(cast, name, expected):
    assert sees(getattr(cast, name), a_case(cast, CaseState.ASSESSING)) is expected


@pytest.mark.parametrize(("name", "expected"), [("ana", True), ("ben", False), ("sven", True), ("axel", False)])
def test_who_handles_a_case_of_ana(cast, name, expected):
    case = a_case(cast, CaseState.ASSESSING)
    assert may(getattr(cast, name), "case.handle", case, on=DAY) is expected


def test_a_substitute_sees_the_team_for_those_days_alone(cast):
    case = a_case(cast, CaseState.ASSESSING)
    Substitution.objects.create(
        person=cast.wen, stands_in_for=cast.ben, starts_on=date(2026, 10, 12), ends_on=date(2026, 10, 14)
    )
    assert sees(cast.wen, case, date(2026, 10, 14))
    assert not sees(cast.wen, case, date(2026, 10, 15))


def test_operations_see_what_they_have_work_on(cast):
    case = a_case(cast, CaseState.ASSESSING)
    assert not sees(cast.olga, case)
    make_task(
        case.pk, by=cast.ana, at=later(hours=1), department_id=cast.operations.pk, what="查打款", due_at=later(days=1)
    )
    assert sees(cast.olga, case)


def test_another_teams_supervisor_sees_what_waits_for_a_decision(cast):
    """A team with one supervisor needs a second pair of eyes from elsewhere."""
    cast.tara.team = cast.other_team
    cast.tara.save()
    assert not sees(cast.tara, a_case(cast, CaseState.NEGOTIATING))
    case = a_case(cast, CaseState.REFUSAL_PROPOSED)
    assert sees(cast.tara, case)
    assert may(cast.tara, "evidence.read", case, on=DAY)
    assert not may(cast.tara, "case.handle", case, on=DAY)


def test_whom_an_escalation_names_sees_the_case(cast):
    cast.tara.team = cast.other_team
    cast.tara.save()
    case = a_case(cast, CaseState.ASSESSING)
    raise_by_hand(case.pk, by=cast.ana, at=later(hours=1), reason="客户要求主管出面")
    assert not sees(cast.tara, case)
    case.escalations.update(to_person=cast.tara)
    assert sees(cast.tara, case)


def test_whoever_it_is_about_does_not_see_it(cast):
    case = a_case(cast, CaseState.ASSESSING)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.sven.pk, reason="顾客点名")
    assert not sees(cast.sven, case)
    with pytest.raises(PermissionDenied):
        demand_right(cast.sven, "case.handle", case, at=AT)


def test_somebody_who_left_has_no_right(cast):
    case = a_case(cast, CaseState.ASSESSING)
    gone = Person.objects.get(pk=cast.ana.pk)
    gone.is_active = False
    assert not may(gone, "case.handle", case, on=DAY)


def test_a_superuser_holds_every_right_but_not_against_themselves(cast):
    case = a_case(cast, CaseState.ASSESSING)
    cast.wen.is_superuser = True
    assert may(cast.wen, "case.supervise", case, on=DAY)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.wen.pk, reason="顾客点名")
    assert not may(cast.wen, "case.view", case, on=DAY)
