"""The case page as plain values: head, clocks, what can be done, the timeline, the facts."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.acting import Offer
from casemgmt.adminkit.pages import Link, RecordHead, RecordPage
from complaints.admin.base import action_url, holds
from complaints.admin.case_facts import groups_of
from complaints.admin.case_story import timeline_of
from complaints.admin.drawing import clocks_of, marks_of, severity_of, state_of, steps_of, title_of
from complaints.case_file import CaseFile
from complaints.models import Complaint
from complaints.roles import AUDITORS
from complaints.roles import groups_of as roles_of
from policies.lookup import policies_in_force

COMPOSERS = (
    ("write-message", "contact.record", "send", "outgoing", "reply"),
    ("record-call", "contact.record", "call", "call", "call"),
    ("write-note", "note.write", "lock", "internal", "note"),
    ("add-evidence", "evidence.add", "attach_file", "", ""),
)


def page_of(request, file: CaseFile, offers: list[Offer], at: datetime) -> RecordPage:
    """The page of a case for this viewer at this moment."""
    case = file.case
    url = request.path
    kind = request.GET.get("kind", "")
    everything = request.GET.get("older") == "1"
    policies = policies_in_force(at)
    entries, tabs, cut = timeline_of(file, policies, kind=kind, url=url, everything=everything)
    is_auditor = AUDITORS in roles_of(request.user)
    owner = " · ".join(filter(None, (case.handler.name, str(case.team or "")))) if case.handler else _("nobody yet")
    return RecordPage(
        head=RecordHead(
            number=case.case_number,
            title=title_of(case),
            state=state_of(case),
            steps=steps_of(case),
            severity=severity_of(case),
            marks=marks_of(case),
            owner=owner,
        ),
        clocks=clocks_of(case.clocks.all(), at, _why),
        offers=tuple(offers),
        groups=groups_of(request, case, at, policies),
        entries=tuple(entries),
        tabs=tuple(tabs),
        composers=_composers(request, case, at),
        read_only=_("You are reading as an auditor: nothing can be changed here, and what you open is logged.")
        if is_auditor
        else "",
        notice=_notice(case),
        more=Link(_("Show what happened before"), f"{url}?older=1" + (f"&kind={kind}" if kind else ""))
        if cut
        else None,
    )


def _why(clock) -> Link:
    return Link(_("Why this time"), reverse("admin:complaints_complaint_why", args=[clock.case_id, clock.pk]))


def _composers(request, case, at) -> tuple[Link, ...]:
    labels = {
        "write-message": _("Message to the customer"),
        "record-call": _("Call the customer"),
        "write-note": _("Internal note"),
        "add-evidence": _("Add a file"),
    }
    return tuple(
        Link(labels[name], action_url(case, name), sheet=True, icon=icon, note=note, key=key)
        for name, right, icon, note, key in COMPOSERS
        if holds(request, right, case, at) and (case.is_open or name != "add-evidence")
    )


def _notice(case: Complaint) -> str:
    pause = case.pauses.filter(ended_at__isnull=True).select_related("asked_what").first()
    if pause is not None:
        return _("Paused: %(category)s. Asked: %(what)s") % {
            "category": pause.get_category_display(),
            "what": pause.asked_what,
        }
    if case.merged_into:
        return _("Merged: case %(number)s leads.") % {"number": case.merged_into.case_number}
    return ""
