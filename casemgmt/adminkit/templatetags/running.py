"""The red line on every page when what works by itself stands still; counted with the rest of the frame."""

from datetime import timedelta

from django import template
from django.urls import reverse

from casemgmt import sweeps
from casemgmt.adminkit.counting import counts_in_frame, register_frame_counts
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.templatetags.desk import span_in_words
from casemgmt.models import Sweep

register = template.Library()

WATCHED = "escalate_overdue"
"""The sweep that stands for all: it runs every minute by the same worker and clock."""
LOOK = "casemgmt.view_operation"
LATELY, EVER = "casemgmt.swept_lately", "casemgmt.swept_ever"
FAR_BACK = timedelta(days=1)


def _rows_of(request):
    if not request.user.has_perm(LOOK):
        return {}
    ended = Sweep.objects.filter(name=WATCHED, finished_at__isnull=False)
    since = moment(request) - sweeps.MAY_BE_OLD
    return {LATELY: ended.filter(finished_at__gt=since), EVER: ended.filter(finished_at__lte=since)}


register_frame_counts("casemgmt.running", _rows_of)


@register.inclusion_tag("adminkit/operation/banner.html", takes_context=True)
def late_banner(context):
    """For administrators, supervisors and auditors; nothing for others, and nothing before the first sweep."""
    request = context.get("request")
    if request is None or not getattr(request.user, "is_staff", False) or not request.user.has_perm(LOOK):
        return {"is_late": False}
    counts = counts_in_frame(request)
    if counts.get(LATELY) or not counts.get(EVER):
        return {"is_late": False}
    last = sweeps.late([WATCHED], moment(request)).get(WATCHED)
    span = span_in_words(moment(request) - last) if last else ""
    return {"is_late": bool(last), "span": span, "url": reverse("desk:operation")}
