"""The admin of returns and agreements: what is to be decided tonight, what came back, and the paper to sign."""

from django.contrib import admin
from django.db.models import F, Q
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard, StateChip
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.templatetags.desk import long_instant
from casemgmt.adminkit.worklist import Queue
from casemgmt.money import amount_shown
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessKind
from complaints.admin.base import case_url
from complaints.admin.buttons.returns import AGREEMENT, RETURN
from complaints.admin.paperwork import ALL_ROWS, PartAdmin, WorkAdmin
from complaints.admin.viewing import may_print
from complaints.models import ReturnRequest, SettlementAgreement
from complaints.states import GrantState, ReturnState
from complaints.vocabulary.returning import ReturnKind

R = ReturnState
REFUND_ONLY = Q(kind=ReturnKind.REFUND_ONLY)
MONEY_WAITS = Q(refunded_at__isnull=True) & (
    Q(state=R.ACCEPTED, kind=ReturnKind.RETURN)
    | (REFUND_ONLY & Q(state=R.AGREED))
    | Q(state=R.LOST, refund__isnull=False)
)


def _tonight(rows, request, at):
    return rows.filter(REFUND_ONLY, state=R.ASKED)


def _to_decide(rows, request, at):
    return rows.filter(state=R.ASKED).exclude(REFUND_ONLY)


def _on_the_way(rows, request, at):
    return rows.filter(state__in=[R.AGREED, R.SENT]).exclude(REFUND_ONLY)


def _here(rows, request, at):
    return rows.filter(state__in=[R.RECEIVED, R.INSPECTED, R.FAILED])


def _to_refund(rows, request, at):
    return rows.filter(MONEY_WAITS)


@admin.register(ReturnRequest)
class ReturnAdmin(WorkAdmin):
    """Returns to work from: first what has to be decided before the day ends (S-SLA-10, WC-24)."""

    anchor = "returns"
    empty_words = _("No return in this list. One is recorded on the page of a case.")
    case_actions = RETURN
    list_display = ["case_cell", "goods_cell", "state_cell", "amount_cell", "due_cell"]
    list_select_related = ["case__customer__key", "items", "refund", "freight_refund"]
    ordering = [F("decide_by").asc(nulls_last=True), "asked_at", "pk"]
    queues = (
        Queue(
            "refund_only",
            _("Refund only: decide today"),
            _tonight,
            is_late=True,
            when_empty=_("Every request for money without goods is decided. Look again before the day ends."),
        ),
        Queue("decide", _("To decide"), _to_decide),
        Queue("way", _("On the way back"), _on_the_way),
        Queue("here", _("Here, to inspect or decide"), _here),
        Queue("refund", _("To be refunded"), _to_refund),
        ALL_ROWS,
    )

    @admin.display(description=_("Goods"))
    def goods_cell(self, row):
        """What is asked for, and which goods."""
        return cells.two_lines(row.get_kind_display(), str(row.items))

    @admin.display(description=_("Amount"))
    def amount_cell(self, row):
        """The exact sum."""
        return cells.money(row.refund_amount or row.value, row.currency)

    @admin.display(description=_("Due"))
    def due_cell(self, row):
        """Until when it is decided, sent or refunded."""
        return cells.deadline(_clock_of(row))

    @admin.display(description=_("State"))
    def state_cell(self, row):
        """Where the goods are; below it where the money is."""
        if row.refund is not None and row.refund.state != GrantState.PAID and row.is_pending:
            return cells.two_lines(row.get_state_display(), row.refund.get_state_display())
        return cells.state_chip(StateChip(row.get_state_display()))


def _clock_of(row) -> ClockCard | None:
    if row.state == R.ASKED and row.decide_by is not None:
        return ClockCard("", row.decide_by)
    if row.state == R.AGREED and row.send_by is not None:
        return ClockCard("", row.send_by)
    if row.refund is not None and row.refund.pay_by is not None and row.refunded_at is None:
        return ClockCard("", row.refund.pay_by)
    return None


@admin.register(SettlementAgreement)
class AgreementAdmin(PartAdmin):
    """Agreements: their dialogs, and the text on paper with room for both signatures."""

    anchor = "agreements"
    case_actions = AGREEMENT

    def get_urls(self):
        """The agreement for paper."""
        paper = path(
            "<int:object_id>/paper/",
            self.admin_site.admin_view(self.paper_view),
            name="complaints_settlementagreement_paper",
        )
        return [paper, *super().get_urls()]

    def paper_view(self, request, object_id: int):
        """The text as it was drafted, its signatures, and its digest; who opens it is noted."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        row = self.get_object(request, str(object_id))
        if row is None:
            raise Http404
        if not may_print(request.user):
            raise RightRefused("case.print", self.opts.label_lower, object_id)
        at = moment(request)
        note(AccessKind.EXPORTED, by=request.user, at=at, subject=row, field="text")
        response = TemplateResponse(
            request,
            "complaints/agreement.html",
            {
                "agreement": row,
                "case": row.case,
                "amount": amount_shown(row.amount, row.currency) if row.amount is not None else "",
                "back_url": case_url(row.case_id, self.anchor),
                "printed_at": long_instant(at),
                "printed_by": request.user.name or request.user.get_username(),
            },
        )
        response["Cache-Control"] = "private, no-store"
        return response
