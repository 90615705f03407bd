"""The pages of one case: the case itself, the same for paper, and why a deadline is when it is."""

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import RecordPage
from casemgmt.adminkit.presence import PresenceMixin
from casemgmt.adminkit.recording import RecordPageMixin
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.privacy.access import note
from casemgmt.privacy.models import AccessKind
from complaints.admin.base import case_url
from complaints.admin.case_page import page_of
from complaints.admin.entitlement_pages import EntitlementPages
from complaints.admin.evidence_room import EvidenceRoom
from complaints.admin.explaining import strip_of
from complaints.admin.outside_pages import OutsidePages
from complaints.admin.printing import printed_case
from complaints.case_file import open_file
from complaints.explaining_clocks import told_of
from complaints.roles import AUDITORS, STAFF, SUPERVISORS, groups_of
from complaints.telling_clocks import replay_in_words, told_as_text
from complaints.timeline import FOR_THE_STORY
from policies.lookup import policies_read_once

PRINT = "case.print"
MAY_PRINT = frozenset({STAFF, SUPERVISORS, AUDITORS})
"""Whose role takes cases out of the house; operations take payments alone."""


class CasePages(OutsidePages, EvidenceRoom, EntitlementPages, PresenceMixin, RecordPageMixin):
    """What the admin of cases shows of one case. Stands before the list and the actions."""

    def get_urls(self):
        """The explanation of a clock, and the case for paper."""
        paper = path(
            "<int:object_id>/print/", self.admin_site.admin_view(self.print_view), name="complaints_complaint_print"
        )
        why = path(
            "<int:object_id>/why/<int:clock_id>/",
            self.admin_site.admin_view(self.why_view),
            name="complaints_complaint_why",
        )
        text = path(
            "<int:object_id>/why/<int:clock_id>/text/",
            self.admin_site.admin_view(self.why_text_view),
            name="complaints_complaint_why_text",
        )
        return [why, text, paper, *super().get_urls()]

    def record_page(self, request, row, at) -> RecordPage:
        """The page of a case; its file and the policies are read once, then every rule is asked."""
        file = open_file(row, FOR_THE_STORY)
        paper = reverse("admin:complaints_complaint_print", args=[row.pk]) if may_print(request.user) else ""
        with policies_read_once():
            offers = self.offers(request, row, at)
            return page_of(request, file, offers, at, here_url=self.here_url(row), print_url=paper)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The record page, not the way back to it. When an auditor opens it, that is noted."""
        response = RecordPageMixin.change_view(self, request, object_id, form_url, extra_context)
        if request.method == "GET" and response.status_code == 200 and AUDITORS in groups_of(request.user):
            self._note(request, AccessKind.VIEWED, object_id)
        return response

    def print_view(self, request, object_id: int):
        """The case for paper, with or without its internal notes; each time is noted as an export."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "print", object_id)
        case = self.seen_or_404(request, object_id)
        if not may_print(request.user):
            raise RightRefused(PRINT, self.opts.label_lower, case.pk)
        at = moment(request)
        file = open_file(case, FOR_THE_STORY)
        with policies_read_once():
            context = printed_case(request, file, at, with_notes=request.GET.get("notes") == "1")
        if request.method == "GET":
            self._note(request, AccessKind.EXPORTED, object_id)
        response = TemplateResponse(request, "complaints/print.html", context)
        response["Cache-Control"] = "private, no-store"
        return response

    def _note(self, request, kind, object_id):
        note(
            kind,
            by=request.user,
            at=moment(request),
            subject_label=self.opts.label_lower,
            subject_pk=object_id,
            request=getattr(request, "request_id", ""),
        )

    def why_view(self, request, object_id: int, clock_id: int):
        """How a deadline came about: every stretch counted and left out, and the policy behind it."""
        case, told = self._told(request, object_id, clock_id)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Why this time"),
            "subtitle": case.case_number,
            "opts": self.opts,
            "case": case,
            "back_url": case_url(case.pk),
            "why": told,
            "strip": strip_of(told, moment(request)),
            "replay": replay_in_words(told),
            "text": told_as_text(told),
            "text_url": reverse("admin:complaints_complaint_why_text", args=[case.pk, clock_id]),
        }
        return TemplateResponse(request, "complaints/why.html", context)

    def why_text_view(self, request, object_id: int, clock_id: int):
        """The same as plain text, to be copied or kept."""
        _case, told = self._told(request, object_id, clock_id)
        response = HttpResponse(told_as_text(told), content_type="text/plain; charset=utf-8")
        response["Cache-Control"] = "private, no-store"
        return response

    def _told(self, request, object_id: int, clock_id: int):
        case = self.get_object(request, str(object_id))
        clock = case.clocks.filter(pk=clock_id).first() if case else None
        if clock is None:
            raise Http404
        if not self.has_view_permission(request, case):
            raise RightRefused("view", self.opts.label_lower, case.pk)
        with policies_read_once():
            return case, told_of(case, clock, moment(request))


def may_print(person) -> bool:
    """Whether this person may take a case out on paper."""
    return person.is_superuser or bool(MAY_PRINT & groups_of(person))
