"""Invariant 2: what was given stays within the limit that was cited when it was approved, however it was split."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Min, Q

from complaints.invariants.breaches import Breach, Check
from complaints.models import CompensationGrant, Complaint
from complaints.roles import day_of
from complaints.states import GrantState
from policies.lookup import policies_over_time

GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
LABEL = CompensationGrant._meta.label_lower


class Given(NamedTuple):
    """A grant that somebody agreed to: what its limits count."""

    pk: int
    amount: Decimal
    currency: str
    limit_policy_id: int
    own_authority: bool
    asked_by: int
    last_word_by: int | None
    counted_on: date
    agreed_on: date
    case_id: int
    customer_id: int | None


class _Sums:
    """What was given before, in the order in which it was agreed to; each grant is added after it was looked at."""

    def __init__(self):
        self.by_case: defaultdict[tuple, Decimal] = defaultdict(Decimal)
        self.by_customer: defaultdict[tuple, list[tuple[date, Decimal]]] = defaultdict(list)
        self.by_asker: defaultdict[tuple, Decimal] = defaultdict(Decimal)
        self.by_approver: defaultdict[tuple, Decimal] = defaultdict(Decimal)

    def above(self, given: Given, limit) -> Iterator[str]:
        """The codes of the limits that this grant, on top of the others, is above."""
        if given.amount > limit.per_grant:
            yield "invariant.money_above_a_grant"
        if self.by_case[given.case_id, given.currency] + given.amount > limit.per_case:
            yield "invariant.money_above_a_case"
        since = given.agreed_on - timedelta(days=limit.window_days - 1)
        earlier = self.by_customer[given.customer_id, given.currency] if given.customer_id else []
        spent = sum((amount for day, amount in earlier if since <= day <= given.agreed_on), Decimal(0))
        if spent + given.amount > limit.per_customer:
            yield "invariant.money_above_a_customer"
        whose, person = (
            (self.by_asker, given.asked_by) if given.own_authority else (self.by_approver, given.last_word_by)
        )
        if whose[person, given.agreed_on, given.currency] + given.amount > limit.per_day:
            yield "invariant.money_above_a_day"

    def add(self, given: Given) -> None:
        """Count it for those that come after."""
        self.by_case[given.case_id, given.currency] += given.amount
        self.by_customer[given.customer_id, given.currency].append((given.counted_on, given.amount))
        self.by_asker[given.asked_by, given.counted_on, given.currency] += given.amount
        if not given.own_authority:
            self.by_approver[given.last_word_by, given.agreed_on, given.currency] += given.amount


def limits() -> Iterator[Breach]:
    """2: per grant, per case, per customer in the window, and per person and day, by the row that was cited.

    Counts what still stands, in the order of the approvals as history has them. A case whose customer changed since
    is left out of the sum of the customer: what counted then was another person's.
    """
    book, sums = policies_over_time(), _Sums()
    undated = CompensationGrant.objects.filter(state__in=GRANTED).filter(Q(approved_at=None) | Q(limit_policy_id=None))
    yield from Check(2, "invariant.money_agreed_to_by_no_limit", undated).breaches()
    for given in _given():
        limit = book.by_id(given.limit_policy_id)
        for code in sums.above(given, limit):
            yield Breach(2, code, LABEL, given.pk)
        sums.add(given)


def _given() -> Iterator[Given]:
    stands = CompensationGrant.objects.filter(
        state__in=GRANTED, approved_at__isnull=False, limit_policy_id__isnull=False
    )
    agreed = CompensationGrant.history.filter(state=GrantState.APPROVED).values_list(
        "id", "approved_at", "second_approved_at"
    )
    order = {tuple(key): first for *key, first in agreed.order_by().annotate(first=Min("history_id"))}
    moved = _cases_that_changed_customer()
    rows = stands.values_list(
        "pk", "amount", "currency", "limit_policy_id", "own_authority", "asked_by_id", "approved_by_id",
        "second_approved_by_id", "approved_at", "second_approved_at", "case_id", "case__customer_id",
    )  # fmt: skip
    found = sorted(rows, key=lambda row: order.get((row[0], row[8], row[9]), row[0]))
    for pk, amount, currency, limit, own, asker, first, second, at, second_at, case, customer in found:
        yield Given(
            pk,
            amount,
            currency,
            limit,
            own,
            asker,
            second or first,
            day_of(at),
            day_of(second_at or at),
            case,
            None if case in moved else customer,
        )


def _cases_that_changed_customer() -> frozenset[int]:
    with_money = CompensationGrant.objects.filter(state__in=GRANTED).values("case")
    known = Complaint.history.filter(id__in=with_money).order_by().values_list("id", "customer_id").distinct()
    seen: set[int] = set()
    return frozenset(case for case, _customer in known if case in seen or seen.add(case))
