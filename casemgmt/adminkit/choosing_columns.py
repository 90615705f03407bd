"""Which columns a person wants in a list, in which order, how dense and how many rows: kept for each person."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casemgmt.adminkit.models import ListLook
from casemgmt.adminkit.pages import Words
from casemgmt.adminkit.personal_lists import personal_of
from casemgmt.adminkit.refused_rights import RightRefused

PAGE_SIZES = (25, 50, 100)
CHECKBOX = "action_checkbox"


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column on offer: its place among those that are shown; the first column always is."""

    name: str
    label: Words
    place: int
    is_on: bool
    is_fixed: bool


class ColumnsMixin:
    """Gives a list `look/`, where its viewer chooses columns, density and page size by POST.

    `list_display` are the columns on offer; `hidden_at_first` those of them that nobody sees who has not asked.
    """

    hidden_at_first: tuple[str, ...] = ()

    def get_urls(self):
        """The address to which the choice is sent."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_look"
        return [path("look/", self.admin_site.admin_view(self.look_view), name=name), *super().get_urls()]

    def look_of(self, request) -> ListLook:
        """The look that this viewer chose, else the usual one."""
        look = personal_of(request, self.opts.label_lower).look
        return look or ListLook(person=request.user, list_label=self.opts.label_lower, page_size=self.list_per_page)

    def columns_of(self, request) -> list[str]:
        """The names of the columns that are shown, in their order; the first one always."""
        offered = list(self.list_display)
        chosen = self.look_of(request).columns
        wanted = [name for name in chosen if isinstance(name, str) and name in offered] if chosen else None
        if wanted is None:
            return [name for name in offered if name not in self.hidden_at_first]
        return [offered[0], *(name for name in dict.fromkeys(wanted) if name != offered[0])]

    def get_list_display(self, request):
        """The columns of this viewer."""
        return self.columns_of(request)

    def column_choices(self, request) -> list[ColumnChoice]:
        """Every column on offer, those that are shown first."""
        shown = self.columns_of(request)
        names = [*shown, *(name for name in self.list_display if name not in shown)]
        return [
            ColumnChoice(name, capfirst(str(self._label_of(name))), place, name in shown, name == self.list_display[0])
            for place, name in enumerate(names, 1)
        ]

    def _label_of(self, name) -> Words:
        shown = getattr(self, name, None)
        if shown is not None:
            return getattr(shown, "short_description", name)
        return self.opts.get_field(name).verbose_name

    def get_changelist_instance(self, request):
        """The list with as many rows on a page as its viewer wants."""
        size = self.look_of(request).page_size
        usual, self.list_per_page = self.list_per_page, size if size in PAGE_SIZES else self.list_per_page
        try:
            changelist = super().get_changelist_instance(request)
        finally:
            self.list_per_page = usual
        changelist.look = self.look_of(request)
        changelist.page_sizes = PAGE_SIZES
        changelist.column_choices = self.column_choices(request)
        changelist.look_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_look")
        return changelist

    def look_view(self, request):
        """Keep what was chosen, or forget it; then back to the list as it was. What is not on offer is left out."""
        if request.method != "POST":
            return HttpResponseNotAllowed(("POST",))
        if not self.has_view_permission(request):
            raise RightRefused("view", self.opts.label_lower)
        label = self.opts.label_lower
        if "usual" in request.POST:
            ListLook.objects.filter(person=request.user, list_label=label).delete()
            messages.success(request, _("The list looks as usual again."))
            return HttpResponseRedirect(self.back_to_list(request))
        offered = list(self.list_display)
        wanted = [name for name in dict.fromkeys(request.POST.getlist("column")) if name in offered[1:]]
        wanted.sort(key=lambda name: _place_in(request.POST.get(f"place_{name}", ""), offered.index(name)))
        density = request.POST.get("density", "")
        size = request.POST.get("page_size", "")
        ListLook.objects.update_or_create(
            person=request.user,
            list_label=label,
            defaults={
                "columns": [offered[0], *wanted],
                "density": density if density in ListLook.Density.values else ListLook.Density.COMFORTABLE,
                "page_size": int(size) if size in map(str, PAGE_SIZES) else self.list_per_page,
            },
        )
        return HttpResponseRedirect(self.back_to_list(request))

    def back_to_list(self, request) -> str:
        """The list with the filters that the form carried along; nothing else is followed."""
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        query = request.POST.get("query", "").lstrip("?")
        return f"{url}?{query}" if query and "\n" not in query and "\r" not in query else url


def _place_in(text: str, usual: int) -> tuple[int, int]:
    is_place = text.isascii() and text.isdecimal() and len(text) <= 3
    return (int(text) if is_place else 999, usual)
