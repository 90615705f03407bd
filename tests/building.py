"""Cases in the state a test needs, reached by running the actions as the people of the cast."""

from complaints.actions.assigning import take_case
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.registering import Registration, register
from complaints.models import Complaint
from complaints.states import CaseState
from complaints.vocabulary import Channel, Reason
from tests.cast import AT, Cast

CUSTOMER = CustomerData(name="林晓云", phone="13800136021", account="tb_linxiaoyun")


def a_registration(cast: Cast, **changes) -> Registration:
    """What a customer complains about when nothing else is said: a stain on a coat from the shop."""
    facts = {
        "content": "刚收到的大衣领口有一大块污渍，你们就这么发货？",
        "channel": Channel.QIANNIU,
        "received_at": AT,
        "customer": CUSTOMER,
        "shop_id": cast.shop.pk,
        "order": OrderData(number="3391770212", product_name="羊毛混纺大衣 驼色 M", paid_amount=689),
        "reason": Reason.QUALITY,
        "not_a_duplicate": True,
    }
    return Registration(**facts | changes)


def a_registered_case(cast: Cast, **changes) -> Complaint:
    """A case that nobody has taken."""
    return register(a_registration(cast, **changes), by=cast.ana, at=AT)


def an_assessing_case(cast: Cast, **changes) -> Complaint:
    """A case that ana has taken."""
    return take_case(a_registered_case(cast, **changes).pk, by=cast.ana, at=AT)


STEPS = {CaseState.REGISTERED: a_registered_case, CaseState.ASSESSING: an_assessing_case}
"""state → how to reach it; each room adds its own."""


def a_case(cast: Cast, state: str = CaseState.REGISTERED, **changes) -> Complaint:
    """A case in this state."""
    return STEPS[CaseState(state)](cast, **changes)
