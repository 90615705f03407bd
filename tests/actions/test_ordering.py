"""The order is linked once it is known, with who signed for the parcel."""

import pytest

from complaints.actions.customers import OrderData
from complaints.actions.ordering import record_order
from complaints.models import Order
from complaints.states import CaseState
from complaints.vocabulary import SignedBy
from tests.building import a_case, an_assessing_case
from tests.cast import AT, later
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

FOUND = {"number": "990", "product_name": "毛衣", "reason": "客户补充订单号"}


@pytest.fixture
def case(cast):
    """Registered without an order."""
    return an_assessing_case(cast, order=OrderData())


def test_a_new_order_is_linked_with_its_product(cast, case):
    case = record_order(case.pk, by=cast.ana, at=AT, **FOUND)
    assert (case.order.number, case.order.shop, case.order.customer) == ("990", case.shop, case.customer)
    assert (case.product.name, case.act_reason.words) == ("毛衣", "客户补充订单号")


def test_a_known_order_of_the_shop_is_linked_and_what_is_empty_stays(cast, case):
    record_order(case.pk, by=cast.ana, at=AT, **FOUND)
    other = an_assessing_case(cast, order=OrderData(), content="另一件", customer_id=case.customer_id)
    other = record_order(other.pk, by=cast.ana, at=AT, number="990", reason="同一订单", signed_by=SignedBy.CUSTOMER)
    assert Order.objects.get().signed_by == SignedBy.CUSTOMER
    assert other.product.name == "毛衣"
    record_order(other.pk, by=cast.ana, at=AT, reason="物流轨迹", waybill_number="SF123")
    assert (Order.objects.get().waybill_number, Order.objects.get().signed_by) == ("SF123", SignedBy.CUSTOMER)


def test_the_same_again_changes_nothing_of_the_order(cast, case):
    record_order(case.pk, by=cast.ana, at=AT, **FOUND)
    version = Order.objects.get().version
    record_order(case.pk, by=cast.ana, at=AT, **FOUND)
    assert Order.objects.get().version == version


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": " "}, "order.number_missing"),
        ({"number": "1.1E+17"}, "order.number_damaged"),
        ({"reason": ""}, "reason.missing"),
        ({"signed_by": "the dog"}, "order.signer_unknown"),
        ({"shipped_at": later(seconds=1)}, "order.moment_in_future"),
        ({"signed_at": later(seconds=1)}, "order.moment_in_future"),
    ],
)
def test_each_clause_alone_refuses(cast, case, changes, code):
    with refused(code):
        record_order(case.pk, by=cast.ana, at=AT, **FOUND | changes)


def test_facts_stand_still_while_a_decision_is_pending_and_after_the_end(cast):
    pending = a_case(cast, CaseState.REFUSAL_PROPOSED)
    with refused("case.decision_pending"):
        record_order(pending.pk, by=cast.ana, at=AT, **FOUND)


def test_an_ended_case_is_read_only(cast):
    ended = a_case(cast, CaseState.WITHDRAWN)
    with refused("case.ended"):
        record_order(ended.pk, by=cast.ana, at=AT, **FOUND)


@pytest.mark.parametrize("name", ["ben", "wen", "olga", "axel"])
def test_others_may_not(cast, case, name):
    with denied():
        record_order(case.pk, by=getattr(cast, name), at=AT, **FOUND)
