"""Lists to work from: queues as tabs with counts, filters in one form, pages by place, columns as people want them."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.choosing_columns import ColumnsMixin
from casemgmt.adminkit.counting import READ_AT_MOST, counts_in_frame, in_short
from casemgmt.adminkit.keyset import AFTER, BEFORE, Order, order_from
from casemgmt.adminkit.leafing import LeafingChangeList, QuietChangeList
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import Tab, Words
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.adminkit.saved_filters import NO_LIST, SavedFiltersMixin
from casemgmt.refusing import page

HERE = "here"
LONGEST_ORIGIN = 1_500


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of a list under a name of its own. `narrow(queryset, request, at)` gives its rows.

    `is_late` makes its count red; `is_counted` is False where even a short count would be slow. `when_empty` says
    what an empty queue means and what to do next.
    """

    name: str
    label: Words
    narrow: Callable[[QuerySet, HttpRequest, datetime], QuerySet]
    is_late: bool = False
    is_counted: bool = True
    when_empty: Words = ""


class QueueFilter(admin.SimpleListFilter):
    """Narrows the list to `?queue=…`; without it, to the first queue. The tabs draw it, the filter sheet does not."""

    title = _("queue")
    parameter_name = "queue"
    template = "adminkit/parts/no_filter.html"

    def __init__(self, request, params, model, model_admin):
        self.queues = model_admin.queues_for(request)
        super().__init__(request, params, model, model_admin)

    def has_output(self):
        """Always, so that the parameter is taken."""
        return True

    def lookups(self, request, model_admin):
        """The queues of this viewer."""
        return [(queue.name, queue.label) for queue in self.queues]

    def queryset(self, request, queryset):
        """The rows of the queue; an unknown one is a wrong value."""
        name = self.value()
        queue = next((queue for queue in self.queues if name in (None, queue.name)), None)
        if queue is None:
            raise admin.options.IncorrectLookupParameters(name)
        return queue.narrow(queryset, request, moment(request))


