"""Refusals as pages of the admin, for whoever is signed in: the menu stays, nobody is stranded."""

from django.contrib import admin
from django.http import HttpResponse
from django.template.loader import render_to_string

FRAMED = (400, 403, 404, 405, 409)


class RefusalsInFrame:
    """Draws the plain pages of `casemgmt.refusing` inside the frame. Fragments, visitors and bugs get them plain."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        refusal = getattr(response, "refusal", None)
        is_fragment = request.headers.get("HX-Request") == "true"
        if (
            refusal is None
            or response.status_code not in FRAMED
            or is_fragment
            or not admin.site.has_permission(request)
        ):
            return response
        context = admin.site.each_context(request) | refusal | {"content_title": refusal["title"]}
        framed = HttpResponse(render_to_string("adminkit/refused.html", context, request), status=response.status_code)
        if "Allow" in response:
            framed["Allow"] = response["Allow"]
        return framed
