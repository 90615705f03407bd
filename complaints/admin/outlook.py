"""What a request for money would take, told while it is typed: a fragment beside the form that writes nothing."""

from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.amounts import amount_in
from casemgmt.refusing import page
from complaints.forms.outlooks import outlook_for
from policies.lookup import policies_in_force

ASKED_WITH = {"amount", "kind", "legal_reference", "grant"}
LONGEST = 60
RIGHT = "grant.ask"


class GrantOutlookMixin:
    """Gives cases `<pk>/outlook/`: route, what is left and like cases for `amount`, `kind` and `legal_reference`."""

    def get_urls(self):
        """The address that the form of a grant asks."""
        view = self.admin_site.admin_view(self.outlook_view)
        return [path("<int:object_id>/outlook/", view, name="complaints_complaint_outlook"), *super().get_urls()]

    def outlook_view(self, request, object_id: int):
        """By whoever may ask for money on the case. What is no amount yet is none; unknown parameters are refused."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(("GET", "HEAD"))
        case = self.get_object(request, str(object_id))
        if case is None:
            raise Http404
        if not self.has_right(request, RIGHT, case):
            raise RightRefused(RIGHT, self.opts.label_lower, case.pk)
        given = request.GET
        if set(given) - ASKED_WITH or any(len(value) > LONGEST for value in given.values()):
            return page(400, _("The value of the filter is not valid."))
        key = given.get("grant", "")
        is_key = key.isascii() and key.isdecimal() and len(key) < 16
        at = moment(request)
        outlook = outlook_for(
            case,
            policies_in_force(at),
            by=request.user,
            at=at,
            amount=amount_in(given.get("amount", "")),
            kind=given.get("kind", ""),
            legal_reference=given.get("legal_reference", ""),
            grant=case.grants.filter(pk=int(key), asked_by=request.user).first() if is_key else None,
        )
        response = render(request, "complaints/grant_outlook.html", {"outlook": outlook})
        response["Cache-Control"] = "private, no-store"
        return response
