"""The bell in the header of every page: how many notices wait, in one cheap query."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.moment import moment
from casemgmt.models import Notice
from casemgmt.sentences import say
from casemgmt.violations import Violation

register = template.Library()

MOST = 99


def unread_count(request) -> int:
    """How many unread notices the viewer has now, counted to one beyond MOST; asked once for each request."""
    if not hasattr(request, "_unread_notices"):
        rows = Notice.objects.of(request.user).unread().visible(moment(request)).order_by()
        request._unread_notices = rows[: MOST + 1].count()
    return request._unread_notices


def in_words(count: int) -> str:
    """The count as a screen reader says it."""
    if count > MOST:
        return _("Notices: more than %(most)s unread") % {"most": MOST}
    if not count:
        return _("Notices: nothing unread")
    return ngettext("Notices: %(n)s unread", "Notices: %(n)s unread", count) % {"n": count}


def notice_in_words(notice: Notice) -> str:
    """The notice in the reader's language; one that nobody can word any more shows its code."""
    try:
        return say(Violation(notice.code, params=notice.params))
    except (KeyError, TypeError, ValueError):
        return notice.code


@register.inclusion_tag("adminkit/notices/bell.html", takes_context=True)
def notice_bell(context):
    """The bell; nothing for visitors and people without pages."""
    request = context.get("request")
    if request is None or not getattr(request.user, "is_staff", False):
        return {"is_drawn": False}
    count = unread_count(request)
    return {"is_drawn": True, "count": count, "shown": f"{MOST}+" if count > MOST else count, "words": in_words(count)}
