"""The queues of cases: what a viewer may want to see as a list, by who they are."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.worklist import Queue
from complaints.models import CompensationGrant, FollowUpCall, RefusalProposal
from complaints.roles import AUDITORS, OPERATIONS, STAFF, SUPERVISORS, day_of, groups_of, teams_of
from complaints.states import CaseState, FollowUpState, GrantState, RefusalState


def mine(rows, request, at):
    """Open cases of the viewer."""
    return rows.open().filter(handler=request.user)


def unassigned(rows, request, at):
    """Open cases that nobody has taken."""
    return rows.unassigned()


def team(rows, request, at):
    """Open cases of the teams that the viewer acts for."""
    return rows.open().filter(team__in=teams_of(request.user, day_of(at)))


def _own_for_staff(rows, request):
    """Who handles cases looks at their own; who leads or audits, at all they see."""
    groups = groups_of(request.user)
    return rows.filter(handler=request.user) if STAFF in groups and SUPERVISORS not in groups else rows


def overdue(rows, request, at):
    """Open cases with a clock past due; of staff their own."""
    return _own_for_staff(rows.overdue(at), request)


def due_today(rows, request, at):
    """Open cases whose next deadline falls before the end of the local day; of staff their own."""
    return _own_for_staff(rows.open().filter(next_due_at__gte=at, next_due_at__date=day_of(at)), request)


def calls_now(rows, request, at):
    """Cases with a follow-up that stands on somebody's list now."""
    calls = FollowUpCall.objects.filter(case=OuterRef("pk"), state=FollowUpState.DUE)
    if not groups_of(request.user) & {SUPERVISORS, AUDITORS}:
        calls = calls.filter(owner=request.user)
    return rows.filter(Exists(calls))


def to_approve(rows, request, at):
    """Cases with a request that waits for a decision; for who decides, without their own requests."""
    refusals = RefusalProposal.objects.filter(case=OuterRef("pk"), state=RefusalState.PROPOSED)
    grants = CompensationGrant.objects.filter(case=OuterRef("pk"), state=GrantState.AWAITING_APPROVAL)
    if SUPERVISORS in groups_of(request.user):
        refusals = refusals.exclude(proposed_by=request.user)
        grants = grants.exclude(asked_by=request.user)
    return rows.filter(Q(Exists(refusals)) | Q(Exists(grants)))


def returned(rows, request, at):
    """Cases in which a request of the viewer came back to be reworked."""
    later = RefusalProposal.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    refusals = RefusalProposal.objects.filter(
        ~Exists(later), case=OuterRef("pk"), state=RefusalState.SENT_BACK, proposed_by=request.user
    )
    grants = CompensationGrant.objects.filter(case=OuterRef("pk"), state=GrantState.DRAFTED, asked_by=request.user)
    return rows.open().filter(Q(Exists(refusals), state=CaseState.NEGOTIATING) | Q(Exists(grants)))


def to_pay(rows, request, at):
    """Cases with money to pay."""
    grants = CompensationGrant.objects.filter(case=OuterRef("pk"), state__in=[GrantState.APPROVED, GrantState.BOUNCED])
    return rows.filter(Exists(grants))


def outside(rows, request, at):
    """Cases that somebody outside handles."""
    return rows.filter(state=CaseState.EXTERNAL)


def everything(rows, request, at):
    """Every case that the viewer may see."""
    return rows


ALL = {
    "mine": Queue("mine", _("Mine"), mine),
    "unassigned": Queue("unassigned", _("Unassigned"), unassigned),
    "team": Queue("team", _("Team"), team),
    "overdue": Queue("overdue", _("Overdue"), overdue, is_late=True),
    "today": Queue("today", _("Due today"), due_today),
    "calls": Queue("calls", _("Follow-ups due now"), calls_now),
    "approval": Queue("approval", _("Awaiting approval"), to_approve),
    "returned": Queue("returned", _("Returned to me"), returned),
    "pay": Queue("pay", _("To pay"), to_pay),
    "outside": Queue("outside", _("Outside"), outside),
    "all": Queue("all", _("All"), everything, is_counted=False),
}


def queues_of(person) -> tuple[Queue, ...]:
    """The queues that make sense for this person; the first is what a list opens with."""
    groups = groups_of(person)
    if AUDITORS in groups:
        names = ("all", "overdue", "approval", "outside")
    elif SUPERVISORS in groups:
        names = ("team", "overdue", "today", "approval", "unassigned", "mine", "calls", "outside", "all")
    elif OPERATIONS in groups:
        names = ("pay", "all")
    else:
        names = ("mine", "unassigned", "team", "overdue", "today", "calls", "returned", "approval", "outside", "all")
    return tuple(ALL[name] for name in names)
