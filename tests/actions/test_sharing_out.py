"""Cases given by rule and handed out as the next one: explained, within the cap, and each to one person only."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import Refused
from casemgmt.models import Notice
from casemgmt.people.absences import enter_absence
from casemgmt.violations import RuleBroken
from complaints.actions.assigning import assign_case
from complaints.actions.handing_over import hand_over
from complaints.actions.sharing_out import (
    assign_by_rule,
    assign_waiting,
    replay,
    replay_order,
    take_next_case,
)
from complaints.actions.subjecting import name_subject
from complaints.models import Assignment, Complaint
from complaints.roles import day_of
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.new_editions import a_new_edition
from tests.racing import race
from tests.stage import standing_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return standing_cast()


def codes(refused) -> set[str]:
    return {violation.code for violation in refused.value.violations}


def a_rule(cast, **changes):
    """Another edition of how cases are shared out, in force from now on."""
    return a_new_edition(cast, kind="assignment", key="default", at=AT, **changes)


def test_the_least_loaded_gets_it_and_the_choice_can_be_made_again(cast):
    an_assessing_case(cast)
    case = a_registered_case(cast)
    assign_by_rule(case.pk, by=cast.system, at=later(minutes=1))
    case = Complaint.objects.get(pk=case.pk)
    assert (case.handler, case.state) == (cast.ben, "assessing")
    assert Notice.objects.filter(person=cast.ben, code="notice.case_assigned").count() == 1
    kept = Assignment.objects.get()
    assert [one["username"] for one in kept.facts["candidates"]] == ["ana", "ben"]
    a_rule(cast, cases_max=1, points_case=0)
    assert replay(kept).person == kept.person_id == cast.ben.pk
    assert [one.candidate.points for one in replay(kept).standings] == [0, 10]
    with pytest.raises(Refused, match=r"assignment\.rewritten"), transaction.atomic():
        Assignment.objects.update(person=cast.ana)


def test_only_supervisors_and_the_system_give_by_rule_and_only_what_nobody_has(cast):
    case = a_registered_case(cast)
    with pytest.raises(PermissionDenied):
        assign_by_rule(case.pk, by=cast.ana, at=AT)
    assign_by_rule(case.pk, by=cast.sven, at=AT)
    with pytest.raises(RuleBroken) as refused:
        assign_by_rule(case.pk, by=cast.sven, at=later(minutes=1))
    assert codes(refused) == {"case.taken_already"}


def test_nobody_over_the_cap_nobody_away_and_no_subject(cast):
    a_rule(cast, cases_max=1)
    held, about_ben, waits = an_assessing_case(cast), a_registered_case(cast), a_registered_case(cast)
    name_subject(about_ben.pk, by=cast.sven, at=AT, person_id=cast.ben.pk, reason="顾客点名。")
    with pytest.raises(RuleBroken) as refused:
        assign_by_rule(about_ben.pk, by=cast.system, at=AT)
    assert codes(refused) == {"assign.nobody_free"}
    enter_absence(None, by=cast.ben, at=AT, starts_on=day_of(AT), ends_on=day_of(AT))
    with pytest.raises(RuleBroken) as refused:
        assign_by_rule(waits.pk, by=cast.system, at=AT)
    assert codes(refused) == {"assign.nobody_free"}
    with pytest.raises(RuleBroken) as refused:
        assign_case(held.pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="忙不过来。")
    assert codes(refused) == {"handler.is_away"}


def test_the_system_gives_only_where_the_policy_says_so_and_after_the_wait(cast):
    case = a_registered_case(cast)
    assert assign_waiting(later(hours=5)).done == 0
    a_rule(cast, assigns_itself=True, wait_minutes=30, cases_max=1)
    second, third = a_registered_case(cast), a_registered_case(cast)
    assert assign_waiting(later(minutes=29)).selected == 0
    assign_waiting(later(minutes=30))
    assert {row.handler for row in Complaint.objects.filter(pk__in=[case.pk, second.pk])} == {cast.ana, cast.ben}
    assert Complaint.objects.get(pk=third.pk).handler is None
    assign_waiting(later(minutes=31))
    assert Assignment.objects.count() == 2


def test_the_next_case_is_the_urgent_one_and_says_why(cast):
    ordinary = a_registered_case(cast)
    a_registered_case(cast, received_at=later(hours=-2))
    danger = a_registered_case(cast, safety_flag=True)
    assert take_next_case(by=cast.ben, at=later(minutes=1)).pk == danger.pk
    kept = Assignment.objects.get()
    assert (kept.how, kept.facts["waiting"], kept.facts["cases"], kept.facts["cap"]) == ("next", 3, 0, 60)
    assert kept.facts["runner_up"] is not None
    assert replay_order(kept)
    take_next_case(by=cast.ben, at=later(minutes=2))
    assert take_next_case(by=cast.ben, at=later(minutes=3)).pk == ordinary.pk
    with pytest.raises(RuleBroken) as refused:
        take_next_case(by=cast.ben, at=later(minutes=4))
    assert codes(refused) == {"next.nothing_waits"}


def test_the_next_case_steps_over_what_is_about_oneself_and_stops_at_the_cap(cast):
    about_ben = a_registered_case(cast, safety_flag=True)
    name_subject(about_ben.pk, by=cast.sven, at=AT, person_id=cast.ben.pk, reason="顾客点名。")
    other = a_registered_case(cast)
    a_rule(cast, cases_max=1)
    assert take_next_case(by=cast.ben, at=AT).pk == other.pk
    a_registered_case(cast)
    with pytest.raises(RuleBroken) as refused:
        take_next_case(by=cast.ben, at=later(minutes=1))
    assert codes(refused) == {"next.at_cap"}
    with pytest.raises(PermissionDenied):
        take_next_case(by=cast.sven, at=AT)


def test_who_lacks_the_skill_is_not_handed_the_case(cast):
    cold = a_registered_case(cast)
    skill = {"subject": "product", "value": "大衣", "people": ["ana"], "is_needed": True}
    a_rule(cast, skills=[skill])
    with pytest.raises(RuleBroken):
        take_next_case(by=cast.ben, at=AT)
    assert take_next_case(by=cast.ana, at=AT).pk == cold.pk


def test_what_was_put_down_for_the_team_is_handed_out_too(cast):
    case = an_assessing_case(cast)
    handover = hand_over(by=cast.ana, at=AT, cases=[case.pk])
    with pytest.raises(RuleBroken):
        take_next_case(by=cast.ana, at=later(minutes=1))
    assert take_next_case(by=cast.ben, at=later(minutes=1)).pk == case.pk
    assert Complaint.objects.get(pk=case.pk).handler == cast.ben
    assert handover.lines.get().state == "accepted"


@pytest.mark.django_db(transaction=True)
def test_who_presses_at_the_same_moment_gets_another_case(cast):
    for _number in range(2):
        a_registered_case(cast)
    outcomes = race(*(lambda person=person: take_next_case(by=person, at=AT) for person in (cast.ana, cast.ben)))
    assert sorted(case.handler.username for case in outcomes) == ["ana", "ben"]
    assert len({case.pk for case in outcomes}) == 2


@pytest.mark.django_db(transaction=True)
def test_one_person_pressing_twice_stays_within_the_cap(cast):
    for _number in range(2):
        a_registered_case(cast)
    a_rule(cast, cases_max=1)
    outcomes = race(*[lambda: take_next_case(by=cast.ana, at=AT)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Complaint", "RuleBroken"]
    assert Complaint.objects.filter(handler=cast.ana).count() == 1


@pytest.mark.django_db(transaction=True)
def test_runs_side_by_side_give_nothing_twice_and_nobody_over_the_cap(cast):
    cases = [a_registered_case(cast) for _number in range(4)]
    a_rule(cast, assigns_itself=True, wait_minutes=0, cases_max=1)
    race(lambda: assign_waiting(AT), lambda: assign_waiting(AT), lambda: take_next_case(by=cast.ben, at=AT))
    held = list(Complaint.objects.filter(pk__in=[case.pk for case in cases], handler__isnull=False))
    assert sorted(case.handler.username for case in held) == ["ana", "ben"]
    assert Assignment.objects.count() == 2
    assert Complaint.history.filter(history_change_reason__in=["case.assigned_by_rule", "case.next_taken"]).count() == 2
