"""Showing personal data of a customer to somebody who needs it, for a reason that is written down."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from casemgmt.ledger import signed
from casemgmt.privacy.actions import reveal_for
from casemgmt.violations import Violation, demand
from complaints.actions.paying import why_not_pay_grant
from complaints.actions.stating import state_words
from complaints.models import CompensationGrant, Complaint
from complaints.models.rights import code_of
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


def why_not_reveal_payee(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against this person seeing the account: whatever stands against paying, or that there is none."""
    nothing = grant.payee is None or grant.payee.account is None
    return [
        *why_not_pay_grant(grant, by=by, at=at),
        *([Violation("customer.nothing_to_reveal")] if nothing else []),
    ]


@sensitive_variables()
@transaction.atomic
def reveal_payee(grant_id: int, *, by, at: datetime) -> str:
    """Name and account of who gets exactly this money, for whoever pays it, as long as it waits to be paid.

    The reason is the payment itself and is written down; each look leaves its access events. No other account of
    the customer opens by this, and nobody sees it who could not pay it.
    """
    case = Complaint.objects.locked(grants__pk=grant_id)
    demand_right(by, "grant.pay", case, at=at)
    grant = case.grants.select_related("payee__key").get(pk=grant_id)
    grant.case = case
    demand(why_not_reveal_payee(grant, by=by, at=at))
    with signed(by=by, reason="payee.revealed", at=at):
        reason = _("Paying grant %(number)s") % {"number": grant.pk}
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        facts = {"reason": "grant.pay", "at": at, "statement": words, "right": f"complaints.{code_of('grant.pay')}"}
        shown = [field for field in ("name", "account") if getattr(grant.payee, field) is not None]
        return " · ".join(reveal_for(by, grant.payee, field, **facts) for field in shown)
