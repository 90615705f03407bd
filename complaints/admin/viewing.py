"""The pages of one case: the case itself, and why a deadline is when it is."""

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import RecordPage
from casemgmt.adminkit.recording import RecordPageMixin
from casemgmt.adminkit.refused_rights import RightRefused
from complaints.admin.base import case_url
from complaints.admin.case_page import page_of
from complaints.admin.explaining import explanation_of
from complaints.case_file import open_file
from complaints.timeline import FOR_THE_STORY
from policies.lookup import policies_read_once


class CasePages(RecordPageMixin):
    """What the admin of cases shows of one case. Stands before the list and the actions."""

    def get_urls(self):
        """The explanation of a clock."""
        why = path(
            "<int:object_id>/why/<int:clock_id>/",
            self.admin_site.admin_view(self.why_view),
            name="complaints_complaint_why",
        )
        return [why, *super().get_urls()]

    def record_page(self, request, row, at) -> RecordPage:
        """The page of a case; its file and the policies are read once, then every rule is asked."""
        file = open_file(row, FOR_THE_STORY)
        with policies_read_once():
            return page_of(request, file, self.offers(request, row, at), at)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The record page, not the way back to it."""
        return RecordPageMixin.change_view(self, request, object_id, form_url, extra_context)

    def why_view(self, request, object_id: int, clock_id: int):
        """How a deadline came about: every stretch counted and left out, and the policy behind it."""
        case = self.get_object(request, str(object_id))
        clock = case.clocks.filter(pk=clock_id).first() if case else None
        if clock is None:
            raise Http404
        if not self.has_view_permission(request, case):
            raise RightRefused("view", self.opts.label_lower, case.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Why this time"),
            "subtitle": case.case_number,
            "opts": self.opts,
            "case": case,
            "back_url": case_url(case.pk),
            "why": explanation_of(case, clock, moment(request)),
        }
        return TemplateResponse(request, "complaints/why.html", context)
