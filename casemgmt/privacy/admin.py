"""The admin of the access log."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.privacy.models import AccessEvent


@admin.register(AccessEvent)
class AccessEventAdmin(ReadOnlyAdmin):
    """Who looked at personal data, took files, or tried what they may not."""

    empty_words = _("Nobody has opened personal data, and nobody was refused a right.")
    list_display = ["at", "person_name", "kind", "subject_label", "subject_pk", "subject_field", "reason"]
    list_filter = ["kind", "subject_label"]
    search_fields = ["person_name", "=subject_pk"]
    sortable_by = []