class WorkListMixin(SavedFiltersMixin, ColumnsMixin):
    """A list with queue tabs above it and the filters that are on as chips. Put QueueFilter first in `list_filter`.

    Stands before AuditedAdmin. `queues` are the tabs; override `queues_for` where they differ by viewer. The list
    leafs by place wherever `order_of` knows its order: then `with_cells` adds what its cells need, and each row has
    `open_url`, which leads to the row and remembers the list.
    """

    queues: tuple[Queue, ...] = ()
    list_before_template = "adminkit/parts/queues.html"

    def get_urls(self):
        """The form of the filters, which is fetched when it is opened."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_filters"
        return [path("filters/", self.admin_site.admin_view(self.filters_view), name=name), *super().get_urls()]

    def filters_view(self, request):
        """The form of the filters as they stand in the address: for the page, or by itself."""
        if request.method not in ("GET", "HEAD"):
            return self.only_read(request, "filters", "")
        if not self.has_view_permission(request):
            raise RightRefused("view", self.opts.label_lower)
        try:
            changelist = self.list_from(request, request.GET.urlencode(), QuietChangeList)
        except NO_LIST:
            return page(400, _("The value of the filter is not valid."))
        changelist.list_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        is_part = request.headers.get("HX-Request") == "true"
        template = "adminkit/lists/filters.html" if is_part else "adminkit/lists/filters_page.html"
        context = {"cl": changelist, "opts": self.opts, "title": _("Filters"), "content_title": _("Filters")}
        return TemplateResponse(request, template, {**self.admin_site.each_context(request), **context})

    def queues_for(self, request) -> tuple[Queue, ...]:
        """The queues that this viewer sees."""
        return self.queues

    def queue_of(self, request) -> Queue | None:
        """The queue that is open."""
        name = request.GET.get("queue", "")
        return next((queue for queue in self.queues_for(request) if name in ("", queue.name)), None)

    def order_of(self, request) -> Order | None:
        """By what the list leafs; None for lists that are counted and leafed by number."""
        if self.sortable_by is None or len(self.sortable_by):
            return None
        return order_from(self.model, tuple(self.get_ordering(request) or self.opts.ordering))

    def with_cells(self, request, rows: QuerySet) -> QuerySet:
        """The rows with everything that the cells read."""
        return rows

    def finish_rows(self, request, rows: list[Model]) -> None:
        """What the rows of one page need beside their columns, asked for all of them at once."""

    def get_changelist(self, request, **kwargs):
        """The list that leafs by place, where the order allows it."""
        return LeafingChangeList if self.order_of(request) else super().get_changelist(request, **kwargs)

    def get_changelist_instance(self, request):
        """The list; its rows know where they are opened."""
        changelist = super().get_changelist_instance(request)
        changelist.queue = self.queue_of(request)
        changelist.panel_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_filters")
        if getattr(changelist, "leaf", None) is not None:
            origin = self.origin_of(request)
            for row in changelist.result_list:
                row.open_url = self._open_url(row, origin)
            self.finish_rows(request, changelist.result_list)
        return changelist

    def origin_of(self, request) -> str:
        """The list as it is narrowed now, as a record page is told where its viewer came from."""
        kept = request.GET.copy()
        for name in (AFTER, BEFORE, "p", "o", "e"):
            kept.pop(name, None)
        queue = self.queue_of(request)
        if queue is not None:
            kept["queue"] = queue.name
        text = kept.urlencode()
        return text if len(text) <= LONGEST_ORIGIN else urlencode({"queue": kept.get("queue", "")})

    def _open_url(self, row, origin: str) -> str:
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
        return f"{url}?{urlencode({'from': origin})}"

    def list_from(self, request, origin: str, changelist_class) -> LeafingChangeList:
        """The list that `origin` describes, for this viewer. Raises one of NO_LIST for what describes none."""
        asked = copy(request)
        asked.GET = QueryDict(origin)
        if any("\x00" in value for _name, values in asked.GET.lists() for value in values):
            raise ValueError("null characters")
        asked.method = "GET"
        columns = self.get_list_display(asked)
        changelist = changelist_class(
            asked,
            self.model,
            columns,
            self.get_list_display_links(asked, columns),
            self.get_list_filter(asked),
            self.date_hierarchy,
            self.get_search_fields(asked),
            self.get_list_select_related(asked),
            self.list_per_page,
            self.list_max_show_all,
            self.list_editable,
            self,
            self.get_sortable_by(asked),
            self.search_help_text,
        )
        changelist.queue = self.queue_of(asked)
        return changelist

    def counts_with(self, request, here: QuerySet | None = None) -> dict[str, int]:
        """How many rows each queue has, and the list as it is narrowed; one statement, capped, once a request."""
        known = request.__dict__.setdefault("_queue_counts", {})
        if self.opts.label_lower not in known:
            rows = self.get_queryset(request).select_related(None)
            at = moment(request)
            asked = {
                queue.name: queue.narrow(rows, request, at) for queue in self.queues_for(request) if queue.is_counted
            }
            if here is not None:
                asked[HERE] = here.select_related(None)
            known[self.opts.label_lower] = counts_in_frame(request, asked)
        return known[self.opts.label_lower]

    def queue_tabs(self, request, base_url: str = "") -> list[Tab]:
        """The tabs with their counts, counted in one statement over the rows that the viewer may see."""
        queues, counts = self.queues_for(request), self.counts_with(request)
        chosen = request.GET.get("queue") or (queues[0].name if queues else "")
        return [
            Tab(
                queue.label,
                f"{base_url}?queue={queue.name}",
                in_short(counts[queue.name], READ_AT_MOST) if queue.is_counted else None,
                is_active=not base_url and queue.name == chosen,
                is_late=queue.is_late and bool(counts.get(queue.name)),
            )
            for queue in queues
        ]

    def changelist_view(self, request, extra_context=None):
        """The list with its tabs."""
        response = super().changelist_view(request, extra_context)
        if getattr(response, "context_data", None) is not None and "cl" in response.context_data:
            response.context_data["queue_tabs"] = self.queue_tabs(request)
        return response
