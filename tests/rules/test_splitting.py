"""Sums close under a limit: exactly at the floor and at the limit counts, a cent beside it does not."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest

from complaints.rules.splitting import Given, Shared, is_close_under, split_patterns
from policies.values import AuthorityLimits

TODAY = date(2026, 3, 31)
STAFF = AuthorityLimits(
    1, "staff", 1, "Staff", 0, "CNY", *map(Decimal, (50, 100, 200)), 30, Decimal(500),
    near_percent=80, near_days=30, near_of_customer=2, near_of_requester=3,
)  # fmt: skip
UNWATCHED = AuthorityLimits(
    2, "supervisor", 2, "Supervisors", 1, "CNY", *map(Decimal, (500, 900, 900)), 30, Decimal(900)
)
KEYS = count(1)


def given(amount="45", ago=0, customer=None, order=None, requester=None, currency="CNY"):
    key = next(KEYS)
    on = TODAY - timedelta(days=ago)
    return Given(key, Decimal(amount), currency, on, customer, order, requester or 1000 + key)


def told(*rows, limits=(STAFF, UNWATCHED)):
    return [
        (pattern.shared, [rows.index(one) for one in pattern.grants], pattern.total)
        for pattern in split_patterns(rows, limits)
    ]


@pytest.mark.parametrize(("amount", "is_close"), [("39.99", False), ("40.00", True), ("50.00", True), ("50.01", False)])
def test_the_floor_and_the_limit_themselves_are_close_under_it(amount, is_close):
    assert is_close_under(given(amount), STAFF) is is_close


def test_another_currency_and_a_limit_that_nobody_watches_are_never_close():
    assert not is_close_under(given(currency="GBP"), STAFF)
    assert not is_close_under(given("480"), UNWATCHED)


def test_two_to_one_customer_within_the_days_are_a_pattern():
    assert told(given("50", 29, customer=7), given("45", 0, customer=7)) == [(Shared.CUSTOMER, [0, 1], 95)]
    assert told(given("50", 30, customer=7), given("45", 0, customer=7)) == [], "one day later they are far apart"
    assert told(given(customer=7), given(customer=8)) == []


def test_a_customer_nobody_knows_is_nobody():
    assert told(given(), given()) == []


def test_one_order_is_told_once_when_the_customer_is_the_same():
    assert told(given(customer=7, order=3), given(customer=7, order=3)) == [(Shared.CUSTOMER, [0, 1], 90)]
    assert told(given(customer=7, order=3), given(customer=8, order=3)) == [(Shared.ORDER, [0, 1], 90)]


def test_one_requester_takes_more_of_them():
    rows = [given(requester=5, customer=number) for number in (1, 2, 3)]
    assert told(*rows[:2]) == []
    assert told(*rows) == [(Shared.REQUESTER, [0, 1, 2], 135)]


def test_windows_that_overlap_are_one_and_those_far_apart_are_two_the_newest_first():
    rows = [given(ago=ago, customer=7) for ago in (200, 190, 50, 25, 0)]
    assert told(*rows) == [(Shared.CUSTOMER, [2, 3, 4], 135), (Shared.CUSTOMER, [0, 1], 90)]
