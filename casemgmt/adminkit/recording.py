"""A row as a page to work on, instead of a form: facts, one timeline, and what can be done."""

from django.contrib.admin.utils import unquote
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone

from casemgmt.adminkit.pages import RecordPage
from casemgmt.adminkit.refused_rights import RightRefused


class RecordPageMixin:
    """Draws a row as the RecordPage that `record_page` gives. Nothing is posted here: actions have their own addresses.

    Stands before AuditedAdmin and after CaseActionsMixin.
    """

    record_template = "adminkit/record.html"

    def record_page(self, request, row, at) -> RecordPage:
        """The page of this row for this viewer at this moment."""
        raise NotImplementedError

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page; GET and HEAD alone."""
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.only_read(request, "change", object_id)
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise RightRefused("view", self.opts.label_lower, row.pk)
        at = timezone.now()
        page = self.record_page(request, row, at)
        context = {
            **self.admin_site.each_context(request),
            "title": page.head.title,
            "subtitle": page.head.number,
            "opts": self.opts,
            "object": row,
            "original": row,
            "page": page,
            "now": at,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.record_template, context)
