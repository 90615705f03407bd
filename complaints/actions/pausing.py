"""Waiting for somebody, and going on: by an answer, by hand, or at the cap, whichever comes first."""

from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.stating import state_words
from complaints.actions.timing import pause_clocks, resume_clocks
from complaints.models import Complaint, EvidenceRequest, Pause, Statement
from complaints.roles import demand_right
from complaints.rules.pausing import PauseFacts, WaitingFacts, violations_in_pause, violations_in_waiting
from complaints.states import EvidenceRequestState
from complaints.vocabulary import (
    ContactOutcome,
    ContactPurpose,
    Direction,
    PauseCategory,
    PauseEnd,
    Side,
    StatementKind,
)
from policies.lookup import periods_in_force
from policies.values import PauseCap, PeriodPolicy


def _open_pause(case: Complaint) -> Pause | None:
    return case.pauses.filter(ended_at__isnull=True).first()


def why_not_begin_pause(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against waiting, whatever for. Waiting outside has its own rules and does not count."""
    pauses = case.pauses.exclude(category=PauseCategory.OUTSIDE_BODY)
    facts = WaitingFacts(case.is_open, _open_pause(case) is not None, pauses.count(), periods_in_force(at).pauses_max)
    return list(violations_in_waiting(facts))


@transaction.atomic
def begin_pause(
    case_id: int,
    *,
    by,
    at: datetime,
    category: str,
    reason: str,
    asked_of: str,
    asked_what: str,
    until: datetime | None = None,
    request_id: int | None = None,
) -> Pause:
    """Wait for somebody who was asked for something; clocks stop where the policy lets this category stop them.

    Without `until` it lasts to the cap of the category at most. One at a time, and no more than the policy
    allows; who waits for the customer must have asked (T11). With `request_id` the answer to that request for
    evidence ends it, whoever was asked. A second call is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "pause", case, at=at)
    periods = periods_in_force(at)
    cap_at = _cap_at(periods, category, at)
    facts = PauseFacts(
        category=category,
        reason=reason,
        asked_of=asked_of,
        sides=frozenset(Side.values),
        asked_what=asked_what,
        at=at,
        until=until,
        cap_days=periods.pause_cap_days(category),
        cap_at=cap_at,
        customer_was_asked=_customer_was_asked(case),
    )
    demand(
        why_not_begin_pause(case, by=by, at=at), violations_in_pause(facts), _violations_in_request(case, request_id)
    )
    with signed(by=by, reason="case.paused", at=at):
        pause = write_pause(
            case,
            category=category,
            reason=state_words(case, StatementKind.REASON, reason, by=by, at=at),
            asked_of=asked_of,
            asked_what=state_words(case, StatementKind.REQUEST, asked_what, by=by, at=at),
            by=by,
            at=at,
            cap_at=until,
            request_id=request_id,
        )
        case.save()
    return pause


def _violations_in_request(case: Complaint, request_id: int | None):
    if request_id is not None and not case.evidence_requests.filter(pk=request_id).exists():
        yield Violation("evidence.request_of_another_case", field="request_id")


def _cap_at(periods: PeriodPolicy, category: str, at: datetime) -> datetime | None:
    days = periods.pause_cap_days(category)
    return None if days is None else at + timedelta(days=days)


def _customer_was_asked(case):
    since = case.pauses.order_by("-began_at").values_list("began_at", flat=True).first()
    asked = case.contacts.filter(direction=Direction.OUTGOING, purpose=ContactPurpose.ENQUIRY).exclude(
        outcome__in=[ContactOutcome.AUTOMATIC, ContactOutcome.IMPOSSIBLE]
    )
    requested = case.evidence_requests.filter(state=EvidenceRequestState.ASKED, asked_from=Side.CUSTOMER)
    if since is not None:
        asked = asked.filter(occurred_at__gt=since)
    return asked.exists() or requested.exists()


