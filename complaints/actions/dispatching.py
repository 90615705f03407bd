"""What is said to a customer leaves the house by machine: handed in with its contact, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from casemgmt.models import Endpoint, OutboxMessage
from casemgmt.outbox import About, Word, put_many, send_to_customer
from casemgmt.people.models import Person
from casemgmt.setwise import update_each
from casemgmt.violations import Violation
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.overdue import CASE
from complaints.actions.reaching import calls_to, wish_of
from complaints.models import Complaint, Contact, Dispatch, SetAside
from complaints.rules.following_up import next_slot
from complaints.vocabulary import Channel, ContactOutcome, ContactPurpose, Direction
from policies.lookup import calling_window_in_force

KIND = "customer.message"
NOTE = "note_dispatches"
UNASKED = frozenset(
    {ContactPurpose.FOLLOW_UP, ContactPurpose.PROGRESS, ContactPurpose.INVITATION, ContactPurpose.REGULAR}
)
"""What nobody waits for at this minute: by machine it goes out inside the hours for calls alone."""


def key_of(contact_id: int) -> str:
    """The name of the message of a contact, for ever."""
    return f"{KIND}:{contact_id}"


def gateway_of(case: Complaint) -> Endpoint | None:
    """The gateway for text messages to this customer: that of the shop, else that of the house."""
    gateways = Endpoint.objects.on().filter(Q(shop=case.shop_id) | Q(shop=None), to_customers=True)
    gateways = gateways.filter(Q(team=case.team_id) | Q(team=None))
    return gateways.order_by(F("shop").desc(nulls_last=True), "pk").first()


def sendable_channels(case: Complaint) -> frozenset[str]:
    """On which channels the house itself can write to this customer: an address, and a way out."""
    customer = case.customer
    if customer is None:
        return frozenset()
    channels = {Channel.EMAIL.value} if settings.CUSTOMER_MAIL and customer.email else set()
    if customer.phone and gateway_of(case) is not None:
        channels.add(Channel.SMS.value)
    return frozenset(channels)


def violations_in_sending(case: Complaint, draft) -> Iterator[Violation]:
    """What stands against sending this draft from here; nothing when it is only written down."""
    if not draft.send:
        return
    if draft.direction != Direction.OUTGOING or draft.outcome != ContactOutcome.DELIVERED or draft.occurred_at:
        yield Violation("dispatch.happened_already", field="send")
    elif draft.channel not in sendable_channels(case):
        yield Violation("dispatch.no_way", field="channel")


def hand_in(contact: Contact, *, at: datetime) -> Dispatch:
    """Write the sending and its outbox row beside the contact, in the caller's transaction and signature.

    What the customer did not ask for waits for the hours in which they may be called. Once for a contact.
    """
    case = contact.case
    not_before = _not_before(contact, at)
    is_mail = contact.channel == Channel.EMAIL
    send_to_customer(
        KIND,
        key=key_of(contact.pk),
        channel=OutboxMessage.Channel.CUSTOMER_EMAIL if is_mail else OutboxMessage.Channel.CUSTOMER_SMS,
        subject=contact,
        case_number=case.case_number,
        at=at,
        not_before=not_before,
        endpoint=None if is_mail else gateway_of(case),
    )
    return Dispatch.objects.create(
        case=case, contact=contact, channel=contact.channel, queued_at=at, not_before=not_before
    )


def _not_before(contact: Contact, at: datetime) -> datetime:
    if contact.purpose not in UNASKED:
        return at
    window = calling_window_in_force(at)
    calls = [call for call in calls_to(contact.case, window) if call < at]
    slot = next_slot(at, window, calls, channel=contact.channel, wish=wish_of(contact.case.customer, calls=False))
    return slot.opens_at if slot is not None else at


def undelivered() -> QuerySet[Contact]:
    """Contacts that never reached the customer: their sending was given up."""
    return Contact.objects.filter(dispatch__failed_at__isnull=False)


def untold(dispatches: QuerySet[Dispatch]) -> QuerySet[Dispatch]:
    """Those of these sendings that were given up, and after which the customer heard nothing else from us."""
    since = Contact.objects.filter(
        case=OuterRef("case"),
        direction=Direction.OUTGOING,
        outcome=ContactOutcome.DELIVERED,
        recorded_at__gt=OuterRef("failed_at"),
        dispatch__failed_at__isnull=True,
    )
    return dispatches.filter(failed_at__isnull=False).exclude(Exists(since))


def note_dispatches(at: datetime) -> Tally:
    """Copy what became of each message from the outbox: gone out, or given up, of which the handler is told.

    Twice is harmless: a sending that says what the outbox says is not taken again. A message that was tried again by
    hand and went out has gone out.
    """
    outcome = OutboxMessage.objects.filter(key=Concat(Value(f"{KIND}:"), Cast(OuterRef("contact_id"), CharField())))
    gone, dead = outcome.filter(sent_at__isnull=False), outcome.filter(failed_at__isnull=False)
    news = Dispatch.objects.filter(sent_at__isnull=True).filter(Exists(gone) | (Q(failed_at=None) & Exists(dead)))

    def take(limit: int) -> Sequence[tuple]:
        rows = news.exclude(pk__in=SetAside.objects.kept_from(NOTE, at)).order_by("pk")
        rows = rows.select_for_update(skip_locked=True, of=("self",))
        columns = ("pk", "case_id", "case__case_number", "case__handler_id", "contact_id")
        return list(rows.values_list(*columns)[:limit])

    def settle(rows: Sequence[tuple]) -> None:
        keys = [key_of(row[4]) for row in rows]
        found = OutboxMessage.objects.filter(key__in=keys).values_list("key", "sent_at", "failed_at", "last_error")
        became = {key: rest for key, *rest in found}
        update_each(Dispatch, ("sent_at", "failed_at", "failure"), [(row[0], *became[key_of(row[4])]) for row in rows])
        failed = [row for row in rows if became[key_of(row[4])][1] is not None and row[3] is not None]
        people = Person.objects.in_bulk({row[3] for row in failed})
        code = "notice.customer_not_told"
        words = []
        for pk, case_id, number, handler, contact in failed:
            key = f"{code}:{pk}:{became[key_of(contact)][1].isoformat()}"
            words.append(Word(code, key, people[handler], About(CASE, case_id), number))
        put_many(words, at=at)

    return sweep_in_batches(NOTE, Dispatch, at=at, reason="dispatch.noted", take=take, settle=settle, size=500)
