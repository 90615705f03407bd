"""Many cases given out by rule: shown dry with the load that grows, decided anew at each turn, explained for ever."""

import pytest
from django.core.exceptions import PermissionDenied

from complaints.actions.assigning import assign_case
from complaints.actions.bulk import choose_cases, confirm_run, plan_run, reasons_of
from complaints.actions.bulk_running import run_lines
from complaints.actions.sharing_out import assign_waiting, replay
from complaints.actions.subjecting import name_subject
from complaints.models import Assignment, BulkRun, Complaint
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.new_editions import a_new_edition
from tests.racing import race
from tests.stage import standing_cast

pytestmark = pytest.mark.django_db


def planned(cast, cases, by=None):
    by = by or cast.sven
    run = choose_cases("share", [case.pk for case in cases], by=by, at=AT)
    return plan_run(run.pk, by=by, at=AT)


def done(run, at=AT):
    confirm_run(run.pk, by=run.made_by, at=at)
    run_lines(run.pk, at=at)
    return BulkRun.objects.get(pk=run.pk)


def lines(run):
    return list(run.lines.order_by("place"))


def codes(run):
    return {line.case_id: [found.code for found in reasons_of(line)] for line in lines(run) if line.reasons}


def names(run):
    return [line.handler and line.handler.username for line in lines(run)]


def queue(cast, count):
    return [a_registered_case(cast) for _number in range(count)]


def test_the_dry_run_counts_what_it_gives_and_what_runs_is_the_same(cast):
    an_assessing_case(cast)
    run = planned(cast, queue(cast, 3))
    assert names(run) == ["ben", "ana", "ben"]
    assert [(line.before["held"], line.after["held"]) for line in lines(run)] == [("0", "1"), ("1", "2"), ("1", "2")]
    assert not Assignment.objects.exists()
    run = done(run)
    assert names(run) == ["ben", "ana", "ben"]
    given = Assignment.objects.order_by("pk")
    assert [row.person.username for row in given] == names(run)
    assert all(replay(row).person == row.person_id for row in given)
    assert set(Complaint.objects.filter(pk__in=given.values("case")).values_list("state", flat=True)) == {"assessing"}


def test_what_cannot_be_given_says_why_and_the_cap_holds(cast):
    a_new_edition(cast, kind="assignment", key="default", at=AT, cases_max=1)
    held, about_both, first, second, third = an_assessing_case(cast), *queue(cast, 4)
    for person in (cast.ana, cast.ben):
        name_subject(about_both.pk, by=cast.sven, at=AT, person_id=person.pk, reason="顾客点名。")
    run = planned(cast, [held, about_both, first, second, third])
    assert codes(run) == {
        held.pk: ["case.taken_already"],
        about_both.pk: ["assign.nobody_free"],
        second.pk: ["assign.nobody_free"],
        third.pk: ["assign.nobody_free"],
    }
    assert names(run) == [None, None, "ben", None, None]


@pytest.mark.parametrize("name", ["ana", "olga", "axel"])
def test_supervisors_alone_give_out_by_rule(cast, name):
    cases = queue(cast, 1)
    with pytest.raises(PermissionDenied):
        planned(cast, cases, by=getattr(cast, name))
    assert not BulkRun.objects.exists()


def test_who_has_become_the_busier_one_meanwhile_does_not_get_it(cast):
    (case,) = queue(cast, 1)
    run = planned(cast, [case])
    assert names(run) == ["ana"]
    an_assessing_case(cast)
    run = done(run, at=later(minutes=5))
    (line,) = lines(run)
    assert (line.outcome, line.handler, line.after) == ("done", cast.ben, {"handler": "本杰", "held": "1"})


def test_what_somebody_took_meanwhile_is_left_to_them(cast):
    case, other = queue(cast, 2)
    run = planned(cast, [case, other])
    assign_case(case.pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="熟客。")
    run = done(run)
    assert codes(run) == {case.pk: ["bulk.moved_on"]}
    assert names(run)[1] == "ana"


@pytest.mark.django_db(transaction=True)
def test_beside_the_sweep_each_case_is_given_once_and_nobody_waits_for_ever():
    cast = standing_cast()
    cases = queue(cast, 6)
    a_new_edition(cast, kind="assignment", key="default", at=AT, assigns_itself=True, wait_minutes=0, cases_max=2)
    run = planned(cast, cases)
    confirm_run(run.pk, by=cast.sven, at=AT)
    outcomes = race(lambda: run_lines(run.pk, at=AT), lambda: assign_waiting(AT), lambda: run_lines(run.pk, at=AT))
    assert not [found for found in outcomes if isinstance(found, Exception)]
    held = Complaint.objects.filter(handler__isnull=False)
    assert sorted(case.handler.username for case in held) == ["ana", "ana", "ben", "ben"]
    assert Assignment.objects.count() == 4
