"""The landing page of who pays and ships: money to pay, money that came back, tasks of the own department."""

from datetime import datetime

from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from casemgmt.money import amount_shown
from casemgmt.people.one_person import accounts_of
from complaints.actions.causes import GRANT
from complaints.admin.landing.deeds import deed_in_passing
from complaints.admin.landing.heaps import Heap, list_url, on_cases, paper_row, promise_heap
from complaints.models import Commitment, CompensationGrant, DepartmentTask, Escalation
from complaints.states import CommitmentState, EscalationState, GrantState, TaskState


def heaps_of(request, cases, at: datetime) -> list[Heap]:
    """What waits for operations: what came back, what is late, and then the payments to make."""
    to_pay = _approved_by_others(request, cases)
    return [
        _bounced(cases),
        _payments("late", _("Payments overdue"), to_pay.filter(pay_by__lt=at), is_late=True),
        _payments("grants", _("Payments to make"), to_pay.filter(pay_by__gte=at)),
        _tasks(request, cases),
        _promises(request, cases),
    ]


def _money(grant) -> str:
    return amount_shown(grant.amount, grant.currency)


def _approved_by_others(request, cases):
    rows = CompensationGrant.objects.filter(case__in=cases, state=GrantState.APPROVED)
    mine = accounts_of(request.user)
    return rows.exclude(asked_by__in=mine).exclude(approved_by__in=mine).exclude(second_approved_by__in=mine)


def _with_alarm(rows):
    """The rows with `alarm`, the highest level to which they went up."""
    raised = Escalation.objects.filter(case=OuterRef("case")).exclude(state=EscalationState.CLOSED)
    raised = raised.filter(cause=Concat(Value(f"{GRANT}:"), Cast(OuterRef("pk"), CharField()))).order_by("-level")
    return on_cases(rows).annotate(alarm=Subquery(raised.values("level")[:1])).order_by("pay_by", "pk")


def _alarm_on(grant) -> str:
    return _("went up to level %(level)s") % {"level": grant.alarm} if grant.alarm else ""


def _payments(name: str, label: str, rows, *, is_late: bool = False) -> Heap:
    return Heap(
        name,
        label,
        _with_alarm(rows),
        list_url("compensationgrant", "?queue=pay"),
        is_late=is_late,
        draw=lambda grant: paper_row(
            grant,
            note=_alarm_on(grant),
            due_at=grant.pay_by,
            deed=deed_in_passing(grant, "pay-grant", _("Pay it")),
            amount=_money(grant),
            anchor="grants",
        ),
    )


def _bounced(cases) -> Heap:
    rows = CompensationGrant.objects.filter(case__in=cases, state=GrantState.BOUNCED)
    return Heap(
        "bounced",
        _("Payments that came back"),
        _with_alarm(rows),
        list_url("compensationgrant", "?queue=bounced"),
        is_late=True,
        draw=lambda grant: paper_row(
            grant,
            note=_alarm_on(grant),
            due_at=grant.pay_by,
            deed=deed_in_passing(grant, "retry-grant", _("Pay it again")),
            amount=_money(grant),
            anchor="grants",
        ),
    )


def _tasks(request, cases) -> Heap:
    person = request.user
    department = person.team.department_id if person.team_id else None
    own = Q(assignee=person) | Q(department=department, department__isnull=False)
    rows = DepartmentTask.objects.filter(own, case__in=cases, state=TaskState.OPEN)
    return Heap(
        "tasks",
        _("Tasks for my department"),
        on_cases(rows).select_related("what").order_by("due_at", "pk"),
        list_url("departmenttask", "?queue=mine"),
        draw=lambda task: paper_row(
            task,
            title=str(task.what)[:60],
            due_at=task.due_at,
            deed=deed_in_passing(task, "finish-task", _("Answer it")),
            anchor="tasks",
        ),
    )


def _promises(request, cases) -> Heap:
    rows = Commitment.objects.filter(
        case__in=cases,
        owner=request.user,
        state__in=[CommitmentState.OPEN, CommitmentState.BROKEN],
        grant__isnull=True,  # a payment keeps the promise to pay by itself
    )
    return promise_heap(_("My promises"), rows)
