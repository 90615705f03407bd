"""The band across the page of a case that went up: which level, who must act, since when, and what happens next."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.pages import Band, Link
from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions import causes
from complaints.admin.base import action_url
from complaints.admin.escalation_words import lies_with, what_follows, why_raised
from complaints.models import Complaint, Escalation
from complaints.roles import acts_as, day_of, may
from complaints.states import EscalationState

SHOWN = 2


def bands_of(request, case: Complaint, at: datetime) -> tuple[Band, ...]:
    """One band for each cause that waits, its highest level, mine first; asks nothing that the page does not hold."""
    highest: dict[str, Escalation] = {}
    for row in case.escalations.all():
        if row.state in causes.UNDECIDED and (row.cause not in highest or highest[row.cause].level < row.level):
            highest[row.cause] = row
    mine = acts_as(request.user, day_of(at))
    rows = sorted(highest.values(), key=lambda row: (row.to_person_id not in mine, -row.level, row.due_at, row.pk))
    bands = [_band(request, case, row, mine, at) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        n = len(rows) - SHOWN
        more = ngettext("%(n)s more escalation waits", "%(n)s more escalations wait", n) % {"n": n}
        bands.append(Band(more, links=(Link(_("Show them"), "#escalations"),)))
    return tuple(bands)


def _band(request, case, row: Escalation, mine, at: datetime) -> Band:
    title = _("Escalated, level %(level)s: %(why)s") % {"level": row.level, "why": why_raised(row)}
    notes = (
        _("lies with %(name)s") % {"name": lies_with(row)},
        _("since %(at)s") % {"at": instant(row.raised_at, at)},
        what_follows(row, at, _next_of_clock(case, row)),
    )
    return Band(title, notes, _links(request, row, mine, at))


def _next_of_clock(case, row: Escalation) -> datetime | None:
    """A clock keeps itself when its next level falls due."""
    if causes.kind_of(row.cause) != causes.CLOCK:
        return None
    clock = next((clock for clock in case.clocks.all() if causes.cause(causes.CLOCK, clock.pk) == row.cause), None)
    return clock and clock.next_level_at


def _links(request, row: Escalation, mine, at: datetime) -> tuple[Link, ...]:
    if row.to_person_id not in mine or not may(request.user, "escalation.decide", on=day_of(at)):
        return (Link(_("Show it"), "#escalations"),)
    decide = Link(_("Decide"), action_url(row, "decide-escalation"), sheet=True)
    if row.state != EscalationState.OPEN:
        return (decide,)
    return (Link(_("Take note"), action_url(row, "acknowledge-escalation"), sheet=True), decide)
