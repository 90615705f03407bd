"""The card of words that wait for somebody's yes, or that may go out now."""

from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import FactGroup, Link, Piece
from casemgmt.people.one_person import accounts_of
from complaints.actions.wording import plain
from complaints.admin.base import action_url, holds
from complaints.admin.drawing import first_words
from complaints.case_file import CaseFile
from complaints.models import Contact, WordingOverride
from complaints.states import OverrideState


def wordings_of(request, file: CaseFile, at) -> FactGroup | None:
    """Words asked for, agreed to and not sent yet, or not agreed to; None when there are none."""
    sent = {plain(str(row.words)) for row in file.rows[Contact] if row.words_id}
    rows = [row for row in file.rows[WordingOverride] if plain(str(row.words)) not in sent]
    if not rows:
        return None
    pieces = tuple(_piece(request, file.case, row, at) for row in rows)
    return FactGroup(_("Words that need a yes"), pieces=pieces, count=len(pieces), anchor="wordings")


def _piece(request, case, row: WordingOverride, at) -> Piece:
    links = ()
    if row.state == OverrideState.APPROVED and holds(request, "contact.record", case, at):
        links = (Link(_("Send them"), f"{action_url(case, 'write-message')}?agreed={row.pk}", sheet=True),)
    elif row.state == OverrideState.ASKED and _may_decide(request, case, row, at):
        links = (Link(_("Decide"), action_url(row, "approve-wording"), sheet=True),)
    remark = f"{_(': ')}{row.remark}" if row.remark_id else ""
    return Piece(first_words(row.words.words), note=f"{row.get_state_display()}{remark}", links=links)


def _may_decide(request, case, row, at) -> bool:
    return row.asked_by_id not in accounts_of(request.user) and holds(request, "wording.decide", case, at)
