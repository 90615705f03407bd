"""Whom to tell something today: customers who were not reached, who wait for a department, or agreed to be asked."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.pages import Link
from complaints.actions.dispatching import untold
from complaints.actions.keeping_in_touch import due_series
from complaints.actions.progress import open_notices
from complaints.actions.replying_to_discontent import discontent
from complaints.admin.base import action_url
from complaints.admin.landing.deeds import deed_in_passing, deed_on
from complaints.admin.landing.heaps import Heap, list_url, on_cases, paper_row
from complaints.models import Dispatch, FollowUpCall

TOUCH = ("undelivered", "discontent", "progress", "regular")


def touch_heaps(request, cases, at: datetime) -> list[Heap]:
    """What the viewer owes customers beside answers: each row on the list of one person alone."""
    own = cases.open().filter(handler=request.user)
    return [
        Heap(
            "undelivered",
            _("Customers who were not told"),
            on_cases(untold(Dispatch.objects.filter(case__in=own)).order_by("failed_at", "pk")),
            list_url("dispatch", "?queue=untold"),
            is_late=True,
            draw=_not_told,
        ),
        Heap(
            "discontent",
            _("Customers who are not content"),
            on_cases(discontent(FollowUpCall.objects.filter(case__in=own)).order_by("ended_at", "pk")),
            list_url("followupcall"),
            is_late=True,
            draw=_not_content,
        ),
        Heap(
            "progress",
            _("Messages of progress due"),
            on_cases(open_notices().filter(case__in=own, owner=request.user).order_by("due_at", "pk")),
            list_url("progressnotice", "?queue=mine"),
            draw=_waiting,
        ),
        Heap(
            "regular",
            _("Regular contacts due"),
            on_cases(due_series(at).filter(case__in=cases, owner=request.user).order_by("next_at", "pk")),
            list_url("regularcontact", "?queue=mine"),
            draw=_regular,
        ),
    ]


def _not_told(row):
    tell = Link(_("Tell the customer"), f"{action_url(row.case, 'write-message')}?back=desk", sheet=True)
    return paper_row(row, due_at=row.failed_at, deed=tell, note=str(row.get_channel_display()), anchor="touch")


def _not_content(row):
    deed = deed_on(row.case, "dissatisfied", _("Look into it again"))
    return paper_row(row, due_at=None, deed=deed, anchor="follow-ups")


def _waiting(row):
    days = ngettext("%(n)s working day", "%(n)s working days", row.days) % {"n": row.days}
    deed = deed_in_passing(row, "tell-progress", _("Tell the customer"))
    return paper_row(row, due_at=row.due_at, deed=deed, note=days, anchor="touch")


def _regular(row):
    deed = deed_on(row, "record-regular-contact", _("Record the contact"))
    return paper_row(row, due_at=row.next_at, deed=deed, note=str(row.get_channel_display()), anchor="touch")
