"""The admin of cases: the list to work from, the page of a case, registering, and why a deadline is when it is."""

from dataclasses import replace

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit import cells
from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.keyset import Order
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.worklist import QueueFilter, WorkListMixin
from complaints.actions.registering import register
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, back_to_evidence, back_where_it_was_opened, case_url, visible_cases
from complaints.admin.bulk import BulkActionsMixin
from complaints.admin.calling import CallPage, call_url
from complaints.admin.drawing import due_of, first_words, marks_of, next_is_provisional, severity_of, state_of
from complaints.admin.exports import CaseExport
from complaints.admin.giving_out import GivingOutPages
from complaints.admin.last_events import last_events
from complaints.admin.list_filters import CASE_FILTERS, with_money
from complaints.admin.outlook import GrantOutlookMixin
from complaints.admin.queues import queues_of
from complaints.admin.refusing_page import RefusalPage
from complaints.admin.related import RelatedPages
from complaints.admin.search_told import TellsOfSearches, found_url
from complaints.admin.viewing import CasePages
from complaints.admin.why_contact import ContactWhyPages
from complaints.admin.wording import WordingCheckMixin
from complaints.forms import choosing
from complaints.forms.refusal_guide import refuse_url
from complaints.forms.registering import RegisterForm
from complaints.models import Complaint, Pause, StartedCall, Statement
from complaints.roles import SUPERVISORS, day_of, groups_of, may, teams_of
from complaints.vocabulary import PauseCategory, StatementKind
from policies.lookup import categories_in_force

PREVIEW_LENGTH = 240

REGISTER = CaseAction(
    "register",
    gettext_lazy("Register a complaint"),
    "case.register",
    lambda pk, *, by, at, registration: register(registration, by=by, at=at),
    RegisterForm,
    submit=gettext_lazy("Register"),
    intro=gettext_lazy("Everything that is known; the rest can follow. The clocks start at once."),
)


def _where_it_stands(violation) -> str:
    """The address of the row that a reason names, where it names one."""
    if violation.code == "registration.likely_duplicate":
        return found_url(str(violation.params["cases"]).partition(",")[0])
    if violation.code == "complete.commitment_pending":
        return reverse("admin:complaints_commitment_do", args=[violation.params["number"], "keep-commitment"])
    return ""


