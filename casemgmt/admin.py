"""The admin of the running house: one's own notices, the diary of the sweeps, and letters that could not be sent."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.palette import Found, FoundGroup, register_entries
from casemgmt.models import OutboxMessage, Sweep
from casemgmt.notice_pages import NoticeAdmin

__all__ = ["NoticeAdmin", "OutboxAdmin", "SweepAdmin"]


@admin.register(Sweep)
class SweepAdmin(ReadOnlyAdmin):
    """What the sweeps did."""

    empty_words = _("No sweep has run yet. They start with the product; if they do not, reminders stand still.")
    list_display = ["name", "started_at", "finished_at", "selected", "done", "error"]
    list_filter = ["name"]
    sortable_by = []


@admin.register(OutboxMessage)
class OutboxAdmin(ReadOnlyAdmin):
    """Letters that wait, or were given up."""

    empty_words = _("No letter waits and none was given up.")
    list_display = ["kind", "case_number", "created_at", "attempts", "sent_at", "failed_at", "last_error"]
    list_filter = ["last_error"]
    sortable_by = []


def own_entries(request) -> list[FoundGroup]:
    """What everybody has: their notices and their password."""
    notices = Found(_("My notices"), reverse("admin:casemgmt_notice_changelist"), icon="notifications")
    password = Found(_("Change password"), reverse("admin:password_change"), icon="key")
    return [FoundGroup(_("For me"), (notices, password))]


register_entries("casemgmt", own_entries, weight=90)
