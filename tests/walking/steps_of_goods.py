"""Steps of goods that go back, their money, and what both sides sign."""

from decimal import Decimal

from complaints.actions.agreeing import draft_agreement, drop_agreement, sign_agreement
from complaints.actions.asking_returns import ask_return
from complaints.actions.knowing import state_facts
from complaints.actions.ordering import record_order
from complaints.actions.paying import redraft_grant
from complaints.actions.receiving_returns import (
    accept_return,
    checks_of,
    fail_return,
    inspect_return,
    lose_return,
    receive_return,
    send_goods_back,
)
from complaints.actions.refunding import ask_again_for_refund
from complaints.actions.returning import agree_return, cancel_return, decline_return, note_sent
from complaints.vocabulary import SignedBy
from complaints.vocabulary.returning import FreightBearer, ReturnKind, SigningSide, SigningWay
from tests.building import a_photo
from tests.money import PAYEE
from tests.returns import NO_REASON
from tests.walking.rows import newest


def buy(walk, case):
    """The order, as it stands in the shop's system."""
    record_order(
        case.pk,
        **walk.who(),
        reason="订单系统。",
        number="3391770212",
        product_name="羊毛混纺大衣 驼色 M",
        paid_amount=Decimal("689.00"),
        quantity=walk.pick(1, 2, 3),
        signed_by=SignedBy.CUSTOMER,
        signed_at=walk.at,
    )
    state_facts(
        case.pk, **walk.who(), facts={"goods_class": "ordinary", "product_type": "clothing"}, reason="商品类目。"
    )


def inspect(walk, case):
    """Line by line; what fails has words and a photo."""
    request = newest(case.returns)
    piece = case.evidence.order_by("pk").last()
    checks = {fact: walk.pick(True, True, True, False) for fact in checks_of(request, walk.at)}
    inspect_return(
        request.pk, **walk.who(), checks=checks, note="领口有粉底印。", evidence_id=piece.pk if piece else None
    )


STEPS = {
    "buy": buy,
    "ask return": lambda walk, case: ask_return(
        case.pk,
        **walk.who(),
        **NO_REASON
        | {
            "kind": walk.pick(ReturnKind.RETURN, *ReturnKind.values),
            "entitlement": walk.pick("no_reason_return", "no_reason_return", ""),
            "quantity": walk.pick(1, 1, 2),
        },
    ),
    "agree return": lambda walk, case: agree_return(
        newest(case.returns).pk,
        **walk.who(),
        freight="" if newest(case.returns).entitlement else walk.pick(*FreightBearer.values),
        department_id=walk.cast.warehouse.pk,
    ),
    "decline return": lambda walk, case: decline_return(newest(case.returns).pk, **walk.who(), words="已过七天"),
    "cancel return": lambda walk, case: cancel_return(
        newest(case.returns).pk, **walk.who(), words="不退了", by_platform=walk.pick(True, False)
    ),
    "goods sent": lambda walk, case: note_sent(
        newest(case.returns).pk, **walk.who(), waybill_number=f"YT{walk.number:08}", courier="圆通"
    ),
    "goods received": lambda walk, case: receive_return(newest(case.returns).pk, **walk.who()),
    "inspect": inspect,
    "accept goods": lambda walk, case: accept_return(
        newest(case.returns).pk, **walk.who(), words=walk.pick("", "略有瑕疵，仍予退款。")
    ),
    "fail goods": lambda walk, case: fail_return(newest(case.returns).pk, **walk.who(), words="吊牌缺失，不能退。"),
    "goods back": lambda walk, case: send_goods_back(
        newest(case.returns).pk, **walk.who(), waybill_number=f"SF{walk.number:08}"
    ),
    "goods lost": lambda walk, case: lose_return(
        newest(case.returns).pk, **walk.who(), words="圆通确认丢件。", we_bear=walk.pick(True, False)
    ),
    "other payee": lambda walk, case: redraft_grant(newest(case.grants).pk, **walk.who(), **PAYEE),
    "refund again": lambda walk, case: ask_again_for_refund(newest(case.returns).pk, **walk.who()),
    "draft agreement": lambda walk, case: draft_agreement(
        case.pk, **walk.who(), plan_id=newest(case.plans).pk, due_at=walk.soon()
    ),
    "sign agreement": lambda walk, case: sign_agreement(
        newest(case.agreements).pk,
        **walk.who(),
        side=walk.pick(*SigningSide.values),
        how=SigningWay.ON_PAPER,
        file=a_photo("协议.png"),
    ),
    "drop agreement": lambda walk, case: drop_agreement(newest(case.agreements).pk, **walk.who(), reason="不签了"),
}
"""name → what is tried."""
