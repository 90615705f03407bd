"""Invariant 4: the paperwork of a case fits the state it stands in, and nothing is left open on one that has ended."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Subquery

from complaints.invariants.breaches import Check
from complaints.models import (
    Clock,
    Commitment,
    CompensationGrant,
    Complaint,
    DepartmentTask,
    ExternalRoute,
    HandlingPlan,
    Merge,
    Pause,
    RefusalProposal,
    ReturnRequest,
)
from complaints.states import (
    ENDED,
    CaseState,
    CommitmentState,
    GrantState,
    PlanState,
    RefusalState,
    ReturnState,
    RouteState,
    TaskState,
)
from complaints.vocabulary import Outcome

UNFINISHED_MONEY = (GrantState.DRAFTED, GrantState.AWAITING_APPROVAL, GrantState.APPROVED, GrantState.BOUNCED)
UNFINISHED_RETURNS = (
    ReturnState.ASKED, ReturnState.SENT, ReturnState.RECEIVED, ReturnState.INSPECTED, ReturnState.ACCEPTED,
    ReturnState.FAILED,
)  # fmt: skip
PENDING_ROUTES = (RouteState.FILED, RouteState.ACCEPTED, RouteState.HEARD, RouteState.DECIDED)
WITHOUT_MONEY = (CaseState.CLOSED, CaseState.WITHDRAWN, CaseState.VOIDED, CaseState.MERGED)


def states_and_paperwork() -> Iterator[Check]:
    """4: each state that needs a paper has it, and each paper that needs a state stands on it."""
    needs = (
        (CaseState.REFUSAL_PROPOSED, {"refusals__state": RefusalState.PROPOSED}, "invariant.refusal_without_proposal"),
        (CaseState.REFUSED, {"refusals__state": RefusalState.APPROVED}, "invariant.refused_without_approval"),
        (CaseState.EXTERNAL, {"routes__isnull": False}, "invariant.outside_without_route"),
        (CaseState.MERGED, {"merges__undone_at": None, "merges__isnull": False}, "invariant.merged_without_merge"),
        (CaseState.CLOSED, {"summaries__isnull": False}, "invariant.closed_without_summary"),
    )  # fmt: skip
    for state, paperwork, code in needs:
        fitting = Complaint.objects.filter(state=state, **paperwork)
        yield Check(4, code, Complaint.objects.filter(state=state).exclude(pk__in=fitting.values("pk")))
    proposed = RefusalProposal.objects.filter(state=RefusalState.PROPOSED)
    yield Check(4, "invariant.proposal_elsewhere", proposed.exclude(case__state=CaseState.REFUSAL_PROPOSED))
    told_no = Complaint.objects.filter(state__in=[CaseState.FOLLOWING_UP, CaseState.CLOSED], outcome=Outcome.REFUSED)
    agreed = RefusalProposal.objects.filter(case=OuterRef("pk"), state=RefusalState.APPROVED)
    yield Check(4, "invariant.outcome_refused_unapproved", told_no.exclude(Exists(agreed)))
    accepted = Count("plans", filter=Q(plans__state=PlanState.ACCEPTED), distinct=True)
    yield Check(4, "invariant.two_plans_accepted", Complaint.objects.alias(accepted=accepted).filter(accepted__gt=1))
    unanswered = HandlingPlan.objects.filter(state=PlanState.ACCEPTED).exclude(options__chosen=True)
    yield Check(4, "invariant.plan_accepted_without_option", unanswered)
    standing = Merge.objects.filter(undone_at__isnull=True)
    yield Check(
        4,
        "invariant.merge_elsewhere",
        standing.exclude(case__state=CaseState.MERGED, case__merged_into=F("leading")),
        ("leading",),
    )
    led = Complaint.objects.filter(merged_into__state__in=[CaseState.MERGED, CaseState.VOIDED])
    yield Check(4, "invariant.follows_no_case", led, ("merged_into",))


def nothing_left_open() -> Iterator[Check]:
    """4: a case that has ended waits for nobody: no promise, money, return, task, route, pause or clock."""
    left = {
        "invariant.promise_on_ended_case": Commitment.objects.filter(state=CommitmentState.OPEN, case__state__in=ENDED),
        "invariant.money_on_ended_case": CompensationGrant.objects.filter(
            state__in=UNFINISHED_MONEY, case__state__in=WITHOUT_MONEY
        ),
        "invariant.return_on_ended_case": ReturnRequest.objects.filter(
            state__in=UNFINISHED_RETURNS, case__state__in=ENDED
        ),
        "invariant.task_on_ended_case": DepartmentTask.objects.filter(
            state=TaskState.OPEN, case__state__in=[CaseState.CLOSED, CaseState.MERGED]
        ),
        "invariant.route_on_closed_case": ExternalRoute.objects.filter(
            state__in=PENDING_ROUTES, case__state=CaseState.CLOSED
        ),
        "invariant.pause_on_ended_case": Pause.objects.filter(ended_at__isnull=True, case__state__in=ENDED),
        "invariant.clock_on_ended_case": Clock.objects.filter(stopped_at__isnull=True, case__state__in=ENDED),
    }
    for code, rows in left.items():
        yield Check(4, code, rows)


def next_due() -> Iterator[Check]:
    """10: what the list shows as next due is the earliest of the clocks that run."""
    running = Clock.objects.running().filter(case=OuterRef("pk")).order_by().values("case")
    earliest = Subquery(running.annotate(earliest=Min("due_at")).values("earliest"))
    cases = Complaint.objects.alias(earliest=earliest)
    wrong = cases.exclude(next_due_at=F("earliest")).exclude(next_due_at__isnull=True, earliest__isnull=True)
    yield Check(10, "invariant.next_due_is_another", wrong)
