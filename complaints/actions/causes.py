"""What an escalation is about: its cause as a code, whom it concerns, and when it is gone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from complaints.models import (
    Clock,
    ClockExtension,
    Commitment,
    CompensationGrant,
    Complaint,
    DepartmentTask,
    Escalation,
    ExternalRoute,
    FollowUpCall,
    HandoverLine,
    IncidentMember,
    IncidentPlan,
    LegalHold,
    ProgressNotice,
    PublicNotice,
    RefusalProposal,
    Review,
    WordingOverride,
)
from complaints.models.routes import RUNNING
from complaints.states import (
    ENDED,
    CommitmentState,
    EscalationState,
    ExtensionState,
    FollowUpState,
    GrantState,
    HandoverLineState,
    IncidentPlanState,
    LegalHoldState,
    OverrideState,
    PublicNoticeState,
    RefusalState,
    ReviewState,
    TaskState,
)

CLOCK = "clock"
COMMITMENT = "commitment"
GRANT = "grant"
FOLLOW_UP = "follow_up"
LOW_MARK = "low_mark"
BY_HAND = "by_hand"
SAFETY = "safety"
LEGAL = "legal"
INCIDENT = "incident"
MEDIA = "media"
ROUTE = "route"
APPROVAL = "approval"
REFUSAL = "refusal"
WORDING = "wording"
EXTENSION = "extension"
TASK = "task"
PROGRESS = "progress"
HANDOVER = "handover"
REVIEW = "review"
HOLD = "hold"
INCIDENT_PLAN = "incident_plan"
PUBLIC_NOTICE = "public_notice"
REQUESTS = (APPROVAL, REFUSAL, WORDING, EXTENSION, REVIEW, HOLD, INCIDENT_PLAN, PUBLIC_NOTICE)
"""Requests that wait for a decision; the row behind the number is what waits."""
KINDS = (
    *(*REQUESTS, CLOCK, COMMITMENT, GRANT, FOLLOW_UP, LOW_MARK, BY_HAND, SAFETY, LEGAL, INCIDENT, MEDIA, ROUTE),
    *(TASK, PROGRESS, HANDOVER),
)
CLIMBING = (COMMITMENT, GRANT, SAFETY, ROUTE, TASK, PROGRESS, *REQUESTS)
"""Causes that go up level by level until they are gone; clocks have their own ladder, calls go up window by window.

Any other goes higher only while nobody takes note of it."""
OVERDUE = "overdue"
LADDERS = {
    COMMITMENT: "commitment",
    FOLLOW_UP: "follow_up",
    SAFETY: "safety",
    MEDIA: "media",
    ROUTE: "statutory",
    TASK: "task",
    PROGRESS: "task",
    **dict.fromkeys(REQUESTS, "request"),
}

UNDECIDED = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)
CALLED_FOR = (FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.NO_ANSWER)
"""Follow-ups that somebody has to make; one asked in writing waits for the customer."""
UNPAID = (GrantState.APPROVED, GrantState.BOUNCED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Where a kind of request is kept, the names of its moment and its asker, and the case through which it is told.

    What is asked for a whole incident is told through the first case of it; without a case nobody is told.
    """

    model: type
    state: str
    asked_at: str
    asked_by: str
    case: Subquery | None = None

    def rows(self):
        """Those that wait for a decision, with `on_case`."""
        return self.model.objects.filter(state=self.state).annotate(on_case=self.case or F("case"))


FIRST_CASE = IncidentMember.objects.standing().filter(incident=OuterRef("incident")).order_by("pk")
WAITING = {
    APPROVAL: Waiting(CompensationGrant, GrantState.AWAITING_APPROVAL, "asked_at", "asked_by"),
    REFUSAL: Waiting(RefusalProposal, RefusalState.PROPOSED, "proposed_at", "proposed_by"),
    WORDING: Waiting(WordingOverride, OverrideState.ASKED, "asked_at", "asked_by"),
    EXTENSION: Waiting(ClockExtension, ExtensionState.ASKED, "asked_at", "asked_by"),
    REVIEW: Waiting(Review, ReviewState.ANSWER_PROPOSED, "answer__said_at", "answered_by"),
    HOLD: Waiting(LegalHold, LegalHoldState.LIFT_ASKED, "lift_asked_at", "lift_asked_by"),
    INCIDENT_PLAN: Waiting(
        IncidentPlan, IncidentPlanState.PROPOSED, "proposed_at", "proposed_by", Subquery(FIRST_CASE.values("case")[:1])
    ),
    PUBLIC_NOTICE: Waiting(
        PublicNotice, PublicNoticeState.PROPOSED, "proposed_at", "proposed_by", Subquery(FIRST_CASE.values("case")[:1])
    ),
}


def cause(kind: str, row_id: int) -> str:
    """The code of a cause, such as "clock:12"."""
    return f"{kind}:{row_id}"


def kind_of(code: str) -> str:
    """What kind of cause a code names; those that nobody knows count as raised by hand."""
    kind = code.partition(":")[0]
    return kind if kind in KINDS else BY_HAND


