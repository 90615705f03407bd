"""The admin of what the sweeps could not do: rows set aside with their reason, tried again by themselves or at once."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from complaints.actions.retrying import RIGHT, retry_set_aside
from complaints.models import EvidenceCheck, SetAside


@admin.register(SetAside)
class SetAsideAdmin(CaseActionsMixin, ReadOnlyAdmin):
    """Rows that a sweep could not deal with; it goes on without them and tries them again later."""

    empty_words = _("Nothing is set aside: the sweeps could deal with every row.")
    list_display = ["sweep", "subject_label", "row", "reason", "since", "retry_at", "tries"]
    list_filter = ["sweep"]
    sortable_by = []
    fields = ["sweep", "subject_label", "row", "reason", "since", "retry_at", "tries"]
    change_form_before_template = "people/offers.html"
    case_actions = (
        CaseAction(
            "retry",
            _("Try again"),
            RIGHT,
            retry_set_aside,
            intro=_("The sweep takes the row at its next run, within a minute. What it cannot do is set aside again."),
        ),
    )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take."""
        row = self.get_object(request, object_id) if object_id else None
        offers = self.offers(request, row) if row is not None else []
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "offers": offers})


@admin.register(EvidenceCheck)
class EvidenceCheckAdmin(ReadOnlyAdmin):
    """Every night: whether each piece of evidence still has its bytes, unchanged."""

    empty_words = _("The stored files have not been compared yet; that happens every night.")
    list_display = ["started_at", "finished_at", "pieces", "size", "missing", "changed", "extra", "swept"]
    sortable_by = []
