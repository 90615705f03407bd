"""The page of the demo receiver: make the endpoint, send a test, and read what arrived."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.demo_receiver import NAME, arrivals, make_demo_endpoint
from casemgmt.models import Endpoint
from casemgmt.operating import ask_test

MAKE = "casemgmt.add_endpoint"


def receiver_view(request: HttpRequest) -> HttpResponse:
    """Read by administrators; POST makes the endpoint, or makes it lead here again, and sends a test."""
    if not settings.DEMO_RECEIVER:
        raise Http404
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    if not request.user.has_perm(MAKE):
        raise RightRefused(MAKE, "casemgmt.endpoint", "") from PermissionDenied(MAKE)
    if request.method == "POST":
        at = moment(request)
        endpoint = make_demo_endpoint(by=request.user, at=at, port=request.get_port())
        ask_test(endpoint.pk, by=request.user, at=at)
        messages.success(request, _("The endpoint leads here and a test is on its way; look again in a few seconds."))
        return HttpResponseRedirect(reverse("desk:receiver"))
    endpoint = Endpoint.objects.filter(name=NAME).first()
    context = {
        "title": _("Demo receiver"),
        "arrivals": arrivals(),
        "endpoint_url": reverse("admin:casemgmt_endpoint_change", args=[endpoint.pk]) if endpoint else "",
        "now": moment(request),
    }
    return drawn(request, "adminkit/operation/receiver.html", context)


register_page("receiver/", receiver_view, "receiver")
