"""The landing page of who pays and ships: money to pay, money that came back, tasks of the own department."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from casemgmt.money import amount_shown
from complaints.admin.landing.deeds import deed_in_passing
from complaints.admin.landing.heaps import Heap, list_url, on_cases, paper_row, promise_heap
from complaints.models import Commitment, CompensationGrant, DepartmentTask
from complaints.states import CommitmentState, GrantState, TaskState

URGENT = ("bounced", "grants", "tasks", "promises")


def heaps_of(request, cases, at: datetime) -> list[Heap]:
    """What waits for operations: the payment that came back before the payment to make."""
    return [_bounced(cases), _to_pay(request, cases), _tasks(request, cases), _promises(request, cases)]


def _money(grant) -> str:
    return amount_shown(grant.amount, grant.currency)


def _to_pay(request, cases) -> Heap:
    rows = CompensationGrant.objects.filter(case__in=cases, state=GrantState.APPROVED)
    mine = rows.exclude(asked_by=request.user).exclude(approved_by=request.user)
    return Heap(
        "grants",
        _("Payments to make"),
        on_cases(mine).order_by("pay_by", "pk"),
        list_url("compensationgrant", "?queue=pay"),
        draw=lambda grant: paper_row(
            grant,
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
        on_cases(rows).order_by("pay_by", "pk"),
        list_url("compensationgrant", "?queue=bounced"),
        is_late=True,
        draw=lambda grant: paper_row(
            grant,
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
