"""Recording what was exchanged with the customer; what happened is always recorded (S-COM-01)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.conduct import lacks_of, violations_in_offering_by_contact
from complaints.actions.dispatching import hand_in, violations_in_sending
from complaints.actions.pausing import end_pause_if_customer_answered
from complaints.actions.progress import note_progress_told
from complaints.actions.reaching import broken_rules, calls_to, wish_of
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.timing import CUSTOMER_ANSWERED, stop_clocks
from complaints.actions.wording import noted_wording, violations_in_message
from complaints.models import Complaint, Contact
from complaints.roles import demand_right
from complaints.rules.calling_again import violations_in_calling_again
from complaints.rules.contacting import CALLS, ContactFacts, is_recorded_late, violations_in_contact
from complaints.vocabulary import ContactOutcome, ContactPurpose, Direction, Side, StatementKind
from policies.lookup import calling_window_in_force, periods_in_force, templates_in_force
from policies.rules.calling import NextCall, next_moment_to_call
from policies.rules.filling import is_word_for_word
from policies.values import Template


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """An exchange to be written down. `occurred_at` None means now.

    `template_id` is the policy row of the template it was written with; `read_through` that somebody read it before
    it went out as it stands. `call_again_at` plans the next call.
    `started_call_id` is the dialling that this came of, with the steps of the talk that were done,
    `plan_id` the plan that the words offer. With `send` the house itself sends it, now; else it is recorded alone.
    `regular_id` is the series of regular contacts that it belongs to.
    """

    channel: str
    direction: str
    words: str = ""
    purpose: str = ContactPurpose.GENERAL
    outcome: str = ContactOutcome.DELIVERED
    occurred_at: datetime | None = None
    apology: str = ""
    emotion: str = ""
    breach_reason: str = ""
    follow_up_id: int | None = None
    proof_id: int | None = None
    corrects_id: int | None = None
    template_id: int | None = None
    read_through: bool = False
    call_again_at: datetime | None = None
    started_call_id: int | None = None
    steps_done: frozenset[str] | None = None
    plan_id: int | None = None
    send: bool = False
    regular_id: int | None = None


@transaction.atomic
def record_contact(case_id: int, *, by, at: datetime, **draft) -> Contact:
    """Record an exchange, or the attempt at one, in any state of the case (fields: ContactDraft).

    A call that broke a calling rule is recorded as a breach and asks for its reason. A delivered answer of ours
    stops the first-response clock; recorded much later, it does so only with proof. A second call writes a
    second row; a mistake is mended by a new row that names the one it corrects.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "contact.record", case, at=at)
    contact = ContactDraft(**draft)
    demand(
        violations_in(case, contact, at=at),
        violations_in_offering_by_contact(
            case,
            channel=contact.channel,
            direction=contact.direction,
            purpose=contact.purpose,
            outcome=contact.outcome,
        ),
    )
    with signed(by=by, reason="contact.recorded", at=at):
        written = write_contact(case, contact, by=by, at=at)
        case.save()
    return written


def record_message(case_id: int, *, by, at: datetime, **draft) -> Contact:
    """Record what was written to the customer and arrived; see `record_contact`."""
    return record_contact(
        case_id, by=by, at=at, direction=Direction.OUTGOING, outcome=ContactOutcome.DELIVERED, **draft
    )


def violations_in(case: Complaint, draft: ContactDraft, *, at: datetime):
    """What is missing in this draft, the calling rules it breaks without a reason among it."""
    occurred_at = draft.occurred_at or at
    facts = ContactFacts(
        channel=draft.channel,
        direction=draft.direction,
        outcome=draft.outcome,
        words=draft.words,
        occurred_at=occurred_at,
        recorded_at=at,
        breach_reason=draft.breach_reason,
        customer_known=case.customer_id is not None,
        is_unread_template=not draft.read_through and _is_template_as_it_stands(draft, at),
    )
    yield from violations_in_contact(facts, broken_calling_rules(case, draft, at=occurred_at))
    for name, rows in (("proof_id", case.evidence), ("corrects_id", case.contacts), ("follow_up_id", case.follow_ups)):
        key = getattr(draft, name)
        if key is not None and not rows.filter(pk=key).exists():
            yield Violation("contact.not_of_this_case", field=name)
    yield from violations_in_message(case, draft, at=at)
    yield from violations_in_sending(case, draft)
    if draft.template_id is not None and draft.template_id not in _templates(at):
        yield Violation("contact.template_unknown", field="template_id")
    if draft.call_again_at is not None:
        window = calling_window_in_force(at)
        yield from violations_in_calling_again(
            draft.call_again_at,
            occurred_at=occurred_at,
            window=window,
            calls=calls_to(case, window, without=draft.started_call_id),
            wish=wish_of(case.customer),
        )


