"""What other departments do for a case (S-ESC-06, 07; WC-17)."""

import pytest

from casemgmt.models import Notice
from complaints.actions.subjecting import name_subject
from complaints.actions.tasking import cancel_task, finish_task, make_task
from complaints.roles import cases_visible_to, day_of
from complaints.states import CaseState, TaskState
from tests.building import a_case, an_assessing_case
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """Taken by ana."""
    return an_assessing_case(cast)


@pytest.fixture
def typed(cast):
    """A task for operations."""
    return {"department_id": cast.operations.pk, "what": "核对发货底单", "due_at": later(days=1)}


def test_a_department_answers_its_task(cast, case, typed):
    task = make_task(case.pk, by=cast.ana, at=AT, **typed, assignee_id=cast.olga.pk)
    assert Notice.objects.filter(code="notice.task_made", person=cast.olga).exists()
    assert cases_visible_to(cast.olga, on=day_of(AT)).filter(pk=case.pk).exists()
    task = finish_task(task.pk, by=cast.petra, at=later(hours=2), result="底单显示10月9日已发出")
    assert (task.state, task.done_by, task.result.words) == (TaskState.DONE, cast.petra, "底单显示10月9日已发出")
    assert Notice.objects.filter(code="notice.task_done", person=cast.ana).exists()
    with refused("case.not_possible_from"):
        finish_task(task.pk, by=cast.olga, at=later(hours=3), result="又查了一次")
    with refused("case.not_possible_from"):
        cancel_task(task.pk, by=cast.ana, at=later(hours=3), reason="不用了")


def test_each_clause_of_a_task_alone_refuses(cast, case, typed):
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.petra.pk)
    for code, changes in {
        "task.what_missing": {"what": " "},
        "task.due_in_past": {"due_at": AT},
        "task.department_missing": {"department_id": 999999},
        "task.assignee_elsewhere": {"assignee_id": cast.ben.pk},
        "task.assignee_is_subject": {"assignee_id": cast.petra.pk},
    }.items():
        with refused(code):
            make_task(case.pk, by=cast.ana, at=AT, **typed | changes)


def test_an_answer_says_what_came_of_it(cast, case, typed):
    task = make_task(case.pk, by=cast.ana, at=AT, **typed)
    with refused("task.result_missing"):
        finish_task(task.pk, by=cast.olga, at=AT, result="")
    with refused("reason.missing"):
        cancel_task(task.pk, by=cast.ana, at=AT, reason="")
    assert cancel_task(task.pk, by=cast.ana, at=AT, reason="客户已撤回").state == TaskState.CANCELLED


def test_a_case_that_has_ended_makes_no_task(cast, typed):
    case = a_case(cast, CaseState.WITHDRAWN)
    with refused("case.ended"):
        make_task(case.pk, by=cast.ana, at=AT, **typed)


@pytest.mark.parametrize("name", ["ana", "ben", "sven", "axel"])
def test_only_the_department_answers(cast, case, typed, name):
    """A supervisor answers tasks of the own department alone."""
    task = make_task(case.pk, by=cast.ana, at=AT, **typed)
    with denied():
        finish_task(task.pk, by=getattr(cast, name), at=AT, result="好")


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_make_and_cancel_none(cast, case, typed, name):
    task = make_task(case.pk, by=cast.ana, at=AT, **typed)
    by = getattr(cast, name)
    with denied():
        make_task(case.pk, by=by, at=AT, **typed)
    with denied():
        cancel_task(task.pk, by=by, at=AT, reason="不用了")
