"""What the case page says of bodies outside and of public reviews, with the way to their page."""

from datetime import datetime

from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Checklist, ChecklistItem, FactGroup, Link, Piece
from casemgmt.adminkit.templatetags.desk import instant
from complaints.admin.base import action_url, holds, outside_url
from complaints.case_file import CaseFile
from complaints.models import Complaint, RouteAdvice


def outside_of(case: Complaint) -> FactGroup:
    """Routes and reviews in one line each; what can be done with them stands on their own page."""
    pieces = []
    for row in case.routes.all():
        dates = [_("hearing %(at)s") % {"at": instant(row.hearing_at)}] if row.hearing_at and row.is_running else []
        note = " · ".join(filter(None, (row.body_name, row.get_state_display(), row.reference_number, *dates)))
        url = outside_url(case.pk, f"route-{row.pk}")
        pieces.append(Piece(row.get_kind_display(), note, url, "account_balance"))
    for row in case.reviews.all():
        label = _("Public review, %(stars)s of 5") % {"stars": row.improved_stars or row.stars}
        note = f"{row.get_platform_display()} · {row.get_state_display()}"
        pieces.append(Piece(label, note, outside_url(case.pk, "reviews"), "reviews"))
    link = Link(_("Ladder and bodies"), outside_url(case.pk))
    return FactGroup(_("Outside"), pieces=tuple(pieces), link=link, anchor="routes", count=len(pieces) or None)


def routes_owed(request, file: CaseFile, at: datetime) -> Checklist | None:
    """That the customer is to hear of other routes, and why; None when nothing is owed (S-TPR-16)."""
    owed = [row for row in file.rows.get(RouteAdvice, ()) if row.told_at is None]
    if not owed:
        return None
    case = file.case
    may_tell = holds(request, "contact.record", case, at)
    link = Link(_("Name other routes"), action_url(case, "name-routes"), sheet=True) if may_tell else None
    items = tuple(
        ChecklistItem(row.get_cause_display(), note=_("since %(at)s") % {"at": instant(row.arose_at, at)}, link=link)
        for row in owed
    )
    return Checklist(_("The customer is to hear where else to turn"), items)
