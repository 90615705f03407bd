"""To whom the money goes: entered with a reason, never changed in place; a new payee needs a new approval."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.privacy.kinds import violations_in_personal_data
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import seal
from casemgmt.violations import Violation, demand
from complaints.actions.counting_money import lock_grant
from complaints.actions.stating import state_words
from complaints.actions.weighing_money import violations_in_grant_move, violations_in_reason
from complaints.models import CompensationGrant, Complaint, Payee
from complaints.roles import demand_right
from complaints.states import GrantState
from complaints.vocabulary import StatementKind

METHODS = frozenset(value for value, _ in Payee._meta.get_field("method").choices)
WITHOUT_ACCOUNT = frozenset({"platform", "voucher"})
"""Ways of payment that find the customer by themselves."""


def violations_in_payee(case: Complaint, *, name: str, account: str, method: str):
    """What is missing: a customer, a way of payment, a name, and an account where the way needs one."""
    if case.customer_id is None:
        yield Violation("payee.no_customer")
    if method not in METHODS:
        yield Violation("payee.method_unknown", field="method")
    if not name.strip():
        yield Violation("payee.name_missing", field="name")
    else:
        yield from violations_in_personal_data("name", name, field="name")
    if account.strip():
        yield from violations_in_personal_data("account", account, field="account")
    elif method not in WITHOUT_ACCOUNT:
        yield Violation("payee.account_missing", field="account")


def write_payee(case: Complaint, *, name: str, account: str, method: str, reason: str, by, at: datetime) -> Payee:
    """A new payee, sealed by a key of its own. For holders of the lock, inside `signed`."""
    key = PersonKey.fresh()
    key.save()
    return Payee.objects.create(
        customer=case.customer,
        key=key,
        name=seal(key, name, kind="name"),
        account=seal(key, account, kind="account"),
        method=method,
        reason=state_words(case, StatementKind.REASON, reason, by=by, at=at),
    )


def why_not_enter_payee(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against entering the first payee."""
    found = list(violations_in_grant_move(grant, GrantState.DRAFTED))
    if grant.payee_id is not None:
        found.append(Violation("payee.entered_already"))
    return found


@transaction.atomic
def enter_payee(
    grant_id: int, *, by, at: datetime, name: str, account: str, method: str, reason: str
) -> CompensationGrant:
    """Say to whom a drafted grant goes, and how that is known. The second time is a change."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "payee.enter", case, at=at)
    demand(
        why_not_enter_payee(grant, by=by, at=at),
        violations_in_payee(case, name=name, account=account, method=method),
        violations_in_reason(reason),
    )
    with signed(by=by, reason="payee.entered", at=at):
        grant.payee = write_payee(case, name=name, account=account, method=method, reason=reason, by=by, at=at)
        grant.save()
    return grant


def why_not_change_payee(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against another payee. What came back is drafted anew instead, under a new key."""
    found = list(violations_in_grant_move(grant, GrantState.DRAFTED, GrantState.AWAITING_APPROVAL, GrantState.APPROVED))
    if grant.payee_id is None:
        found.append(Violation("payee.none_to_change"))
    return found


@transaction.atomic
def change_payee(
    grant_id: int, *, by, at: datetime, name: str, account: str, method: str, reason: str
) -> CompensationGrant:
    """Pay somebody else, or elsewhere. Whatever was approved lapses, because it was approved for the payee seen."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "payee.enter", case, at=at)
    demand(
        why_not_change_payee(grant, by=by, at=at),
        violations_in_payee(case, name=name, account=account, method=method),
        violations_in_reason(reason),
    )
    with signed(by=by, reason="payee.changed", at=at):
        if grant.state != GrantState.DRAFTED:
            grant.lapse()
        grant.payee = write_payee(case, name=name, account=account, method=method, reason=reason, by=by, at=at)
        grant.save()
    return grant
