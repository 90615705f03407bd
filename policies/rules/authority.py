"""Who may grant how much: the limits of a role per grant, case, customer and day (S-CMP-05, S-CMP-06).

The sources name no amount; every figure is a dated row. Each limit itself is allowed, one cent more is not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from casemgmt.violations import Violation
from policies.values import AuthorityLimits

CENT = Decimal("0.01")
TOO_MUCH = Decimal(10) ** 10
ABOVE = {
    "per_grant": "grant.above_per_grant",
    "per_case": "grant.above_per_case",
    "per_customer": "grant.above_per_customer",
    "per_day": "grant.above_per_day",
}
"""limit → what is said when a grant goes above it."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What is granted already (awaiting, approved or paid), without the grant that is asked for.

    `on_customer` lists day and amount of every grant to the customer or order, this case and linked ones
    included. The last two are sums of today: of who asks, and of who approves.
    """

    on_case: Decimal = Decimal(0)
    on_customer: tuple[tuple[date, Decimal], ...] = ()
    by_requester_today: Decimal = Decimal(0)
    by_approver_today: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Authority:
    """Whose word is enough: the row of limits, None when nobody's is; and what each lower rung forbids."""

    limit: AuthorityLimits | None
    why: tuple[Violation, ...]

    @property
    def approvers(self) -> int | None:
        """How many other people must agree: 0 is the asker's own authority, None that nobody may."""
        return None if self.limit is None else self.limit.approvers


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit of a rung with its arithmetic: what is counted already, what is asked for, and the most."""

    name: str
    most: Decimal
    already: Decimal
    amount: Decimal

    @property
    def left(self) -> Decimal:
        """What is left before this grant; never less than nothing."""
        return max(self.most - self.already, Decimal(0))

    @property
    def holds(self) -> bool:
        """Exactly the limit is allowed."""
        return self.already + self.amount <= self.most


@dataclass(frozen=True, slots=True)
class Rung:
    """One row of limits as it stands to a grant. `is_open`: the asker holds its role, or others decide on it."""

    limit: AuthorityLimits
    lines: tuple[LimitLine, ...]
    is_open: bool

    @property
    def carries(self) -> bool:
        """Whether the word of this rung is enough for the amount."""
        return self.is_open and all(line.holds for line in self.lines)


def lines_of_limit(amount: Decimal, spent: Spent, limit: AuthorityLimits, *, on: date) -> tuple[LimitLine, ...]:
    """The four limits of a rung: per grant, case, customer in the window, and day of whoever's word it is."""
    since = on - timedelta(days=limit.window_days - 1)
    on_customer = sum((earlier for day, earlier in spent.on_customer if since <= day <= on), Decimal(0))
    today = spent.by_approver_today if limit.approvers else spent.by_requester_today
    return (
        LimitLine("per_grant", limit.per_grant, Decimal(0), amount),
        LimitLine("per_case", limit.per_case, spent.on_case, amount),
        LimitLine("per_customer", limit.per_customer, on_customer, amount),
        LimitLine("per_day", limit.per_day, today, amount),
    )


def rungs_for(
    amount: Decimal, spent: Spent, limits: Iterable[AuthorityLimits], *, requester_roles: Iterable[str], on: date
) -> tuple[Rung, ...]:
    """Every rung from the lowest, with its arithmetic; the first that carries is the route `role_that_may_grant` takes.

    With an amount of nothing it tells what is left before anything is asked for.
    """
    roles = set(requester_roles)
    return tuple(
        Rung(limit, lines_of_limit(amount, spent, limit, on=on), bool(limit.approvers) or limit.role in roles)
        for limit in sorted(limits, key=lambda limit: limit.rung)
    )


def violations_in_amount(amount: Decimal, currency: str, limit_currency: str) -> Iterator[Violation]:
    """What is wrong with the amount itself, whoever grants it."""
    if not amount.is_finite() or abs(amount) >= TOO_MUCH or amount != amount.quantize(CENT):
        yield Violation("grant.amount_not_money", field="amount")
    elif amount <= 0:
        yield Violation("grant.amount_not_positive", field="amount")
    if currency != limit_currency:
        yield Violation("grant.other_currency", field="currency", params={"currency": limit_currency})


def violations_in_grant(
    amount: Decimal, currency: str, spent: Spent, limit: AuthorityLimits, *, on: date
) -> Iterator[Violation]:
    """What of this rung's limits the grant would break on the day `on`, each with what is left."""
    wrong = list(violations_in_amount(amount, currency, limit.currency))
    if wrong:
        yield from wrong
        return
    for line in lines_of_limit(amount, spent, limit, on=on):
        if not line.holds:
            yield Violation(
                ABOVE[line.name],
                field="amount",
                params={
                    "limit": line.most,
                    "spent": line.already,
                    "left": line.left,
                    "currency": limit.currency,
                    "rung": limit.code,
                    "days": limit.window_days,
                },
            )


def role_that_may_grant(
    amount: Decimal,
    currency: str,
    spent: Spent,
    limits: Iterable[AuthorityLimits],
    *,
    requester_roles: Iterable[str],
    on: date,
) -> Authority:
    """The lowest rung that allows the grant: own authority, a supervisor, two supervisors, nobody.

    The asker's own authority counts only for a role that the asker holds. The approver is not known yet when
    this is asked for a request; the day's sum of the approver is checked again when one approves.
    """
    requester_roles = set(requester_roles)
    why: list[Violation] = []
    rungs = sorted(limits, key=lambda limit: limit.rung)
    for limit in rungs:
        if limit.approvers == 0 and limit.role not in requester_roles:
            continue
        broken = list(violations_in_grant(amount, currency, spent, limit, on=on))
        if not broken:
            return Authority(limit, tuple(why))
        why.extend(found for found in broken if found not in why)
    highest = max((limit.per_grant for limit in rungs), default=Decimal(0))
    return Authority(None, (*why, Violation("grant.above_every_limit", field="amount", params={"limit": highest})))
