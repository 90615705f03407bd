"""More authority for the handler of one case, until an instant: given by a superior, counted like any other limit."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from casemgmt.amounts import amount_in
from casemgmt.money import house_currency
from casemgmt.people.models import Person
from casemgmt.violations import Violation
from complaints.models import CaseAuthority, CompensationGrant, Complaint, Escalation
from complaints.roles import day_of, groups_of
from complaints.rules import empowering as rules
from complaints.states import GrantState
from policies.lookup import PoliciesInForce, periods_in_force, policies_in_force, policy_by_id
from policies.values import AuthorityLimits

UNREADABLE = Decimal("NaN")
GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)


def authority_in_force(case: Complaint, person: Person, *, at: datetime) -> CaseAuthority | None:
    """What this person was given for this case and still has at the instant `at`: the highest of them."""
    given = case.authorities.filter(person=person, given_at__lte=at, valid_until__gt=at)
    return given.order_by("-amount", "pk").first()


def limits_with(given: CaseAuthority | None, limits: Iterable[AuthorityLimits]) -> list[AuthorityLimits]:
    """The rows of limits, and what was given for the case as a rung of its own between one's own and the next."""
    limits = list(limits)
    return limits if given is None else [*limits, _as_limits(given, limits)]


def limits_on(case: Complaint, person: Person, policies: PoliciesInForce, *, at: datetime) -> list[AuthorityLimits]:
    """Every row of limits that is asked when this person asks for money on this case. One query."""
    return limits_with(authority_in_force(case, person, at=at), policies.limits.values())


def _as_limits(given: CaseAuthority, limits: Iterable[AuthorityLimits]) -> AuthorityLimits:
    """The superior's own row bounds the customer's sum and the day; the case is bound by the amount."""
    row = policy_by_id(given.limit_policy_id)
    own = [limit.rung for limit in limits if limit.approvers == 0]
    return replace(
        row,
        code=rules.CODE,
        rung=max(own, default=row.rung),
        role=min(groups_of(given.person), default=""),
        approvers=0,
        per_grant=given.amount,
        per_case=given.amount,
    )


def amount_typed(typed: Decimal | str | None) -> Decimal | None:
    """The amount as it was typed: None for nothing, not a number for what cannot be read."""
    if typed is None or not str(typed).strip():
        return None
    found = amount_in(typed)
    return UNREADABLE if found is None else found


def violations_in_authority(
    case: Complaint, *, by: Person, at: datetime, amount: Decimal | None, valid_until: datetime | None
) -> Iterator[Violation]:
    """Why this much authority until then cannot be given by this superior to the handler of the case."""
    policies = policies_in_force(at)
    limit = _limit_of(by, policies)
    own = [row.per_grant for row in policies.limits.values() if row.approvers == 0]
    yield from rules.violations_in_authority(
        rules.AuthorityFacts(
            amount=amount,
            until=valid_until,
            at=at,
            latest=at + timedelta(days=periods_in_force(at).case_authority_days),
            has_handler=case.handler_id is not None,
            own_of_handler=max(own, default=Decimal(0)),
            at_once=limit.per_grant if limit else Decimal(0),
            left_today=_left_today(by, limit, at) if limit else Decimal(0),
            currency=house_currency(),
        )
    )


def _limit_of(by, policies) -> AuthorityLimits | None:
    rows = [row for row in policies.limits.values() if row.approvers == 1 and row.role in groups_of(by)]
    return max(rows, key=lambda row: row.rung, default=None)


def _left_today(by, limit, at) -> Decimal:
    """What is left of the superior's day: what they approved and what they gave away counts together."""
    today = day_of(at)
    approved = CompensationGrant.objects.filter(
        Q(approved_by=by, approved_at__date=today) | Q(second_approved_by=by, second_approved_at__date=today),
        state__in=GRANTED,
    ).aggregate(sum=Sum("amount"))["sum"]
    given = CaseAuthority.objects.filter(given_by=by, given_at__date=today).aggregate(sum=Sum("amount"))["sum"]
    return max(limit.per_day - (approved or 0) - (given or 0), Decimal(0))


def give_authority(
    escalation: Escalation, case: Complaint, *, by: Person, at: datetime, amount: Decimal, valid_until: datetime
) -> CaseAuthority:
    """Write it down. For holders of the case's lock, inside `signed`, when nothing stands against it."""
    limit = _limit_of(by, policies_in_force(at))
    return CaseAuthority.objects.create(
        case=case,
        escalation=escalation,
        person=case.handler,
        amount=amount,
        currency=house_currency(),
        given_by=by,
        given_at=at,
        valid_until=valid_until,
        limit_policy_id=limit.policy_id,
    )
