"""The queues of cases: what a viewer may want to see as a list, by who they are."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.worklist import Queue
from casemgmt.people.one_person import accounts_of
from complaints.models import (
    Clock,
    ClockExtension,
    CompensationGrant,
    ExternalRoute,
    FollowUpCall,
    Pause,
    RefusalProposal,
    Review,
    Statement,
    WordingOverride,
)
from complaints.roles import (
    AUDITORS,
    OPERATIONS,
    STAFF,
    SUPERVISORS,
    acts_as,
    day_ends_at,
    day_of,
    groups_of,
    teams_of,
)
from complaints.states import (
    CaseState,
    ExtensionState,
    FollowUpState,
    GrantState,
    OverrideState,
    RefusalState,
    ReviewState,
)
from complaints.vocabulary import BodyKind, Reason, StatementKind

AUTHORITIES = (
    BodyKind.CONSUMER_ASSOCIATION,
    BodyKind.MARKET_REGULATION,
    BodyKind.MEDIATION_BODY,
    BodyKind.ARBITRATION_BODY,
    BodyKind.COURT,
)
"""Bodies whose letters have deadlines of their own; a platform or the press is outside, and no regulator."""


def mine(rows, request, at):
    """Open cases of the viewer."""
    return rows.open().filter(handler=request.user)


def unassigned(rows, request, at):
    """Open cases that nobody has taken."""
    return rows.unassigned()


def team(rows, request, at):
    """Open cases of the teams that the viewer acts for."""
    return rows.open().filter(team__in=teams_of(request.user, day_of(at)))


def _own_for_staff(rows, request, at):
    """Who handles cases looks at their own and at those of whom they stand in for; who leads or audits, at all."""
    groups = groups_of(request.user)
    own = acts_as(request.user, day_of(at))
    return rows.filter(handler__in=own) if STAFF in groups and SUPERVISORS not in groups else rows


def overdue(rows, request, at):
    """Open cases with a clock past due; of staff their own."""
    return _own_for_staff(rows.overdue(at), request, at)


def due_today(rows, request, at):
    """Open cases whose next deadline falls before the end of the local day; of staff their own."""
    return _own_for_staff(rows.open().filter(next_due_at__gte=at, next_due_at__lt=day_ends_at(at)), request, at)


def calls_now(rows, request, at):
    """Cases with a follow-up that stands on somebody's list now."""
    calls = FollowUpCall.objects.filter(case=OuterRef("pk"), state=FollowUpState.DUE)
    if not groups_of(request.user) & {SUPERVISORS, AUDITORS}:
        calls = calls.filter(owner__in=acts_as(request.user, day_of(at)))
    return rows.filter(Exists(calls))


def to_approve(rows, request, at):
    """Cases with a request that waits for a decision; for who decides, without their own requests."""
    refusals = RefusalProposal.objects.filter(state=RefusalState.PROPOSED)
    grants = CompensationGrant.objects.filter(state=GrantState.AWAITING_APPROVAL)
    others = [
        grants,
        ClockExtension.objects.filter(state=ExtensionState.ASKED),
        WordingOverride.objects.filter(state=OverrideState.ASKED),
    ]
    answers = Review.objects.filter(state=ReviewState.ANSWER_PROPOSED)
    if SUPERVISORS in groups_of(request.user):
        refusals = refusals.exclude(proposed_by__in=accounts_of(request.user))
        others = [asked.exclude(asked_by__in=accounts_of(request.user)) for asked in others]
        answers = answers.exclude(answered_by__in=accounts_of(request.user))
    first, *others = [asked.order_by().values("case") for asked in (refusals, answers, *others)]
    return rows.filter(pk__in=first.union(*others))


def returned(rows, request, at):
    """Cases in which a request of the viewer came back to be reworked."""
    later = RefusalProposal.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    refusals = RefusalProposal.objects.filter(~Exists(later), state=RefusalState.SENT_BACK, proposed_by=request.user)
    grants = CompensationGrant.objects.filter(state=GrantState.DRAFTED, asked_by=request.user)
    sent_back = Q(pk__in=refusals.values("case"), state=CaseState.NEGOTIATING)
    return rows.open().filter(sent_back | Q(pk__in=grants.values("case")))


def to_pay(rows, request, at):
    """Cases with money to pay."""
    grants = CompensationGrant.objects.filter(case=OuterRef("pk"), state__in=[GrantState.APPROVED, GrantState.BOUNCED])
    return rows.filter(Exists(grants))


def outside(rows, request, at):
    """Cases that somebody outside handles."""
    return rows.filter(state=CaseState.EXTERNAL)


