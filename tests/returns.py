"""Returns and agreements that a test needs, reached by running the actions as the people of the cast."""

from decimal import Decimal

from complaints.actions.agreeing import draft_agreement, sign_agreement
from complaints.actions.asking_returns import ask_return
from complaints.actions.knowing import state_facts
from complaints.actions.ordering import record_order
from complaints.actions.receiving_returns import accept_return, inspect_return, receive_return
from complaints.actions.returning import agree_return, note_sent
from complaints.models import Complaint, ReturnRequest, SettlementAgreement
from complaints.vocabulary import SignedBy
from complaints.vocabulary.returning import FreightBearer, ReturnEntrance, ReturnKind, SigningSide, SigningWay
from tests.building import a_photo, an_assessing_case
from tests.cast import AT, Cast, later

NO_REASON = {
    "kind": ReturnKind.RETURN,
    "entrance": ReturnEntrance.ONLINE,
    "items": "羊毛混纺大衣 驼色 M",
    "reason": "颜色不适合，不想要了。",
    "entitlement": "no_reason_return",
}
"""Seven days, no reason."""

ALL_WELL = {"complete": True, "unused": True, "tags_kept": True, "unwashed": True}
"""Clothing that can be sold again."""


def a_bought_case(cast: Cast, *, paid: str = "689.00", quantity: int = 1, signed_at=AT, **changes) -> Complaint:
    """A case that ana has taken, of clothes bought on line, signed for and paid."""
    case = an_assessing_case(cast, **changes)
    record_order(
        case.pk,
        by=cast.ana,
        at=AT,
        reason="订单系统。",
        number="3391770212",
        product_name="羊毛混纺大衣 驼色 M",
        paid_amount=Decimal(paid),
        quantity=quantity,
        signed_by=SignedBy.CUSTOMER,
        signed_at=signed_at,
    )
    state_facts(
        case.pk,
        by=cast.ana,
        at=AT,
        facts={"goods_class": "ordinary", "product_type": "clothing"},
        reason="商品类目为服装。",
    )
    return Complaint.objects.get(pk=case.pk)


def a_return(cast: Cast, case: Complaint, *, at=AT, **changes) -> ReturnRequest:
    """Asked for: without a reason, within the seven days."""
    return ask_return(case.pk, by=cast.ana, at=at, **NO_REASON | changes)


def an_agreed_return(cast: Cast, case: Complaint, *, at=AT, department=None, **changes) -> ReturnRequest:
    """Agreed by ana; the warehouse receives the goods."""
    request = a_return(cast, case, at=at, **changes)
    freight = "" if request.entitlement else FreightBearer.SHOP
    place = (department or cast.warehouse).pk
    return agree_return(request.pk, by=cast.ana, at=at, freight=freight, department_id=place)


def a_received_return(cast: Cast, case: Complaint, *, at=AT, **changes) -> ReturnRequest:
    """Sent, and with us the day after."""
    request = an_agreed_return(cast, case, at=at, **changes)
    note_sent(request.pk, by=cast.ana, at=at, waybill_number="YT7788990011", courier="圆通")
    return receive_return(request.pk, by=cast.ana, at=later(days=1))


def an_accepted_return(cast: Cast, case: Complaint, *, at=None, checks=None, **changes) -> ReturnRequest:
    """Inspected and as it should be: the refund is drafted."""
    moment = at or later(days=1, hours=1)
    request = a_received_return(cast, case, **changes)
    inspect_return(request.pk, by=cast.ana, at=moment, checks=checks or ALL_WELL)
    return accept_return(request.pk, by=cast.ana, at=moment)


def a_drafted_agreement(cast: Cast, plan, *, at=AT, **changes) -> SettlementAgreement:
    """Drawn by ana from a plan that is before the customer, to be carried out in three days."""
    facts = {"plan_id": plan.pk, "due_at": later(days=3)}
    return draft_agreement(plan.case_id, by=cast.ana, at=at, **facts | changes)


def sign(cast: Cast, agreement: SettlementAgreement, side: str, *, at=AT, **changes) -> SettlementAgreement:
    """One side signs on paper, with a scan."""
    facts = {"how": SigningWay.ON_PAPER, "file": a_photo(f"协议-{side}.png")}
    return sign_agreement(agreement.pk, by=cast.ana, at=at, side=side, **facts | changes)


def a_signed_agreement(cast: Cast, plan, *, at=AT, **changes) -> SettlementAgreement:
    """Both have signed."""
    agreement = a_drafted_agreement(cast, plan, at=at, **changes)
    sign(cast, agreement, SigningSide.CUSTOMER, at=at)
    return sign(cast, agreement, SigningSide.COMPANY, at=at)
