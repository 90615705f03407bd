"""Authority: exactly the limit is allowed, one cent more is not, and splitting does not help."""

from datetime import date
from decimal import Decimal

import pytest

from policies.rules.authority import Spent, role_that_may_grant, violations_in_grant
from policies.values import AuthorityLimits

TODAY = date(2026, 3, 31)
CENT = Decimal("0.01")
NOTHING = Spent()


def limits(code, rung, role, approvers, *amounts):
    grant, case, customer, day = map(Decimal, amounts)
    return AuthorityLimits(rung, code, rung, role, approvers, "CNY", grant, case, customer, 30, day)


STAFF = limits("staff", 1, "Staff", 0, 50, 100, 200, 500)
SUPERVISOR = limits("supervisor", 2, "Supervisors", 1, 500, 1000, 2000, 5000)
TWO = limits("two_supervisors", 3, "Supervisors", 2, 5000, 5000, 10000, 20000)
RUNGS = [TWO, STAFF, SUPERVISOR]


def codes(amount, spent=NOTHING, limit=STAFF, currency="CNY"):
    return [found.code for found in violations_in_grant(Decimal(amount), currency, spent, limit, on=TODAY)]


def rung(amount, spent=NOTHING, roles=("Staff",)):
    return role_that_may_grant(Decimal(amount), "CNY", spent, RUNGS, requester_roles=roles, on=TODAY)


@pytest.mark.parametrize(
    ("spent", "left", "code"),
    [
        (Spent(), 50, "grant.above_per_grant"),
        (Spent(on_case=Decimal(80)), 20, "grant.above_per_case"),
        (Spent(on_customer=((TODAY, Decimal(170)),)), 30, "grant.above_per_customer"),
        (Spent(by_requester_today=Decimal(490)), 10, "grant.above_per_day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_exactly_the_limit_and_one_cent_more(spent, left, code):
    assert codes(left, spent) == []
    assert codes(left + CENT, spent) == [code]


def test_the_window_counts_its_first_day_and_not_the_day_before():
    first_day = Spent(on_customer=((date(2026, 3, 2), Decimal(200)),))
    assert codes("0.01", first_day) == ["grant.above_per_customer"]
    assert codes("0.01", Spent(on_customer=((date(2026, 3, 1), Decimal(200)),))) == []


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+400", "0.001", "99999999999999999999"])
def test_what_is_no_amount_of_money(amount):
    assert codes(amount) == ["grant.amount_not_money"]


@pytest.mark.parametrize("amount", ["0", "-0", "-1"])
def test_an_amount_is_positive(amount):
    assert codes(amount) == ["grant.amount_not_positive"]


def test_another_currency_is_refused():
    assert codes(10, currency="USD") == ["grant.other_currency"]


def test_the_lowest_rung_that_allows_it_decides():
    assert rung(50).limit is STAFF
    assert rung(50).approvers == 0
    assert rung(50 + CENT).limit is SUPERVISOR
    assert rung(500 + CENT).limit is TWO
    assert rung(5000).approvers == 2


def test_above_every_limit_nobody_may():
    nobody = rung(5000 + CENT)
    assert nobody.limit is None
    assert nobody.approvers is None
    assert nobody.why[-1].code == "grant.above_every_limit"


def test_own_authority_is_of_the_own_role():
    assert rung(10, roles=("Operations",)).limit is SUPERVISOR


def test_the_day_of_the_approver_counts_for_the_approver():
    spent = Spent(by_requester_today=Decimal(9999), by_approver_today=Decimal(4600))
    assert codes(400, spent, SUPERVISOR) == []
    assert codes(400 + CENT, spent, SUPERVISOR) == ["grant.above_per_day"]


def test_the_reasons_say_what_is_left():
    (found,) = violations_in_grant(Decimal(45), "CNY", Spent(on_case=Decimal(70)), STAFF, on=TODAY)
    assert (found.params["spent"], found.params["left"]) == (70, 30)
