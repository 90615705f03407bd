"""Lists to work from: queues as tabs with counts, removable filters, cells that say more than one thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.counting import READ_AT_MOST, counts_of, in_short
from casemgmt.adminkit.pages import Tab, Words


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of a list under a name of its own. `narrow(queryset, request, at)` gives its rows.

    `is_late` makes its count red; `is_counted` is False where even a short count would be slow.
    """

    name: str
    label: Words
    narrow: Callable[[QuerySet, HttpRequest, datetime], QuerySet]
    is_late: bool = False
    is_counted: bool = True


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
        return queue.narrow(queryset, request, timezone.now())


class WorkListMixin:
    """A list with queue tabs above it and the filters that are on as chips. Put QueueFilter first in `list_filter`.

    Stands before AuditedAdmin. `queues` are the tabs; override `queues_for` where they differ by viewer.
    """

    queues: tuple[Queue, ...] = ()
    list_before_template = "adminkit/parts/queues.html"

    def queues_for(self, request) -> tuple[Queue, ...]:
        """The queues that this viewer sees."""
        return self.queues

    def queue_tabs(self, request, base_url: str = "") -> list[Tab]:
        """The tabs with their counts, counted in one statement over the rows that the viewer may see."""
        queues, at = self.queues_for(request), timezone.now()
        rows = self.get_queryset(request).select_related(None)
        counted = {queue.name: queue.narrow(rows, request, at) for queue in queues if queue.is_counted}
        counts = counts_of(counted)
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
        return super().changelist_view(request, {"queue_tabs": self.queue_tabs(request), **(extra_context or {})})
