"""The order behind a complaint: linked once it is known, with who signed for the parcel (S-INT-13, S-INV-10 to 12)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.customers import (
    OrderData,
    find_or_add_order,
    find_or_add_product,
    violations_in_order,
)
from complaints.actions.lapsing import lapse_changed_grants
from complaints.actions.stating import state_words
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.vocabulary import SignedBy, StatementKind


def why_not_record_order(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Facts stand still once the case has ended, and while a decision on them is pending."""
    found = list(violations_in_writing(is_open=case.is_open, state=case.get_state_display()))
    if not found and case.has_decision_pending():
        found.append(Violation("case.decision_pending"))
    return found


@transaction.atomic
def record_order(
    case_id: int,
    *,
    by,
    at: datetime,
    reason: str,
    number: str = "",
    product_name: str = "",
    paid_amount: Decimal | None = None,
    quantity: int | None = None,
    waybill_number: str = "",
    courier: str = "",
    signed_by: str = "",
    shipped_at: datetime | None = None,
    signed_at: datetime | None = None,
) -> Complaint:
    """Link the order by its number, known or new, and note what was found out about it and its parcel.

    What is left empty stays as it is; without a number the order that is linked already is meant. Noting the same
    again changes nothing but the reason.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.edit_facts", case, at=at)
    data = OrderData(number.strip(), product_name, paid_amount, waybill_number)
    demand(
        why_not_record_order(case, by=by, at=at),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
        violations_in_order(data),
        () if quantity is None or quantity >= 1 else (Violation("return.quantity_missing", field="quantity"),),
        _violations_in_parcel(case, data, signed_by, shipped_at, signed_at, at),
    )
    with signed(by=by, reason="case.order_recorded", at=at):
        order = find_or_add_order(data, shop=case.shop, customer=case.customer) or case.order
        found = {
            "product": find_or_add_product(product_name),
            "paid_amount": paid_amount,
            "quantity": quantity,
            "waybill_number": waybill_number.strip(),
            "courier": courier.strip(),
            "signed_by": signed_by,
            "shipped_at": shipped_at,
            "received_at": signed_at,
        }
        changed = {name: value for name, value in found.items() if value and value != getattr(order, name)}
        if changed:
            for name, value in changed.items():
                setattr(order, name, value)
            order.save()
        case.order = order
        case.product = case.product or order.product
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        case.save()
    lapse_changed_grants(case, by=by, at=at)
    return case


def _violations_in_parcel(case, data, signed_by, shipped_at, signed_at, at):
    if not data.number and case.order_id is None:
        yield Violation("order.number_missing", field="number")
    if signed_by and signed_by not in SignedBy.values:
        yield Violation("order.signer_unknown", field="signed_by")
    for name, moment in (("shipped_at", shipped_at), ("signed_at", signed_at)):
        if moment is not None and moment > at:
            yield Violation("order.moment_in_future", field=name)
