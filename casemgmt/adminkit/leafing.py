"""The change list of work lists: leafs by the place of rows, counts no further than a person reads."""

from django.contrib import messages
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from unfold.views import ChangeList

from casemgmt.adminkit.counting import READ_AT_MOST, in_short
from casemgmt.adminkit.keyset import AFTER, BEFORE, Leaf, leaf_of, place_of, read, written
from casemgmt.adminkit.list_filters import PanelFilter

NOT_FILTERS = (AFTER, BEFORE)
QUEUE, SEARCH = "queue", "q"


class LeafingChangeList(ChangeList):
    """Rows by place, one page at a time. `order` comes from the admin (`WorkListMixin.order_of`).

    `result_count` is capped: it says "more than a thousand" rather than to read a whole table for a number.
    """

    leaf: Leaf | None = None
    shows_rows = True

    def get_filters_params(self, params=None):
        """What narrows the list; places do not."""
        found = super().get_filters_params(params)
        return {name: values for name, values in found.items() if name not in NOT_FILTERS}

    def get_query_string(self, new_params=None, remove=None):
        """An address of this list; whatever changes its rows begins at the first page again."""
        return super().get_query_string(new_params, [*(remove or []), *NOT_FILTERS])

    def get_filters(self, request):
        """As Django reads them; the theme's own filter sheet is not drawn beside the panel."""
        specs, has_filters, *rest = super().get_filters(request)
        self.panel = [spec for spec in specs if isinstance(spec, PanelFilter) and spec.kind]
        return specs, has_filters and not self.panel, *rest

    def get_ordering(self, request, queryset):
        """The one order by which the list leafs."""
        self.order = self.model_admin.order_of(request)
        return list(self.order.expressions)

    def get_results(self, request):
        """The rows of the page, and how many there are as far as anybody counts."""
        self.can_show_all = self.multi_page = self.show_full_result_count = False
        self.show_admin_actions = True
        self.full_result_count = None
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        self.result_list, self.result_count = [], 0
        if not self.shows_rows:
            return
        self.counts = self.model_admin.counts_with(request, self.queryset)
        self.result_count = self.counts["here"]
        places = {name: self._place(request, name) for name in NOT_FILTERS}
        rows = self.model_admin.with_cells(request, self.queryset)
        self.leaf = leaf_of(
            rows,
            self.order,
            after=places[AFTER],
            before=places[BEFORE],
            size=self.list_per_page,
            total=self.result_count,
        )
        self.result_list = self.leaf.rows

    def _place(self, request, name):
        text = request.GET.get(name, "")
        if not text:
            return None
        try:
            return read(text, self.model, self.order)
        except (ValueError, OverflowError, RecursionError):
            messages.warning(request, _("This page of the list is not known; here is the first one."))
            return None

    @property
    def count_in_words(self) -> str:
        """How many rows there are, as far as they were counted."""
        return in_short(self.result_count, READ_AT_MOST)

    @property
    def first_url(self) -> str:
        """The first page, when this is not it."""
        return self.get_query_string() if self.leaf and self.leaf.has_before else ""

    @property
    def back_url(self) -> str:
        """The page before this one."""
        if not (self.leaf and self.leaf.has_before and self.leaf.rows):
            return ""
        return self._at(BEFORE, self.leaf.rows[0])

    @property
    def forward_url(self) -> str:
        """The next page."""
        return self._at(AFTER, self.leaf.rows[-1]) if self.leaf and self.leaf.has_after else ""

    def _at(self, name, row) -> str:
        address = self.get_query_string()
        joint = "&" if len(address) > 1 else ""
        return f"{address}{joint}{urlencode({name: written(place_of(row, self.order))})}"

    @property
    def clear_url(self) -> str:
        """The queue without filters and search."""
        queue = self.params.get(QUEUE)
        return "?" + (urlencode({QUEUE: queue}) if queue else "")

    @property
    def is_narrowed(self) -> bool:
        """Whether filters or a search are on, the queue aside."""
        return bool(self.query) or any(name not in (QUEUE, SEARCH, *NOT_FILTERS) for name in self.filter_params)

    def hidden_for_panel(self) -> list[tuple[str, str]]:
        """What the form of the filters sends along: queue, search, and filters that come by links alone."""
        own = {name for spec in self.panel for name in spec.expected_parameters()}
        kept = self.get_filters_params()
        kept = {name: values for name, values in kept.items() if name not in own}
        if self.query:
            kept[SEARCH] = [self.query]
        return [(name, value) for name, values in kept.items() for value in values]

    def without(self, name: str, value: str) -> str:
        """The address without this one value."""
        kept = QueryDict(mutable=True)
        for other, values in sorted(self.filter_params.items()):
            rest = [item for item in values if (other, item) != (name, value)]
            if rest and other not in NOT_FILTERS:
                kept.setlist(other, rest)
        return f"?{kept.urlencode()}"


class QuietChangeList(LeafingChangeList):
    """The list as a queryset alone: its filters are read and checked, no row is."""

    shows_rows = False
