"""Plans and announcements of incidents that wait for a second person, as lines of the inbox."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.editing import version_of
from casemgmt.adminkit.pages import ClockCard, Severity
from casemgmt.people.one_person import accounts_of
from complaints.admin.drawing import first_words, severity_of
from complaints.admin.incident_page import incident_url
from complaints.admin.request_changes import changes_of_an_incident
from complaints.admin.request_lines import RequestLine, deeds_of, why_this_person_may_not
from complaints.models import IncidentMember, IncidentPlan, PublicNotice
from complaints.vocabulary import Severity as CaseSeverity

PLAN_WORDS = ("explanation", "follow_up", "letter", "deviation")
ANNOUNCED = ("words",)
GRAVEST_FIRST = list(CaseSeverity.values)


def plan_lines(rows: Iterable[IncidentPlan], person, at: datetime, back: str) -> list[RequestLine]:
    """One line each; one query for their cases, whatever the number of rows."""
    names = {"approve-incident-plan": _("Agree"), "send-back-incident-plan": _("Send back")}
    told = {"kind": "incident_plan", "title": _("One plan for everybody")}
    return [
        _line(
            row,
            cases,
            person,
            back,
            names,
            told
            | {
                "change": _("version %(number)s") % {"number": row.number},
                "changes": changes_of_an_incident(row, *PLAN_WORDS),
                "basis": first_words(row.explanation.words),
            },
        )
        for row, cases in _with_cases(rows)
    ]


def announcement_lines(rows: Iterable[PublicNotice], person, at: datetime, back: str) -> list[RequestLine]:
    """One line each, with the whole text; one query for their cases."""
    names = {"approve-public-notice": _("Agree"), "send-back-public-notice": _("Send back")}
    told = {"kind": "public_notice", "title": _("Public announcement"), "change": ""}
    return [
        _line(
            row,
            cases,
            person,
            back,
            names,
            told | {"basis": str(row.words), "changes": changes_of_an_incident(row, *ANNOUNCED)},
        )
        for row, cases in _with_cases(rows)
    ]


def _with_cases(rows) -> list[tuple]:
    rows = list(rows)
    cases: dict[int, list] = {row.incident_id: [] for row in rows}
    if cases:
        for member in IncidentMember.objects.standing().filter(incident__in=cases).select_related("case"):
            cases[member.incident_id].append(member.case)
    return [(row, cases[row.incident_id]) for row in rows]


def _line(row, cases: list, person, back: str, names: dict, told: dict) -> RequestLine:
    why_not = why_this_person_may_not(person, asked_by=row.proposed_by_id, handler=None)
    due = min((case.next_due_at for case in cases if case.next_due_at), default=None)
    gravest = min(cases, key=lambda case: GRAVEST_FIRST.index(case.severity), default=None)
    return RequestLine(
        **told,
        key=f"{told['kind']}-{row.pk}",
        about=row.incident.title,
        url=incident_url(row.incident_id),
        note=ngettext("%(n)s case", "%(n)s cases", len(cases)) % {"n": len(cases)},
        asker=row.proposed_by.name,
        asked_at=row.proposed_at,
        is_own=row.proposed_by_id in accounts_of(person),
        clock=ClockCard("", due) if due else None,
        severity=severity_of(gravest) if gravest else Severity("normal", _("no case yet")),
        seen=version_of(row),
        deeds=() if why_not else deeds_of(row, names, back),
        why_not=why_not,
    )
