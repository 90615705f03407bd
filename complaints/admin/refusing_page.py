"""The guided page of a refusal: steps with what lacks in each, and a draft that is never lost."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.refusing import page
from casemgmt.violations import RuleBroken
from complaints.actions.proposing_refusals import keep_draft
from complaints.admin.base import case_url, holds
from complaints.forms.refusal_guide import refuse_url
from complaints.forms.refusing import STEPS, typed_in
from complaints.states import CaseState

RIGHT = "refusal.propose"
CODES = frozenset(step.code for step in STEPS)


class RefusalPage:
    """Adds `<pk>/refuse/` to the admin of cases (W-07). GET shows a step, POST keeps the draft and goes to one.

    Handing in is the action itself, posted to its own address; this page decides nothing.
    """

    def get_urls(self):
        """The guided page."""
        view = self.admin_site.admin_view(self.refuse_view)
        return [path("<int:object_id>/refuse/", view, name="complaints_complaint_refuse"), *super().get_urls()]

    def url_of_action(self, row, name: str) -> str:
        """A refusal is proposed on its own page."""
        return refuse_url(row.pk) if name == "propose-refusal" else super().url_of_action(row, name)

    def refuse_view(self, request, object_id: int):
        """A step of the page, or the draft kept; a case that is not negotiated is shown instead."""
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
        case = self.seen_or_404(request, object_id)
        if not holds(request, RIGHT, case, moment(request)):
            raise RightRefused(RIGHT, self.opts.label_lower, case.pk)
        if request.method == "POST":
            return self._keep_draft(request, case)
        if set(request.GET) - {"step"} or request.GET.get("step", STEPS[0].code) not in CODES:
            return page(400, _("The value of the filter is not valid."))
        if case.state != CaseState.NEGOTIATING:
            return HttpResponseRedirect(case_url(case.pk, "refusals"))
        return self.dialog_or_deed(request, self.action_named("propose-refusal"), case)

    def _keep_draft(self, request, case):
        """Keep what was typed; a script that saves in passing is told no more than that."""
        is_passing = request.headers.get("X-Requested-With") == "draft"
        try:
            keep_draft(case.pk, by=request.user, at=moment(request), typed=typed_in(request.POST))
        except RuleBroken as broken:
            if is_passing:
                return HttpResponse(status=422)
            action = self.action_named("propose-refusal")
            form = self._form(request, action, case, request.POST)
            form.is_valid()
            form.refuse(self._reasons(request, case, broken.violations))
            return self._dialog(request, action, case, form, status=422)
        if is_passing:
            return HttpResponse(status=204)
        to = request.POST.get("to", "")
        if to == "case":
            messages.success(request, _("The draft of the refusal is kept; it is yours alone."))
            return HttpResponseRedirect(case_url(case.pk))
        step = to if to in CODES else STEPS[0].code
        return HttpResponseRedirect(f"{refuse_url(case.pk)}?{urlencode({'step': step})}")
