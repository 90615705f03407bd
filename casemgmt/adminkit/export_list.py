"""What left the house as tables: for auditors to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.models import Export


@admin.register(Export)
class ExportAdmin(ReadOnlyAdmin):
    """Exports: who took which table, how many rows of it, by which filters, and why."""

    empty_words = _("Nobody has taken rows out of the house. Who does gives a reason; it is kept here.")

    list_display = ["at", "taken_by", "table", "file_format", "row_count", "filters", "reason", "is_marked"]
    list_select_related = ["taken_by", "reason"]
    list_filter = ["table", "file_format", "is_marked"]
    sortable_by = []

    @admin.display(description=_("filters"))
    def filters(self, export):
        """As codes, as they stood in the address of the list."""
        return ", ".join(f"{name}={value}" for name, value in export.part.items()) or "—"
