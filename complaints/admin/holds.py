"""Legal holds in the admin: their dialogs, and how the page of a case shows the one that stands."""

from datetime import datetime

from django.contrib import admin
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Badge, FactGroup, Piece
from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions.holding import standing_hold
from complaints.admin import buttons
from complaints.admin.base import CasePartAdmin, links_for
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


def hold_badge(case: Complaint) -> Badge | None:
    """The word in the head of the page."""
    return Badge(_("legal hold"), "lock", "paused") if standing_hold(case) else None
