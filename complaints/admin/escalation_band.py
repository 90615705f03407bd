"""Going up as the page of a case tells it: the band of what waits, and when asking a superior is the next thing."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.pages import Band, Checklist, ChecklistItem, Link
from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions import causes
from complaints.admin.base import action_url, holds
from complaints.admin.escalation_words import lies_with, what_follows, why_raised
from complaints.case_file import CaseFile
from complaints.models import Complaint, Escalation, HandlingPlan
from complaints.roles import AUDITORS, acts_as, day_of, groups_of, may
from complaints.states import CaseState, EscalationState, PlanState

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


def help_after_a_no(request, file: CaseFile, at: datetime) -> Checklist | None:
    """The customer declined the newest plan: a superior may know better, or another one is drafted (S-ESC-02)."""
    case, plans = file.case, sorted(file.rows[HandlingPlan], key=lambda plan: plan.number)
    if case.state != CaseState.NEGOTIATING or not plans or plans[-1].state != PlanState.REJECTED:
        return None
    if any(row.state in causes.UNDECIDED and row.cause.startswith(causes.BY_HAND) for row in case.escalations.all()):
        return None
    if not holds(request, "escalation.raise", case, at):
        return None
    up = Link(_("Escalate"), action_url(case, "raise-escalation"), sheet=True)
    items = [ChecklistItem(_("Ask a superior for a better solution, more authority or help"), link=up)]
    if holds(request, "case.handle", case, at):
        draft = Link(_("Draft a plan"), action_url(case, "draft-plan"), sheet=True)
        items.append(ChecklistItem(_("Or draft another plan"), link=draft))
    return Checklist(_("The customer said no to the plan"), tuple(items))


def audit_findings(request, case: Complaint, at: datetime) -> tuple[Checklist, ...]:
    """What an auditor may do on a case that they read: note a finding, and have somebody answer for it."""
    if AUDITORS not in groups_of(request.user) or not case.is_open:
        return ()
    note = Link(_("Note it"), action_url(case, "write-note"), sheet=True)
    up = Link(_("Escalate"), action_url(case, "raise-escalation"), sheet=True)
    return (
        Checklist(
            _("What you found"),
            (
                ChecklistItem(_("A finding that stays on the case"), link=note),
                ChecklistItem(_("A finding that a superior has to answer"), link=up),
            ),
        ),
    )
