"""Where somebody stands on a tour, drawn on whatever page they are; and the offer of one that is new to them."""

from django import template

from casemgmt.adminkit import helping
from casemgmt.adminkit.models import TourSeen

register = template.Library()
UNDER_WAY = "tour"
SEEN = "tours_seen"


def _signed_in(context):
    request = context.get("request")
    user = getattr(request, "user", None)
    return request if user is not None and user.is_authenticated and hasattr(request, "session") else None


@register.inclusion_tag("adminkit/tour.html", takes_context=True)
def tour_callout(context):
    """The stop of the tour that is under way; nothing for who is on none."""
    request = _signed_in(context)
    standing = (request.session.get(UNDER_WAY) if request else None) or {}
    tour = helping.tour_named(standing.get("name", ""))
    place = standing.get("step", 0)
    if tour is None or not 0 <= place < len(tour.steps):
        return {"tour": None}
    step = tour.steps[place]
    return {
        "tour": tour,
        "step": step,
        "number": place + 1,
        "count": len(tour.steps),
        "is_last": place + 1 == len(tour.steps),
        "is_here": request.path == step.url().partition("?")[0],
        "step_url": step.url(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("adminkit/tour_invitation.html", takes_context=True)
def tour_invitation(context):
    """The first tour of the viewer that they have neither taken nor declined; asked of the database once a session."""
    request = _signed_in(context)
    if request is None or request.session.get(UNDER_WAY):
        return {"tour": None}
    if SEEN not in request.session:
        request.session[SEEN] = sorted(TourSeen.objects.filter(person=request.user).values_list("tour", flat=True))
    new = next((tour for tour in helping.tours_for(request) if tour.name not in request.session[SEEN]), None)
    return {"tour": new, "count": len(new.steps) if new else 0, "csrf_token": context.get("csrf_token")}
