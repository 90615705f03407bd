"""Returns and settlement agreements on the page of their case."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import FactGroup, Piece
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from complaints.admin.base import links_for
from complaints.admin.buttons.returns import AGREEMENT, RETURN
from complaints.models import Complaint, ReturnRequest, SettlementAgreement
from complaints.states import AgreementState, ReturnState

GONE = (ReturnState.DECLINED, ReturnState.CANCELLED)


def returns_of(request, case: Complaint, at) -> FactGroup | None:
    """What the customer gives back, where it is, and what follows."""
    pieces = [
        Piece(
            " · ".join(filter(None, (row.get_kind_display(), str(row.items), _pieces(row)))),
            " · ".join(filter(None, told_of(row))),
            "",
            "assignment_return",
            row.state in GONE,
            links_for(request, row, RETURN, case, at),
        )
        for row in case.returns.all()
    ]
    if not pieces:
        return None
    return FactGroup(_("Returns"), pieces=tuple(pieces), count=len(pieces), anchor="returns")


def _pieces(row: ReturnRequest) -> str:
    return f"× {row.quantity}" if row.quantity > 1 else ""


def told_of(row: ReturnRequest) -> list[str]:
    """State, sum, until when, and by which number it can be traced."""
    found = [row.get_state_display(), amount_shown(row.refund_amount or row.value, row.currency)]
    if row.state == ReturnState.ASKED and row.decide_by is not None:
        found.append(_("to be decided by %(due)s") % {"due": instant(row.decide_by)})
    if row.freight:
        found.append(row.get_freight_display())
    if row.state == ReturnState.AGREED and row.send_by is not None:
        found.append(_("to be sent by %(due)s") % {"due": instant(row.send_by)})
    if row.waybill_number:
        found.append(f"{row.courier} {row.waybill_number}".strip())
    if row.refund is not None:
        found.append(_("refund: %(state)s") % {"state": row.refund.get_state_display()})
    if row.refunded_at is not None:
        found.append(instant(row.refunded_at))
    if row.freight_paid is not None:
        found.append(_("freight %(amount)s") % {"amount": amount_shown(row.freight_paid, row.currency)})
    if row.freight_refund is not None:
        found.append(_("refund of the freight: %(state)s") % {"state": row.freight_refund.get_state_display()})
    if row.judgement is not None:
        found.append(str(row.judgement))
    return found


def agreements_of(request, case: Complaint, at) -> FactGroup | None:
    """What was put in writing, and who has signed."""
    pieces = [
        Piece(
            _("Settlement agreement no. %(number)s") % {"number": row.number},
            " · ".join(filter(None, (row.get_state_display(), *_signatures(row)))),
            agreement_url(row),
            "contract",
            row.state == AgreementState.DROPPED,
            links_for(request, row, AGREEMENT, case, at),
        )
        for row in case.agreements.all()
    ]
    if not pieces:
        return None
    return FactGroup(_("Agreement in writing"), pieces=tuple(pieces), anchor="agreements")


def _signatures(row: SettlementAgreement):
    if row.amount is not None:
        yield amount_shown(row.amount, row.currency)
    if row.customer_signed_at is not None:
        yield _("customer signed %(when)s") % {"when": instant(row.customer_signed_at)}
    if row.company_signed_at is not None:
        yield _("shop signed %(when)s") % {"when": instant(row.company_signed_at)}


def agreement_url(agreement: SettlementAgreement) -> str:
    """The page on which the agreement is read and printed."""
    return reverse("admin:complaints_settlementagreement_paper", args=[agreement.pk])
