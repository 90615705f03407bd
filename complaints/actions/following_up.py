"""Calling the customer back until somebody was reached, and writing down what they said (S-FUP)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions import causes
from complaints.actions.advising import owe_advice
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.escalating import raise_escalation
from complaints.actions.reaching import calls_to, wish_of
from complaints.actions.stating import state_words
from complaints.actions.telling import known_channels
from complaints.models import Complaint, FollowUpCall, Statement
from complaints.roles import demand_right
from complaints.rules import following_up as rules
from complaints.states import CaseState, FollowUpState, GrantState
from complaints.vocabulary import (
    AdviceCause,
    AnsweredVia,
    Channel,
    ContactOutcome,
    ContactPurpose,
    Direction,
    Side,
    StatementKind,
)
from policies.lookup import calling_window_in_force, policies_in_force
from policies.values import FollowUpPolicy

CALLED_FOR = (*causes.CALLED_FOR, FollowUpState.ASKED)
UNFINISHED = (*CALLED_FOR, FollowUpState.REACHED)
WAITING = (FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.ASKED)
CHANNELS = frozenset(Channel.values) - {Channel.PARCEL}


def why_not_schedule_follow_up(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against a new follow-up, on whatever channel."""
    one_is_open = case.follow_ups.filter(state__in=UNFINISHED).exists()
    in_follow_up = case.state == CaseState.FOLLOWING_UP
    return list(rules.violations_in_scheduling(rules.SchedulingFacts(in_follow_up, one_is_open)))


@transaction.atomic
def schedule_follow_up(
    case_id: int, *, by, at: datetime, channel: str = Channel.PHONE, not_before: datetime | None = None
) -> FollowUpCall:
    """Put a follow-up on the calendar of the handler: in the first window after the delay of the policy.

    By phone, e-mail or message (S-FUP-04). `not_before` moves it further away, never nearer. While one is
    open a second one is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "follow_up.record", case, at=at)
    slot = _first_slot(case, channel, at, not_before)
    demand(why_not_schedule_follow_up(case, by=by, at=at), rules.violations_in_slot(slot, channel, CHANNELS))
    with signed(by=by, reason="follow_up.scheduled", at=at):
        return _write_follow_up(case, channel, slot, by, at)


def schedule_follow_up_if_none(case: Complaint, *, by, at: datetime, channel: str | None = None) -> FollowUpCall | None:
    """Schedule one when the case enters its follow-up, unless one is open or nobody is known to call.

    For holders of the lock. Without `channel`: that of the policy for the outcome, else the one that the customer
    prefers, else the phone, else e-mail.
    """
    channel = channel or _best_channel(case, at)
    if channel is None or case.follow_ups.filter(state__in=UNFINISHED).exists():
        return None
    slot = _first_slot(case, channel, at, None)
    if slot is None:
        return None
    with signed(by=by, reason="follow_up.scheduled", at=at):
        return _write_follow_up(case, channel, slot, by, at)


def policy_of(case: Complaint, *, at: datetime) -> FollowUpPolicy:
    """How this case is followed up, by its outcome and by whether money was given back."""
    refunded = case.grants.filter(state=GrantState.PAID).exists()
    return rules.policy_for(policies_in_force(at).follow_ups, outcome=case.outcome or "", refunded=refunded)


def _best_channel(case, at):
    customer = case.customer
    if customer is None:
        return None
    wanted = policy_of(case, at=at).channel
    if wanted in known_channels(case) and not (wanted != Channel.PHONE and customer.preferred_channel == Channel.PHONE):
        return wanted
    if customer.preferred_channel in CHANNELS:
        return customer.preferred_channel
    if customer.phone and not customer.no_calls:
        return Channel.PHONE
    if customer.email:
        return Channel.EMAIL
    return case.channel if customer.account and case.channel in CHANNELS - {Channel.PHONE} else None


def _first_slot(case, channel, at, not_before):
    policies = policies_in_force(at)
    policy = policy_of(case, at=at)
    earliest = policies.working_time(policy.calendar).after(at, policy.delay)
    return _slot(case, channel, max(earliest, not_before or earliest), policies.calling_windows["default"])


def _slot(case, channel, earliest, window):
    return rules.next_slot(earliest, window, calls_to(case, window), channel=channel, wish=wish_of(case.customer))


def _write_follow_up(case, channel, slot, by, at):
    policy = policy_of(case, at=at)
    return FollowUpCall.objects.create(
        case=case,
        channel=channel,
        owner=case.handler or by,
        scheduled_for=slot.opens_at,
        window_ends_at=slot.closes_at,
        attempts_max=policy.attempts_max,
        policy_id=policy.policy_id,
        working=_why_then(slot, calling_window_in_force(at)),
    )


def _why_then(slot, window) -> dict:
    why = [{"code": found.code, "params": dict(found.params)} for found in slot.why]
    return {"window": window.policy_id, "why": why}


def why_not_record_attempt(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against recording an attempt, whatever came of it."""
    return list(
        rules.violations_in_attempt(is_due=follow_up.state == FollowUpState.DUE, outcome=ContactOutcome.DELIVERED)
    )