def _templates(at: datetime) -> dict[int, Template]:
    return {template.policy_id: template for template in templates_in_force(at).values()}


def _is_template_as_it_stands(draft: ContactDraft, at: datetime) -> bool:
    """Whether what goes out in writing is a template, changed nowhere but in its gaps."""
    if draft.template_id is None or draft.channel in CALLS or draft.direction != Direction.OUTGOING:
        return False
    template = _templates(at).get(draft.template_id)
    return template is not None and any(is_word_for_word(text, draft.words) for _of, text in template.texts.each())


def broken_calling_rules(case: Complaint, draft: ContactDraft, *, at: datetime) -> list[Violation]:
    """Which rules of reaching a customer this exchange breaks; none for what comes in, and for what was no attempt."""
    if draft.direction != Direction.OUTGOING or draft.outcome == ContactOutcome.IMPOSSIBLE:
        return []
    if draft.started_call_id is not None:  # asked when it was dialled, and allowed
        return []
    return broken_rules(case, draft.channel, at=at, purpose=draft.purpose)


def next_call(case: Complaint, *, at: datetime) -> NextCall:
    """The next moment at which this customer may be called, and what forbids it now."""
    window = calling_window_in_force(at)
    return next_moment_to_call(at, window, calls_to(case, window), wish=wish_of(case.customer))


def _working(case, draft, broken, occurred_at) -> dict:
    """What the rules were asked and answered, so that a breach is explained by the policy of its day."""
    working = {}
    if draft.channel in CALLS and draft.direction == Direction.OUTGOING:
        working["window"] = calling_window_in_force(occurred_at).policy_id
    if broken:
        working["broken"] = [{"code": found.code, "params": dict(found.params)} for found in broken]
    if lacks := lacks_of(case, draft, steps_done=draft.steps_done):
        working["lacks"] = lacks
    if found := noted_wording(case, draft, at=occurred_at):
        working["wording"] = found
    return working


def write_contact(case: Complaint, draft: ContactDraft, *, by, at: datetime) -> Contact:
    """Write the row and let it take effect, under the caller's lock and signature; the caller saves the case."""
    occurred_at = draft.occurred_at or at
    incoming = draft.direction == Direction.INCOMING
    broken = broken_calling_rules(case, draft, at=occurred_at)
    kind = StatementKind.CALL_NOTE if draft.channel in CALLS else StatementKind.MESSAGE
    side = Side.CUSTOMER if incoming else Side.COMPANY
    contact = Contact.objects.create(
        case=case,
        customer=case.customer,
        channel=draft.channel,
        direction=draft.direction,
        purpose=draft.purpose,
        outcome=draft.outcome,
        words=state_words(case, kind, draft.words, by=by, at=occurred_at, side=side),
        apology=draft.apology,
        emotion=draft.emotion,
        occurred_at=occurred_at,
        recorded_by=by,
        recorded_at=at,
        breach=broken[0].code if broken else "",
        breach_reason=state_words(case, StatementKind.REASON, draft.breach_reason, by=by, at=at) if broken else None,
        follow_up_id=draft.follow_up_id,
        regular_id=draft.regular_id,
        proof_id=draft.proof_id,
        corrects_id=draft.corrects_id,
        template_policy_id=draft.template_id,
        call_again_at=draft.call_again_at,
        working=_working(case, draft, broken, occurred_at),
    )
    if draft.send:
        hand_in(contact, at=at)
    note_progress_told(contact)
    if contact.call_again_at is not None and contact.follow_up_id is None:
        notices.queue(case, "notice.call_again", to=by, at=at, about=contact, not_before=contact.call_again_at)
    if contact.breach:
        _tell_of_breach(contact, at)
    if contact.outcome == ContactOutcome.DELIVERED:
        if incoming:
            end_pause_if_customer_answered(case, by=by, at=occurred_at)
        elif _counts_for_clocks(contact):
            stop_clocks(case, CUSTOMER_ANSWERED, at=occurred_at)
    return contact


def _tell_of_breach(contact: Contact, at: datetime) -> None:
    """Who leads the team hears of it at once; never whom the complaint is about."""
    case = contact.case
    passed_over = frozenset(case.subjects.filter(lifted_at__isnull=True).values_list("person", flat=True))
    above = Superiors(at)
    named = above.named(case.team_id, "team_lead", passed_over | {contact.recorded_by_id})
    told = [person for person in above.told(case.team_id, named, passed_over) if person.pk != contact.recorded_by_id]
    notices.queue(case, "notice.call_breach", to=told, at=at, about=contact)


def _counts_for_clocks(contact: Contact) -> bool:
    hours = periods_in_force(contact.recorded_at).recorded_late_hours
    late = is_recorded_late(contact.occurred_at, contact.recorded_at, hours=hours)
    return not late or contact.proof_id is not None