def write_pause(
    case: Complaint,
    *,
    category: str,
    reason: Statement,
    asked_of: str,
    asked_what: Statement,
    by,
    at: datetime,
    cap_at: datetime | None = None,
    request_id: int | None = None,
) -> Pause:
    """The row and its effect on the clocks, for holders of the lock; an open pause ends first.

    Call it inside `signed` and before the case is saved. LookupError for a category without a cap.
    """
    end_open_pause(case, by=by, at=at, cause=PauseEnd.CASE_MOVED)
    periods = periods_in_force(at)
    cap_at = cap_at or _cap_at(periods, category, at)
    if cap_at is None:
        raise LookupError(f"the policy knows no pause {category!r}")
    pause = Pause.objects.create(
        case=case,
        category=category,
        reason=reason,
        asked_of=asked_of,
        asked_what=asked_what,
        began_at=at,
        cap_at=cap_at,
        began_by=by,
        policy_id=periods.policy_id,
        evidence_request_id=request_id,
        remind_at=next_reminder(periods.pause_cap(category), at, cap_at, made=0),
    )
    pause_clocks(case, category, at=at)
    return pause


def next_reminder(cap: PauseCap | None, began_at: datetime, cap_at: datetime, *, made: int) -> datetime | None:
    """When the next step of the ladder of reminders falls due; None when none is left before the pause must end."""
    if cap is None or made >= len(cap.reminders):
        return None
    remind_at = began_at + timedelta(hours=cap.reminders[made].after_hours)
    return remind_at if remind_at < cap_at else None


def why_not_end_pause(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against going on."""
    return [] if _open_pause(case) is not None else [Violation("pause.none_open")]


@transaction.atomic
def end_pause(case_id: int, *, by, at: datetime) -> Pause:
    """Go on; the clocks run again, each due instant moved by what the pause stopped. A second call is refused."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "pause", case, at=at)
    demand(why_not_end_pause(case, by=by, at=at))
    with signed(by=by, reason="case.pause_ended", at=at):
        pause = end_open_pause(case, by=by, at=at, cause=PauseEnd.BY_HAND)
        case.save()
    return pause


def end_open_pause(case: Complaint, *, by, at: datetime, cause: str = PauseEnd.CASE_MOVED) -> Pause | None:
    """End whatever pause is open, never after its cap; None when there is none.

    For holders of the lock, inside `signed` and before the case is saved.
    """
    pause = _open_pause(case)
    if pause is None:
        return None
    pause.ended_at = max(min(at, pause.cap_at), pause.began_at)
    pause.ended_by = by
    pause.end_cause = PauseEnd.CAP_REACHED if at >= pause.cap_at else cause
    pause.remind_at = None
    pause.save()
    resume_clocks(case, at=at)
    return pause


def end_pause_if_customer_answered(case: Complaint, *, by, at: datetime) -> Pause | None:
    """The customer answered at `at`: a pause that waits for them is over. Other pauses go on, and so does one that
    began later than the answer.
    """
    pause = _open_pause(case)
    if pause is None or pause.category != PauseCategory.AWAITING_CUSTOMER or at < pause.began_at:
        return None
    with signed(by=by, reason="case.pause_answered", at=at):
        return end_open_pause(case, by=by, at=at, cause=PauseEnd.ANSWERED)


def end_pause_if_evidence_came(
    case: Complaint, *, by, at: datetime, supplied_by: str, request: EvidenceRequest | None = None
) -> Pause | None:
    """Evidence has arrived: the pause that waits for this request is over, and one that waits for the customer when
    they sent it. For holders of the lock; saving the case is the caller's.
    """
    pause = _open_pause(case)
    if pause is None:
        return None
    awaited = request is not None and pause.evidence_request_id == request.pk
    from_customer = supplied_by == Side.CUSTOMER and pause.category == PauseCategory.AWAITING_CUSTOMER
    if not awaited and not from_customer:
        return None
    with signed(by=by, reason="case.pause_evidence", at=at):
        return end_open_pause(case, by=by, at=at, cause=PauseEnd.EVIDENCE_RECEIVED)
