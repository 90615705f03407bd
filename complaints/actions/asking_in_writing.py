"""A follow-up by e-mail or message: read and sent, answered or not within the days of the policy (S-FUP-04)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.violations import RuleBroken, Violation, demand
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.contacting import ContactDraft, violations_in, write_contact
from complaints.actions.dispatching import sendable_channels
from complaints.actions.following_up import record_result, slot_after
from complaints.models import Complaint, Contact, FollowUpCall, SetAside
from complaints.places import language_of
from complaints.roles import demand_right
from complaints.rules import following_up as rules
from complaints.states import FollowUpState
from complaints.template_values import names, values_of
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Direction
from policies.lookup import calling_window_in_force, policies_by_id, policy_by_id, templates_in_force
from policies.rules.filling import filled, gaps_in

SEND = "send_follow_ups"
SILENCE = "end_silence"
AT_ONCE = 100


def why_not_ask_in_writing(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against writing to the customer: nothing is due, or the phone is what was agreed."""
    if follow_up.state != FollowUpState.DUE:
        return [Violation("follow_up.not_due")]
    return [Violation("follow_up.by_phone")] if follow_up.channel == Channel.PHONE else []


@transaction.atomic
def ask_in_writing(
    follow_up_id: int,
    *,
    by,
    at: datetime,
    words: str,
    template_id: int | None = None,
    read_through: bool = False,
    apology: str = "",
    breach_reason: str = "",
    send: bool = False,
) -> FollowUpCall:
    """Ask the customer how it went, in words that somebody read, on the channel of the follow-up (S-TRN-07).

    With `send` it leaves from here, else it was sent by hand. The follow-up then waits for an answer; silence
    for the days of the policy is an attempt without an answer. A second letter before that is refused.
    """
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    draft = ContactDraft(
        channel=follow_up.channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.FOLLOW_UP,
        apology=apology,
        breach_reason=breach_reason,
        follow_up_id=follow_up.pk,
        template_id=template_id,
        read_through=read_through,
        send=send,
    )
    demand(why_not_ask_in_writing(follow_up, by=by, at=at), violations_in(case, draft, at=at))
    with signed(by=by, reason="follow_up.asked", at=at):
        _ask(case, follow_up, draft, by=by, at=at)
    return follow_up


def _ask(case, follow_up, draft, *, by, at) -> Contact:
    days = policy_by_id(follow_up.policy_id).answer_deadline_days
    contact = write_contact(case, draft, by=by, at=at)
    case.save()
    follow_up.ask(answer_due_at=at + timedelta(days=days))
    follow_up.save()
    return contact


def why_not_record_answer(follow_up: FollowUpCall, *, by, at: datetime) -> list[Violation]:
    """What stands against putting down an answer: nobody was asked in writing, or it is there already."""
    return [] if follow_up.state == FollowUpState.ASKED else [Violation("follow_up.nobody_asked")]


@transaction.atomic
def record_answer(
    follow_up_id: int,
    *,
    by,
    at: datetime,
    words: str,
    satisfaction: int | None,
    solved: bool | None,
    experience: str,
    suggestion: str = "",
    occurred_at: datetime | None = None,
) -> FollowUpCall:
    """The customer answered: their words as an exchange, and the result that stands in them. Once."""
    case = Complaint.objects.locked(follow_ups__pk=follow_up_id)
    follow_up = case.follow_ups.get(pk=follow_up_id)
    demand_right(by, "follow_up.record", case, at=at)
    draft = ContactDraft(
        channel=follow_up.channel,
        direction=Direction.INCOMING,
        words=words,
        purpose=ContactPurpose.FOLLOW_UP,
        occurred_at=occurred_at,
        follow_up_id=follow_up.pk,
    )
    demand(
        why_not_record_answer(follow_up, by=by, at=at),
        violations_in(case, draft, at=at),
        rules.violations_in_result(rules.ResultFacts(True, satisfaction, solved, experience)),
    )
    with signed(by=by, reason="follow_up.answered", at=at):
        contact = write_contact(case, draft, by=by, at=at)
        case.save()
        follow_up.reach(at=contact.occurred_at)
        follow_up.save()
        return record_result(
            follow_up.pk,
            by=by,
            at=at,
            satisfaction=satisfaction,
            solved=solved,
            experience=experience,
            suggestion=suggestion,
        )


