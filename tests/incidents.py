"""Incidents for tests: one batch dyed badly, its cases, and the plan for all of them."""

from itertools import count

from complaints.actions.announcing_incidents import propose_public_notice
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.incident_plans import approve_incident_plan, propose_incident_plan
from complaints.actions.incidents import link_to_incident, open_incident
from complaints.actions.planning import OptionDraft
from complaints.models import Complaint, Incident, IncidentMember, IncidentPlan, PublicNotice
from complaints.vocabulary import Remedy
from tests.building import a_negotiating_case, an_assessing_case
from tests.cast import AT, Cast

BATCH = "RS2609"
ANNOUNCEMENT = "RS2609批次大衣因固色不足可能掉色，原因是出厂漏检，责任在我们；请买到的顾客联系客服，我们逐一处理。"
_numbers = count(1)


def an_incident(cast: Cast, *, by=None, at=AT, **changes) -> Incident:
    """Sven opens it: coats of one batch lose their colour."""
    facts = {
        "title": "驼色大衣批次掉色",
        "cause": "染料批次固色不足，供应商正在复检。",
        "since": AT,
        "product": "羊毛混纺大衣 驼色 M",
        "batch": BATCH,
        "shop_id": cast.shop.pk,
    }
    return open_incident(by=by or cast.sven, at=at, **facts | changes)


def somebody_with_mail() -> dict:
    """Another customer with a mail address and an order of their own."""
    number = next(_numbers)
    return {
        "customer": CustomerData(name=f"旅客{number}", email=f"person{number}@example.com"),
        "order": OrderData(number=f"IN{number:06}", product_name="羊毛混纺大衣 驼色 M", paid_amount=689),
    }


def a_member(cast: Cast, incident: Incident, *, at=AT, case: Complaint | None = None) -> IncidentMember:
    """A case of ana's in the incident."""
    case = case or an_assessing_case(cast, **somebody_with_mail())
    return link_to_incident(case.pk, by=cast.ana, at=at, incident_id=incident.pk, reason="吊牌批号相同。")


def a_negotiating_member(cast: Cast, incident: Incident, **changes) -> IncidentMember:
    """A case whose facts are established, so that a plan can be offered."""
    return a_member(cast, incident, case=a_negotiating_case(cast, **somebody_with_mail() | changes))


def a_proposed_plan(cast: Cast, incident: Incident, *, by=None, at=AT, **changes) -> IncidentPlan:
    """A coupon and an exchange for everybody."""
    facts = {
        "explanation": "染料批次固色不足，是我们出厂前没有验出来。",
        "follow_up": "换货签收后三天内回访。",
        "letter": "您好，您的订单{{order_number}}属于固色不足的批次，责任在我们，请选择换货或优惠券。",
        "options": [
            OptionDraft(Remedy.EXCHANGE_OTHER, words="寄一件检验合格的同款，旧件到付寄回"),
            OptionDraft(Remedy.COUPON, words="一百元优惠券", amount=100),
        ],
        "deviation": "同一批次统一处理，给每位顾客同样的选择。",
    }
    return propose_incident_plan(incident.pk, by=by or cast.sven, at=at, **facts | changes)


def a_drafted_announcement(cast: Cast, incident: Incident, *, by=None, at=AT, words=ANNOUNCEMENT) -> PublicNotice:
    """Words for everybody, drafted by sven."""
    return propose_public_notice(incident.pk, by=by or cast.sven, at=at, words=words)


def an_agreed_plan(cast: Cast, incident: Incident, *, at=AT, **changes) -> IncidentPlan:
    """The plan of sven, agreed to by tara."""
    return approve_incident_plan(a_proposed_plan(cast, incident, at=at, **changes).pk, by=cast.tara, at=at)
