"""Freight that the shop owes: a sum of its own with its clause, agreed to and paid by others, once (S-RET-08)."""

from decimal import Decimal

import pytest

from casemgmt.ledger import signed
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import cancel_grant, change_grant, submit_grant
from complaints.actions.receiving_returns import accept_return, inspect_return
from complaints.actions.refunding import note_freight
from complaints.models import ReturnRequest
from complaints.states import GrantState
from tests.cast import AT, later
from tests.ledger.acting import refused as refused_in_sql
from tests.money import PAYEE, REQUEST, pay
from tests.returns import ALL_WELL, a_bought_case, a_received_return, an_accepted_return
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
NEXT = later(days=1, hours=1)
BEYOND = {"entitlement": ""}
"""Agreed to beyond the law, the shop paying the freight."""


@pytest.fixture
def case(cast):
    return a_bought_case(cast)


def test_freight_noted_before_is_asked_for_with_the_goods_taken_and_paid_once(cast, case):
    request = a_received_return(cast, case, **BEYOND)
    note_freight(request.pk, by=cast.ana, at=NEXT, amount="12.50")
    assert case.grants.count() == 0
    inspect_return(request.pk, by=cast.ana, at=NEXT, checks={"complete": True})
    request = accept_return(request.pk, by=cast.ana, at=NEXT)
    freight = request.freight_refund
    assert (freight.kind, freight.amount, freight.state) == ("return_freight", Decimal("12.50"), GrantState.DRAFTED)
    assert request.refund.amount == Decimal("689.00"), "the price is another sum"
    with refused("return.refund_is_exact"):
        change_grant(freight.pk, by=cast.ana, at=NEXT, **REQUEST | {"kind": "return_freight", "amount": "99"})
    with refused("return.freight_asked_already"):
        note_freight(request.pk, by=cast.ana, at=NEXT, amount="99")
    enter_payee(freight.pk, by=cast.ana, at=NEXT, **PAYEE)
    asked = submit_grant(freight.pk, by=cast.ana, at=NEXT)
    assert (asked.state, asked.own_authority) == (GrantState.APPROVED, True), "the limits are those of all money"
    with denied():
        pay(asked, cast.ana, at=later(days=2), reference="ZF-YF")
    paid = pay(asked, cast.olga, at=later(days=2), reference="ZF-YF")
    assert paid.state == GrantState.PAID
    with refused("return.freight_asked_already"):
        note_freight(request.pk, by=cast.ana, at=later(days=3), amount="12.50")


def test_noted_after_the_goods_were_taken_it_is_asked_for_at_once_and_again_after_a_cancelled_one(cast, case):
    request = an_accepted_return(cast, case, checks={"complete": True}, **BEYOND)
    assert request.freight_refund is None
    first = note_freight(request.pk, by=cast.ana, at=NEXT, amount="12").freight_refund
    cancel_grant(first.pk, by=cast.ana, at=NEXT, reason="金额填错。")
    second = note_freight(request.pk, by=cast.ana, at=NEXT, amount="15").freight_refund
    assert (second.amount, second.pk != first.pk) == (Decimal("15.00"), True)


def test_what_the_customer_bears_is_not_given_back(cast, case):
    own = an_accepted_return(cast, case, checks=ALL_WELL)
    with refused("return.freight_not_ours"):
        note_freight(own.pk, by=cast.ana, at=NEXT, amount="12")


def test_freight_is_a_sum_and_noted_by_who_handles_the_case(cast, case):
    request = a_received_return(cast, case, **BEYOND)
    for amount in ("0", "-1", "abc", ""):
        with refused("return.freight_amount"):
            note_freight(request.pk, by=cast.ana, at=NEXT, amount=amount)
    with denied():
        note_freight(request.pk, by=cast.olga, at=NEXT, amount="12")


def test_the_clause_by_which_we_bear_it_stands_on_the_sum(cast, case):
    request = a_received_return(cast, case, entitlement="faulty_return")
    note_freight(request.pk, by=cast.ana, at=NEXT, amount="12")
    inspect_return(request.pk, by=cast.ana, at=NEXT, checks={"complete": True})
    assert accept_return(request.pk, by=cast.ana, at=NEXT).freight_refund.legal_reference == "consumer-law-24"


def test_the_database_gives_no_freight_that_is_not_ours_or_of_another_sum(cast, case):
    request = an_accepted_return(cast, case, checks={"complete": True}, **BEYOND)
    freight = note_freight(request.pk, by=cast.ana, at=NEXT, amount="12").freight_refund
    rows = ReturnRequest.objects.filter(pk=request.pk)
    for changes in ({"freight_paid": 99}, {"freight": "customer"}, {"freight_refund": None}):
        with signed(by=cast.ana, reason="test", at=AT), refused_in_sql("return.freight_not_owed"):
            rows.update(**changes)
    assert rows.get().freight_refund == freight
