"""How the house says no: plain pages with a sentence, for whatever no form could keep on its page."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgmt.ledger import Refused
from casemgmt.sentences import registered, say
from casemgmt.violations import CaseMovedOn, RuleBroken

logger = logging.getLogger(__name__)

KNOWN_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
TITLES = {
    400: gettext_lazy("This request cannot be read"),
    403: gettext_lazy("You may not do this"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This cannot be done here"),
    409: gettext_lazy("The case has moved on"),
    413: gettext_lazy("This is too large"),
    429: gettext_lazy("Sign-in is locked for a while"),
    500: gettext_lazy("Something went wrong on our side"),
}


def page(status: int, *sentences: str) -> HttpResponse:
    """A page that needs no person, session or database: title, sentences, and the way back.

    `refusal` keeps what it says, for the admin to draw it inside its frame.
    """
    said = {"status": status, "title": TITLES[status], "sentences": sentences}
    response = HttpResponse(render_to_string("refused.html", said), status=status)
    response.refusal = said
    return response


def bad_request(request, exception=None):
    """400: what was sent is too much, or makes no sense."""
    if isinstance(exception, TooManyFilesSent):
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FILES
        return page(400, _("Too many files: at most %(limit)s at a time.") % {"limit": limit})
    if isinstance(exception, TooManyFieldsSent):
        limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        return page(400, _("Too many fields: at most %(limit)s at a time.") % {"limit": limit})
    if isinstance(exception, RequestDataTooBig):
        megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
        return page(400, _("Too much text: at most %(megabytes)s MB at a time.") % {"megabytes": megabytes})
    return page(400, _("Go back, check what you entered and send it again."))


def permission_denied(request, exception=None):
    """403: the person may not; the state of things has nothing to do with it."""
    return page(403, _("Your role does not include this. Ask your supervisor if you need it."))


def csrf_failed(request, reason=""):
    """403: the form is older than the session, or did not come from our page."""
    logger.warning("form refused: %s", reason)
    return page(403, _("The form is too old or came from another page. Go back, reload and send it again."))


def not_found(request, exception=None):
    """404: it does not exist, or not for this person; the page does not tell which."""
    return page(404, _("The address is wrong, or what it named is not among the cases you can see."))


def server_error(request):
    """500: a bug. It is in the log; nothing was half done."""
    return page(500, _("Nothing was saved. The error has been recorded; please try again or tell the administrators."))


def locked_out(request, original_response=None, credentials=None):
    """429: too many wrong passwords. The same words whether or not the account exists."""
    minutes = max(1, settings.AXES_COOLOFF_TIME // timedelta(minutes=1))
    return page(
        429,
        ngettext(
            "Too many wrong passwords. Try again in %(minutes)s minute.",
            "Too many wrong passwords. Try again in %(minutes)s minutes.",
            minutes,
        )
        % {"minutes": minutes},
    )


class OnlyKnownMethods:
    """Answers 405 to methods that no page knows, and 413 to bodies that no upload may have, before reading them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in KNOWN_METHODS:
            answer = page(405, _("Pages can be read and forms can be sent; nothing else."))
            refusal = HttpResponseNotAllowed(KNOWN_METHODS, answer.content)
            logger.warning("method refused: %s %s", request.method, request.path)
            return refusal
        if _announced_length(request) > settings.MAX_UPLOAD_BYTES:
            megabytes = settings.MAX_UPLOAD_BYTES // (1024 * 1024)
            return page(413, _("At most %(megabytes)s MB can be sent at a time.") % {"megabytes": megabytes})
        return self.get_response(request)


class RefusalsAsPages:
    """The last net for refusals that no form caught: a 409 page with the reasons, never a 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, CaseMovedOn):
            return page(409, _("Someone else changed it while you were working. Reload the page and look again."))
        if isinstance(exception, RuleBroken):
            return page(409, *_said(exception.violations))
        if isinstance(exception, Refused):
            logger.error("the database refused a write: %s", exception)
            return page(409, *_said([exception.violation]))
        return None


def _said(violations):
    known = registered()
    sentences = [say(violation) for violation in violations if violation.code in known]
    return sentences or [_("The rules of the case do not allow this. Nothing was changed.")]


def _announced_length(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
