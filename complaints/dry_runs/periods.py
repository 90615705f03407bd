"""Periods that are no clocks under a draft: until when cases may be reopened, offers stand, and others are waited for.

What somebody set by hand stays as it was set; moved is only what came from the policy.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from django.utils.timezone import get_default_timezone

from complaints.dry_runs.effects import counts_moved, moments_moved
from complaints.models import Commitment, CompensationGrant, Complaint, Contact, EvidenceRequest, HandlingPlan, Pause
from complaints.roles import day_of
from complaints.states import (
    OPEN,
    CaseState,
    CommitmentState,
    EvidenceRequestState,
    GrantState,
    PlanState,
)
from complaints.vocabulary import ContactOutcome, Direction, PauseCategory
from policies.dry_running import Comparison, Effect
from policies.in_force import PolicyBook
from policies.values import Length, PeriodPolicy

THE_HOUSE = "default"


def periods_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each moment and each limit of these cases that the draft's periods move."""
    if comparison.key != THE_HOUSE:
        return
    for moved in (_reopening, _offers, _requests, _pauses, _more_pauses, _silence, _advice, _warnings, _payments):
        yield from moved(comparison, case_ids)


def _pair(comparison: Comparison, on: datetime) -> tuple[PeriodPolicy | None, PeriodPolicy | None]:
    before, after = (book.on(on).periods.get(THE_HOUSE) for book in (comparison.before, comparison.after))
    return before, after


def _days(started: datetime, row: PeriodPolicy | None, name: str) -> datetime | None:
    return None if row is None else started + timedelta(days=getattr(row, name))


def _reopening(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    rows = _pair(comparison, comparison.at)
    closed = Complaint.objects.filter(pk__in=case_ids, state=CaseState.CLOSED, closed_at__isnull=False)
    for case in closed.order_by("pk"):
        ends = [row and _end_of_day(day_of(case.closed_at) + timedelta(days=row.reopen_days)) for row in rows]
        if any(end is not None and end > comparison.at for end in ends):
            yield from moments_moved(case, "reopening", *ends)


def _end_of_day(day) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), get_default_timezone())


def _offers(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    offered = HandlingPlan.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state=PlanState.OFFERED)
    for plan in offered.select_related("case").order_by("case_id", "pk"):
        ends = [_days(plan.offered_at, row, "offer_stands_days") for row in _pair(comparison, plan.offered_at)]
        if plan.on_offer_until == ends[0]:
            yield from moments_moved(plan.case, "offer", *ends)


def _requests(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    asked = EvidenceRequest.objects.filter(case_id__in=case_ids, case__state__in=OPEN, state=EvidenceRequestState.ASKED)
    for request in asked.select_related("case").order_by("case_id", "pk"):
        ends = [_days(request.asked_at, row, "evidence_request_days") for row in _pair(comparison, request.asked_at)]
        if request.due_at == ends[0]:
            yield from moments_moved(request.case, "evidence_request", *ends)


def _pauses(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    running = Pause.objects.filter(case_id__in=case_ids, ended_at__isnull=True)
    for pause in running.select_related("case").order_by("case_id", "pk"):
        ends = [_cap(pause, row) for row in _pair(comparison, pause.began_at)]
        if pause.cap_at == ends[0]:
            yield from moments_moved(pause.case, "pause", *ends)


def _cap(pause: Pause, row: PeriodPolicy | None) -> datetime | None:
    days = row and row.pause_cap_days(pause.category)
    return pause.began_at + timedelta(days=days) if days else None


def _more_pauses(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    most = [row.pauses_max if row else 0 for row in _pair(comparison, comparison.at)]
    if most[0] == most[1]:
        return
    made: dict[int, int] = {}
    pauses = Pause.objects.filter(case_id__in=case_ids, case__state__in=OPEN)
    for case_id in pauses.exclude(category=PauseCategory.OUTSIDE_BODY).values_list("case_id", flat=True):
        made[case_id] = made.get(case_id, 0) + 1
    for case in Complaint.objects.filter(pk__in=made).order_by("pk"):
        left = [max(0, limit - made[case.pk]) for limit in most]
        yield from counts_moved(case, "pauses_left", *left)


def _silence(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Until when the customer's silence is waited for, where we wrote last."""
    rows = _pair(comparison, comparison.at)
    if None not in rows and rows[0].answer_deadline_days == rows[1].answer_deadline_days:
        return
    cases = Complaint.objects.filter(pk__in=case_ids, state=CaseState.NEGOTIATING).order_by("pk").in_bulk()
    asked, heard = _newest_words(cases)
    for key, case in sorted(cases.items()):
        if key in asked and heard.get(key, asked[key]) <= asked[key]:
            ends = [_days(asked[key], row, "answer_deadline_days") for row in rows]
            yield from moments_moved(case, "silence", *ends)


def _newest_words(cases: Mapping[int, Complaint]) -> tuple[dict[int, datetime], dict[int, datetime]]:
    asked, heard = {}, {}
    contacts = Contact.objects.filter(case_id__in=cases).order_by("occurred_at", "pk")
    for case_id, direction, outcome, at in contacts.values_list("case_id", "direction", "outcome", "occurred_at"):
        if direction == Direction.INCOMING:
            heard[case_id] = at
        elif outcome == ContactOutcome.DELIVERED:
            asked[case_id] = at
    return asked, heard


def _advice(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """When the handler is told to name the official routes, of cases for which that still lies ahead."""
    rows = _pair(comparison, comparison.at)
    states = [state for state in OPEN if state != CaseState.EXTERNAL]
    for case in Complaint.objects.filter(pk__in=case_ids, state__in=states, handler__isnull=False).order_by("pk"):
        told = [_days(case.registered_at, row, "unresolved_advice_days") for row in rows]
        if told[0] is None or told[0] > comparison.at:
            yield from moments_moved(case, "advice", *told)


def _warnings(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """When a promise that is still open is warned of."""
    rows = _pair(comparison, comparison.at)
    promised = Commitment.objects.filter(case_id__in=case_ids, state=CommitmentState.OPEN, due_at__gt=comparison.at)
    for promise in promised.select_related("case").order_by("case_id", "pk"):
        warned = [row and promise.due_at - timedelta(hours=row.commitment_warning_hours) for row in rows]
        yield from moments_moved(promise.case, "promise_warning", *warned)


def _payments(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """By when approved money must be paid, by the calendar of the house."""
    approved = CompensationGrant.objects.filter(
        case_id__in=case_ids, state=GrantState.APPROVED, pay_by__isnull=False, approved_at__isnull=False
    )
    for grant in approved.select_related("case").order_by("case_id", "pk"):
        due = [_pay_by(grant, book) for book in (comparison.before, comparison.after)]
        if grant.pay_by == due[0]:
            yield from moments_moved(grant.case, "payment", *due)


def _pay_by(grant: CompensationGrant, book: PolicyBook) -> datetime | None:
    agreed_at = max(filter(None, (grant.approved_at, grant.second_approved_at)))
    policies = book.on(agreed_at)
    row, kind = policies.periods.get(THE_HOUSE), policies.compensation_kinds.get(grant.kind)
    if row is None or kind is None:
        return None
    time_of_house = policies.working_time(row.calendar)
    return time_of_house.after(agreed_at, Length(kind.payout_working_days, "working_days"))
