"""The admin of requests for more time: a list to decide from, and the lines of the inbox."""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit import cells
from casemgmt.adminkit.pages import ClockCard
from casemgmt.adminkit.worklist import Queue
from casemgmt.people.one_person import accounts_of
from complaints.admin import buttons
from complaints.admin.paperwork import ALL_ROWS, WorkAdmin
from complaints.admin.request_changes import refused_before
from complaints.admin.request_lines import RequestLine, deeds_of, shared_by, why_this_person_may_not
from complaints.clock_words import clock_name, extension_in_words
from complaints.models import ClockExtension
from complaints.states import ExtensionState
from policies.lookup import policies_in_words


@admin.register(ClockExtension)
class ExtensionAdmin(WorkAdmin):
    """More time for deadlines that somebody asks for."""

    anchor = "extensions"
    empty_words = _("Nobody asks for more time. It is asked for on the page of a case, before the deadline is over.")
    case_actions = buttons.EXTENSION
    list_display = ["case_cell", "clock_cell", "reason", "asked_by", "state_cell", "due_cell"]
    list_select_related = ["case__customer__key", "asked_by", "reason", "clock"]
    queues = (
        Queue("approval", _("Awaiting approval"), lambda rows, request, at: rows.filter(state=ExtensionState.ASKED)),
        ALL_ROWS,
    )

    @admin.display(description=_("Deadline"))
    def clock_cell(self, row):
        """Which deadline, and how much more."""
        return cells.two_lines(clock_name(row.clock), extension_in_words(row, row.clock))

    @admin.display(description=_("Due"))
    def due_cell(self, row):
        """The deadline as it stands."""
        waits = row.state == ExtensionState.ASKED
        return cells.deadline(ClockCard("", row.clock.due_at, is_provisional=row.clock.provisional) if waits else None)


def extension_lines(rows: QuerySet, person, at: datetime, back: str) -> list[RequestLine]:
    """Requests for more time as lines of the inbox."""
    rows = list(rows)
    titles = policies_in_words({row.policy_id for row in rows})
    return [_line(row, person, titles[row.policy_id], at, back) for row in rows]


def _line(row: ClockExtension, person, title, at: datetime, back: str) -> RequestLine:
    why_not = why_this_person_may_not(person, asked_by=row.asked_by_id, handler=row.case.handler_id)
    names = {"approve-extension": gettext("Give more time"), "reject-extension": gettext("The date stands")}
    return RequestLine(
        **shared_by(row, "extension", at, row.clock.due_at),
        title=gettext("More time: %(clock)s") % {"clock": clock_name(row.clock)},
        asker=row.asked_by.name,
        asked_at=row.asked_at,
        is_own=row.asked_by_id in accounts_of(person),
        ground=extension_in_words(row, row.clock),
        policy=gettext("%(title)s, edition %(edition)s") % {"title": title.title, "edition": title.edition},
        change=refused_before(row) or gettext("first request"),
        basis=str(row.reason),
        deeds=() if why_not else deeds_of(row, names, back),
        why_not=why_not,
    )