@transaction.atomic
def record_attempt(
    follow_up_id: int,
    *,
    by,
    at: datetime,
    outcome: str,
    words: str = "",
    occurred_at: datetime | None = None,
    breach_reason: str = "",
    apology: str = "",
    emotion: str = "",
    template_id: int | None = None,
    call_again_at: datetime | None = None,
    started_call_id: int | None = None,
    steps_done: frozenset[str] | None = None,
) -> FollowUpCall:
    """The customer was called, and was reached, not reached, or declined; each attempt is a contact.

    Not reached: the next attempt stands in the next window, until the policy's number of attempts was
    recorded, which alone exhausts it. A second attempt before that window is refused. `call_again_at` moves the
    next attempt further away; where the customer asked for it, also nearer. Being asked to call later exhausts
    nothing.
    """
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    draft = ContactDraft(
        channel=follow_up.channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.FOLLOW_UP,
        outcome=outcome,
        occurred_at=occurred_at,
        apology=apology,
        emotion=emotion,
        breach_reason=breach_reason,
        follow_up_id=follow_up.pk,
        template_id=template_id,
        call_again_at=call_again_at,
        started_call_id=started_call_id,
        steps_done=steps_done,
    )
    demand(
        rules.violations_in_attempt(is_due=follow_up.state == FollowUpState.DUE, outcome=outcome),
        violations_in(case, draft, at=at),
    )
    with signed(by=by, reason="follow_up.attempted", at=at):
        contact = write_contact(case, draft, by=by, at=at)
        case.save()
        if outcome == rules.CALL_LATER:
            _call_later(case, follow_up, contact)
        elif outcome in rules.NOT_REACHED:
            _try_again_or_give_up(case, follow_up, at, call_again_at)
        elif outcome == ContactOutcome.DECLINED:
            follow_up.decline()
            follow_up.ended_at = contact.occurred_at
            follow_up.save()
        else:
            follow_up.reach(at=contact.occurred_at)
            follow_up.save()
    return follow_up


def _call_later(case, follow_up, contact):
    window = calling_window_in_force(contact.recorded_at)
    follow_up.miss()
    follow_up.save()
    agreed = contact.call_again_at and _slot(case, follow_up.channel, contact.call_again_at, window)
    slot = agreed or slot_after(case, follow_up, at=contact.recorded_at, window=window)
    follow_up.reschedule(scheduled_for=slot.opens_at, window_ends_at=slot.closes_at)
    follow_up.save()


def _try_again_or_give_up(case, follow_up, at, call_again_at):
    follow_up.miss()
    follow_up.save()
    attempts = follow_up.attempts.filter(outcome__in=rules.NOT_REACHED, corrections__isnull=True).count()
    if rules.is_exhausted(attempts, follow_up.attempts_max):
        follow_up.exhaust(at=at)
    else:
        slot = slot_after(case, follow_up, at=max(at, call_again_at or at), window=calling_window_in_force(at))
        follow_up.reschedule(scheduled_for=slot.opens_at, window_ends_at=slot.closes_at)
    follow_up.save()


