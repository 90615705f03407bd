"""Whether the customer knows of the money that was paid: promised, paid and untold costs trust (WC-01, S-PRO-05)."""

from django.db.models import Exists, OuterRef, QuerySet

from casemgmt.violations import Violation
from complaints.actions.telling import known_channels
from complaints.models import CompensationGrant, Complaint, Contact
from complaints.states import GrantState
from complaints.vocabulary import Direction


def untold_payments(grants: QuerySet[CompensationGrant]) -> QuerySet[CompensationGrant]:
    """Those of these grants that are paid and of which the customer heard nothing since."""
    since = Contact.objects.filter(
        case=OuterRef("case"),
        direction=Direction.OUTGOING,
        occurred_at__gte=OuterRef("paid_at"),
        dispatch__failed_at__isnull=True,
    )
    return grants.filter(state=GrantState.PAID, case__customer__isnull=False).exclude(Exists(since))


def violations_in_untold_payments(case: Complaint):
    """Paid grants of which the customer heard nothing since: no message or attempt after the payment.

    Where no contact is known there is nobody to tell.
    """
    if not known_channels(case):
        return
    for grant in untold_payments(case.grants.order_by("pk")):
        yield Violation("grant.payment_not_told", params={"amount": grant.amount, "currency": grant.currency})
