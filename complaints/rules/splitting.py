"""Sums close under a limit, several of them near to each other: one sum that was split (S-CMP-05, S-CMP-06).

A pattern decides nothing and accuses nobody: limits count together anyway. It is shown to whoever approves and audits.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from policies.values import AuthorityLimits


class Shared(StrEnum):
    """What the grants of a pattern have in common."""

    CUSTOMER = "customer"
    ORDER = "order"
    REQUESTER = "requester"


@dataclass(frozen=True, slots=True)
class Given:
    """A grant that was asked for or given: how much, when, to whom, at whose request."""

    grant: int
    amount: Decimal
    currency: str
    on: date
    customer: int | None
    order: int | None
    requester: int

    def shares(self, shared: Shared) -> int | None:
        """The key of what may be shared; None when nobody knows it."""
        return {Shared.CUSTOMER: self.customer, Shared.ORDER: self.order, Shared.REQUESTER: self.requester}[shared]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Grants of one customer, order or requester, all close under the same limit and near to each other."""

    shared: Shared
    key: int
    limit: AuthorityLimits
    grants: tuple[Given, ...]

    @property
    def total(self) -> Decimal:
        """All of them together."""
        return sum((given.amount for given in self.grants), Decimal(0))

    @property
    def keys(self) -> frozenset[int]:
        """The grants by their keys."""
        return frozenset(given.grant for given in self.grants)

    @property
    def days(self) -> tuple[date, date]:
        """The day of the first and of the last."""
        return self.grants[0].on, self.grants[-1].on


def floor_of(limit: AuthorityLimits) -> Decimal | None:
    """The smallest sum that is close under this limit; None for a limit that nobody watches."""
    return limit.per_grant * limit.near_percent / 100 if limit.near_percent and limit.near_days else None


def is_close_under(given: Given, limit: AuthorityLimits) -> bool:
    """Whether the sum just fits: the limit itself is close under it, one cent more is above."""
    floor = floor_of(limit)
    return floor is not None and given.currency == limit.currency and floor <= given.amount <= limit.per_grant


def _enough(limit: AuthorityLimits, shared: Shared) -> int:
    return limit.near_of_requester if shared == Shared.REQUESTER else limit.near_of_customer


def split_patterns(given: Iterable[Given], limits: Iterable[AuthorityLimits]) -> tuple[Pattern, ...]:
    """Every pattern, the newest first. The same grants for one customer and their one order are told once, as
    the customer's."""
    given = sorted(given, key=lambda one: (one.on, one.grant))
    found: list[Pattern] = []
    for limit in sorted(limits, key=lambda limit: limit.rung):
        close = [one for one in given if is_close_under(one, limit)]
        for shared in Shared:
            for pattern in _patterns_of(close, limit, shared):
                told = any(pattern.keys <= other.keys and other.limit is limit for other in found)
                if shared != Shared.ORDER or not told:
                    found.append(pattern)
    return tuple(sorted(found, key=lambda pattern: pattern.days[1], reverse=True))


def _patterns_of(close: list[Given], limit: AuthorityLimits, shared: Shared) -> Iterator[Pattern]:
    enough = _enough(limit, shared)
    if enough < 1:
        return
    groups: dict[int, list[Given]] = {}
    for one in close:
        key = one.shares(shared)
        if key is not None:
            groups.setdefault(key, []).append(one)
    for key, group in groups.items():
        for run in _runs(group, enough, timedelta(days=limit.near_days - 1)):
            yield Pattern(shared, key, limit, run)


def _runs(group: list[Given], enough: int, span: timedelta) -> Iterator[tuple[Given, ...]]:
    """Members of windows that hold enough of them; windows that overlap are one run."""
    members: set[int] = set()
    first = 0
    for last, one in enumerate(group):
        while one.on - group[first].on > span:
            first += 1
        if last - first + 1 >= enough:
            members.update(range(first, last + 1))
    run: list[Given] = []
    for place, one in enumerate(group):
        if place in members and run and one.on - run[-1].on > span:
            yield tuple(run)
            run = []
        if place in members:
            run.append(one)
    if run:
        yield tuple(run)
