"""What the page of a case tells of its deadlines beside the clocks themselves: requests for more time."""

from datetime import datetime

from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import FactGroup, Piece
from complaints.admin import buttons
from complaints.admin.base import links_for
from complaints.clock_words import clock_name, extension_in_words
from complaints.models import Complaint
from complaints.states import ExtensionState


def extensions_of(request, case: Complaint, at: datetime) -> FactGroup | None:
    """The requests of a case, decided ones with the remark."""
    pieces = []
    for row in case.extensions.select_related("clock", "asked_by", "decided_by", "reason", "remark"):
        people = [row.get_state_display(), _("asked by %(name)s") % {"name": row.asked_by.name}]
        if row.decided_by:
            people.append(_("decided by %(name)s") % {"name": row.decided_by.name})
        note = " · ".join([*people, str(row.reason), *([str(row.remark)] if row.remark else [])])
        links = links_for(request, row, buttons.EXTENSION, case, at)
        label = f"{clock_name(row.clock)} {extension_in_words(row, row.clock)}"
        struck = row.state in (ExtensionState.REJECTED, ExtensionState.WITHDRAWN)
        pieces.append(Piece(label, note, "", "more_time", struck, links))
    return FactGroup(_("More time"), pieces=tuple(pieces), anchor="extensions") if pieces else None
