"""Showing personal data of a customer to somebody who needs it, for a reason that is written down."""

from datetime import datetime

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from casemgmt.ledger import signed
from casemgmt.privacy.actions import reveal_for
from casemgmt.violations import Violation, demand
from complaints.actions.stating import state_words
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.vocabulary import StatementKind

FIELDS = ("name", "phone", "email", "address", "account")


@sensitive_variables()
@transaction.atomic
def reveal_customer(case_id: int, *, by, at: datetime, field: str, reason: str) -> str:
    """The text of one field of the case's customer; leaves an access event that points to the typed reason.

    The handler, the team's supervisors and auditors may. Each call is a look of its own.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "customer.reveal", case, at=at)
    demand(_violations_in_revealing(case, field, reason))
    with signed(by=by, reason="customer.revealed", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        return reveal_for(by, case.customer, field, reason="customer.reveal", at=at, statement=words)


def _violations_in_revealing(case, field, reason):
    if field not in FIELDS or case.customer is None or getattr(case.customer, field) is None:
        yield Violation("customer.nothing_to_reveal", field="field")
    if not reason.strip():
        yield Violation("reason.missing", field="reason")
