"""Policies as pages to read: what holds, since when, by whom, from which source."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from policies.body_words import body_in_words
from policies.models import PolicyRow
from policies.reading import BodyRefused


@admin.register(PolicyRow)
class PolicyRowAdmin(ReadOnlyAdmin):
    """Read-only: policies change by their actions alone."""

    list_display = ["titled", "kind", "key", "edition", "state", "valid_from", "activated_by"]
    list_filter = ["kind", "state", "check_with_counsel"]
    list_select_related = ["activated_by"]
    search_fields = ["key", "title_en", "title_zh"]
    fieldsets = [
        (None, {"fields": ["titled", "kind", "key", "edition", "state", "valid_from", "closing"]}),
        (_("content"), {"fields": ["in_words"]}),
        (_("origin"), {"fields": ["told_source", "check_with_counsel", "pack", "drafted_by", "activated_by"]}),
        (_("course"), {"fields": ["activated_at", "revoked_by", "revoked_at"]}),
    ]

    @admin.display(description=_("title"))
    def titled(self, row):
        """In the reader's language."""
        return row.title

    @admin.display(description=_("source"))
    def told_source(self, row):
        """In the reader's language."""
        return row.source

    @admin.display(description=_("content"))
    def in_words(self, row):
        """The body in words; a draft that is not in order is shown with its faults by the actions, not here."""
        try:
            told = [] if row.closing else body_in_words(row.value())
        except BodyRefused:
            told = []
        return render_to_string("policies/body.html", {"told": told})