def ladder_of(code: str) -> str:
    """The code of the policy that says whom each level of this cause goes to."""
    return LADDERS.get(kind_of(code), OVERDUE)


def people_concerned(case: Complaint, code: str) -> frozenset[int]:
    """Who let it become late, and who asked: the handler, whoever owns the promise, the call or the task, and whoever
    raised it by hand. They do not decide it, and it does not go to them.
    """
    kind, _, number = code.partition(":")
    people = {case.handler_id}
    if kind == COMMITMENT:
        people |= set(case.commitments.filter(pk=number).values_list("owner_id", flat=True))
    if kind in (FOLLOW_UP, LOW_MARK):
        people |= set(case.follow_ups.filter(pk=number).values_list("owner_id", flat=True))
    if kind == TASK:
        people |= set(case.tasks.filter(pk=number).values_list("assignee_id", flat=True))
    if kind == BY_HAND and number.isdecimal():
        people.add(int(number))
    if kind == HANDOVER:
        people |= set(case.handover_lines.filter(pk=number).values_list("handover__given_to", flat=True))
    if kind in REQUESTS:
        waiting = WAITING[kind]
        people |= set(waiting.rows().filter(pk=number).values_list(waiting.asked_by, flat=True))
    return frozenset(people - {None})


def undecided() -> Iterable:
    """Escalations that wait for somebody."""
    return Escalation.objects.filter(state__in=UNDECIDED)


def unknown_higher_up(late: QuerySet, kind: str, due_at: str) -> QuerySet:
    """Those of these late rows of which no superior knows: nothing of this cause stands, nobody answered it since.

    `due_at` is the column that says when a row fell due. An answer on a higher level closes the levels below.
    """
    raised = Escalation.objects.filter(
        case=OuterRef("case"), cause=Concat(Value(f"{kind}:"), Cast(OuterRef("pk"), CharField()))
    )
    stands = Q(due_at=OuterRef(due_at)) & ~Q(state=EscalationState.CLOSED)
    answered = Q(state=EscalationState.DECIDED, decided_at__gte=OuterRef(due_at))
    return late.exclude(Exists(raised.filter(stands | answered)))


def without_cause(escalations, *, at: datetime):
    """Those of these escalations whose cause is gone at `at`."""
    return escalations.exclude(_stands(at))


def with_cause(escalations, *, at: datetime):
    """Those of these escalations whose cause still stands at `at`."""
    return escalations.filter(_stands(at))


def _stands(at):
    """A clock that was paused after it was overdue is still overdue. A safety matter outlives the case until somebody
    lowers its flag.
    """
    return (
        Exists(_same(Clock.objects.filter(stopped_at__isnull=True, due_at__lt=at), CLOCK))
        | Exists(
            _same(
                Commitment.objects.filter(
                    Q(state=CommitmentState.BROKEN) | Q(state=CommitmentState.OPEN, due_at__lt=at)
                ),
                COMMITMENT,
            )
        )
        | Exists(_same(CompensationGrant.objects.filter(state__in=UNPAID, pay_by__lt=at), GRANT))
        | Exists(_same(DepartmentTask.objects.filter(state=TaskState.OPEN, due_at__lt=at), TASK))
        | Exists(_same(FollowUpCall.objects.filter(state__in=CALLED_FOR), FOLLOW_UP))
        | Exists(_same(ProgressNotice.objects.filter(told_at__isnull=True, dropped_at__isnull=True), PROGRESS))
        | Exists(_same(IncidentMember.objects.standing().filter(settled_at__isnull=True), INCIDENT, "incident"))
        | Exists(_same(ExternalRoute.objects.filter(state__in=RUNNING), MEDIA))
        | Exists(
            _same(
                ExternalRoute.objects.filter(state__in=RUNNING, answered_at__isnull=True, answer_due_at__lt=at), ROUTE
            )
        )
        | Exists(_same(HandoverLine.objects.filter(state=HandoverLineState.WAITING), HANDOVER))
        | _request_stands()
        | Q(cause=SAFETY, case__safety_flag=True)
        | Q(cause=LEGAL, case__legal_flag=True)
        | ((Q(cause__startswith=f"{BY_HAND}:") | Q(cause__startswith=f"{LOW_MARK}:")) & ~Q(case__state__in=ENDED))
    )


def _request_stands():
    """What is asked for a whole incident waits through whichever of its cases it was told."""
    return reduce(
        or_,
        (
            Exists(_named(waiting.rows(), kind) if waiting.case is not None else _same(waiting.rows(), kind))
            for kind, waiting in WAITING.items()
        ),
    )


def _same(rows, kind, key="pk"):
    return _named(rows.filter(case=OuterRef("case")), kind, key)


def _named(rows, kind, key="pk"):
    return rows.annotate(cause=Concat(Value(f"{kind}:"), Cast(key, CharField()))).filter(cause=OuterRef("cause"))
