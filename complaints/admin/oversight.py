"""The admin of what the sweeps could not do: rows set aside with their reason, tried again by themselves."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from complaints.models import SetAside


@admin.register(SetAside)
class SetAsideAdmin(ReadOnlyAdmin):
    """Rows that a sweep could not deal with; it goes on without them and tries them again later."""

    empty_words = _("Nothing is set aside: the sweeps could deal with every row.")
    list_display = ["sweep", "subject_label", "row", "reason", "since", "retry_at"]
    list_filter = ["sweep"]
    sortable_by = []
