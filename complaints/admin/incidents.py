"""The admin of incidents: their list, the page of one, its plan and its cases."""

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.adminkit.frame import Group, Place, register_sidebar
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import RecordPage, StateChip
from casemgmt.adminkit.recording import RecordPageMixin
from casemgmt.adminkit.refused_rights import RightRefused
from complaints.actions.incidents import open_incident
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, is_beside_the_point
from complaints.admin.bulk_page import run_url
from complaints.admin.incident_page import counts_of, incident_url, members_of, page_of
from complaints.forms.incidents import OpenIncidentForm
from complaints.models import BulkRun, Incident, IncidentMember, IncidentPlan, PublicNotice
from complaints.roles import day_of, may

OPEN = CaseAction(
    "open-incident",
    _("Open an incident"),
    "incident.lead",
    lambda pk, *, by, at, **facts: open_incident(by=by, at=at, **facts),
    OpenIncidentForm,
    intro=_(
        "One cause that hits many customers. It is no complaint itself: each case keeps its own answers and money."
    ),
)
KNOWN_PARAMETERS = {"p"}


class LedMixin(CaseActionsMixin):
    """Rights on what belongs to a whole incident: of the person alone, as the page of roles says."""

    def has_right(self, request, right, row):
        """Whoever leads incidents."""
        return may(request.user, right, on=day_of(moment(request)))

    def is_beside_the_point(self, violation):
        """Also what a closed incident does not know at all."""
        return is_beside_the_point(violation) or violation.code == "incident.closed"


@admin.register(Incident)
class IncidentAdmin(LedMixin, RecordPageMixin, ReadOnlyAdmin):
    """Incidents: those under way first."""

    empty_words = _("No incident yet. Open one when several cases have one cause.")
    record_template = "complaints/incident.html"
    add_label = _("Open an incident")
    list_display = ["title_cell", "state_cell", "about_cell", "cases_cell", "owner", "since"]
    list_display_links = ["title_cell"]
    list_select_related = ["owner", "product", "shop"]
    list_filter = ["state"]
    sortable_by = []
    ordering = ["-opened_at", "-pk"]
    case_actions = buttons.INCIDENT

    def get_queryset(self, request):
        """With the number of cases."""
        rows = super().get_queryset(request).select_related("owner", "product", "shop", "cause", "opened_by")
        return rows.annotate(number_of_cases=Count("members", filter=Q(members__unlinked_at__isnull=True)))

    def has_add_permission(self, request):
        """Who may open one."""
        return may(request.user, OPEN.right, on=day_of(moment(request)))

    def add_view(self, request, form_url="", extra_context=None):
        """Opening: an action without a row yet."""
        if not self.has_add_permission(request):
            raise RightRefused(OPEN.right, self.opts.label_lower, "")
        return self.dialog_or_deed(request, OPEN, Incident())

    def url_after(self, request, row, result):
        """The dry run that was prepared, else the page of the incident."""
        if isinstance(result, BulkRun):
            return run_url(result)
        incident = result if isinstance(result, Incident) else row
        return incident_url(incident.pk) if incident.pk else reverse("admin:complaints_incident_changelist")

    def record_page(self, request, row, at) -> RecordPage:
        """The page of the incident for this viewer."""
        return page_of(request, row, self.offers(request, row, at), at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page with its cases; a parameter that it does not know leads to the page without."""
        if request.method == "GET" and set(request.GET) - KNOWN_PARAMETERS:
            return HttpResponseRedirect(request.path)
        response = super().change_view(request, object_id, form_url, extra_context)
        if hasattr(response, "context_data") and "page" in response.context_data:
            incident = response.context_data["object"]
            response.context_data |= {
                "counts": counts_of(incident),
                "members": members_of(request, incident, response.context_data["now"]),
                "runs": incident.runs.select_related("made_by").order_by("-pk")[:5],
            }
        return response

    @admin.display(description=_("Incident"))
    def title_cell(self, incident):
        """Its name."""
        return incident.title

    @admin.display(description=_("State"))
    def state_cell(self, incident):
        """The state in words."""
        return cells.state_chip(StateChip(incident.get_state_display()))

    @admin.display(description=_("What it is about"))
    def about_cell(self, incident):
        """Goods, batch, service, shop."""
        named = (str(incident.product or ""), incident.batch or incident.service)
        return cells.two_lines(next(filter(None, named), "—"), str(incident.shop or ""))

    @admin.display(description=_("Cases"))
    def cases_cell(self, incident):
        """How many."""
        return incident.number_of_cases


class ReadOnItsIncident(LedMixin, ReadOnlyAdmin):
    """Papers that are read where their incident stands, and decided from there."""

    list_filter = ["state"]
    list_select_related = ["incident", "proposed_by", "decided_by"]
    sortable_by = []

    def url_after(self, request, row, result):
        """Back to the incident."""
        return incident_url(row.incident_id)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """It has no page of its own."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "change", object_id)
        return HttpResponseRedirect(incident_url(self.seen_or_404(request, object_id).incident_id))


@admin.register(IncidentPlan)
class IncidentPlanAdmin(ReadOnItsIncident):
    """Plans of incidents."""

    empty_words = _("No plan in this list. One is proposed on the page of its incident.")
    list_display = ["incident", "number", "state", "proposed_by", "decided_by"]
    case_actions = buttons.INCIDENT_PLAN


@admin.register(PublicNotice)
class PublicNoticeAdmin(ReadOnItsIncident):
    """Public announcements, published from there as well."""

    empty_words = _("No announcement in this list. One is drafted on the page of its incident.")
    list_display = ["incident", "number", "state", "proposed_by", "decided_by", "published_at"]
    case_actions = buttons.PUBLIC_NOTICE


@admin.register(IncidentMember)
class IncidentMemberAdmin(CasePartAdmin):
    """Cases of incidents: taken out or noted one by one from the page of the incident."""

    empty_words = _("No case in this list. Cases join on the page of their incident, or from their own page.")
    list_display = ["incident", "case", "linked_by", "linked_at"]
    list_select_related = ["incident", "case", "linked_by"]
    sortable_by = []
    case_actions = buttons.INCIDENT_MEMBER

    def url_after(self, request, row, result):
        """Back to the incident."""
        return incident_url(row.incident_id)


def sidebar_of(request) -> list[Group]:
    """The entry of incidents, for whoever may read them."""
    if not request.user.has_perm("complaints.view_incident"):
        return []
    return [Group(_("Work"), (Place(_("Incidents"), reverse("admin:complaints_incident_changelist"), "crisis_alert"),))]


register_sidebar("incidents", sidebar_of, weight=12)
