"""Putting a call on the calendar: it moves to the next moment that the rules allow, and says why (S-COM-11 to 13)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.reaching import calls_to, wish_of
from complaints.actions.stating import state_words
from complaints.models import Complaint, ScheduledCall
from complaints.roles import demand_right
from complaints.rules.dialling import violations_in_scheduling_a_call
from complaints.rules.paperwork import violations_in_writing
from complaints.vocabulary import ContactPurpose, StatementKind
from policies.lookup import calling_window_in_force
from policies.rules.calling import NextCall, next_moment_to_call


def calls_still_to_make(case: Complaint) -> int:
    """How many calls stand on the calendar that nobody has made or called off; a case does not end with one."""
    return case.scheduled_calls.filter(ended_at__isnull=True).count()


def why_not_schedule_call(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against any further call on the calendar: that the case has ended."""
    return list(violations_in_writing(is_open=case.is_open, state=str(case.get_state_display())))


def moment_instead(case: Complaint, wanted: datetime, *, at: datetime) -> NextCall:
    """When a call that is wanted then may be made, and every reason why not at once."""
    window = calling_window_in_force(at)
    return next_moment_to_call(wanted, window, calls_to(case, window), wish=wish_of(case.customer))


@transaction.atomic
def schedule_call(
    case_id: int,
    *,
    by,
    at: datetime,
    wanted_at: datetime | None,
    exactly: bool = False,
    purpose: str = ContactPurpose.GENERAL,
    what: str = "",
) -> ScheduledCall:
    """Put a call on the list of who handles the case: at the wanted moment, or at the next one that is allowed.

    The row says why it moved and by which policy row. `exactly` was promised to the customer: outside the rules it is
    refused, with what the platform takes for it. The caller is told when it is due. A second time is a second call.
    A case that has ended takes none.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    window = calling_window_in_force(at)
    found = moment_instead(case, wanted_at or at, at=at)
    demand(
        why_not_schedule_call(case, by=by, at=at),
        violations_in_scheduling_a_call(
            wanted_at, at=at, moved_to=found.at, exactly=exactly, broken=found.why, window=window
        ),
    )
    why = [{"code": violation.code, "params": dict(violation.params)} for violation in found.why]
    with signed(by=by, reason="call.scheduled", at=at):
        scheduled = ScheduledCall.objects.create(
            case=case,
            owner=case.handler or by,
            purpose=purpose,
            what=state_words(case, StatementKind.REQUEST, what, by=by, at=at),
            asked_for=wanted_at,
            scheduled_for=found.at,
            scheduled_by=by,
            scheduled_at=at,
            working={"window": window.policy_id, "why": why},
        )
        notices.queue(
            case,
            "notice.call_scheduled",
            to=scheduled.owner,
            at=at,
            about=scheduled,
            not_before=scheduled.scheduled_for,
        )
    return scheduled


@transaction.atomic
def cancel_scheduled_call(case_id: int, *, by, at: datetime, scheduled_call_id: int, reason: str) -> ScheduledCall:
    """Call it off, and why. Made or cancelled ones are refused."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    scheduled = case.scheduled_calls.filter(pk=scheduled_call_id, ended_at__isnull=True).first()
    demand(
        [] if scheduled else [Violation("call.not_scheduled", field="scheduled_call_id")],
        [] if reason.strip() else [Violation("reason.missing", field="reason")],
    )
    with signed(by=by, reason="call.cancelled", at=at):
        scheduled.ended_at = at
        scheduled.reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        scheduled.save()
    return scheduled
