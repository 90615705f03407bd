"""Policies as pages to read: what holds, since when, by whom, from which source."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.exporting import ExportMixin, Terms
from casemgmt.exporting import Column
from casemgmt.people.groups import GroupName
from policies.body_words import body_in_words
from policies.landing import landing_of
from policies.models import PolicyRow
from policies.reading import BodyRefused

MOST_ROWS = 5_000

__all__ = ["PolicyRowAdmin", "landing_of"]


def told_of(row) -> list[tuple[str, list[str]]]:
    """The body in words; a draft that is not in order is shown with its faults by the actions, not here."""
    try:
        return [] if row.closing else body_in_words(row.value())
    except BodyRefused:
        return []


def _content(row) -> str:
    return "\n".join(f"{name}: {'; '.join(lines)}" for name, lines in told_of(row))


EXPORT_COLUMNS = (
    Column("title", _("title"), lambda row: row.title),
    Column("kind", _("kind"), lambda row: row.get_kind_display()),
    Column("key", _("key"), lambda row: row.key),
    Column("edition", _("edition"), lambda row: row.edition),
    Column("state", _("state"), lambda row: row.get_state_display()),
    Column("valid_from", _("valid from"), lambda row: row.valid_from, is_time=True),
    Column("content", _("content"), _content),
    Column("source", _("source"), lambda row: str(row.source)),
    Column("drafted_by", _("drafted by"), lambda row: str(row.drafted_by or "")),
    Column("activated_by", _("activated by"), lambda row: str(row.activated_by or "")),
)


@admin.register(PolicyRow)
class PolicyRowAdmin(ExportMixin, ReadOnlyAdmin):
    """Read-only: policies change by their actions alone."""

    empty_words = _("No policy here. The policies of the country come with the release; without them no deadline runs.")
    list_display = ["titled", "kind", "key", "edition", "state", "valid_from", "activated_by"]
    list_filter = ["kind", "state", "check_with_counsel"]
    list_select_related = ["activated_by"]
    search_fields = ["key", "title_en", "title_zh"]
    fieldsets = [
        (None, {"fields": ["titled", "kind", "key", "edition", "state", "valid_from", "closing"]}),
        (_("content"), {"fields": ["in_words"]}),
        (_("origin"), {"fields": ["told_source", "check_with_counsel", "pack", "drafter", "activator"]}),
        (_("course"), {"fields": ["activated_at", "revoker", "revoked_at"]}),
    ]
    export_columns = EXPORT_COLUMNS
    list_before_template = "adminkit/parts/export_link.html"

    def export_terms(self, request):
        """Policy editors, and auditors with the mark of an audit copy (roles.md, row export)."""
        groups = set(request.user.groups.values_list("name", flat=True))
        if GroupName.AUDITORS in groups:
            return Terms(MOST_ROWS, is_marked=True)
        return Terms(MOST_ROWS) if GroupName.POLICY_EDITORS in groups else None

    def export_rows(self, request, queryset):
        """With the people who drafted and switched on."""
        return queryset.select_related("drafted_by", "activated_by")

    @admin.display(description=_("title"))
    def titled(self, row):
        """In the reader's language."""
        return row.title

    @admin.display(description=_("drafted by"))
    def drafter(self, row):
        """By name: not everybody who reads policies may open people."""
        return row.drafted_by

    @admin.display(description=_("activated by"))
    def activator(self, row):
        """By name, likewise."""
        return row.activated_by

    @admin.display(description=_("revoked by"))
    def revoker(self, row):
        """By name, likewise."""
        return row.revoked_by

    @admin.display(description=_("source"))
    def told_source(self, row):
        """In the reader's language."""
        return row.source

    @admin.display(description=_("content"))
    def in_words(self, row):
        """The body in words."""
        return render_to_string("policies/body.html", {"told": told_of(row)})
