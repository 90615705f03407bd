"""The sidebar and the landing page: where to go, and what to do now."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casemgmt.adminkit.counting import counts_of, in_short
from casemgmt.adminkit.frame import Group, Place, register_landing, register_sidebar
from casemgmt.adminkit.landings import Count, Deed, Landing, Pile, PileRow
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.pages import ClockCard, Link, Piece
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.models import Notice
from casemgmt.privacy.models import AccessEvent, AccessKind
from casemgmt.sentences import say
from casemgmt.sweeps import last_completed
from casemgmt.violations import Violation
from complaints.admin.base import case_url, visible_cases
from complaints.admin.drawing import severity_of, state_of, with_titles
from complaints.admin.queues import ALL
from complaints.models import Commitment, CompensationGrant, Escalation
from complaints.roles import (
    ADMINISTRATORS,
    AUDITORS,
    OPERATIONS,
    POLICY_EDITORS,
    STAFF,
    SUPERVISORS,
    day_of,
    groups_of,
    may,
)
from complaints.states import CommitmentState, EscalationState, GrantState

ROWS_IN_A_PILE = 5
OVERSIGHT_SPAN = timedelta(days=30)
PILES = {
    STAFF: ("overdue", "today", "calls", "returned", "mine", "unassigned"),
    SUPERVISORS: ("overdue", "approval", "today", "unassigned", "team"),
    OPERATIONS: ("pay",),
    AUDITORS: ("overdue", "approval"),
}


def _list(model: str, query: str = "") -> str:
    return reverse(f"admin:complaints_{model}_changelist") + query


def _allowed(request, app: str, model: str) -> bool:
    return request.user.has_perm(f"{app}.view_{model}")


def sidebar_of(request) -> list[Group]:
    """The entries that lead somewhere for this viewer."""
    work = [Place(_("My desk"), reverse("admin:index"), "task_alt", is_active=request.path == reverse("admin:index"))]
    if _allowed(request, "complaints", "complaint"):
        work += [
            Place(_("Cases"), _list("complaint"), "folder_open"),
            Place(_("Escalations"), _list("escalation"), "trending_up"),
            Place(_("Refusals"), _list("refusalproposal"), "gavel"),
            Place(_("Compensation"), _list("compensationgrant"), "payments"),
            Place(_("Follow-ups"), _list("followupcall"), "call"),
            Place(_("Promises"), _list("commitment"), "handshake"),
            Place(_("Department tasks"), _list("departmenttask"), "assignment"),
        ]
    basis = []
    if _allowed(request, "complaints", "complaint"):
        basis += [
            Place(_("Evidence"), _list("evidence"), "attach_file"),
            Place(_("Customers"), _list("customer"), "group"),
            Place(_("Orders"), _list("order"), "receipt_long"),
            Place(_("Measures"), _list("improvementaction"), "lightbulb"),
        ]
    if _allowed(request, "complaints", "importbatch"):
        basis.append(Place(_("Imports"), _list("importbatch"), "upload_file"))
    if _allowed(request, "policies", "policyrow"):
        basis.append(Place(_("Policies"), reverse("admin:policies_policyrow_changelist"), "policy"))
    watch = []
    if _allowed(request, "privacy", "accessevent"):
        watch.append(Place(_("Access log"), reverse("admin:privacy_accessevent_changelist"), "visibility"))
    if _allowed(request, "casemgmt", "sweep"):
        watch.append(Place(_("Sweeps"), reverse("admin:casemgmt_sweep_changelist"), "monitor_heart"))
    if _allowed(request, "complaints", "setaside"):
        watch.append(Place(_("Set aside by sweeps"), _list("setaside"), "report"))
    if _allowed(request, "complaints", "tag"):
        watch.append(Place(_("Tags"), _list("tag"), "label"))
    return [
        Group(title, tuple(places))
        for title, places in ((_("Work"), work), (_("Basis"), basis), (_("Oversight"), watch))
        if places
    ]


def landing_of(request) -> Landing | None:
    """What to do now, by role: one thing first, counts, then the first rows of each pile."""
    groups = groups_of(request.user)
    role = next((role for role in (AUDITORS, SUPERVISORS, OPERATIONS, STAFF) if role in groups), None)
    if role is None:
        return _landing_without_cases(request, groups)
    at = moment(request)
    cases = visible_cases(request)
    narrowed = {name: ALL[name].narrow(cases, request, at) for name in PILES[role]}
    beside = _beside(request, role, cases)
    counts = counts_of(narrowed | {name: rows for name, (rows, _label, _url, _late) in beside.items()})
    piles = [_pile(request, name, narrowed[name], counts[name], at) for name in PILES[role] if counts[name]]
    return Landing(
        title=_("My desk"),
        deed=_deed(piles, at),
        counts=tuple(
            [
                Count(
                    ALL[name].label,
                    in_short(counts[name]),
                    _list("complaint", f"?queue={name}"),
                    is_late=ALL[name].is_late,
                )
                for name in PILES[role]
            ]
            + [
                Count(label, in_short(counts[name]), url, is_late=is_late)
                for name, (_rows, label, url, is_late) in beside.items()
            ]
        ),
        piles=tuple(piles),
        buttons=(Link(_("Register a complaint"), reverse("admin:complaints_complaint_add"), icon="add"),)
        if may(request.user, "case.register", on=day_of(at))
        else (),
        notices=_notices(request, at),
        small_print=_small_print(at),
        nothing_to_do="" if piles else _("Nothing waits for you right now."),
    )


def _beside(request, role, cases) -> dict:
    """Rows beside the cases: escalations to me, promises due, money to pay."""
    found = {}
    if role == SUPERVISORS:
        waiting = [EscalationState.OPEN, EscalationState.ACKNOWLEDGED]
        rows = Escalation.objects.filter(case__in=cases, to_person=request.user, state__in=waiting)
        found["escalations"] = (rows, _("Escalations to me"), _list("escalation", "?queue=mine"), True)
    if role in (STAFF, SUPERVISORS):
        rows = Commitment.objects.filter(case__in=cases, owner=request.user).exclude(
            state__in=[CommitmentState.KEPT, CommitmentState.KEPT_LATE, CommitmentState.RELEASED]
        )
        found["promises"] = (rows, _("My promises"), _list("commitment", "?queue=mine"), False)
    if role == OPERATIONS:
        rows = CompensationGrant.objects.filter(case__in=cases, state=GrantState.APPROVED)
        found["grants"] = (rows, _("Payments to make"), _list("compensationgrant", "?queue=pay"), False)
        rows = CompensationGrant.objects.filter(case__in=cases, state=GrantState.BOUNCED)
        found["bounced"] = (rows, _("Payments that came back"), _list("compensationgrant", "?queue=bounced"), True)
    if role == AUDITORS:
        since = moment(request) - OVERSIGHT_SPAN
        events = AccessEvent.objects.filter(kind=AccessKind.REFUSED_RIGHT, at__gte=since)
        log = reverse("admin:privacy_accessevent_changelist")
        found["refused"] = (events, _("Rights refused in 30 days"), f"{log}?kind__exact=refused_right", False)
        shown = AccessEvent.objects.filter(kind=AccessKind.REVEALED, at__gte=since)
        found["revealed"] = (shown, _("Personal data shown in 30 days"), f"{log}?kind__exact=revealed", False)
    return found


def _pile(request, name, rows, count, at) -> Pile:
    shown = with_titles(
        rows.select_related("customer__key", "handler", "product").order_by("next_due_at", "pk")[:ROWS_IN_A_PILE]
    )
    return Pile(
        ALL[name].label,
        tuple(
            PileRow(
                title=case.title_words,
                url=case_url(case.pk),
                note=" · ".join(filter(None, (case.case_number, str(case.customer or ""), str(case.product or "")))),
                clock=ClockCard("", case.next_due_at) if case.next_due_at else None,
                severity=severity_of(case),
                state=state_of(case),
                deed=Link(_("Open the case"), case_url(case.pk)),
            )
            for case in shown
        ),
        in_short(count),
        Link(_("All of them"), _list("complaint", f"?queue={name}")),
        is_late=ALL[name].is_late,
    )


def _deed(piles: list[Pile], at) -> Deed | None:
    """The one case to begin with: the first of the first pile."""
    if not piles:
        return None
    pile, row = piles[0], piles[0].rows[0]
    return Deed(
        title=row.title,
        why=_("%(pile)s: %(note)s") % {"pile": pile.title, "note": row.note},
        primary=Link(_("Open the case"), row.url),
        clock=row.clock,
    )


def _notices(request, at) -> tuple[Piece, ...]:
    rows = Notice.objects.of(request.user).unread().visible(at)[:8]
    pieces = []
    for notice in rows:
        url = reverse("admin:casemgmt_notice_read", args=[notice.pk])
        words = say(Violation(notice.code, params=notice.params))
        when = instant(notice.shown_from, at)
        pieces.append(Piece(words, f"{notice.case_number} · {when}", url))
    return tuple(pieces)


def _small_print(at) -> str:
    finished = last_completed().get("escalate_overdue")
    if finished is None:
        return _("The sweep for overdue cases has not run yet.")
    minutes = max(0, int((at - finished) / timedelta(minutes=1)))
    if minutes > 5:
        return _("The last sweep for overdue cases was %(minutes)s minutes ago. Tell the administrators.") % {
            "minutes": minutes
        }
    return _("Overdue cases were looked for at %(time)s; every minute.") % {
        "time": date_format(timezone.localtime(finished), "TIME_FORMAT")
    }


def _landing_without_cases(request, groups) -> Landing | None:
    if ADMINISTRATORS in groups:
        buttons_shown = (Link(_("People"), reverse("admin:people_person_changelist"), icon="group"),)
        return Landing(_("My desk"), nothing_to_do=_("You keep people, teams and shops."), buttons=buttons_shown)
    if POLICY_EDITORS in groups:
        buttons_shown = (Link(_("Policies"), reverse("admin:policies_policyrow_changelist"), icon="policy"),)
        return Landing(_("My desk"), nothing_to_do=_("You keep the policies."), buttons=buttons_shown)
    return None


register_sidebar("complaints", sidebar_of, weight=10)
register_landing(landing_of)
