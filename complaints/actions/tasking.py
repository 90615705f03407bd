"""What other departments do for a case, with an answer (S-ESC-06, 07; WC-17)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Department, Person
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.moving import violations_in_move
from complaints.actions.stating import state_words
from complaints.models import Complaint, DepartmentTask, Escalation, Statement
from complaints.roles import demand_right
from complaints.rules.paperwork import (
    violations_in_due_moment,
    violations_in_required_words,
    violations_in_writing,
)
from complaints.vocabulary import StatementKind


@transaction.atomic
def make_task(
    case_id: int,
    *,
    by,
    at: datetime,
    department_id: int,
    what: str,
    due_at: datetime,
    assignee_id: int | None = None,
) -> DepartmentTask:
    """Give a department something to do for the case. Its people see the case through it.

    `assignee_id` names one of the department's people, never one whom the complaint is about.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "task.make", case, at=at)
    department = Department.objects.filter(pk=department_id).first()
    assignee = Person.objects.filter(pk=assignee_id, is_active=True).select_related("team").first()
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        violations_in_required_words(what, code="task.what_missing", field="what"),
        violations_in_due_moment(due_at, at, code="task.due_in_past", field="due_at"),
        _violations_in_addressee(case, department, assignee, assignee_id),
    )
    with signed(by=by, reason="task.made", at=at):
        words = state_words(case, StatementKind.TASK, what, by=by, at=at)
        task = write_task(case, department, words, by=by, at=at, due_at=due_at, assignee=assignee)
        if assignee is not None and assignee.pk != by.pk:
            notices.queue(case, "notice.task_made", to=assignee, at=at, about=task)
    return task


def write_task(
    case: Complaint,
    department: Department,
    what: Statement,
    *,
    by,
    at: datetime,
    due_at: datetime,
    assignee: Person | None = None,
    escalation: Escalation | None = None,
) -> DepartmentTask:
    """The row alone: for holders of the case's lock who have asked the rules. `escalation`: whose answer gave it."""
    return DepartmentTask.objects.create(
        case=case,
        made_for=case,
        department=department,
        assignee=assignee,
        what=what,
        made_by=by,
        made_at=at,
        due_at=due_at,
        escalation=escalation,
    )


def violations_in_task_of_a_superior(department: Department | None, due_at: datetime | None, at: datetime):
    """Which department, and until when: what an answer that sends help has to say."""
    if department is None:
        yield Violation("task.department_missing", field="department_id")
    if due_at is None:
        yield Violation("task.due_missing", field="due_at")
    else:
        yield from violations_in_due_moment(due_at, at, code="task.due_in_past", field="due_at")


def _violations_in_addressee(case, department, assignee, assignee_id):
    if department is None:
        yield Violation("task.department_missing", field="department_id")
    if assignee_id is None:
        return
    if assignee is None or (department is not None and department_of(assignee) != department.pk):
        yield Violation("task.assignee_elsewhere", field="assignee_id")
    elif assignee.pk in subjects_of(case):
        yield Violation("task.assignee_is_subject", field="assignee_id")


def department_of(person) -> int | None:
    """The number of the department in which somebody works."""
    return person.team.department_id if person.team_id else None


def why_not_finish_task(task: DepartmentTask, *, by, at: datetime) -> list[Violation]:
    """A task is finished once; when the case has ended meanwhile, its answer is still taken."""
    return list(violations_in_move(task, "finish"))


@transaction.atomic
def finish_task(task_id: int, *, by, at: datetime, result: str) -> DepartmentTask:
    """The department has done it and says what came of it. Whoever made the task is told."""
    case = Complaint.objects.locked(tasks__pk=task_id)
    task = case.tasks.get(pk=task_id)
    demand_right(by, "task.do", case, at=at)
    if not by.is_superuser and by.pk != task.assignee_id and department_of(by) != task.department_id:
        raise PermissionDenied("task.do")
    demand(
        why_not_finish_task(task, by=by, at=at),
        violations_in_required_words(result, code="task.result_missing", field="result"),
    )
    with signed(by=by, reason="task.done", at=at):
        task.finish(by=by, at=at, result=state_words(case, StatementKind.ANSWER, result, by=by, at=at))
        task.save()
        if case.handler_id is not None and case.handler_id != by.pk:
            notices.queue(case, "notice.task_done", to=case.handler, at=at, about=task)
    return task


@transaction.atomic
def cancel_task(task_id: int, *, by, at: datetime, reason: str) -> DepartmentTask:
    """It is no longer needed, and why."""
    case = Complaint.objects.locked(tasks__pk=task_id)
    demand_right(by, "task.make", case, at=at)
    task = case.tasks.get(pk=task_id)
    demand(
        violations_in_move(task, "cancel"),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="task.cancelled", at=at):
        task.cancel(reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        task.save()
    return task
