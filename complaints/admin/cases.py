"""The admin of cases: the list to work from, the page of a case, registering, and why a deadline is when it is."""

from dataclasses import replace

from django.contrib import admin
from django.db.models import F, Prefetch, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit import cells
from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.worklist import QueueFilter, WorkListMixin
from complaints.actions.registering import register
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, case_url, visible_cases
from complaints.admin.bulk import BulkActionsMixin
from complaints.admin.drawing import due_of, first_words, marks_of, severity_of, state_of
from complaints.admin.exports import CaseExport
from complaints.admin.queues import queues_of
from complaints.admin.search_told import TellsOfSearches
from complaints.admin.viewing import CasePages
from complaints.forms import choosing
from complaints.forms.registering import RegisterForm
from complaints.models import Complaint, Statement
from complaints.roles import day_of, may
from complaints.states import GrantState
from complaints.vocabulary import StatementKind
from policies.lookup import categories_in_force

REGISTER = CaseAction(
    "register",
    gettext_lazy("Register a complaint"),
    "case.register",
    lambda pk, *, by, at, registration: register(registration, by=by, at=at),
    RegisterForm,
    submit=gettext_lazy("Register"),
    intro=gettext_lazy("Everything that is known; the rest can follow. The clocks start at once."),
)


class CategoryFilter(admin.SimpleListFilter):
    """The categories of the policy in force."""

    title = gettext_lazy("category")
    parameter_name = "category"

    def lookups(self, request, model_admin):
        """The categories by name."""
        return choosing.categories(categories_in_force(moment(request)))

    def queryset(self, request, queryset):
        """Cases of the category."""
        return queryset.filter(category=self.value()) if self.value() else queryset


@admin.register(Complaint)
class ComplaintAdmin(BulkActionsMixin, CaseExport, CasePages, TellsOfSearches, WorkListMixin, CasePartAdmin):
    """Cases: a list with queues, a page with one timeline and the next action, and nothing to delete or overwrite."""

    list_display = ["what", "customer_cell", "severity_cell", "state_cell", "handler_cell", "due_cell", "money_cell"]
    list_display_links = ["what"]
    list_filter = [
        QueueFilter,
        "state",
        "severity",
        CategoryFilter,
        "reason",
        "channel",
        "shop",
        "team",
        "handler",
        "customer",
    ]
    lookups = ("customer", "customer__id__exact")
    search_fields = ["case_number"]
    search_help_text = gettext_lazy("Number, order, phone, name, goods, or words of the complaint")
    add_label = gettext_lazy("Register a complaint")
    sortable_by = []
    list_select_related = ["customer__key", "handler", "team", "product", "order"]
    case_actions = buttons.CASE

    def case_of(self, row):
        """The case itself."""
        return row

    def get_queryset(self, request):
        """The cases that the viewer may see."""
        return visible_cases(request)

    def get_ordering(self, request):
        """The earliest deadline first, paused and ended ones last."""
        return (F("next_due_at").asc(nulls_last=True), "-pk")

    def get_list_filter(self, request):
        """The customer filter comes by links alone."""
        return [item for item in super().get_list_filter(request) if item != "customer"]

    def get_changelist_instance(self, request):
        """The list with the words of its rows and the money at stake, one query each."""
        content = Statement.objects.filter(kind=StatementKind.CONTENT).order_by("pk")
        changelist = super().get_changelist_instance(request)
        changelist.result_list = changelist.result_list.prefetch_related(
            Prefetch("statements", content, to_attr="contents")
        ).annotate(
            granted=Sum(
                "grants__amount",
                filter=~Q(grants__state__in=[GrantState.CANCELLED, GrantState.REJECTED]),
            )
        )
        return changelist

    def queues_for(self, request):
        """By role."""
        return queues_of(request.user)

    def has_add_permission(self, request):
        """Who may register."""
        return may(request.user, "case.register", on=day_of(moment(request)))

    def url_after(self, request, row, result):
        """The page of the case; a new one after registering."""
        case = result if isinstance(result, Complaint) else row
        return case_url(case.pk) if case.pk else reverse("admin:complaints_complaint_changelist")

    def _reasons(self, request, row, violations):
        """As ever; a likely duplicate is one click away."""
        reasons = super()._reasons(request, row, violations)
        found = reverse("admin:complaints_complaint_changelist") + "?queue=all&q="
        return tuple(
            replace(reason, url=found + str(violation.params["cases"]).partition(",")[0])
            if violation.code == "registration.likely_duplicate"
            else reason
            for reason, violation in zip(reasons, violations, strict=True)
        )

    def add_view(self, request, form_url="", extra_context=None):
        """Registering: an action without a row yet."""
        if not self.has_add_permission(request):
            raise RightRefused("case.register", self.opts.label_lower, "")
        return self.dialog_or_deed(request, REGISTER, Complaint())

    @admin.display(description=gettext_lazy("Case"))
    def what(self, case):
        """What it is about, and its number."""
        content = next(iter(case.contents), None)
        return cells.two_lines(first_words(content.words if content else ""), case.case_number, marks=marks_of(case))

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
        """The next deadline in words."""
        return cells.deadline(due_of(case))

    @admin.display(description=gettext_lazy("Money"))
    def money_cell(self, case):
        """What is granted or asked for."""
        return cells.money(case.granted)
