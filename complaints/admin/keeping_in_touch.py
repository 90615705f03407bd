"""The lists of messages of progress, regular contacts and messages that left from here; each row stands on its case."""

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from casemgmt.adminkit import cells
from casemgmt.adminkit.pages import ClockCard, StateChip
from casemgmt.adminkit.worklist import Queue
from complaints.actions.dispatching import untold
from complaints.actions.keeping_in_touch import due_series
from complaints.admin import buttons
from complaints.admin.case_touch import became
from complaints.admin.paperwork import ALL_ROWS, WorkAdmin
from complaints.models import Dispatch, ProgressNotice, RegularContact


def _open(rows, request, at):
    return rows.filter(told_at__isnull=True, dropped_at__isnull=True)


@admin.register(ProgressNotice)
class ProgressAdmin(WorkAdmin):
    """Messages of progress: due, and told."""

    anchor = "touch"
    empty_words = gettext_lazy(
        "No message in this list. One falls due each working day that a department is waited for."
    )
    case_actions = buttons.PROGRESS
    list_display = ["case_cell", "owner", "days", "state_cell", "due_cell"]
    list_select_related = ["case__customer__key", "owner"]
    queues = (
        Queue(
            "mine", gettext_lazy("Mine"), lambda rows, request, at: _open(rows, request, at).filter(owner=request.user)
        ),
        Queue("due", gettext_lazy("Due"), _open, is_late=True),
        ALL_ROWS,
    )

    @admin.display(description=gettext_lazy("State"))
    def state_cell(self, row):
        """Whether the customer heard from us."""
        told = _("told") if row.told_at else _("no longer due") if row.dropped_at else _("due")
        return cells.state_chip(StateChip(told))

    @admin.display(description=gettext_lazy("Due"))
    def due_cell(self, row):
        """Since when."""
        return cells.deadline(ClockCard("", row.due_at) if row.told_at is None and row.dropped_at is None else None)


@admin.register(RegularContact)
class RegularContactAdmin(WorkAdmin):
    """Regular contacts: due now, to come, ended."""

    anchor = "touch"
    empty_words = gettext_lazy(
        "No regular contact in this list. It is agreed on with a customer on the page of a case."
    )
    case_actions = buttons.REGULAR
    list_display = ["case_cell", "channel", "owner", "every_days", "ends_on", "state_cell", "next_cell"]
    list_select_related = ["case__customer__key", "owner"]
    queues = (
        Queue(
            "now", gettext_lazy("Due now"), lambda rows, request, at: rows.filter(pk__in=due_series(at)), is_late=True
        ),
        Queue(
            "mine",
            gettext_lazy("Mine"),
            lambda rows, request, at: rows.filter(owner=request.user, ended_at__isnull=True),
        ),
        ALL_ROWS,
    )

    @admin.display(description=gettext_lazy("State"))
    def state_cell(self, row):
        """Whether it goes on."""
        return cells.state_chip(StateChip(_("ended") if row.ended_at else _("goes on")))

    @admin.display(description=pgettext_lazy("regular contact", "Next"))
    def next_cell(self, row):
        """When the next one stands on the list."""
        return cells.deadline(ClockCard("", row.next_at) if row.ended_at is None else None)


@admin.register(Dispatch)
class DispatchAdmin(WorkAdmin):
    """Messages to customers that left from here, or did not."""

    anchor = "touch"
    empty_words = gettext_lazy("No message in this list. What is written by e-mail or SMS can be sent from here.")
    case_actions = ()
    list_display = ["case_cell", "channel", "queued_at", "state_cell"]
    list_select_related = ["case__customer__key"]
    queues = (
        Queue("untold", gettext_lazy("Customer not told"), lambda rows, request, at: untold(rows), is_late=True),
        Queue(
            "waiting",
            gettext_lazy("On the way"),
            lambda rows, request, at: rows.filter(sent_at__isnull=True, failed_at__isnull=True),
        ),
        ALL_ROWS,
    )

    @admin.display(description=gettext_lazy("State"))
    def state_cell(self, row):
        """What became of it."""
        return cells.state_chip(StateChip(became(row)))
