"""What was refused and what was overridden, on one page for auditors: each kind of it, the newest first."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casemgmt.adminkit.counting import counts_of, in_short
from casemgmt.adminkit.landings import Pile
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Link, Tab
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.refusing import page as refusal_page
from complaints.admin.base import visible_cases
from complaints.admin.landing.auditors import heaps_of
from complaints.roles import AUDITORS, groups_of

ROWS_SHOWN = 100


@require_safe
def oversight_view(request):
    """For auditors: rows of one kind, at most a hundred. An unknown kind or parameter is refused with 400."""
    if not request.user.is_superuser and AUDITORS not in groups_of(request.user):
        raise RightRefused("oversight")
    at = moment(request)
    heaps = {heap.name: heap for heap in heaps_of(request, visible_cases(request), at)}
    kind = request.GET.get("kind", next(iter(heaps)))
    if set(request.GET) - {"kind"} or kind not in heaps:
        return refusal_page(400, _("The value of the filter is not valid."))
    counts = counts_of({name: heap.rows for name, heap in heaps.items()})
    here, chosen = reverse("desk:oversight"), heaps[kind]
    rows = tuple(map(chosen.draw, chosen.rows[:ROWS_SHOWN]))
    tabs = [
        Tab(heap.label, f"{here}?kind={name}", in_short(counts[name]), is_active=name == kind)
        for name, heap in heaps.items()
    ]
    return drawn(
        request,
        "complaints/oversight.html",
        {
            "title": _("Refused and overridden"),
            "now": at,
            "tabs": tabs,
            "pile": Pile(
                chosen.label,
                rows,
                in_short(counts[kind]),
                Link(_("Access log"), reverse("admin:privacy_accessevent_changelist")),
            ),
        },
    )


register_page("oversight/", oversight_view, "oversight")