def end_silence(at: datetime) -> Tally:
    """Nobody answered in time: an attempt without an answer, then the next window, or the last one was it.

    Twice is harmless: what was missed is not asked any more.
    """
    silent = FollowUpCall.objects.filter(state=FollowUpState.ASKED, answer_due_at__lte=at)

    def settle(rows: Sequence[tuple]) -> None:
        service, window = service_account(), calling_window_in_force(at)
        for follow_up in FollowUpCall.objects.filter(pk__in=[row[0] for row in rows]).select_related("case__customer"):
            _miss(follow_up, service, window, at)

    return _sweep(SILENCE, silent.order_by("answer_due_at", "pk"), settle, at=at, reason="follow_up.not_answered")


def _miss(follow_up: FollowUpCall, service, window, at: datetime) -> None:
    asked = follow_up.attempts.filter(direction=Direction.OUTGOING, corrections__isnull=True)
    attempts = asked.exclude(outcome=rules.CALL_LATER).count()
    follow_up.miss()
    follow_up.save()
    if rules.is_exhausted(attempts, follow_up.attempts_max):
        follow_up.exhaust(at=at)
    else:
        slot = slot_after(follow_up.case, follow_up, at=at, window=window)
        follow_up.reschedule(scheduled_for=slot.opens_at, window_ends_at=slot.closes_at)
    follow_up.save()


def send_follow_ups(at: datetime) -> Tally:
    """Follow-ups that the policy lets the system send go out; what has a gap or may not go stays on the list.

    Twice is harmless: what was asked is not due.
    """
    by_system = [row.policy_id for row in policies_by_id(_policies_of_due()).values() if row.sent_by == "system"]
    due = FollowUpCall.objects.filter(state=FollowUpState.DUE, policy_id__in=by_system, window_ends_at__gt=at)
    due = due.exclude(channel=Channel.PHONE).filter(attempts__isnull=True)
    refused: set[int] = set()

    def settle(rows: Sequence[tuple]) -> None:
        for follow_up in FollowUpCall.objects.filter(pk__in=[row[0] for row in rows]).select_related("case__customer"):
            if not _sent_by_system(follow_up, at):
                refused.add(follow_up.pk)

    def take(limit: int) -> Sequence[tuple]:
        rows = due.exclude(pk__in=SetAside.objects.kept_from(SEND, at)).exclude(pk__in=refused).order_by("pk")
        return list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "case_id")[:limit])

    return sweep_in_batches(SEND, FollowUpCall, at=at, reason="follow_up.asked", take=take, settle=settle, size=AT_ONCE)


def _policies_of_due() -> set[int]:
    due = FollowUpCall.objects.filter(state=FollowUpState.DUE).exclude(channel=Channel.PHONE)
    return set(due.order_by().values_list("policy_id", flat=True).distinct())


def _sent_by_system(follow_up: FollowUpCall, at: datetime) -> bool:
    case, owner = follow_up.case, follow_up.owner
    template = templates_in_force(at).get(policy_by_id(follow_up.policy_id).template)
    if template is None or follow_up.channel not in sendable_channels(case):
        return False
    text = template.texts.in_language(language_of(case.customer))
    words = filled(text, values_of(case, person=owner, at=at), names())
    if gaps_in(words):
        return False
    draft = ContactDraft(
        channel=follow_up.channel,
        direction=Direction.OUTGOING,
        words=words,
        purpose=ContactPurpose.FOLLOW_UP,
        outcome=ContactOutcome.DELIVERED,
        apology="" if template.apology == "none" else template.apology,
        follow_up_id=follow_up.pk,
        template_id=template.policy_id,
        read_through=True,
        send=True,
    )
    try:
        demand(violations_in(case, draft, at=at))
    except RuleBroken:
        return False
    _ask(case, follow_up, draft, by=service_account(), at=at)
    return True


def _sweep(name, due, settle, *, at, reason) -> Tally:
    def take(limit: int) -> Sequence[tuple]:
        rows = due.exclude(pk__in=SetAside.objects.kept_from(name, at))
        return list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "case_id")[:limit])

    return sweep_in_batches(name, FollowUpCall, at=at, reason=reason, take=take, settle=settle, size=AT_ONCE)
