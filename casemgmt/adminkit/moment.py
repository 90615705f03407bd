"""The one moment of a request: a page is true at one instant, and nobody else reads the clock."""

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone


def moment(request: HttpRequest) -> datetime:
    """Now, read once for each request; aware, in UTC."""
    if not hasattr(request, "_moment"):
        request._moment = timezone.now()
    return request._moment
