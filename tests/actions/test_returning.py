"""Returns: asked for by a right, decided lawfully, taken back, sent; the database lets nothing else pass."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from casemgmt.ledger import signed
from complaints.actions.asking_returns import ask_return
from complaints.actions.customers import OrderData
from complaints.actions.knowing import state_facts
from complaints.actions.ordering import record_order
from complaints.actions.returning import agree_return, cancel_return, decline_return, note_sent
from complaints.models import ReturnRequest
from complaints.states import CommitmentState, GrantState, ReturnState
from complaints.vocabulary.returning import FreightBearer, ReturnKind
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.returns import NO_REASON, a_bought_case, a_return, an_agreed_return
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
LATE = AT - timedelta(days=9)


@pytest.fixture
def case(cast):
    return a_bought_case(cast)


def test_what_is_asked_for_has_its_goods_its_price_and_the_customers_reason(cast, case):
    request = a_return(cast, case)
    assert (request.state, request.value, request.quantity) == (ReturnState.ASKED, Decimal("689.00"), 1)
    assert (str(request.items), str(request.reason)) == (NO_REASON["items"], NO_REASON["reason"])
    assert request.reason.side == "customer"


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"kind": "gift"}, ["return.kind_unknown"]),
        ({"entrance": "door"}, ["return.entrance_unknown"]),
        ({"entitlement": "burden_of_proof"}, ["return.right_unknown"]),
        ({"kind": ReturnKind.RETURN, "entitlement": "guarantee_15"}, ["return.right_unknown"]),
        ({"items": " ", "reason": ""}, ["return.items_missing", "return.reason_missing"]),
        ({"quantity": 0}, ["return.quantity_missing"]),
        ({"quantity": 2}, ["return.more_than_bought"]),
    ],
)
def test_what_is_missing_is_told_all_at_once(cast, case, changes, codes):
    with refused(*codes):
        ask_return(case.pk, by=cast.ana, at=AT, **NO_REASON | changes)


def test_without_an_order_and_a_price_nothing_can_be_exact(cast):
    case = an_assessing_case(cast, order=OrderData())
    with refused("return.price_unknown"):
        a_return(cast, case)


def test_the_price_of_each_part_adds_up_to_what_was_paid(cast):
    case = a_bought_case(cast, paid="100.00", quantity=3)
    values = [a_return(cast, case).value for _ in range(3)]
    assert values == [Decimal("33.33"), Decimal("33.33"), Decimal("33.34")]
    with refused("return.more_than_bought"):
        a_return(cast, case)


def test_an_agreed_return_keeps_its_answer_and_is_a_promise_of_the_department_that_receives_it(cast, case):
    request = an_agreed_return(cast, case)
    assert (request.state, request.freight) == (ReturnState.AGREED, FreightBearer.CUSTOMER)
    assert (request.answer.entitlement, request.answer.verdict) == ("no_reason_return", "unknown")
    promise = request.commitments.get()
    assert (promise.owner, promise.department, promise.state) == (cast.ana, cast.warehouse, CommitmentState.OPEN)
    assert "689.00" in str(promise.what)
    assert promise.due_at > request.send_by > AT
    with refused("case.not_possible_from"):
        agree_return(request.pk, by=cast.ana, at=AT)


def test_a_right_whose_days_are_over_is_no_ground_to_agree_on_but_the_shop_may_agree_beyond_it(cast):
    case = a_bought_case(cast, signed_at=LATE)
    request = a_return(cast, case)
    with refused("return.not_owed_by_this"):
        agree_return(request.pk, by=cast.ana, at=AT)
    decline_return(request.pk, by=cast.ana, at=AT, words="签收已超过七天，这次不能无理由退货，给您添麻烦了。")
    kind = a_return(cast, case, entitlement="")
    with refused("return.freight_missing"):
        agree_return(kind.pk, by=cast.ana, at=AT)
    assert agree_return(kind.pk, by=cast.ana, at=AT, freight=FreightBearer.CUSTOMER).answer is None


def test_what_the_law_gives_or_may_give_is_not_declined(cast, case):
    """消保法 art. 25; Order 73 art. 9: nothing is declined before the facts are known."""
    request = a_return(cast, case)
    with refused("return.facts_missing"):
        decline_return(request.pk, by=cast.ana, at=AT, words="不退。")
    facts = dict.fromkeys(("complete", "unused", "tags_kept", "unwashed"), "yes")
    state_facts(case.pk, by=cast.ana, at=AT, facts=facts, reason="客户发来照片。")
    with refused("return.owed_by_law"):
        decline_return(request.pk, by=cast.ana, at=AT, words="不退。")


def test_without_a_right_the_other_rights_still_speak(cast, case):
    facts = dict.fromkeys(("complete", "unused", "tags_kept", "unwashed"), "yes")
    state_facts(case.pk, by=cast.ana, at=AT, facts=facts, reason="客户发来照片。")
    request = a_return(cast, case, entitlement="")
    with refused("return.owed_by_another_right", "return.decision_missing"):
        decline_return(request.pk, by=cast.ana, at=AT, words="")


def test_goods_that_the_buyer_had_made_are_excluded(cast):
    case = a_bought_case(cast)
    state_facts(case.pk, by=cast.ana, at=AT, facts={"goods_class": "made_to_order"}, reason="按客户尺寸定做。")
    request = a_return(cast, case)
    declined = decline_return(request.pk, by=cast.ana, at=AT, words="定做的衣服不适用七天无理由退货，给您添麻烦了。")
    assert (declined.state, declined.answer.verdict) == (ReturnState.DECLINED, "not_owed")


def test_the_customer_takes_it_back_and_the_promise_goes_with_their_words(cast, case):
    request = an_agreed_return(cast, case)
    with refused("return.words_missing"):
        cancel_return(request.pk, by=cast.ana, at=AT, words=" ")
    cancelled = cancel_return(request.pk, by=cast.ana, at=later(hours=1), words="算了，我留下。")
    assert cancelled.state == ReturnState.CANCELLED
    promise = request.commitments.get()
    assert (promise.state, str(promise.released_in)) == (CommitmentState.RELEASED, "算了，我留下。")
    assert a_return(cast, case, at=later(hours=2)).state == ReturnState.ASKED, "the goods may be asked for again"


def test_money_without_goods_is_drafted_at_once_and_has_its_hour_of_the_day(cast, case):
    request = a_return(cast, case, kind=ReturnKind.REFUND_ONLY, entitlement="")
    assert request.decide_by.astimezone(AT.tzinfo).isoformat() == "2026-10-13T00:00:00+08:00"
    agreed = agree_return(request.pk, by=cast.ana, at=later(hours=1))
    assert (agreed.state, agreed.refund.state, agreed.refund.amount) == ("agreed", GrantState.DRAFTED, Decimal("689"))
    with refused("case.not_possible_from"):
        note_sent(request.pk, by=cast.ana, at=later(hours=2), waybill_number="YT1")
    cancel_return(request.pk, by=cast.ana, at=later(hours=2), words="平台已关闭申请。", by_platform=True)
    agreed.refund.refresh_from_db()
    assert agreed.refund.state == GrantState.CANCELLED


def test_goods_on_their_way_can_be_traced(cast, case):
    request = an_agreed_return(cast, case)
    with refused("return.waybill_missing"):
        note_sent(request.pk, by=cast.ana, at=AT)
    with refused("return.in_future"):
        note_sent(request.pk, by=cast.ana, at=AT, waybill_number="YT1", sent_at=later(hours=1))
    assert note_sent(request.pk, by=cast.ana, at=AT, waybill_number="YT1").state == ReturnState.SENT


def test_nobody_else_handles_it(cast, case):
    with denied():
        ask_return(case.pk, by=cast.ben, at=AT, **NO_REASON)
    request = a_return(cast, case)
    for person in (cast.ben, cast.olga, cast.axel):
        with denied():
            agree_return(request.pk, by=person, at=AT)


def _write(cast, request, **changes):
    with (
        pytest.raises((DatabaseError, IntegrityError)),
        transaction.atomic(),
        signed(by=cast.ana, reason="return.asked", at=AT),
    ):
        ReturnRequest.objects.filter(pk=request.pk).update(**changes)


def test_the_database_refuses_what_no_rule_was_asked_about(cast):
    """More goods or money than was bought and paid, another price, a refund without its payment (bad inputs, 7)."""
    case = a_bought_case(cast, paid="100.00", quantity=2)
    first, second = a_return(cast, case), a_return(cast, case)
    _write(cast, first, quantity=2)
    _write(cast, first, value=Decimal("99.00"))
    _write(cast, first, refund_amount=Decimal("50.01"))
    _write(cast, first, state=ReturnState.REFUNDED)
    with signed(by=cast.ana, reason="return.asked", at=AT):
        ReturnRequest.objects.filter(pk=first.pk).update(refund_amount=Decimal("50.00"))
        ReturnRequest.objects.filter(pk=second.pk).update(refund_amount=Decimal("50.00"))
    assert a_registered_case(cast).returns.count() == 0


def test_goods_that_were_counted_too_late_have_no_price_left(cast):
    """One piece was asked for at the whole price; that there were two is noted afterwards."""
    case = a_bought_case(cast)
    a_return(cast, case)
    for bought in (2, 3):
        record_order(case.pk, by=cast.ana, at=AT, reason="订单系统。", quantity=bought)
        with refused("return.more_than_paid"):
            a_return(cast, case)
