"""How a customer may be reached: their wishes and consents, and everything that counts as a call to them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from casemgmt.violations import Violation
from complaints.models import Complaint, Contact, Customer, StartedCall
from complaints.rules.consenting import ReachingFacts, violations_in_reaching
from complaints.rules.contacting import CALLS, MAILED
from complaints.vocabulary import COMMERCIAL, ConsentScope, ContactOutcome, Direction
from policies.lookup import calling_window_in_force
from policies.rules.calling import CallingWish, violations_in_call, violations_in_mailing


def wish_of(customer: Customer | None, *, calls: bool = True) -> CallingWish:
    """What the customer asked for. Without `calls` a no to calls is left out: for what does not ring."""
    if customer is None:
        return CallingWish()
    return CallingWish(
        customer.no_calls and calls, customer.call_zone, opens=customer.call_from, closes=customer.call_until
    )


def calls_to(case: Complaint, window, *, without: int | None = None) -> list[datetime]:
    """When this customer was called on any case, mailed items among it where they count (S-COM-14).

    A call that was started and not recorded yet is one; `without` leaves out the started call of that key, for the
    rules that ask about this very call.
    """
    contacts = _that_count(window)
    whose = {"customer": case.customer_id} if case.customer_id is not None else {"case": case.pk}
    started = StartedCall.objects.filter(**whose, contact__isnull=True).exclude(pk=without or 0)
    made = contacts.filter(**whose).order_by().values_list("occurred_at")
    return [at for (at,) in made.union(started.order_by().values_list("started_at"), all=True)]


def calls_to_each(cases: Iterable[Complaint], window) -> dict[int, list[datetime]]:
    """The same as `calls_to` for many cases, by their ids, in two queries."""
    cases = list(cases)
    customers = {case.customer_id for case in cases if case.customer_id is not None}
    whose = Q(customer__in=customers) | Q(customer=None, case__in=[case.pk for case in cases if not case.customer_id])
    started = StartedCall.objects.filter(whose, contact__isnull=True)
    rows = [*_that_count(window).filter(whose).order_by().values_list("customer_id", "case_id", "occurred_at")]
    rows += started.order_by().values_list("customer_id", "case_id", "started_at")
    of_customer: dict[int, list[datetime]] = {}
    of_case: dict[int, list[datetime]] = {}
    for customer_id, case_id, at in rows:
        (of_case if customer_id is None else of_customer).setdefault(customer_id or case_id, []).append(at)
    return {
        case.pk: of_customer.get(case.customer_id, []) if case.customer_id else of_case.get(case.pk, [])
        for case in cases
    }


def _that_count(window):
    """Our contacts that ring, and mailed items where they count."""
    contacts = Contact.objects.filter(direction=Direction.OUTGOING, channel__in=[*CALLS, *window.counted_channels])
    return contacts.exclude(outcome=ContactOutcome.IMPOSSIBLE)


def newest_consents(customer: Customer | None, channel: str) -> dict[str, str]:
    """The customer's last word about a channel by scope; nothing where none was ever said."""
    if customer is None:
        return {}
    rows = customer.consents.filter(channel=channel).order_by("said_at", "pk")
    return dict(rows.values_list("scope", "decision"))


def violations_in_consent(case: Complaint, channel: str, purpose: str) -> list[Violation]:
    """What the customer's words forbid on this channel for this purpose."""
    said = newest_consents(case.customer, channel)
    return list(
        violations_in_reaching(
            ReachingFacts(
                channel=channel,
                is_commercial=purpose in COMMERCIAL,
                everything=said.get(ConsentScope.EVERYTHING, ""),
                commercial=said.get(ConsentScope.COMMERCIAL, ""),
            )
        )
    )


def broken_rules(case: Complaint, channel: str, *, at: datetime, purpose: str) -> list[Violation]:
    """Every rule of reaching that something of ours breaks at `at`, by call, by post or in writing."""
    broken = violations_in_consent(case, channel, purpose)
    window = calling_window_in_force(at)
    if channel in CALLS:
        calls = calls_to(case, window)
        broken = [*violations_in_call(at, window, calls, wish=wish_of(case.customer)), *broken]
    elif channel in MAILED | set(window.counted_channels):
        wish = wish_of(case.customer, calls=False)
        broken = [*violations_in_mailing(at, window, calls_to(case, window), wish=wish), *broken]
    return broken
