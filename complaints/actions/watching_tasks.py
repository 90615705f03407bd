"""What another department owes a case: warned of before it is due, and escalated when it is late (S-ESC-06, 07)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import F, Q

from casemgmt.people.models import Person
from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_rows
from complaints.actions.sweeping import raise_late, tell_each
from complaints.models import DepartmentTask
from complaints.roles import OPERATIONS, SUPERVISORS
from complaints.states import TaskState
from policies.lookup import periods_in_force

WARN = "warn_of_tasks"
ESCALATE = "escalate_tasks"
AT_ONCE = 1000


def warn_of_tasks(at: datetime) -> Tally:
    """Warn whoever is to do it, and the handler who waits for it, once before it is due; what is late goes up.

    A task without an assignee is told to everybody of the department who may do it. The ladder of tasks raises the
    levels above while it is still open. The second time finds nothing due; after an outage each is told once.
    """
    ahead = timedelta(hours=periods_in_force(at).task_warning_hours)
    tasks = DepartmentTask.objects.filter(state=TaskState.OPEN).order_by("due_at", "pk")
    soon = tasks.filter(warned_at__isnull=True, due_at__gte=at, due_at__lte=at + ahead)
    warned = sweep_rows(
        WARN,
        soon,
        lambda rows: _warn(rows, at),
        "case__handler_id",
        "assignee_id",
        "department_id",
        at=at,
        reason="task.warned",
        size=AT_ONCE,
    )
    late = tasks.filter(due_at__lt=at)
    return warned + raise_late(ESCALATE, causes.TASK, late, "due_at", at=at, reason="task.overdue")


def _warn(rows: Sequence[tuple], at: datetime) -> None:
    DepartmentTask.objects.filter(pk__in=[row[0] for row in rows]).update(warned_at=at, version=F("version") + 1)
    tell_each("notice.task_due_soon", [row[:4] for row in rows], at=at, key="handler")
    doers = _doers({row[5] for row in rows if row[4] is None})
    told = [
        (*row[:3], person)
        for row in rows
        for person in ([row[4]] if row[4] is not None else doers.get(row[5], ()))
        if person != row[3]
    ]
    tell_each("notice.task_due_soon", told, at=at, key="doer")


def _doers(departments: set[int]) -> dict[int, list[int]]:
    """Of each department the people who may do its tasks."""
    found: dict[int, list[int]] = {}
    people = Person.objects.filter(
        Q(groups__name__in=[OPERATIONS, SUPERVISORS]), is_active=True, team__department__in=departments
    )
    for pk, department in people.order_by("pk").values_list("pk", "team__department").distinct():
        found.setdefault(department, []).append(pk)
    return found
