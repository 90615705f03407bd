"""The admin of the running house: one's own notices, the diary of the sweeps, and letters that could not be sent."""

from django.contrib import admin
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import ReadOnlyAdmin
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.palette import Found, FoundGroup, register_entries
from casemgmt.models import Notice, OutboxMessage, Sweep
from casemgmt.sentences import say
from casemgmt.violations import Violation


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """One's own notices."""

    list_display = ["sentence", "case_number", "shown_from", "read_at"]
    list_filter = ["read_at"]
    sortable_by = []

    def get_queryset(self, request):
        """Nobody reads another's notices."""
        return super().get_queryset(request).filter(person=request.user)

    def has_view_permission(self, request, obj=None):
        """Everybody has notices."""
        return request.user.is_active and request.user.is_staff

    def get_urls(self):
        """Reading a notice."""
        view = self.admin_site.admin_view(self.read_view)
        everything = self.admin_site.admin_view(self.read_all_view)
        return [
            path("<int:object_id>/read/", view, name="casemgmt_notice_read"),
            path("read-all/", everything, name="casemgmt_notice_read_all"),
            *super().get_urls(),
        ]

    def read_all_view(self, request):
        """Mark all of one's own notices as read; the second time changes nothing."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        at = moment(request)
        Notice.objects.of(request.user).unread().visible(at).update(read_at=at)
        return HttpResponseRedirect(reverse("admin:index"))

    def read_view(self, request, object_id: int):
        """Lead to what the notice is about; POST marks it as read, GET changes nothing."""
        notice = self.get_queryset(request).filter(pk=object_id).first()
        if notice is None:
            raise Http404
        if request.method == "POST":
            Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=moment(request))
            return HttpResponseRedirect(reverse("admin:index"))
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        if notice.subject_label == "complaints.complaint":
            return HttpResponseRedirect(reverse("admin:complaints_complaint_change", args=[notice.subject_pk]))
        return HttpResponseRedirect(reverse("admin:index"))

    @admin.display(description=_("notice"))
    def sentence(self, notice):
        """The notice in the reader's language."""
        return say(Violation(notice.code, params=notice.params))


@admin.register(Sweep)
class SweepAdmin(ReadOnlyAdmin):
    """What the sweeps did."""

    list_display = ["name", "started_at", "finished_at", "selected", "done", "error"]
    list_filter = ["name"]
    sortable_by = []


@admin.register(OutboxMessage)
class OutboxAdmin(ReadOnlyAdmin):
    """Letters that wait, or were given up."""

    list_display = ["kind", "case_number", "created_at", "attempts", "sent_at", "failed_at", "last_error"]
    list_filter = ["last_error"]
    sortable_by = []


def own_entries(request) -> list[FoundGroup]:
    """What everybody has: their notices and their password."""
    notices = Found(_("My notices"), reverse("admin:casemgmt_notice_changelist"), icon="notifications")
    password = Found(_("Change password"), reverse("admin:password_change"), icon="key")
    return [FoundGroup(_("For me"), (notices, password))]


register_entries("casemgmt", own_entries, weight=90)
