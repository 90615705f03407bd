"""The bell in the header of every page: how many notices wait, in one cheap query."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.counting import counts_in_frame, register_frame_counts
from casemgmt.adminkit.moment import moment
from casemgmt.models import Notice
from casemgmt.notice_words import sentence_of

register = template.Library()

MOST = 99
UNREAD = "casemgmt.unread"


def unread_count(request) -> int:
    """How many unread notices the viewer has now, counted to one beyond MOST; asked once for each request."""
    return min(counts_in_frame(request)[UNREAD], MOST + 1)


def _rows_of(request):
    return {UNREAD: Notice.objects.of(request.user).unread().visible(moment(request))}


register_frame_counts("casemgmt", _rows_of)


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
        return sentence_of(notice.code, notice.params)
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
