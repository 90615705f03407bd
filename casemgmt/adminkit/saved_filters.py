"""Lists under names: what is filtered now can be kept, shared with one's team, opened, renamed and removed."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.keyset import AFTER, BEFORE
from casemgmt.adminkit.leafing import QuietChangeList
from casemgmt.adminkit.models import SavedFilter
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.personal_lists import personal_of
from casemgmt.adminkit.refused_rights import RightRefused

KEPT_AT_MOST = 20
LONGEST_NAME = 40
LONGEST_QUERY = 1_000
NEVER_KEPT = ("q", "p", "o", "e", "from", AFTER, BEFORE)
NO_LIST = (
    DisallowedModelAdminLookup,
    IncorrectLookupParameters,
    FieldError,
    ValidationError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved filter as its viewer sees it."""

    pk: int
    name: str
    url: str
    is_shared: bool
    is_open: bool
    is_mine: bool
    may_remove: bool
    whose: str
    edit_url: str


class SavedFiltersMixin:
    """Gives a list `saved/` and `saved/<pk>/`, both POST alone. Override `may_remove_saved` for who leads a team."""

    def get_urls(self):
        """Where filters are kept and changed."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_saved"
        view = self.admin_site.admin_view
        return [
            path("saved/", view(self.save_filter_view), name=name),
            path("saved/<int:saved_id>/", view(self.change_filter_view), name=f"{name}_one"),
            *super().get_urls(),
        ]

    def may_remove_saved(self, request, saved: SavedFilter) -> bool:
        """Whether somebody else's shared filter may be removed by this viewer."""
        return False

    def get_changelist_instance(self, request):
        """The list with the names beside its tabs."""
        changelist = super().get_changelist_instance(request)
        if isinstance(changelist, QuietChangeList) or not hasattr(changelist, "leaf"):
            return changelist
        here = kept_part(request.GET)
        base = f"admin:{self.opts.app_label}_{self.opts.model_name}_saved"
        changelist.saved = [
            Saved(
                pk=saved.pk,
                name=saved.name,
                url=f"?{saved.query}",
                is_shared=saved.team_id is not None,
                is_open=saved.query == here,
                is_mine=saved.person_id == request.user.pk,
                may_remove=saved.person_id == request.user.pk or self.may_remove_saved(request, saved),
                whose=whose,
                edit_url=reverse(f"{base}_one", args=[saved.pk]),
            )
            for saved, whose in personal_of(request, self.opts.label_lower).saved
        ]
        changelist.save_url = reverse(base)
        return changelist

    def save_filter_view(self, request):
        """Keep the filters of the form under a name; what is wrong with it is said above the list."""
        self._only_post(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        refusal = self._keep(request)
        if refusal:
            messages.error(request, refusal)
        return HttpResponseRedirect(self.back_to_list(request))

    def _only_post(self, request):
        if not self.has_view_permission(request):
            raise RightRefused("view", self.opts.label_lower)

    def _keep(self, request) -> str:
        name, refusal = _named(request)
        query = kept_part(QueryDict(request.POST.get("query", "").lstrip("?")))
        if refusal:
            return refusal
        if len(query) > LONGEST_QUERY:
            return _("These are too many filters to keep under a name.")
        try:
            self.list_from(request, query, QuietChangeList)
        except NO_LIST:
            return _("These filters make no sense here; nothing was kept.")
        if SavedFilter.objects.filter(person=request.user, list_label=self.opts.label_lower).count() >= KEPT_AT_MOST:
            return _("You keep %(limit)s filters already; remove one first.") % {"limit": KEPT_AT_MOST}
        team = request.user.team_id if request.POST.get("shared") == "team" else None
        saved = SavedFilter(
            person=request.user,
            list_label=self.opts.label_lower,
            name=name,
            query=query,
            team_id=team,
            at=moment(request),
        )
        return _written(saved)

    def change_filter_view(self, request, saved_id: int):
        """Rename it (owner), or remove it (owner, or who leads the team)."""
        self._only_post(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        shown = [saved.pk for saved, _whose in personal_of(request, self.opts.label_lower).saved]
        if saved_id not in shown:
            raise Http404
        saved = SavedFilter.objects.get(pk=saved_id)
        is_mine = saved.person_id == request.user.pk
        if "remove" in request.POST:
            if not is_mine and not self.may_remove_saved(request, saved):
                raise RightRefused("saved_filter.remove", self.opts.label_lower)
            saved.delete()
            messages.success(request, _("“%(name)s” is removed.") % {"name": saved.name})
            return HttpResponseRedirect(self.back_to_list(request))
        if not is_mine:
            raise RightRefused("saved_filter.rename", self.opts.label_lower)
        name, refusal = _named(request)
        if not refusal:
            saved.name = name
            refusal = _written(saved)
        if refusal:
            messages.error(request, refusal)
        return HttpResponseRedirect(self.back_to_list(request))


def kept_part(parameters: QueryDict) -> str:
    """What of an address is kept: its filters and queue in a fixed order, never a search or a page."""
    kept = QueryDict(mutable=True)
    for name in sorted(parameters):
        values = [value for value in parameters.getlist(name) if value]
        if name not in NEVER_KEPT and values:
            kept.setlist(name, values)
    return kept.urlencode()


def _named(request) -> tuple[str, str]:
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())
    if not name:
        return "", _("A filter needs a name.")
    if len(name) > LONGEST_NAME:
        return "", _("The name is too long: at most %(limit)s characters.") % {"limit": LONGEST_NAME}
    return name, ""


def _written(saved: SavedFilter) -> str:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        return _("You have a filter called “%(name)s” already.") % {"name": saved.name}
    return ""
