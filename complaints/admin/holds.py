"""Legal holds in the admin: their dialogs, and how the page of a case shows the one that stands."""

from datetime import datetime

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casemgmt.adminkit.editing import version_of
from casemgmt.adminkit.pages import Badge, FactGroup, Piece
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.people.one_person import accounts_of
from complaints.actions.holding import standing_hold
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, case_url, links_for
from complaints.admin.request_lines import RequestLine, deeds_of, shared_by, why_this_person_may_not
from complaints.models import Complaint, LegalHold
from complaints.states import LegalHoldState


@admin.register(LegalHold)
class LegalHoldAdmin(CasePartAdmin):
    """Its dialogs have an address; the hold stands on the page of its case."""

    anchor = "hold"
    case_actions = buttons.HOLD
    list_display = ["case", "__str__"]
    list_select_related = ["case"]

    def has_module_permission(self, request):
        """Reached from the case alone."""
        return False


def hold_of(request, case: Complaint, at: datetime) -> FactGroup | None:
    """The hold under which the case stands, why and since when, and how it can end."""
    hold = standing_hold(case)
    if hold is None:
        return None
    note = _("set by %(who)s, %(at)s") % {"who": hold.set_by.name, "at": instant(hold.set_at, at)}
    pieces = [Piece(str(hold.reason), note, "", "lock", links=links_for(request, hold, buttons.HOLD, case, at))]
    if hold.state == LegalHoldState.LIFT_ASKED:
        asked = _("lifting asked by %(who)s, %(at)s; another person decides") % {
            "who": hold.lift_asked_by.name,
            "at": instant(hold.lift_asked_at, at),
        }
        pieces.append(Piece(str(hold.lift_reason), asked, "", "hourglass_empty"))
    return FactGroup(_("Legal hold"), pieces=tuple(pieces), anchor="hold", note=_("Nothing of this case is erased."))


def hold_lines(rows: QuerySet, person, at: datetime, back: str) -> list[RequestLine]:
    """Holds that somebody wants lifted, as lines of the inbox; no query more."""
    return [_line(row, person, at, back) for row in rows]


def _line(row: LegalHold, person, at: datetime, back: str) -> RequestLine:
    why_not = why_this_person_may_not(person, asked_by=row.lift_asked_by_id, handler=None)
    names = {"lift-hold": _("Lift the hold"), "let-hold-stay": _("Let the hold stand")}
    return RequestLine(
        **shared_by(row, "hold", at, row.case.next_due_at) | {"url": case_url(row.case_id, "hold")},
        title=_("Lift a legal hold"),
        asker=row.lift_asked_by.name,
        asked_at=row.lift_asked_at,
        is_own=row.lift_asked_by_id in accounts_of(person),
        change=_("set on %(at)s") % {"at": instant(row.set_at, at)},
        seen=version_of(row),
        basis=str(row.lift_reason),
        deeds=() if why_not else deeds_of(row, names, back),
        why_not=why_not,
    )


def hold_badge(case: Complaint) -> Badge | None:
    """The word in the head of the page."""
    return Badge(_("legal hold"), "lock", "paused") if standing_hold(case) else None
