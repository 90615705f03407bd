"""The cases before and after this one in the list from which its reader came."""

from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse

from casemgmt.adminkit.keyset import place_of, rows_after, rows_before
from casemgmt.adminkit.leafing import QuietChangeList
from casemgmt.adminkit.saved_filters import NO_LIST
from complaints.models import Complaint

LONGEST_ORIGIN = 2_000


def neighbours_of(request, case: Complaint, at) -> tuple[str, str, str]:
    """(position, back_url, forward_url): the name of the list, and the cases right before and after, "" without.

    The list stands in the address as `from`; it is read and checked like any other, for this viewer and this moment,
    so it leads to no case that they may not see. A case that has left the list meanwhile still has neighbours: those
    between which it would stand. Two statements beside those of the filters.
    """
    origin = request.GET.get("from", "")
    if not origin or len(origin) > LONGEST_ORIGIN or "\x00" in origin:
        return "", "", ""
    list_admin = admin.site.get_model_admin(Complaint)
    try:
        changelist = list_admin.list_from(request, origin, QuietChangeList)
    except NO_LIST:
        return "", "", ""
    place, rows = place_of(case, changelist.order), changelist.queryset.select_related(None).only("pk", "next_due_at")
    before = rows_before(rows, changelist.order, place, 1)
    after = rows_after(rows, changelist.order, place, 1)
    return str(changelist.queue.label), *(_url(found, origin) for found in (before, after))


def list_url_of(request) -> str:
    """The list from which the reader came; the whole list without."""
    url = reverse("admin:complaints_complaint_changelist")
    origin = request.GET.get("from", "")
    return f"{url}?{origin}" if origin and len(origin) <= LONGEST_ORIGIN and origin.isprintable() else url


def _url(found: list[Complaint], origin: str) -> str:
    if not found:
        return ""
    return f"{reverse('admin:complaints_complaint_change', args=[found[0].pk])}?{urlencode({'from': origin})}"
