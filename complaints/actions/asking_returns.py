"""Returns asked for: by which right, which goods, and what they cost to the cent (S-RET-02, 05, 12)."""

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.counting_money import lock_for_money
from complaints.actions.stating import state_words
from complaints.actions.timing import start_further_clocks
from complaints.models import Complaint, Order, ReturnRequest
from complaints.models.returns import GONE
from complaints.places import region_of
from complaints.roles import day_of, demand_right
from complaints.rules import returning as rules
from complaints.rules.paperwork import violations_in_writing
from complaints.vocabulary import Side, StatementKind
from complaints.vocabulary.returning import ReturnEntrance, ReturnKind
from policies.lookup import PoliciesInForce, policies_in_force
from policies.rules.regions import holds_in
from policies.values import Entitlement

ASKED = "return.asked"


def rights_to_return(case: Complaint, policies: PoliciesInForce, kind: str = "") -> dict[str, Entitlement]:
    """The rights of policy by which goods go back in this shop, by code; of those only which give what is asked for."""
    region = region_of(case)
    return {
        code: right
        for code, right in policies.entitlements.items()
        if right.freight and holds_in(right.regions, region) and rules.gives(right.remedies, kind)
    }


@dataclass(frozen=True, slots=True)
class _Held:
    """What other returns of an order hold already."""

    quantity: int
    value: Decimal


def _held(order: Order) -> _Held:
    found = order.returns.exclude(state__in=GONE).aggregate(quantity=Sum("quantity"), value=Sum("value"))
    return _Held(found["quantity"] or 0, found["value"] or Decimal(0))


def why_not_ask_return(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """A return belongs to an order with a price, while the case is open."""
    found = list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    if not found and (case.order_id is None or case.order.paid_amount is None):
        found.append(Violation("return.price_unknown"))
    return found


@transaction.atomic
def ask_return(
    case_id: int,
    *,
    by,
    at: datetime,
    kind: str,
    entrance: str,
    items: str,
    reason: str,
    quantity: int = 1,
    entitlement: str = "",
) -> ReturnRequest:
    """Write down what the customer asks to give back, and by which right. A second call is a second request.

    The price of the goods is fixed now, to the cent; requests of one order never hold more than was bought. Money
    without goods is decided before the policy's hour of the day.
    """
    case = lock_for_money(case_id, [by.pk])
    demand_right(by, "case.handle", case, at=at)
    policies = policies_in_force(at)
    demand(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    order = case.order
    held = _held(order) if order is not None else _Held(0, Decimal(0))
    demand(
        rules.violations_in_asking(
            rules.AskedFacts(
                kind_known=kind in ReturnKind.values,
                entrance_known=entrance in ReturnEntrance.values,
                right_known=not entitlement or entitlement in rights_to_return(case, policies, kind),
                order_known=order is not None,
                paid=order.paid_amount if order is not None else None,
                quantity=quantity,
                left=(order.quantity if order is not None else 0) - held.quantity,
                reason=reason or "",
                items=items or "",
            )
        )
    )
    value = rules.price_of(
        order.paid_amount,
        quantity=quantity,
        bought=order.quantity,
        held=held.value,
        held_quantity=held.quantity,
    )
    fits = 0 < value <= order.paid_amount - held.value
    demand([] if fits else [Violation("return.more_than_paid", field="quantity")])
    with signed(by=by, reason="return.asked", at=at):
        request = ReturnRequest.objects.create(
            case=case,
            order=order,
            kind=kind,
            entrance=entrance,
            entitlement=entitlement,
            items=state_words(case, StatementKind.DESCRIPTION, items, by=by, at=at),
            reason=state_words(case, StatementKind.DEMAND, reason, by=by, at=at, side=Side.CUSTOMER),
            quantity=quantity,
            value=value,
            currency=order.currency,
            asked_by=by,
            asked_at=at,
            decide_by=_decide_by(policies, at) if kind == ReturnKind.REFUND_ONLY else None,
        )
        start_further_clocks(case, ASKED, at=at, returned=request)
        case.save()
    return request


def _decide_by(policies, at):
    midnight = datetime.combine(day_of(at), time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))
    hour = policies.periods["default"].refund_only_until_hour
    return rules.decide_refund_only_by(at, day_begins_at=midnight, hour=hour)
