"""Grants that a test needs, reached by running the actions as the people of the cast."""

from complaints.actions.approving import approve_grant
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import draft_grant, submit_grant
from complaints.actions.paying import bounce_grant, pay_grant
from complaints.models import CompensationGrant, Complaint
from complaints.vocabulary import GrantPurpose, ResponsibleParty
from tests.building import a_photo
from tests.cast import AT, Cast

REQUEST = {
    "kind": "coupon",
    "amount": "30.00",
    "purpose": GrantPurpose.RESTORE_TRUST,
    "fault": ResponsibleParty.SELLER,
    "basis": "出库质检漏检，责任在我方。",
}
"""A small coupon for a fault of ours."""

PAYEE = {"name": "林晓云", "account": "lin@example.com", "method": "alipay", "reason": "客户在旺旺上提供。"}
"""The customer herself."""


def a_draft(cast: Cast, case: Complaint, *, at=AT, by=None, **changes) -> CompensationGrant:
    """Ana writes down what she is about to ask for."""
    return draft_grant(case.pk, by=by or cast.ana, at=at, **REQUEST | changes)


def a_cash_draft(cast: Cast, case: Complaint, amount: str, *, at=AT, **changes) -> CompensationGrant:
    """Cash for the customer, with a payee and the reason why nothing virtual came first."""
    facts = {"kind": "red_packet", "amount": amount, "order_of_offers": "客户情绪激动，明确不要优惠券。"}
    grant = a_draft(cast, case, at=at, **facts | changes)
    return enter_payee(grant.pk, by=cast.ana, at=at, **PAYEE)


def a_request(cast: Cast, case: Complaint, amount: str = "300.00", *, at=AT, **changes) -> CompensationGrant:
    """Cash that is above ana's own authority and waits."""
    return submit_grant(a_cash_draft(cast, case, amount, at=at, **changes).pk, by=cast.ana, at=at)


def say_yes(grant: CompensationGrant, by, *, at=AT) -> CompensationGrant:
    """This person approves what the grant says now."""
    grant.refresh_from_db()
    return approve_grant(grant.pk, by=by, at=at, seen_digest=grant.content_digest)


def an_approved_grant(cast: Cast, case: Complaint, amount: str = "300.00", *, at=AT, **changes) -> CompensationGrant:
    """Asked for by ana, approved by tara, to be paid."""
    return say_yes(a_request(cast, case, amount, at=at, **changes), cast.tara, at=at)


def a_receipt():
    """What the bank shows of a payment."""
    return a_photo("转账回单.png", "white")


def pay(grant: CompensationGrant, by, *, at=AT, reference: str = "ZF20261012001") -> CompensationGrant:
    """This person pays it, with the key that the page gave out and the receipt of the bank."""
    return pay_grant(grant.pk, by=by, at=at, payment_key=grant.payment_key, reference=reference, file=a_receipt())


def a_paid_grant(cast: Cast, case: Complaint, amount: str = "300.00", *, at=AT, **changes) -> CompensationGrant:
    """Asked for by ana, approved by tara, paid by olga."""
    return pay(an_approved_grant(cast, case, amount, at=at, **changes), cast.olga, at=at)


def a_bounced_grant(cast: Cast, case: Complaint, amount: str = "300.00", *, at=AT) -> CompensationGrant:
    """Paid, and the money came back."""
    return bounce_grant(a_paid_grant(cast, case, amount, at=at).pk, by=cast.olga, at=at, reason="账号与姓名不符。")
