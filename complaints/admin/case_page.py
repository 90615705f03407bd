"""The case page as plain values: head, clocks, what can be done, the timeline, the facts."""

from datetime import datetime
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.acting import Offer
from casemgmt.adminkit.pages import Badge, Link, RecordHead, RecordPage
from complaints.admin.base import action_url, holds
from complaints.admin.calling import call_url
from complaints.admin.case_cards import cards_of
from complaints.admin.case_facts import groups_of
from complaints.admin.case_needs import checklists_of
from complaints.admin.case_story import Shown, filters, timeline_of
from complaints.admin.drawing import clocks_of, marks_of, severity_of, state_of, steps_of, title_of
from complaints.admin.escalation_band import audit_findings, bands_of
from complaints.admin.giving_out import bands_after
from complaints.admin.holds import hold_badge
from complaints.admin.neighbours import list_url_of, neighbours_of
from complaints.case_file import CaseFile
from complaints.models import Complaint
from complaints.roles import AUDITORS
from complaints.roles import groups_of as roles_of
from complaints.states import EscalationState, RouteState, TaskState
from policies.lookup import policies_in_force

PENDING_ROUTES = (RouteState.FILED, RouteState.ACCEPTED, RouteState.HEARD, RouteState.DECIDED)
CALL = "call"
COMPOSERS = (
    ("write-message", "contact.record", "send", "outgoing", "reply"),
    (CALL, "contact.record", "call", "call", "call"),
    ("write-note", "note.write", "lock", "internal", "note"),
    ("add-evidence", "evidence.add", "attach_file", "", ""),
)


def page_of(
    request, file: CaseFile, offers: list[Offer], at: datetime, *, here_url: str = "", print_url: str = ""
) -> RecordPage:
    """The page of a case for this viewer at this moment.

    `here_url` is where the page says that it is open; somebody who only reads says nothing.
    """
    case = file.case
    shown = Shown(kind=kind_in(request.GET), everything=request.GET.get("older") == "1")
    policies = policies_in_force(at)
    address = partial(_address, request)
    entries, tabs, cut = timeline_of(file, policies, shown, person=request.user, at=at, address=address)
    read_only = reading_line(request.user)
    position, back, forward = neighbours_of(request, case, at)
    older = address(older="1", **({"kind": shown.kind} if shown.kind else {}))
    return RecordPage(
        head=head_of(case),
        clocks=clocks_of(case.clocks.all(), at, _why),
        offers=tuple(offers),
        groups=groups_of(request, case, at, policies),
        entries=tuple(entries),
        tabs=tuple(tabs),
        checklists=audit_findings(request, case, at)
        if read_only
        else checklists_of(request, file, offers, at, policies),
        cards=cards_of(request, file, at, policies),
        composers=_composers(request, case, at),
        read_only=read_only,
        notice=_notice(case),
        bands=(*bands_of(request, case, at), *bands_after(request.user, case, at=at)),
        more=Link(_("Show what happened before"), older) if cut else None,
        here_url="" if read_only else here_url,
        print_url=print_url,
        position=position,
        position_url=list_url_of(request) if position else "",
        back=back,
        forward=forward,
    )


def kind_in(query) -> str:
    """The filter of the timeline that an address asks for; "" for all, and for one that does not exist."""
    kind = query.get("kind", "")
    return kind if kind in {name for name, _label, _kinds in filters()} else ""


def reading_line(person) -> str:
    """What somebody is told who may read alone, and whose reading is noted; "" for all others."""
    if AUDITORS not in roles_of(person):
        return ""
    return _("You are reading as an auditor: nothing can be changed here, and what you open is logged.")


def head_of(case: Complaint) -> RecordHead:
    """The head: what it is about, where it stands, how grave, whose, and what must not be overlooked."""
    owner = " · ".join(filter(None, (case.handler.name, str(case.team or "")))) if case.handler else _("nobody yet")
    return RecordHead(
        number=case.case_number,
        title=title_of(case),
        state=state_of(case),
        steps=steps_of(case),
        severity=severity_of(case),
        marks=marks_of(case),
        owner=owner,
        badges=_badges(case),
    )


def _badges(case: Complaint) -> tuple[Badge, ...]:
    """Who else is in it, and what stands still."""
    found = []
    if case.routes.filter(state__in=PENDING_ROUTES).exists():
        found.append(Badge(_("regulator or court"), "account_balance", "soon"))
    if case.escalations.filter(state__in=(EscalationState.OPEN, EscalationState.ACKNOWLEDGED)).exists():
        found.append(Badge(_("escalated"), "trending_up", "late"))
    if case.is_open and case.tasks.filter(state=TaskState.OPEN).exists():
        found.append(Badge(_("Waits for a department"), "groups", "soon"))
    if case.pauses.filter(ended_at__isnull=True).exists():
        found.append(Badge(_("clocks paused"), "pause_circle", "paused"))
    found += [badge] if (badge := hold_badge(case)) else []
    return tuple(found)


def _address(request, **query: str) -> str:
    """This page with other parameters; the list from which the reader came stays known."""
    origin = request.GET.get("from", "")
    query |= {"from": origin} if origin else {}
    return request.path + (f"?{urlencode(query)}" if query else "")


def _why(clock) -> Link:
    return Link(_("Why this time"), reverse("admin:complaints_complaint_why", args=[clock.case_id, clock.pk]))


def _composers(request, case, at) -> tuple[Link, ...]:
    labels = {
        "write-message": _("Message to the customer"),
        CALL: _("Call the customer"),
        "write-note": _("Internal note"),
        "add-evidence": _("Add a file"),
    }
    return tuple(
        Link(labels[name], call_url(case.pk), icon=icon, note=note, key=key)
        if name == CALL
        else Link(labels[name], action_url(case, name), sheet=True, icon=icon, note=note, key=key)
        for name, right, icon, note, key in COMPOSERS
        if holds(request, right, case, at) and (case.is_open or name != "add-evidence")
    )


def _notice(case: Complaint) -> str:
    pause = case.pauses.filter(ended_at__isnull=True).first()
    if pause is not None:
        return _("Paused: %(category)s. Asked: %(what)s") % {
            "category": pause.get_category_display(),
            "what": pause.asked_what,
        }
    if case.merged_into:
        return _("Merged: case %(number)s leads.") % {"number": case.merged_into.case_number}
    return ""
