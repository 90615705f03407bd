"""Who complains and about which order: masked, with what is known of earlier complaints."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Fact, FactGroup, Link, Piece
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from complaints.admin.base import action_url, case_url, holds, visible_cases
from complaints.admin.case_calls import wishes_of
from complaints.models import Complaint
from complaints.states import CaseState
from complaints.vocabulary import Channel, ContactOutcome, Direction

EARLIER_SHOWN, MOST_EARLIER = 3, 99


def customer_of(request, case: Complaint, at: datetime) -> FactGroup:
    """The customer, masked, with a logged way to see more, and the earlier cases that the viewer may know of."""
    customer = case.customer
    if customer is None:
        return FactGroup(_("Customer"), (Fact(_("Complainant"), case.get_complainant_display()),))
    may_reveal = holds(request, "customer.reveal", case, at)
    reveal = Link(_("Show"), action_url(customer, "reveal") + f"?case={case.pk}", sheet=True) if may_reveal else None
    correct = None
    if customer.key is not None and holds(request, "case.edit_facts", case, at):
        correct = Link(_("Correct the contact data"), action_url(case, "correct-contact-data"), sheet=True)
    earlier = _earlier(request, case)
    orders = [order_id for _key, _number, order_id, *_rest in earlier if order_id is not None]
    same_order = orders.count(case.order_id)
    known = _("%(n)s, of this order %(same)s") % {"n": len(earlier), "same": same_order}
    all_of_them = reverse("admin:complaints_complaint_changelist") + f"?customer={customer.pk}&queue=all"
    return FactGroup(
        _("Customer"),
        (
            Fact(_("Name"), str(customer.name or "—")),
            Fact(_("Phone"), str(customer.phone or "—"), reveal),
            *_wrong_number(case, correct),
            *((Fact(_("E-mail"), str(customer.email)),) if customer.email else ()),
            *((Fact(_("Platform account"), str(customer.account)),) if customer.account else ()),
            *wishes_of(request, case, at),
            Fact(_("Complainant"), case.get_complainant_display()),
            Fact(
                _("Other complaints"),
                (known if same_order else str(len(earlier))) if earlier else _("none"),
                Link(_("Look"), all_of_them) if earlier else None,
            ),
        ),
        pieces=tuple(
            Piece(number, f"{CaseState(state).label} · {instant(received_at)}", case_url(key), "history")
            for key, number, _order_id, state, received_at, is_seen in earlier[:EARLIER_SHOWN]
            if is_seen
        ),
        link=correct,
    )


def _wrong_number(case, correct: Link | None) -> tuple[Fact, ...]:
    """That the newest call reached somebody else, with the way to the right number."""
    calls = [row for row in case.contacts.all() if row.channel == Channel.PHONE and row.direction == Direction.OUTGOING]
    newest = max(calls, key=lambda row: (row.occurred_at, row.pk), default=None)
    if newest is None or newest.outcome != ContactOutcome.WRONG_NUMBER:
        return ()
    return (Fact(_("Newest call"), newest.get_outcome_display(), correct),)


def _earlier(request, case) -> list[tuple]:
    """The customer's other cases, the latest first, without those that are about the viewer; one query."""
    return list(
        Complaint.objects.not_about(request.user)
        .filter(customer=case.customer_id)
        .exclude(pk=case.pk)
        .annotate(is_seen=Exists(visible_cases(request).filter(pk=OuterRef("pk"))))
        .order_by("-received_at")
        .values_list("pk", "case_number", "order_id", "state", "received_at", "is_seen")[:MOST_EARLIER]
    )


def order_of(case: Complaint) -> FactGroup | None:
    """The order and the goods."""
    order = case.order
    if order is None:
        return None
    return FactGroup(
        _("Order and goods"),
        (
            Fact(_("Order number"), order.number),
            Fact(_("Shop"), str(case.shop or "—")),
            Fact(_("Goods"), str(order.product or "—")),
            Fact(_("Paid"), amount_shown(order.paid_amount, order.currency) if order.paid_amount is not None else "—"),
            Fact(_("Signed for"), f"{instant(order.received_at)} {order.get_signed_by_display()}".strip() or "—"),
            *((Fact(_("Waybill"), order.waybill_number),) if order.waybill_number else ()),
        ),
    )
