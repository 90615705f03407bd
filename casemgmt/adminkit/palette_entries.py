"""What the palette offers in every house: one's saved filters, and the chapters of the help."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgmt.adminkit import helping
from casemgmt.adminkit.models import SavedFilter
from casemgmt.adminkit.palette import Found, FoundGroup, register_entries

SAVED_AT_MOST = 50


def entries_for(request) -> list[FoundGroup]:
    """One's own filters and those shared with one's team, of lists that one may open; then the help."""
    return [
        FoundGroup(_("Saved filters"), tuple(_saved(request))),
        FoundGroup(_("Help"), tuple(_help(request))),
    ]


def _saved(request):
    mine = Q(person=request.user)
    if request.user.team_id is not None:
        mine |= Q(team=request.user.team_id)
    for saved in SavedFilter.objects.filter(mine).order_by("name", "pk")[:SAVED_AT_MOST]:
        listed = admin.site._registry.get(apps.get_model(saved.list_label))
        if listed is not None and listed.has_view_permission(request):
            url = reverse(f"admin:{listed.opts.app_label}_{listed.opts.model_name}_changelist")
            name = str(listed.opts.verbose_name_plural)
            yield Found(saved.name, f"{url}?{saved.query}", name, "bookmark")


def _help(request):
    yield Found(gettext_lazy("All help"), reverse("desk:help"), icon="help")
    for chapter in helping.chapters():
        yield Found(chapter.title, reverse("desk:help_chapter", args=[chapter.name]), chapter.summary, "help")


register_entries("adminkit", entries_for, weight=50)
