"""Writing down what the customer wants: which contacts are welcome, by what, and at which hours."""

from datetime import datetime, time
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.stating import state_words
from complaints.models import Complaint, ContactConsent, Customer
from complaints.roles import demand_right
from complaints.rules.consenting import (
    REFUSED,
    ConsentFacts,
    WishFacts,
    violations_in_recording,
    violations_in_wishes,
)
from complaints.vocabulary import Channel, ConsentScope, Side, StatementKind


@transaction.atomic
def record_consent(
    case_id: int,
    *,
    by,
    at: datetime,
    channel: str,
    scope: str,
    decision: str,
    words: str,
    said_at: datetime | None = None,
) -> ContactConsent:
    """Write down the customer's yes or no to a channel, in their words, in any state of the case.

    A no to every call stops calls on all their cases; a later yes allows them again. A second word is a second row.
    """
    customer, case = locked_with_customer(case_id)
    demand_right(by, "contact.record", case, at=at)
    said_at = said_at or at
    facts = ConsentFacts(customer is not None, channel, scope, decision, words, said_at=said_at, recorded_at=at)
    demand(violations_in_recording(facts))
    with signed(by=by, reason="consent.recorded", at=at):
        return write_consent(
            case, customer, channel=channel, scope=scope, decision=decision, words=words, by=by, at=at, said_at=said_at
        )


def write_consent(
    case: Complaint, customer: Customer, *, channel, scope, decision, words, by, at: datetime, said_at: datetime
) -> ContactConsent:
    """Write the row and let it take effect, under the caller's locks and signature."""
    said = state_words(case, StatementKind.CONSENT, words, by=by, at=said_at, side=Side.CUSTOMER, customer=customer)
    consent = ContactConsent.objects.create(
        customer=customer,
        case=case,
        channel=channel,
        scope=scope,
        decision=decision,
        words=said,
        said_at=said_at,
        recorded_by=by,
        recorded_at=at,
    )
    if channel == Channel.PHONE and scope == ConsentScope.EVERYTHING:
        newest = customer.consents.filter(channel=channel, scope=scope).order_by("said_at", "pk").last()
        no_calls = newest.decision == REFUSED
        if customer.no_calls != no_calls:
            customer.no_calls = no_calls
            customer.save()
    return consent


@transaction.atomic
def note_wishes(
    case_id: int,
    *,
    by,
    at: datetime,
    words: str,
    preferred_channel: str = "",
    call_from: time | None = None,
    call_until: time | None = None,
    call_zone: str = "",
    language: str = "",
) -> Customer:
    """How, when and in which language the customer wants to be reached, in their own words; empty lifts a former wish.

    Hours are those of `call_zone`, by default of the calling window. Outside them nobody dials.
    """
    customer, case = locked_with_customer(case_id)
    demand_right(by, "contact.record", case, at=at)
    zone_known = not call_zone or call_zone in available_timezones()
    demand(
        violations_in_wishes(WishFacts(customer is not None, call_from, call_until, zone_known, words)),
        _violations_in_language(language),
    )
    with signed(by=by, reason="customer.wishes_noted", at=at):
        customer.preferred_channel, customer.language = preferred_channel, language
        customer.call_from, customer.call_until, customer.call_zone = call_from, call_until, call_zone
        customer.wishes = state_words(
            case, StatementKind.CONSENT, words, by=by, at=at, side=Side.CUSTOMER, customer=customer
        )
        customer.save()
    return customer


def _violations_in_language(language: str):
    if language and language not in dict(settings.LANGUAGES):
        yield Violation("wish.unknown_language", field="language")


def locked_with_customer(case_id: int) -> tuple[Customer | None, Complaint]:
    """The customer first, then the case: whoever dials takes the same order."""
    customer = Customer.objects.select_for_update(of=("self",)).filter(cases__pk=case_id).first()
    case = Complaint.objects.locked(pk=case_id)
    if customer is not None:
        case.customer = customer
    return customer, case