@admin.register(Complaint)
class ComplaintAdmin(
    BulkActionsMixin,
    CaseExport,
    ContactWhyPages,
    CallPage,
    RefusalPage,
    RelatedPages,
    GivingOutPages,
    CasePages,
    WordingCheckMixin,
    GrantOutlookMixin,
    TellsOfSearches,
    WorkListMixin,
    CasePartAdmin,
):
    """Cases: a list with queues, a page with one timeline and the next action, and nothing to delete or overwrite."""

    list_display = [
        "what",
        "customer_cell",
        "severity_cell",
        "state_cell",
        "handler_cell",
        "due_cell",
        "event_cell",
        "money_cell",
        "category_cell",
        "received_cell",
        "shop_cell",
    ]
    hidden_at_first = ("category_cell", "received_cell", "shop_cell")
    list_display_links = None
    list_filter = [QueueFilter, *CASE_FILTERS]
    search_fields = ["case_number"]
    search_help_text = gettext_lazy("Number, order, phone, name, goods, or words of the complaint")
    add_label = gettext_lazy("Register a complaint")
    sortable_by = []
    list_select_related = ["customer__key", "handler", "team", "product", "shop"]
    case_actions = buttons.CASE

    def case_of(self, row):
        """The case itself."""
        return row

    def get_queryset(self, request):
        """The cases that the viewer may see."""
        return visible_cases(request)

    def order_of(self, request):
        """The earliest deadline first; paused and ended ones last, the newest of them first."""
        return Order("next_due_at", is_nullable=True)

    def get_ordering(self, request):
        """As the list leafs."""
        return self.order_of(request).expressions

    def with_cells(self, request, rows):
        """The words of the complaint, the open pause, and the money at stake."""
        content = Statement.objects.filter(case=OuterRef("pk"), kind=StatementKind.CONTENT).order_by("pk")
        pauses = Pause.objects.filter(case=OuterRef("pk"), ended_at__isnull=True)
        return with_money(rows).annotate(
            words=Subquery(content.values("words")[:1]),
            waits_for=Subquery(pauses.values("category")[:1]),
            next_provisional=next_is_provisional("pk"),
        )

    def finish_rows(self, request, rows):
        """What happened last to each, and the names of categories where they are shown."""
        events = last_events(rows)
        names = {}
        if "category_cell" in self.columns_of(request):
            names = dict(choosing.categories(categories_in_force(moment(request))))
        for row in rows:
            row.last_event = events.get(row.pk)
            row.category_name = names.get(row.category, row.category)

    def may_remove_saved(self, request, saved):
        """Who leads the team that it is shared with."""
        leads = SUPERVISORS in groups_of(request.user)
        return leads and saved.team_id in teams_of(request.user, day_of(moment(request)))

    def queues_for(self, request):
        """By role."""
        return queues_of(request.user)

    def has_add_permission(self, request):
        """Who may register."""
        return may(request.user, "case.register", on=day_of(moment(request)))

    def url_after(self, request, row, result):
        """The page of the case; a new one after registering; the desk, when it was opened there to be back at once."""
        if opened_at := back_where_it_was_opened(request):
            return opened_at
        if request.GET.get("back") == "refuse" and row.pk:
            return refuse_url(row.pk)
        if row.pk and (room := back_to_evidence(request, row.pk, result)):
            return room
        if isinstance(result, StartedCall):
            return call_url(row.pk)
        case = result if isinstance(result, Complaint) else row
        return case_url(case.pk) if case.pk else reverse("admin:complaints_complaint_changelist")

    def _reasons(self, request, row, violations):
        """As ever; a likely duplicate is one click away, and so is the very promise that is pending."""
        reasons = super()._reasons(request, row, violations)
        return tuple(
            replace(reason, url=_where_it_stands(violation) or reason.url)
            for reason, violation in zip(reasons, violations, strict=True)
        )

    def add_view(self, request, form_url="", extra_context=None):
        """Registering: an action without a row yet."""
        if not self.has_add_permission(request):
            raise RightRefused("case.register", self.opts.label_lower, "")
        return self.dialog_or_deed(request, REGISTER, Complaint())

    @admin.display(description=gettext_lazy("Case"))
    def what(self, case):
        """What it is about, and its number; the whole of the words when pointed at or reached by key."""
        words = case.words or ""
        preview = Truncator(words).chars(PREVIEW_LENGTH)
        return cells.opening(case.open_url, first_words(words), case.case_number, marks=marks_of(case), preview=preview)

    @admin.display(description=gettext_lazy("Customer"))
    def customer_cell(self, case):
        """The customer, masked, and the goods."""
        return cells.two_lines(str(case.customer or _("unknown")), str(case.product or ""))

    @admin.display(description=gettext_lazy("Severity"))
    def severity_cell(self, case):
        """Shape and word."""
        return cells.severity_mark(severity_of(case))

    @admin.display(description=gettext_lazy("State"))
    def state_cell(self, case):
        """State and progress."""
        return cells.state_chip(state_of(case))

    @admin.display(description=gettext_lazy("Handler"))
    def handler_cell(self, case):
        """Who has it."""
        return cells.two_lines(case.handler.name if case.handler else _("nobody yet"), str(case.team or ""))

    @admin.display(description=gettext_lazy("Next due"))
    def due_cell(self, case):
        """The next deadline in words, or what a paused one waits for."""
        if case.waits_for and case.is_open:
            return cells.deadline(ClockCard("", None, is_paused=True, note=PauseCategory(case.waits_for).label))
        return cells.deadline(due_of(case))

    @admin.display(description=gettext_lazy("Last event"))
    def event_cell(self, case):
        """What happened last, and when."""
        return cells.event(case.last_event)

    @admin.display(description=gettext_lazy("Money at stake"))
    def money_cell(self, case):
        """What is granted or asked for, else demanded."""
        return cells.money(case.at_stake)

    @admin.display(description=gettext_lazy("Category"))
    def category_cell(self, case):
        """The category by name."""
        return case.category_name or "—"

    @admin.display(description=gettext_lazy("Received"))
    def received_cell(self, case):
        """When it arrived."""
        return cells.moment_of(case.received_at)

    @admin.display(description=gettext_lazy("Shop"))
    def shop_cell(self, case):
        """The shop."""
        return str(case.shop or "—")
