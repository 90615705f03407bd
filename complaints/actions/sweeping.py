"""What falls due without anybody pressing a button: calls, promises, warnings, pauses, requests, advice.

Each function is safe twice, late and in parallel: it takes what is due and not done, under the lock of the case,
and leaves what somebody holds to the next tick.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from casemgmt import sweeps
from casemgmt.outbox import About, Event, Word, announce, put_many
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Person
from complaints import notices
from complaints.actions import causes
from complaints.actions.agreement_ends import note_in_agreement
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.escalating import raise_escalation
from complaints.actions.following_up import slot_after
from complaints.actions.overdue import CASE
from complaints.actions.pausing import end_open_pause
from complaints.actions.superiors import Superiors
from complaints.models import (
    Clock,
    Commitment,
    CompensationGrant,
    Complaint,
    Escalation,
    EvidenceRequest,
    FollowUpCall,
    Pause,
    SetAside,
)
from complaints.roles import OPERATIONS
from complaints.rules.escalating import LEVELS
from complaints.states import (
    CommitmentState,
    EscalationState,
    EvidenceRequestState,
    FollowUpState,
)
from policies.lookup import calling_window_in_force, periods_in_force

ONE_BY_ONE = 100
JUST_BEFORE = timedelta(minutes=15)
"""How long after its instant an approval may become visible: its transaction takes a while, clocks differ."""


def sweep_rows(
    name: str,
    due: QuerySet,
    settle: Callable[[Sequence[tuple]], object],
    *columns: str,
    at: datetime,
    reason: str,
    size: int = ONE_BY_ONE,
) -> Tally:
    """Go through what is due; rows hold key, case's key, case's number, and the columns asked for."""
    rows = due.exclude(pk__in=SetAside.objects.kept_from(name, at)).select_for_update(skip_locked=True)
    taken = rows.values_list("pk", "case_id", "case__case_number", *columns)
    return sweep_in_batches(
        name, due.model, at=at, reason=reason, take=lambda limit: list(taken[:limit]), settle=settle, size=size
    )


def tell_each(code: str, rows, *, at: datetime, key: str) -> None:
    """One notice a row and person: rows end with who is told; no one is left out."""
    people = Person.objects.in_bulk({person for *_, person in rows if person is not None})
    put_many(
        [
            Word(code, f"{code}:{pk}:{key}:{person}", people[person], About(CASE, case_id), number)
            for pk, case_id, number, *_, person in rows
            if person is not None
        ],
        at=at,
    )
    announce(
        (Event(code, f"{code}:{pk}:{key}", About(CASE, case_id), number) for pk, case_id, number, *_ in rows), at=at
    )


def put_follow_ups_on_lists(at: datetime) -> Tally:
    """Follow-ups whose window is open come onto the list of their owner; those that nobody dialled move on.

    A window that closed without a recorded attempt counts as missed, the follow-up moves to the next one and
    goes up. Windows that closed while nothing ran count as missed once.
    """
    scheduled = FollowUpCall.objects.filter(state=FollowUpState.SCHEDULED, scheduled_for__lte=at)

    def fall_due(rows):
        FollowUpCall.objects.filter(pk__in=[row[0] for row in rows]).update(
            state=FollowUpState.DUE, due_since=F("scheduled_for"), version=F("version") + 1
        )
        tell_each("notice.follow_up_due", [row[:4] for row in rows if row[4] > at], at=at, key=at.date().isoformat())

    fallen = sweep_rows(
        "put_follow_ups_on_lists",
        scheduled.order_by("scheduled_for", "pk"),
        fall_due,
        "owner_id",
        "window_ends_at",
        at=at,
        reason="follow_up.fell_due",
        size=1000,
    )
    undialled = FollowUpCall.objects.filter(state=FollowUpState.DUE, window_ends_at__lte=at).order_by("pk")
    moved = sweep_rows(
        "move_follow_ups",
        undialled,
        lambda rows: _move_to_next_window(rows, at),
        at=at,
        reason="follow_up.missed",
    )
    return fallen + moved


def _move_to_next_window(rows, at):
    service = service_account()
    window = calling_window_in_force(at)
    for follow_up in FollowUpCall.objects.filter(pk__in=[row[0] for row in rows]).select_related("case"):
        missed_at = follow_up.window_ends_at
        slot = slot_after(follow_up.case, follow_up, at=at, window=window)
        follow_up.missed += 1
        follow_up.reschedule(scheduled_for=slot.opens_at, window_ends_at=slot.closes_at)
        follow_up.save()
        raise_escalation(
            follow_up.case,
            cause=causes.cause(causes.FOLLOW_UP, follow_up.pk),
            level=min(follow_up.missed, LEVELS[-1]),
            due_at=missed_at,
            by=service,
            at=at,
        )


def warn_of_commitments(at: datetime) -> Tally:
    """Warn the owner before a promise falls due; break the promises that were due and escalate them (S-PRO-04)."""
    ahead = timedelta(hours=periods_in_force(at).commitment_warning_hours)
    promises = Commitment.objects.filter(state=CommitmentState.OPEN).order_by("due_at", "pk")

    def warn(rows):
        Commitment.objects.filter(pk__in=[row[0] for row in rows]).update(warned_at=at, version=F("version") + 1)
        tell_each("notice.commitment_due_soon", [row[:4] for row in rows], at=at, key="owner")
        tell_each("notice.commitment_due_soon", [(*row[:3], row[4]) for row in rows], at=at, key="handler")

    warned = sweep_rows(
        "warn_of_commitments",
        promises.filter(warned_at__isnull=True, due_at__gte=at, due_at__lte=at + ahead),
        warn,
        "owner_id",
        "case__handler_id",
        at=at,
        reason="commitment.warned",
        size=1000,
    )
    broken = sweep_rows(
        "break_commitments",
        promises.filter(due_at__lt=at),
        lambda rows: _break(rows, at),
        at=at,
        reason="commitment.overdue",
    )
    return warned + broken


def _break(rows, at):
    service = service_account()
    for commitment in Commitment.objects.filter(pk__in=[row[0] for row in rows]).select_related("case"):
        commitment.break_()
        commitment.save()
        note_in_agreement(commitment, at=at)
        raise_escalation(
            commitment.case,
            cause=causes.cause(causes.COMMITMENT, commitment.pk),
            level=1,
            due_at=commitment.due_at,
            by=service,
            at=at,
        )


def warn_of_clocks(at: datetime) -> Tally:
    """Warn the handler, or the supervisors of the team, before a clock runs out. Each clock warns once."""
    superiors: list[Superiors] = []

    def warn(rows):
        Clock.objects.filter(pk__in=[row[0] for row in rows]).update(warned_at=at)
        unassigned = [row for row in rows if row[3] is None and row[5] >= at]
        if unassigned and not superiors:
            superiors.append(Superiors(at))
        to_team = [
            (*row[:3], person.pk) for row in unassigned for person in superiors[0].told(row[4], None, frozenset())
        ]
        to_handler = [row[:4] for row in rows if row[5] >= at]
        tell_each("notice.clock_runs_out", to_handler + to_team, at=at, key="clock")

    due = Clock.objects.running().filter(warned_at__isnull=True, warn_at__lte=at).order_by("warn_at", "pk")
    return sweep_rows(
        "warn_of_clocks",
        due,
        warn,
        "case__handler_id",
        "case__team_id",
        "due_at",
        at=at,
        reason="clock.warned",
        size=1000,
    )


def warn_of_payments(at: datetime) -> Tally:
    """Tell operations before a compensation must be paid; what is late goes up (S-EXE-07, WC-01).

    Money that came back is owed as before: late again, it goes up again. What was approved so late that the moment to
    tell had passed by then is told at once.
    """
    ahead = timedelta(hours=periods_in_force(at).commitment_warning_hours)
    unpaid = CompensationGrant.objects.filter(state__in=causes.UNPAID).order_by("pay_by", "pk")
    since = sweeps.last_start("warn_of_payments")
    soon = unpaid.filter(pay_by__gte=at, pay_by__lte=at + ahead)
    if since is not None:
        soon = soon.filter(
            Q(pay_by__gt=since + ahead)
            | Q(approved_at__gt=since - JUST_BEFORE)
            | Q(second_approved_at__gt=since - JUST_BEFORE)
        )
    rows = list(soon.values_list("pk", "case_id", "case__case_number"))
    payers = list(Person.objects.filter(groups__name=OPERATIONS, is_active=True).values_list("pk", flat=True))
    tell_each("notice.payment_due_soon", [(*row, payer) for row in rows for payer in payers], at=at, key="grant")
    standing = Escalation.objects.exclude(state=EscalationState.CLOSED)
    told_of = standing.filter(case=OuterRef("case"), due_at=OuterRef("pay_by")).annotate(
        grant=Concat(Value(f"{causes.GRANT}:"), Cast(OuterRef("pk"), CharField()))
    )
    late = unpaid.filter(pay_by__lt=at).exclude(Exists(told_of.filter(cause=F("grant"))))
    return Tally(len(rows), len(rows)) + sweep_rows(
        "escalate_payments", late, lambda rows: _escalate_payments(rows, at), at=at, reason="grant.overdue"
    )


def _escalate_payments(rows, at):
    service = service_account()
    for grant in CompensationGrant.objects.filter(pk__in=[row[0] for row in rows]).select_related("case"):
        cause = causes.cause(causes.GRANT, grant.pk)
        raise_escalation(grant.case, cause=cause, level=1, due_at=grant.pay_by, by=service, at=at)


def end_capped_pauses(at: datetime) -> Tally:
    """End the pauses that have reached their cap, at the cap; the clocks run from there."""

    def end(rows):
        service = service_account()
        for case in Complaint.objects.filter(pk__in=[row[1] for row in rows]):
            end_open_pause(case, by=service, at=at)
            case.save()
            notices.queue(case, "notice.pause_ended", to=case.handler, at=at)

    capped = Pause.objects.filter(ended_at__isnull=True, cap_at__lte=at).order_by("cap_at", "pk")
    return sweep_rows("end_capped_pauses", capped, end, at=at, reason="case.pause_capped")


def give_up_evidence_requests(at: datetime) -> Tally:
    """Requests whose deadline has passed without an answer are given up; a late answer still counts (S-INV-05)."""

    def give_up(rows):
        EvidenceRequest.objects.filter(pk__in=[row[0] for row in rows]).update(
            state=EvidenceRequestState.NOT_ANSWERED, version=F("version") + 1
        )
        tell_each("notice.evidence_not_answered", rows, at=at, key="asked_by")

    asked = EvidenceRequest.objects.filter(state=EvidenceRequestState.ASKED, due_at__lt=at).order_by("due_at", "pk")
    return sweep_rows(
        "give_up_evidence_requests",
        asked,
        give_up,
        "asked_by_id",
        at=at,
        reason="evidence_request.overdue",
        size=1000,
    )
