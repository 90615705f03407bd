"""What an auditor looks for first: what was refused, what was overridden, and who looked at what."""

from datetime import datetime, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from casemgmt.adminkit.landings import Count, PileRow
from casemgmt.adminkit.pages import Link
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.admin.base import case_url
from complaints.admin.drawing import first_words, severity_of, state_of
from complaints.admin.landing.breaches import breach_in_words
from complaints.admin.landing.deeds import open_case
from complaints.admin.landing.heaps import Heap, note_on, on_cases, with_words
from complaints.models import CompensationGrant, Complaint, Contact, RefusalProposal
from complaints.states import CaseState, GrantState, RefusalState

SPAN = timedelta(days=30)
GRANTED = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)


def heaps_of(request, cases, at: datetime) -> list[Heap]:
    """What was refused and what was overridden, the newest first; each leads to the page with all of them."""
    return [
        _refused(cases, at),
        _breaches(cases),
        _above_limits(cases),
        _reopened(cases),
        _voided(cases),
    ]


def _url(kind: str) -> str:
    return reverse("desk:oversight") + f"?kind={kind}"


def _paper(row, *, title: str, at_instant: datetime | None, amount: str = "", anchor: str = "") -> PileRow:
    case = row.case
    return PileRow(
        title=title or first_words(row.content_words),
        url=case_url(case.pk, anchor),
        note=note_on(case),
        when=instant(at_instant) if at_instant else "",
        severity=severity_of(case),
        state=state_of(case),
        amount=amount,
        deed=Link(_("Look at it"), case_url(case.pk, anchor)),
    )


def _case(case: Complaint, at_instant: datetime | None) -> PileRow:
    return PileRow(
        title=first_words(case.content_words),
        url=case_url(case.pk),
        note=note_on(case),
        when=instant(at_instant) if at_instant else "",
        severity=severity_of(case),
        state=state_of(case),
        deed=open_case(case.pk),
    )


def _on_rows(cases, order: str):
    return with_words(cases.select_related("customer__key", "handler", "product"), "pk").order_by(order, "-pk")


def _refused(cases, at) -> Heap:
    rows = RefusalProposal.objects.filter(case__in=cases, state=RefusalState.APPROVED)
    return Heap(
        "refused",
        _("Refused cases"),
        on_cases(rows).select_related("decided_by").order_by("-decided_at", "-pk"),
        _url("refused"),
        draw=lambda row: _paper(row, title="", at_instant=row.decided_at, anchor="refusals"),
    )


def _breaches(cases) -> Heap:
    rows = Contact.objects.filter(case__in=cases).exclude(breach="")
    return Heap(
        "breaches",
        _("Calls outside the rules"),
        on_cases(rows).select_related("breach_reason").order_by("-occurred_at", "-pk"),
        _url("breaches"),
        draw=lambda row: _paper(row, title=breach_in_words(row), at_instant=row.occurred_at),
    )


def _above_limits(cases) -> Heap:
    rows = CompensationGrant.objects.filter(case__in=cases, approvals_needed=2, state__in=GRANTED)
    return Heap(
        "above",
        _("Above the single limit, by two"),
        on_cases(rows).order_by("-second_approved_at", "-pk"),
        _url("above"),
        draw=lambda row: _paper(
            row,
            title="",
            at_instant=row.second_approved_at,
            amount=amount_shown(row.amount, row.currency),
            anchor="grants",
        ),
    )


def _reopened(cases) -> Heap:
    return Heap(
        "reopened",
        _("Reopened"),
        _on_rows(cases.filter(reopened__gt=0), "-registered_at"),
        _url("reopened"),
        draw=lambda case: _case(case, None),
    )


def _voided(cases) -> Heap:
    brought_back = Complaint.history.filter(history_change_reason="case.unvoided").order_by().values("id")
    rows = cases.filter(Q(state=CaseState.VOIDED) | Q(pk__in=brought_back))
    return Heap(
        "voided",
        _("Voided, or brought back"),
        _on_rows(rows, "-registered_at"),
        _url("voided"),
        draw=lambda case: _case(case, None),
    )


def looks(at: datetime) -> dict[str, tuple]:
    """Rights refused, personal data shown and rows exported in the last 30 days: rows, label, address."""
    log = reverse("admin:privacy_accessevent_changelist")
    events = AccessEvent.objects.filter(at__gte=at - SPAN)
    labels = {
        AccessKind.REFUSED_RIGHT: _("Rights refused in 30 days"),
        AccessKind.REVEALED: _("Personal data shown in 30 days"),
        AccessKind.EXPORTED: _("Exports in 30 days"),
    }
    return {
        f"look_{kind}": (events.filter(kind=kind).order_by(F("at").desc()), label, f"{log}?kind__exact={kind}")
        for kind, label in labels.items()
    }


def looks_counted(found: dict[str, tuple], counts: dict[str, int]) -> tuple[Count, ...]:
    """The looks as numbers that lead to the access log."""
    return tuple(Count(label, counts[name], url) for name, (_rows, label, url) in found.items())