def at_risk(rows, request, at):
    """Open cases that were warned of and are not late yet; of staff their own."""
    warned = Clock.objects.running().filter(case=OuterRef("pk"), warn_at__lte=at, due_at__gte=at)
    return _own_for_staff(rows.open().filter(Exists(warned), next_due_at__gte=at), request, at)


def on_hold(rows, request, at):
    """Cases whose clocks are paused; of staff their own."""
    return _own_for_staff(
        rows.open().filter(Exists(Pause.objects.filter(case=OuterRef("pk"), ended_at__isnull=True))), request, at
    )


def regulator(rows, request, at):
    """Cases that an authority, mediator, arbitrator or court has before it, in whatever state they are here."""
    routes = ExternalRoute.objects.filter(case=OuterRef("pk"), ended_at__isnull=True, body_kind__in=AUTHORITIES)
    return rows.filter(Exists(routes))


def closed(rows, request, at):
    """Cases that are closed, the newest first."""
    return rows.filter(state=CaseState.CLOSED)


def feedback(rows, request, at):
    """Open cases in which the customer gave feedback or made a suggestion, also in a follow-up (S-SLA-16, S-FUP-06)."""
    said = Statement.objects.filter(case=OuterRef("pk"), kind=StatementKind.SUGGESTION)
    return rows.open().filter(Q(reason=Reason.FEEDBACK) | Exists(said))


def everything(rows, request, at):
    """Every case that the viewer may see."""
    return rows


ALL = {
    queue.name: queue
    for queue in (
        Queue(
            "mine",
            _("Mine"),
            mine,
            when_empty=_("You have no open case. Take one from “Unassigned”."),
        ),
        Queue(
            "unassigned",
            _("Unassigned"),
            unassigned,
            when_empty=_("Nobody waits for a handler. New complaints appear here."),
        ),
        Queue("team", _("Team"), team, when_empty=_("Your team has no open case.")),
        Queue(
            "overdue",
            _("Overdue"),
            overdue,
            is_late=True,
            when_empty=_("Nothing is late. What comes next stands in “At risk”."),
        ),
        Queue("risk", _("At risk"), at_risk, when_empty=_("No deadline is near enough to warn of.")),
        Queue("today", _("Due today"), due_today, when_empty=_("Nothing more is due today.")),
        Queue("hold", _("On hold"), on_hold, when_empty=_("No clock is paused. Pause one on the page of its case.")),
        Queue(
            "calls",
            _("Follow-ups due now"),
            calls_now,
            when_empty=_("Nobody is to be called now. Calls appear here when their window opens."),
        ),
        Queue("approval", _("Awaiting approval"), to_approve, when_empty=_("No request waits for a decision.")),
        Queue("returned", _("Returned to me"), returned, when_empty=_("Nothing came back to be reworked.")),
        Queue("pay", _("To pay"), to_pay, when_empty=_("Nothing is to be paid. Approved amounts appear here.")),
        Queue(
            "regulator",
            _("Regulator"),
            regulator,
            when_empty=_("No authority has a case before it. Record an outside route on the page of its case."),
        ),
        Queue("outside", _("Outside"), outside, when_empty=_("No case waits for somebody outside.")),
        Queue(
            "feedback",
            _("Feedback"),
            feedback,
            when_empty=_("No feedback waits. It is registered with the reason “feedback or suggestion”."),
        ),
        Queue("closed", _("Closed cases"), closed, is_counted=False, when_empty=_("No case is closed yet.")),
        Queue(
            "all",
            _("All"),
            everything,
            is_counted=False,
            when_empty=_("There is no case that you can see. Register the first complaint."),
        ),
    )
}

FOR_SUPERVISORS = """
    team overdue risk today approval unassigned mine hold calls regulator outside feedback closed all
""".split()
FOR_STAFF = """
    mine unassigned team overdue risk today hold calls returned approval regulator outside feedback closed all
""".split()
FOR_AUDITORS = "all overdue risk hold approval regulator outside feedback closed".split()
FOR_OPERATIONS = "pay closed all".split()


def queues_of(person) -> tuple[Queue, ...]:
    """The queues that make sense for this person; the first is what a list opens with."""
    groups = groups_of(person)
    if AUDITORS in groups:
        names = FOR_AUDITORS
    elif SUPERVISORS in groups:
        names = FOR_SUPERVISORS
    elif OPERATIONS in groups:
        names = FOR_OPERATIONS
    else:
        names = FOR_STAFF
    return tuple(ALL[name] for name in names)
