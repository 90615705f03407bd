"""Which account gets another staff number: one administrator proposed it, another decides."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.people.models import NumberChange, Person
from casemgmt.people.renumbering import approve_number_change, decline_number_change, why_not_decide_number


@admin.register(NumberChange)
class NumberChangeAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Proposals to say that an account is somebody else's."""

    empty_words = _("No staff number waits for a second administrator. Propose one on the page of a person.")
    list_display = ["person", "number_before", "number", "reason", "state", "proposed_by", "proposed_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["person", "proposed_by", "decided_by"]
    search_fields = ["person__name", "number_before", "number"]
    fields = [
        "person",
        "number_before",
        "number",
        "reason",
        "state",
        "proposed_by",
        "proposed_at",
        "decided_by",
        "decided_at",
    ]
    change_form_before_template = "people/offers.html"
    case_actions = (
        CaseAction(
            "approve",
            _("Approve"),
            "people.decide_numberchange",
            approve_number_change,
            why_not=why_not_decide_number,
            intro=_("Accounts without the same number count as two people, who decide about each other."),
            weight=10,
        ),
        CaseAction(
            "decline",
            _("Decline"),
            "people.decide_numberchange",
            decline_number_change,
            why_not=why_not_decide_number,
            weight=20,
        ),
    )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take, and the accounts that would be taken apart."""
        row = self.get_object(request, object_id) if object_id else None
        told = {}
        if row is not None:
            joined = Person.objects.filter(staff_number=row.number_before).exclude(pk=row.person_id)
            told = {"offers": self.offers(request, row), "same_person": list(joined.order_by("username"))}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **told})
