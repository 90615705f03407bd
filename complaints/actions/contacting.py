"""Recording what was exchanged with the customer; what happened is always recorded (S-COM-01)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.pausing import end_pause_if_customer_answered
from complaints.actions.stating import state_words
from complaints.actions.timing import stop_clock
from complaints.models import Clock, Complaint, Contact
from complaints.roles import demand_right
from complaints.rules.calling_again import violations_in_calling_again
from complaints.rules.contacting import CALLS, MAILED, ContactFacts, is_recorded_late, violations_in_contact
from complaints.vocabulary import ContactOutcome, ContactPurpose, Direction, Side, StatementKind
from policies.lookup import calling_window_in_force, periods_in_force, templates_in_force
from policies.rules.calling import NextCall, next_moment_to_call, violations_in_call


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """An exchange to be written down. `occurred_at` None means now.

    `template_id` is the policy row of the template it was written with, `call_again_at` plans the next call.
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
    call_again_at: datetime | None = None


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
    demand(violations_in(case, contact, at=at))
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
    )
    yield from violations_in_contact(facts, broken_calling_rules(case, draft, at=occurred_at))
    for name, rows in (("proof_id", case.evidence), ("corrects_id", case.contacts), ("follow_up_id", case.follow_ups)):
        key = getattr(draft, name)
        if key is not None and not rows.filter(pk=key).exists():
            yield Violation("contact.not_of_this_case", field=name)
    if draft.template_id is not None and draft.template_id not in _templates(at):
        yield Violation("contact.template_unknown", field="template_id")
    if draft.call_again_at is not None:
        window = calling_window_in_force(at)
        yield from violations_in_calling_again(
            draft.call_again_at,
            occurred_at=occurred_at,
            window=window,
            calls=calls_to(case, window),
            opted_out=_wants_no_calls(case),
        )


def _templates(at: datetime) -> set[int]:
    return {template.policy_id for template in templates_in_force(at).values()}


def broken_calling_rules(case: Complaint, draft: ContactDraft, *, at: datetime) -> list[Violation]:
    """Which calling rules this exchange breaks; none for what comes in, and for what is no call or mailed item."""
    if draft.direction != Direction.OUTGOING or draft.outcome == ContactOutcome.IMPOSSIBLE:
        return []
    if draft.channel not in CALLS | MAILED:
        return []
    window = calling_window_in_force(at)
    return list(violations_in_call(at, window, calls_to(case, window), opted_out=_wants_no_calls(case, draft)))


def next_call(case: Complaint, *, at: datetime) -> NextCall:
    """The next moment at which this customer may be called, and what forbids it now."""
    window = calling_window_in_force(at)
    return next_moment_to_call(at, window, calls_to(case, window), opted_out=_wants_no_calls(case))


def calls_to(case: Complaint, window) -> list[datetime]:
    """When this customer was called on any case, mailed items among it where they count (S-COM-14)."""
    channels = CALLS | MAILED if window.mailed_items_count else CALLS
    contacts = Contact.objects.filter(direction=Direction.OUTGOING, channel__in=channels)
    contacts = contacts.exclude(outcome=ContactOutcome.IMPOSSIBLE)
    whose = {"customer": case.customer_id} if case.customer_id is not None else {"case": case.pk}
    return list(contacts.filter(**whose).values_list("occurred_at", flat=True))


def _wants_no_calls(case: Complaint, draft: ContactDraft | None = None) -> bool:
    called = draft is None or draft.channel in CALLS
    return called and case.customer is not None and case.customer.no_calls


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
        proof_id=draft.proof_id,
        corrects_id=draft.corrects_id,
        template_policy_id=draft.template_id,
        call_again_at=draft.call_again_at,
    )
    if contact.call_again_at is not None and contact.follow_up_id is None:
        notices.queue(case, "notice.call_again", to=by, at=at, about=contact, not_before=contact.call_again_at)
    if contact.outcome == ContactOutcome.DELIVERED:
        if incoming:
            end_pause_if_customer_answered(case, by=by, at=at)
        elif _counts_for_clocks(contact):
            stop_clock(case, Clock.Kind.FIRST_RESPONSE, at=occurred_at)
    return contact


def _counts_for_clocks(contact: Contact) -> bool:
    hours = periods_in_force(contact.recorded_at).recorded_late_hours
    late = is_recorded_late(contact.occurred_at, contact.recorded_at, hours=hours)
    return not late or contact.proof_id is not None
