"""Calls against the rules, for those who lead and those who audit: which rule, why, and by whom (S-COM-13)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from casemgmt.adminkit.landings import PileRow
from casemgmt.adminkit.pages import Link
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.sentences import say
from casemgmt.violations import Violation
from complaints.admin.base import case_url
from complaints.admin.drawing import severity_of, state_of
from complaints.admin.landing.heaps import Heap, list_url, note_on, on_cases
from complaints.models import Contact

SPAN = timedelta(days=7)


def breach_in_words(contact: Contact) -> str:
    """The reason told, and every rule that was broken; older rows know the first rule by its code alone."""
    broken = contact.working.get("broken", ())
    rules = " ".join(say(Violation(found["code"], params=found["params"])) for found in broken)
    return " · ".join(filter(None, (str(contact.breach_reason)[:60], rules)))


def breaches_of(cases, at: datetime) -> Heap:
    """What the team did against the rules of reaching customers within a week, the newest first."""
    rows = Contact.objects.filter(case__in=cases, occurred_at__gte=at - SPAN).exclude(breach="")
    return Heap(
        "breaches",
        _("Calls outside the rules"),
        on_cases(rows).select_related("breach_reason", "recorded_by").order_by("-occurred_at", "-pk"),
        list_url("complaint", "?queue=all"),
        draw=_row,
    )


def _row(contact: Contact) -> PileRow:
    case = contact.case
    return PileRow(
        title=breach_in_words(contact),
        url=case_url(case.pk) + "?kind=calls",
        note=note_on(case, contact.recorded_by.name),
        when=instant(contact.occurred_at),
        severity=severity_of(case),
        state=state_of(case),
        deed=Link(_("Look at it"), case_url(case.pk) + "?kind=calls"),
    )
