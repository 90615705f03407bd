"""What falls due without anybody pressing a button: calls, promises, warnings, pauses, requests, advice.

Each function is safe twice, late and in parallel: it takes what is due and not done, under the lock of the case,
and leaves what somebody holds to the next tick.
"""

from datetime import datetime, timedelta
from functools import cache, partial

from django.db.models import F, Q, QuerySet

from casemgmt import sweeps
from casemgmt.outbox import About, Event, Word, announce, put_many
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Person
from complaints import notices
from complaints.actions import causes
from complaints.actions.agreement_ends import note_in_agreement
from complaints.actions.batches import Tally, sweep_once, sweep_rows
from complaints.actions.escalating import raise_escalation
from complaints.actions.following_up import slot_after
from complaints.actions.insisting_on_payments import insist_on_payments
from complaints.actions.overdue import CASE
from complaints.actions.pausing import end_open_pause
from complaints.actions.superiors import Superiors
from complaints.models import (
    Clock,
    Commitment,
    CompensationGrant,
    Complaint,
    EvidenceRequest,
    FollowUpCall,
    Pause,
    SetAside,
)
from complaints.roles import OPERATIONS
from complaints.rules.escalating import LEVELS
from complaints.states import (
    CommitmentState,
    EvidenceRequestState,
    FollowUpState,
)
from policies.lookup import calling_window_in_force, periods_in_force

WARN_OF_PAYMENTS = "warn_of_payments"
JUST_BEFORE = timedelta(minutes=15)
"""How long after its instant an approval may become visible: its transaction takes a while, clocks differ."""


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
    superiors = cache(partial(Superiors, at))

    def warn(rows):
        Clock.objects.filter(pk__in=[row[0] for row in rows]).update(warned_at=at)
        unassigned = [row for row in rows if row[3] is None and row[5] >= at]
        to_team = [
            (*row[:3], person.pk) for row in unassigned for person in superiors().told(row[4], None, frozenset())
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

    Money that came back is owed as before: late again, it goes up again; words alone do not end it. What was approved
    so late that the moment to tell had passed by then is told at once.
    """
    ahead = timedelta(hours=periods_in_force(at).commitment_warning_hours)
    unpaid = CompensationGrant.objects.filter(state__in=causes.UNPAID).order_by("pay_by", "pk")
    since = sweeps.last_start(WARN_OF_PAYMENTS)
    soon = unpaid.filter(pay_by__gte=at, pay_by__lte=at + ahead)
    if since is not None:
        soon = soon.filter(
            Q(pay_by__gt=since + ahead)
            | Q(approved_at__gt=since - JUST_BEFORE)
            | Q(second_approved_at__gt=since - JUST_BEFORE)
            | Q(pk__in=SetAside.objects.tried_again(WARN_OF_PAYMENTS, at))
        )
    payers = list(Person.objects.filter(groups__name=OPERATIONS, is_active=True).values_list("pk", flat=True))

    def warn(rows):
        told = [(*row, payer) for row in rows for payer in payers]
        tell_each("notice.payment_due_soon", told, at=at, key="grant")

    warned = sweep_once(
        WARN_OF_PAYMENTS,
        CompensationGrant,
        soon.values_list("pk", "case_id", "case__case_number"),
        warn,
        at=at,
        reason="clock.warned",
    )
    late = unpaid.filter(pay_by__lt=at)
    raised = raise_late("escalate_payments", causes.GRANT, late, "pay_by", at=at, reason="grant.overdue")
    return warned + raised + insist_on_payments(at)


def raise_late(name: str, kind: str, late: QuerySet, due_at: str, *, at: datetime, reason: str) -> Tally:
    """Raise the first level of every late row of which no superior knows; the ladder raises those above.

    `kind` is that of the cause, `due_at` the column that says when the row fell due. What was closed because its
    cause was gone comes back when it is late again.
    """

    def settle(rows):
        service = service_account()
        cases = Complaint.objects.in_bulk({row[1] for row in rows})
        for pk, case_id, _number, moment in rows:
            raise_escalation(cases[case_id], cause=causes.cause(kind, pk), level=1, due_at=moment, by=service, at=at)

    return sweep_rows(name, causes.unknown_higher_up(late, kind, due_at), settle, due_at, at=at, reason=reason)


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
