"""Whose word is enough for a grant: what is left before it is asked for, and what was weighed, kept to be told."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from casemgmt.money import house_currency
from complaints.actions.counting_money import ASKED_OR_GRANTED, GRANTED, spent_beside
from complaints.actions.empowering import authority_in_force, limits_on, limits_with
from complaints.actions.weighing_money import grant_facts
from complaints.models import CaseAuthority, CompensationGrant, Complaint
from complaints.roles import day_of, groups_of
from complaints.rules.granting import goes_beyond_commitment, route_of, violations_in_typed_amount
from policies.lookup import PoliciesInForce, policies_by_id
from policies.rules.authority import Authority, Rung, Spent, rungs_for
from policies.values import AuthorityLimits


@dataclass(frozen=True, slots=True)
class Outlook:
    """A request before it is asked for: every rung with it, and whose word would be enough.

    `authority` is None while nothing can be said about the amount. `beyond_commitment`: more than the order was worth.
    """

    amount: Decimal | None
    rungs: tuple[Rung, ...]
    authority: Authority | None
    beyond_commitment: bool = False


def outlook_on(
    case: Complaint,
    policies: PoliciesInForce,
    *,
    by,
    at: datetime,
    amount: Decimal | None,
    kind: str = "",
    legal_reference: str = "",
    grant: CompensationGrant | None = None,
) -> Outlook:
    """The route that handing it in now would take, by the rule that takes it then; nothing is locked or written."""
    grant = grant or CompensationGrant(case=case, asked_by=by, asked_at=at)
    limits, roles, on = limits_on(case, by, policies, at=at), groups_of(by), day_of(at)
    spent = spent_beside(grant, case, ASKED_OR_GRANTED, requester=by.pk, at=at)
    if amount is None or any(violations_in_typed_amount(amount)):
        return Outlook(None, rungs_for(Decimal(0), spent, limits, requester_roles=roles, on=on), None)
    typed = {"amount": amount, "currency": house_currency(), "kind": policies.compensation_kinds.get(kind)}
    facts = grant_facts(grant, case, policies, spent=spent, **typed, legal_reference=legal_reference)
    return Outlook(
        amount,
        rungs_for(amount, spent, limits, requester_roles=roles, on=on),
        route_of(facts, spent, limits, roles=roles, on=on),
        goes_beyond_commitment(facts),
    )


def _spent_to_keep(spent: Spent) -> dict:
    return {
        "on_case": str(spent.on_case),
        "on_customer": [[day.isoformat(), str(amount)] for day, amount in spent.on_customer],
        "by_requester_today": str(spent.by_requester_today),
        "by_approver_today": str(spent.by_approver_today),
    }


def _spent_kept(kept: dict) -> Spent:
    return Spent(
        on_case=Decimal(kept["on_case"]),
        on_customer=tuple((date.fromisoformat(day), Decimal(amount)) for day, amount in kept["on_customer"]),
        by_requester_today=Decimal(kept["by_requester_today"]),
        by_approver_today=Decimal(kept["by_approver_today"]),
    )


def weighed_to_keep(
    grant: CompensationGrant, case: Complaint, policies: PoliciesInForce, authority: Authority, *, at: datetime
) -> dict:
    """What the route of a request rests on: sums counted, rows of limits, roles, and the row that carried."""
    spent = spent_beside(grant, case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=at)
    kind = policies.compensation_kinds.get(grant.kind)
    given = authority_in_force(case, grant.asked_by, at=at)
    return {
        "asked": {
            "amount": str(grant.amount),
            "currency": grant.currency,
            "on": day_of(at).isoformat(),
            "roles": sorted(str(role) for role in groups_of(grant.asked_by)),
            "spent": _spent_to_keep(spent),
            "limits": [limit.policy_id for limit in policies.limits.values()],
            "limit": authority.limit.policy_id,
            "code": authority.limit.code,
            "case_authority": given.pk if given is not None else None,
            "beyond_commitment": goes_beyond_commitment(grant_facts(grant, case, policies)),
            "kind": kind.policy_id if kind is not None else None,
        },
        "approvals": [],
    }


def with_approval(grant: CompensationGrant, case: Complaint, policies: PoliciesInForce, *, by, at: datetime) -> dict:
    """The same with this yes: the sums that the approver's limits were measured against."""
    spent = spent_beside(grant, case, GRANTED, requester=grant.asked_by_id, approver=by.pk, at=at)
    said = {
        "by": by.pk,
        "on": day_of(at).isoformat(),
        "roles": sorted(str(role) for role in groups_of(by)),
        "spent": _spent_to_keep(spent),
        "limits": [limit.policy_id for limit in policies.limits.values()],
    }
    return {**grant.weighed, "approvals": [*grant.weighed.get("approvals", []), said]}


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weighing, computed again: every rung with its arithmetic, and the one that carried then and now."""

    on: date
    rungs: tuple[Rung, ...]
    carried: AuthorityLimits | None
    is_same: bool
    beyond_commitment: bool = False
    kind_id: int | None = None
    approver_id: int | None = None


def weighings_of(grant: CompensationGrant) -> tuple[Weighing, ...]:
    """How the grant was weighed: when it was handed in, and at each yes. Empty for a request that was not handed in."""
    if "asked" not in grant.weighed:
        return ()
    asked = grant.weighed["asked"]
    amount = Decimal(asked["amount"])
    kept = [asked, *grant.weighed["approvals"]]
    rows = policies_by_id(number for part in kept for number in part["limits"])
    first = _asked_again(asked, amount, rows)
    said = tuple(_approved_again(grant, part, amount, rows) for part in grant.weighed["approvals"])
    return (first, *said)


def _asked_again(kept: dict, amount: Decimal, rows: dict) -> Weighing:
    on, limits = date.fromisoformat(kept["on"]), [rows[number] for number in kept["limits"]]
    limits = limits_with(CaseAuthority.objects.filter(pk=kept["case_authority"]).first(), limits)
    rungs = rungs_for(amount, _spent_kept(kept["spent"]), limits, requester_roles=kept["roles"], on=on)
    beyond = kept["beyond_commitment"]
    carrying = [rung.limit for rung in rungs if rung.carries and (rung.limit.approvers or not beyond)]
    carried = carrying[0] if carrying else None
    is_same = carried is not None and (carried.policy_id, carried.code) == (kept["limit"], kept["code"])
    return Weighing(on, rungs, carried, is_same, beyond, kept["kind"])


def _approved_again(grant: CompensationGrant, kept: dict, amount: Decimal, rows: dict) -> Weighing:
    on, limits = date.fromisoformat(kept["on"]), [rows[number] for number in kept["limits"]]
    rungs = rungs_for(amount, _spent_kept(kept["spent"]), limits, requester_roles=(), on=on)
    mine = [rung for rung in rungs if rung.limit.approvers == grant.approvals_needed]
    mine = [rung for rung in mine if rung.limit.role in kept["roles"]]
    carried = next((rung.limit for rung in mine if rung.carries), None)
    return Weighing(on, tuple(mine), carried, carried is not None, approver_id=kept["by"])
