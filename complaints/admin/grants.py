"""The admin of compensations: the list to work from, which is their ledger as well, its sums, and the way out."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.editing import TWICE
from casemgmt.adminkit.forms import ActionForm
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.worklist import Queue, QueueFilter
from casemgmt.refusing import page
from casemgmt.violations import RuleBroken
from complaints.actions.revealing import reveal_payee
from complaints.admin import buttons
from complaints.admin.base import case_url
from complaints.admin.exports import PaymentExport
from complaints.admin.grant_filters import GRANT_FILTERS
from complaints.admin.money_sums import MoneySums
from complaints.admin.paperwork import ALL_ROWS, WorkAdmin, in_states
from complaints.admin.showing import shown_once
from complaints.admin.weighing_pages import GrantWhy
from complaints.models import CompensationGrant
from complaints.states import GrantState

SHOW_PAYEE = "show-payee"


@admin.register(CompensationGrant)
class GrantAdmin(MoneySums, GrantWhy, PaymentExport, WorkAdmin):
    """Grants: to approve, to pay, came back; and all of them, narrowed and added up."""

    anchor = "grants"
    empty_words = _(
        "No money in this list. It is asked for on the page of a case, and appears here when it waits for somebody."
    )
    case_actions = buttons.GRANT
    list_display = ["case_cell", "amount_cell", "basis", "asked_by", "state_cell", "due_cell"]
    list_select_related = ["case__customer__key", "asked_by", "basis"]
    list_filter = [QueueFilter, *GRANT_FILTERS]
    list_before_template = "complaints/grants_before.html"
    queues = (
        Queue("approval", _("Awaiting approval"), in_states(GrantState.AWAITING_APPROVAL)),
        Queue("pay", _("To pay"), in_states(GrantState.APPROVED)),
        Queue("bounced", _("Came back"), in_states(GrantState.BOUNCED), is_late=True),
        Queue("drafts", _("Drafts"), in_states(GrantState.DRAFTED)),
        Queue("paid", _("Paid"), in_states(GrantState.PAID), is_counted=False),
        ALL_ROWS,
    )

    def do_view(self, request, object_id: int, name: str):
        """The account of a payee is shown once, in the answer itself."""
        if name != SHOW_PAYEE or request.method != "POST":
            return super().do_view(request, object_id, name)
        action, row = self.action_named(name), self.seen_or_404(request, object_id)
        if not self.has_right(request, action.right, row):
            raise RightRefused(action.right, self.opts.label_lower, object_id)
        form = ActionForm(request.POST, row=row, person=request.user, at=moment(request))
        if self.is_sent_twice(request, form):
            return page(400, TWICE)
        try:
            text = reveal_payee(row.pk, by=request.user, at=moment(request))
        except RuleBroken as broken:
            form.is_valid()
            form.refuse(self._reasons(request, row, broken.violations))
            return self._dialog(request, action, row, form, status=422)
        back = case_url(row.case_id, self.anchor)
        return shown_once(self, request, title=action.label, label=_("Payee"), text=text, back_url=back)

    @admin.display(description=_("Amount"))
    def amount_cell(self, row):
        """The amount."""
        return cells.money(row.amount)

    @admin.display(description=_("To be paid by"))
    def due_cell(self, row):
        """The payout deadline in words; of money that came back too."""
        running = row.state in (GrantState.APPROVED, GrantState.BOUNCED) and row.pay_by
        return cells.deadline(ClockCard("", row.pay_by) if running else None)