def slot_after(case: Complaint, follow_up: FollowUpCall, *, at: datetime, window) -> rules.Slot:
    """The next slot after the window that the follow-up stands in now, or after `at`, whichever is later.

    A customer who wants no calls any more keeps it on the list, so that somebody chooses another channel.
    """
    earliest = max(at, follow_up.window_ends_at)
    return _slot(case, follow_up.channel, earliest, window) or rules.next_slot(earliest, window)


def why_not_customer_came_first(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against noting that the customer came first."""
    return [] if follow_up.state in WAITING else [Violation("follow_up.not_waiting")]


@transaction.atomic
def customer_came_first(
    follow_up_id: int, *, by, at: datetime, words: str, channel: str = Channel.PHONE
) -> FollowUpCall:
    """The customer spoke up before anybody called: reached. The second time is refused."""
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    draft = ContactDraft(
        channel=channel,
        direction=Direction.INCOMING,
        words=words,
        purpose=ContactPurpose.FOLLOW_UP,
        follow_up_id=follow_up.pk,
    )
    demand(why_not_customer_came_first(follow_up, by=by, at=at), violations_in(case, draft, at=at))
    with signed(by=by, reason="follow_up.customer_came_first", at=at):
        write_contact(case, draft, by=by, at=at)
        case.save()
        follow_up.reach(at=at)
        follow_up.save()
    return follow_up


def why_not_record_result(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against a result, whatever it is."""
    return [] if follow_up.state == FollowUpState.REACHED else [Violation("follow_up.not_reached")]


@transaction.atomic
def record_result(
    follow_up_id: int,
    *,
    by,
    at: datetime,
    satisfaction: int | None,
    solved: bool | None,
    experience: str,
    suggestion: str = "",
) -> FollowUpCall:
    """What the customer said: a mark from 1 to 5, whether it is solved, use experience, suggestions (S-FUP-02…08).

    A low mark is data: it moves no case, but a superior hears of it, and like a problem that is still there it wants
    a reply before the case closes. The second time is refused.
    """
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    was_reached = follow_up.state == FollowUpState.REACHED
    demand(rules.violations_in_result(rules.ResultFacts(was_reached, satisfaction, solved, experience)))
    with signed(by=by, reason="follow_up.result_recorded", at=at):
        follow_up.satisfaction = satisfaction
        follow_up.solved = solved
        follow_up.experience = state_words(case, StatementKind.EXPERIENCE, experience, by=by, at=at, side=Side.CUSTOMER)
        follow_up.suggestion = state_words(case, StatementKind.SUGGESTION, suggestion, by=by, at=at, side=Side.CUSTOMER)
        follow_up.answered_via = AnsweredVia.CALL if follow_up.channel == Channel.PHONE else AnsweredVia.WRITING
        follow_up.finish(at=at)
        follow_up.save()
        if rules.is_low(satisfaction):
            low_mark = causes.cause(causes.LOW_MARK, follow_up.pk)
            raise_escalation(case, cause=low_mark, level=1, due_at=at, by=by, at=at)
            owe_advice(case, AdviceCause.LOW_MARK, at=at)
    return follow_up


def why_not_cancel_follow_up(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against calling it off."""
    over = (FollowUpState.DONE, FollowUpState.CANCELLED)
    return [Violation("follow_up.ended")] if follow_up.state in over else []


@transaction.atomic
def cancel_follow_up(follow_up_id: int, *, by, at: datetime, reason: str) -> FollowUpCall:
    """Not called for any more, and why; the case still needs a follow-up before it closes."""
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    demand(
        why_not_cancel_follow_up(follow_up, by=by, at=at),
        [] if reason.strip() else [Violation("follow_up.reason_missing", "reason")],
    )
    with signed(by=by, reason="follow_up.cancelled", at=at):
        follow_up.cancel(at=at, reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        follow_up.save()
    return follow_up


def cancel_follow_ups(case: Complaint, *, by, at: datetime, reason: Statement | None = None) -> int:
    """Call off whatever follow-up is open because the case goes elsewhere; returns how many. For lock holders."""
    waiting = list(case.follow_ups.filter(state__in=UNFINISHED))
    with signed(by=by, reason="follow_up.cancelled", at=at):
        for follow_up in waiting:
            follow_up.cancel(at=at, reason=reason)
            follow_up.save()
    return len(waiting)
