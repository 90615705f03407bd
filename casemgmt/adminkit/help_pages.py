"""The pages of the help, and the tours: where somebody stands on a tour is kept in the session."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casemgmt.adminkit import helping
from casemgmt.adminkit.models import TourSeen
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.refusing import page

UNDER_WAY = "tour"
SEEN = "tours_seen"


@require_safe
def help_view(request):
    """One's own chapters first, then the others; the glossary; the tours."""
    found = helping.chapters()
    own = [chapter for chapter in found if chapter.is_for(request)]
    return drawn(
        request,
        "adminkit/help.html",
        {
            "title": _("Help"),
            "own": own,
            "others": [chapter for chapter in found if chapter not in own],
            "tours": helping.tours_for(request),
        },
    )


@require_safe
def chapter_view(request, name: str):
    """One chapter."""
    chapter = helping.chapter_named(name)
    if chapter is None:
        raise Http404
    return drawn(request, "adminkit/help_chapter.html", {"title": chapter.title, "chapter": chapter})


@require_safe
def glossary_view(request):
    """The words of the field in English and Chinese."""
    return drawn(request, "adminkit/help_glossary.html", {"title": _("Glossary"), "terms": helping.terms()})


@require_POST
def tour_view(request, name: str):
    """Begin a tour, go on, go back, or leave it. Leaving an unknown place leaves the tour; twice is once."""
    tour = helping.tour_named(name)
    if tour is None:
        raise Http404
    act = request.POST.get("act", "")
    standing = request.session.get(UNDER_WAY) or {}
    step = standing.get("step", 0) if standing.get("name") == name else -1
    moves = {"begin": 0, "on": step + 1, "back": max(0, step - 1), "leave": None}
    if act not in moves:
        return page(400, _("The value of the filter is not valid."))
    step = moves[act]
    if step is None or step >= len(tour.steps):
        request.session.pop(UNDER_WAY, None)
        _remember(request, name)
        return HttpResponseRedirect(reverse("admin:index" if act == "leave" else "desk:help"))
    request.session[UNDER_WAY] = {"name": name, "step": step}
    _remember(request, name)
    return HttpResponseRedirect(tour.steps[step].url())


def _remember(request, name: str) -> None:
    """This person knows of the tour: it is not offered by itself again, and stays in the help."""
    TourSeen.objects.get_or_create(person=request.user, tour=name, defaults={"at": moment(request)})
    request.session[SEEN] = sorted({*request.session.get(SEEN, ()), name})


register_page("help/", help_view, "help")
register_page("help/glossary/", glossary_view, "help_glossary")
register_page("help/tours/<slug:name>/", tour_view, "help_tour")
register_page("help/<slug:name>/", chapter_view, "help_chapter")
