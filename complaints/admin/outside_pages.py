"""The page of outside routes of one case: the ladder W-10, what was walked, advice, counsel, public reviews."""

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Fact, Link
from casemgmt.adminkit.templatetags.desk import instant
from complaints.admin.base import action_url, case_url, holds
from complaints.admin.buttons.outside import OUTSIDE
from complaints.admin.outside_cards import counsel_of, reviews_of, routes_of, rungs_of
from complaints.models import Complaint
from policies.lookup import policies_in_force, policies_read_once

STEPS = ("wait-outside", "go-on", "outside-decided")
"""Moves of the case that have to do with bodies outside."""


class OutsidePages:
    """What the admin of cases shows of bodies outside. Stands before the list and the actions."""

    def get_urls(self):
        """The page, below the case."""
        view = self.admin_site.admin_view(self.outside_view)
        return [path("<int:object_id>/outside/", view, name="complaints_complaint_outside"), *super().get_urls()]

    def outside_view(self, request, object_id: int):
        """Read alone; every move is posted to its own action."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "view", object_id)
        case = self.seen_or_404(request, object_id)
        at = moment(request)
        with policies_read_once():
            policies = policies_in_force(at)
            context = {
                **self.admin_site.each_context(request),
                "title": _("Outside routes"),
                "subtitle": case.case_number,
                "opts": self.opts,
                "case": case,
                "back_url": case_url(case.pk, "routes"),
                "now": at,
                "rungs": rungs_of(case, policies),
                "routes": routes_of(request, case, at),
                "advice": advice_of(case, at),
                "counsel": counsel_of(request, case, at),
                "reviews": reviews_of(request, case, at),
                "deeds": self._deeds(request, case, at),
            }
        return TemplateResponse(request, "complaints/outside.html", context)

    def _deeds(self, request, case: Complaint, at) -> dict[str, Link]:
        """What can be begun here, by the name of the action; what cannot is left out."""
        named = [action.name for action in OUTSIDE]
        found = {}
        for name in (*named, *STEPS):
            action = self.action_named(name)
            if not holds(request, action.right, case, at):
                continue
            reasons = action.why_not(case, by=request.user, at=at) if action.why_not else []
            if not reasons:
                link = Link(action.label, action_url(case, name), sheet=True)
                found[name.replace("-", "_")] = link
        return found


def advice_of(case: Complaint, at) -> tuple[Fact, ...]:
    """Why routes had to be named, and when it was done."""
    return tuple(
        Fact(
            row.get_cause_display(),
            _("told %(at)s") % {"at": instant(row.told_at, at)}
            if row.told_at
            else _("owed since %(at)s") % {"at": instant(row.arose_at, at)},
        )
        for row in case.route_advice.all()
    )
