"""What one administrator proposed and another decides."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.people.actions import approve_rights_change, decline_rights_change, violations_in_deciding
from casemgmt.people.models import RightsChange


@admin.register(RightsChange)
class RightsChangeAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Proposals for Supervisors and Auditors."""

    empty_words = _("No appointment waits. Propose one on the page of a person.")
    list_display = ["person", "group", "state", "proposed_by", "proposed_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["person", "group", "proposed_by", "decided_by"]
    search_fields = ["person__name"]
    fields = ["person", "group", "state", "proposed_by", "proposed_at", "decided_by", "decided_at"]
    change_form_before_template = "people/offers.html"
    case_actions = (
        CaseAction(
            "approve",
            _("Approve"),
            "people.decide_rightschange",
            approve_rights_change,
            why_not=violations_in_deciding,
            weight=10,
        ),
        CaseAction(
            "decline",
            _("Decline"),
            "people.decide_rightschange",
            decline_rights_change,
            why_not=violations_in_deciding,
            weight=20,
        ),
    )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take."""
        row = self.get_object(request, object_id) if object_id else None
        offers = self.offers(request, row) if row is not None else []
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "offers": offers})
