"""A task of another department: warned of once before it is due, late once, and up its ladder until it is done."""

from datetime import timedelta

import pytest

from casemgmt.models import Notice
from complaints.actions import climbing
from complaints.actions.escalating import decide_escalation
from complaints.actions.overdue import close_escalations
from complaints.actions.tasking import finish_task, make_task
from complaints.actions.watching_tasks import warn_of_tasks
from complaints.models import Escalation
from complaints.states import EscalationState
from policies.lookup import escalation_steps_in_force, working_time_in_force
from tests.building import an_assessing_case
from tests.cast import AT, later

pytestmark = pytest.mark.django_db

DUE = later(days=3)
SECOND = timedelta(seconds=1)


@pytest.fixture
def task(cast):
    case = an_assessing_case(cast)
    return make_task(case.pk, by=cast.ana, at=AT, department_id=cast.operations.pk, what="核对出库记录", due_at=DUE)


def told(code):
    return sorted(Notice.objects.filter(code=code).values_list("person__username", flat=True))


def test_handler_and_department_are_warned_once(task):
    warns_at = DUE - timedelta(hours=24)
    assert warn_of_tasks(warns_at - SECOND).done == 0
    assert warn_of_tasks(warns_at).done == 1
    assert told("notice.task_due_soon") == ["ana", "olga", "petra"]
    assert warn_of_tasks(warns_at + SECOND).selected == 0


def test_exactly_then_it_is_not_late_a_moment_later_it_goes_to_the_team_lead(cast, task):
    assert warn_of_tasks(DUE).done == 1
    assert Escalation.objects.count() == 0
    assert warn_of_tasks(DUE + SECOND).done == 1
    assert warn_of_tasks(DUE + SECOND).selected == 0
    found = Escalation.objects.get()
    assert (found.cause, found.level, found.due_at, found.to_person) == (f"task:{task.pk}", 1, DUE, cast.sven)
    assert told("notice.escalated.task") == ["sven"]


def test_after_an_outage_each_level_is_made_once_with_its_own_time(task):
    at = DUE + timedelta(days=20)
    warn_of_tasks(at)
    assert climbing.climb_escalations(at).done == 2
    assert climbing.climb_escalations(at).selected == 0
    steps = escalation_steps_in_force(AT)["task"]
    time = working_time_in_force(AT, steps.calendar)
    due = [DUE, *(time.after(DUE, step.after) for step in steps.steps[1:])]
    levels = Escalation.objects.order_by("level").values_list("level", "due_at", "raised_at")
    assert list(levels) == [(number, moment, at) for number, moment in enumerate(due, start=1)]
    assert told("notice.task_due_soon") == []


def test_done_late_closes_what_was_raised(cast, task):
    warn_of_tasks(DUE + SECOND)
    finish_task(task.pk, by=cast.olga, at=DUE + SECOND, result="已核对，少发一件")
    assert close_escalations(DUE + SECOND).done == 1
    assert Escalation.objects.get().state == EscalationState.CLOSED
    assert climbing.climb_escalations(DUE + timedelta(days=30)).done == 0


def test_what_a_superior_answered_higher_up_does_not_come_back_below(cast, task):
    at = DUE + timedelta(days=20)
    warn_of_tasks(at)
    climbing.climb_escalations(at)
    top = Escalation.objects.order_by("-level").first()
    decide_escalation(top.pk, by=cast.tara, at=at, decision="return", answer="继续催。")
    assert warn_of_tasks(at + SECOND).selected == 0
    states = Escalation.objects.order_by("level").values_list("state", flat=True)
    assert list(states) == [EscalationState.CLOSED, EscalationState.CLOSED, EscalationState.DECIDED]
