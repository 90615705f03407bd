"""Putting right how a customer can be reached: a wrong number, another address; with who said so and why."""

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from casemgmt.ledger import signed
from casemgmt.privacy.kinds import violations_in_personal_data
from casemgmt.privacy.sealed import seal
from casemgmt.violations import Violation, demand
from complaints.actions.consenting import locked_with_customer
from complaints.actions.stating import state_words
from complaints.models import Complaint, Customer
from complaints.roles import demand_right
from complaints.vocabulary import StatementKind

CORRECTABLE = ("phone", "email", "account", "address")


def why_not_correct_contact_data(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against it, whatever is typed: nobody is known, or their data was erased."""
    if case.customer is None:
        return [Violation("contact_data.nobody_known")]
    return [Violation("contact_data.erased")] if case.customer.key is None else []


@sensitive_variables()
@transaction.atomic
def correct_contact_data(
    case_id: int,
    *,
    by,
    at: datetime,
    reason: str,
    phone: str = "",
    email: str = "",
    account: str = "",
    address: str = "",
) -> Customer:
    """Replace what is wrong, in any state of the case and for all cases of the customer.

    Empty leaves a value as it is, and so does its masked form sent back. The new value is sealed with the customer's
    own key; the reason stands in the story of the case. A second time finds nothing left to change.
    """
    customer, case = locked_with_customer(case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    demand(why_not_correct_contact_data(case, by=by, at=at))
    given = dict(zip(CORRECTABLE, (phone, email, account, address), strict=True))
    given = {name: text for name, text in given.items() if _is_news(customer, name, text)}
    demand(_violations_in_correction(given, reason))
    with signed(by=by, reason="customer.contact_data_corrected", at=at):
        state_words(case, StatementKind.REASON, reason, by=by, at=at)
        for name, text in given.items():
            setattr(customer, name, seal(customer.key, text, kind=name))
        customer.save()
    return customer


def _is_news(customer, name, text) -> bool:
    known = getattr(customer, name)
    if not text.strip():
        return False
    return known is None or (text.strip() != str(known) and not known.same_text_as(text))


def _violations_in_correction(given, reason):
    if not given:
        yield Violation("contact_data.nothing_new", field="phone")
    for name, text in given.items():
        yield from violations_in_personal_data(name, text, field=name)
    if not reason.strip():
        yield Violation("reason.missing", field="reason")
