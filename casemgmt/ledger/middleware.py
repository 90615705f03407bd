"""Every unsafe request is signed by its user, as a fallback: actions sign with reasons of their own."""

import re
from uuid import uuid4

from django.urls import Resolver404, resolve

from casemgmt.ledger.context import LONGEST_REASON, signed

_SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
_REQUEST_ID = re.compile(r"[\w.-]{1,64}")


class SignUnsafeRequests:
    """Stands after authentication. A GET stays unsigned, so a GET cannot write; so does a visitor.

    The reason is the name of the URL ("admin:complaints_complaint_change"). `request.request_id` is the caller's
    X-Request-ID if it is a plain word, else a new one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.request_id = _request_id(request)
        if request.method in _SAFE or not request.user.is_authenticated:
            return self.get_response(request)
        with signed(by=request.user, reason=_url_name(request), request=request.request_id, source="web"):
            return self.get_response(request)


def _request_id(request) -> str:
    given = request.headers.get("X-Request-ID", "")
    return given if _REQUEST_ID.fullmatch(given, 0) else uuid4().hex


def _url_name(request) -> str:
    try:
        match = resolve(request.path_info, getattr(request, "urlconf", None))
    except Resolver404:
        return "unknown-page"
    return (match.view_name or "unnamed-page")[:LONGEST_REASON]
