"""The inbox of decisions: refusals, money and escalations on one page, decided from the line by the usual actions."""

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from casemgmt.adminkit.counting import counts_of, in_short
from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Piece, Tab
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.money import amount_shown
from casemgmt.people.models import Team
from casemgmt.refusing import page as refusal_page
from complaints.actions.waiting_requests import to_be_decided_by
from complaints.admin.base import case_url
from complaints.admin.deciding_many import MANY, deciding_url
from complaints.admin.extensions import extension_lines
from complaints.admin.holds import hold_lines
from complaints.admin.incident_lines import ANNOUNCED, PLAN_WORDS, announcement_lines, plan_lines
from complaints.admin.landing.supervisors import approving_meter
from complaints.admin.request_changes import (
    REFUSAL_WORDS,
    with_answers_before,
    with_decided_before,
    with_refusals_before,
)
from complaints.admin.request_lines import RequestLine, escalation_lines, grant_lines, refusal_lines
from complaints.admin.review_lines import review_lines
from complaints.admin.waiting import (
    announcements_waiting,
    decides,
    escalations_waiting,
    extensions_waiting,
    for_the_viewer,
    grants_waiting,
    holds_waiting,
    may_look,
    plans_waiting,
    refusals_waiting,
    reviews_waiting,
    with_evidence,
    wordings_waiting,
)
from complaints.admin.wording import wording_lines
from complaints.models import CompensationGrant, RefusalProposal
from complaints.roles import day_of
from policies.lookup import policies_in_force
from policies.rules.working_time import working_time_of

KINDS = ("grant", "refusal", "wording", "extension", "review", "hold", "incident_plan", "public_notice", "escalation")
OF_AN_INCIDENT = "incident__members__case__team"
OWN_TIME = ("escalation", "review")
"""Kinds with a time of their own: by when a superior answers, and by when a review is to be answered."""

PARAMETERS = {"kind", "team", "p"}
LINES_ON_A_PAGE = 25
ROWS_READ = 200
"""Of each kind at most; whoever has more waiting decides some first."""


@require_safe
def approvals_view(request):
    """What waits for a decision, the earliest deadline first. For who decides, and for auditors, without buttons."""
    if not may_look(request.user):
        raise RightRefused("approvals")
    chosen = _chosen(request)
    if chosen is None:
        return refusal_page(400, _("The value of the filter is not valid."))
    kind, team, number = chosen
    lines = _lines(request, kind, team)
    last = max(1, -(-len(lines) // LINES_ON_A_PAGE))
    number = min(number, last)
    begins = (number - 1) * LINES_ON_A_PAGE
    at = moment(request)
    return drawn(
        request,
        "complaints/approvals.html",
        {
            "title": _("Approvals"),
            "now": at,
            "lines": lines[begins : begins + LINES_ON_A_PAGE],
            "tabs": _tabs(request, kind, team),
            "teams": _teams(request, kind, team),
            "meter": approving_meter(request.user, at) if decides(request.user) else None,
            "is_reader": not decides(request.user),
            "many_url": deciding_url(),
            "many": MANY,
            "can_decide_many": any(line.deeds and line.kind != "escalation" for line in lines),
            "form_key": uuid.uuid4(),
            "decided": _decided_today(request.user, at),
            "earlier": _address(kind, team, number - 1) if number > 1 else "",
            "later": _address(kind, team, number + 1) if number < last else "",
        },
    )


def _chosen(request) -> tuple[str, int | None, int] | None:
    """Kind, team and page as the address says; None when it makes no sense."""
    given = request.GET
    kind, team, number = given.get("kind", ""), given.get("team", ""), given.get("p", "1")
    if set(given) - PARAMETERS or any(len(given.getlist(name)) > 1 for name in given):
        return None
    if kind not in ("", *KINDS) or not _is_number(team or "1") or not _is_number(number) or int(number) < 1:
        return None
    return kind, int(team) if team else None, int(number)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _query(kind: str, team: int | None, number: int = 1) -> dict:
    found = {"kind": kind, "team": team or "", "p": number if number > 1 else ""}
    return {name: value for name, value in found.items() if value}


def _address(kind: str, team: int | None, number: int = 1) -> str:
    query = urlencode(_query(kind, team, number))
    return reverse("desk:approvals") + (f"?{query}" if query else "")


def _of_team(rows, team: int | None, way: str = "case__team"):
    return rows.filter(**{way: team}).distinct() if team else rows


def _lines(request, kind: str, team: int | None) -> list[RequestLine]:
    at, person = moment(request), request.user
    back = urlencode({"back": "approvals", **_query(kind, team)})
    policies = policies_in_force(at)
    found: list[RequestLine] = []
    if kind in ("", "grant"):
        rows = with_evidence(_of_team(grants_waiting(request), team))
        rows = rows.select_related("asked_by", "approved_by", "basis")[:ROWS_READ]
        found += grant_lines(rows, person, policies, at, back)
    if kind in ("", "refusal"):
        rows = with_evidence(_of_team(refusals_waiting(request), team))
        rows = rows.select_related("proposed_by", *REFUSAL_WORDS).prefetch_related("evidence_links")[:ROWS_READ]
        found += refusal_lines(rows, person, policies, at, back)
    if kind in ("", "wording"):
        rows = with_evidence(_of_team(wordings_waiting(request), team)).select_related("asked_by", "reason", "words")
        rows = with_refusals_before(rows, case="case", phrase_policy_id="phrase_policy_id")
        found += wording_lines(rows[:ROWS_READ], person, at, back)
    if kind in ("", "extension"):
        rows = with_evidence(_of_team(extensions_waiting(request), team)).select_related("asked_by", "reason", "clock")
        found += extension_lines(with_refusals_before(rows, clock="clock")[:ROWS_READ], person, at, back)
    if kind in ("", "review"):
        rows = with_evidence(_of_team(reviews_waiting(request), team)).select_related("answered_by", "answer", "words")
        found += review_lines(with_answers_before(rows)[:ROWS_READ], person, at, back)
    if kind in ("", "hold"):
        rows = with_evidence(_of_team(holds_waiting(request), team)).select_related("lift_asked_by", "lift_reason")
        found += hold_lines(rows[:ROWS_READ], person, at, back)
    if kind in ("", "incident_plan"):
        rows = plans_waiting(request).select_related("incident", "proposed_by", *PLAN_WORDS)
        rows = with_decided_before(rows, *PLAN_WORDS)
        found += plan_lines(_of_team(rows, team, OF_AN_INCIDENT)[:ROWS_READ], person, at, back)
    if kind in ("", "public_notice"):
        rows = announcements_waiting(request).select_related("incident", "proposed_by", *ANNOUNCED)
        rows = with_decided_before(rows, *ANNOUNCED)
        found += announcement_lines(_of_team(rows, team, OF_AN_INCIDENT)[:ROWS_READ], person, at, back)
    if kind in ("", "escalation"):
        rows = with_evidence(_of_team(escalations_waiting(request), team)).select_related("raised_by", "reason")
        found += escalation_lines(rows[:ROWS_READ], person, at, back)
    if not decides(person):
        found = [_without_deeds(line) for line in found]
    periods = policies.periods["default"]
    time = working_time_of(policies.calendars[periods.calendar])
    found = [
        line if line.kind in OWN_TIME else replace(line, decide_by=to_be_decided_by(line.asked_at, periods, time))
        for line in found
    ]
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(found, key=lambda line: (line.clock.due_at if line.clock else never, line.asked_at, line.key))


def _without_deeds(line: RequestLine) -> RequestLine:
    return replace(line, deeds=(), why_not=())


def _tabs(request, kind: str, team: int | None) -> list[Tab]:
    rows = for_the_viewer(request)
    ways = dict.fromkeys(("plans", "announcements"), OF_AN_INCIDENT)
    counts = counts_of({name: _of_team(found, team, ways.get(name, "case__team")) for name, found in rows.items()})
    labels = {
        "": (_("Everything"), sum(counts.values())),
        "grant": (_("Money"), counts["grants"]),
        "refusal": (_("Refusals"), counts["refusals"]),
        "wording": (pgettext("requests", "Words"), counts["wordings"]),
        "extension": (_("More time"), counts["extensions"]),
        "review": (_("Public answers"), counts["reviews"]),
        "hold": (_("Legal holds"), counts["holds"]),
        "incident_plan": (_("Plans of incidents"), counts["plans"]),
        "public_notice": (_("Public announcements"), counts["announcements"]),
        "escalation": (_("Escalations"), counts["escalations"]),
    }
    return [
        Tab(label, _address(name, team), in_short(count), is_active=name == kind)
        for name, (label, count) in labels.items()
    ]


def _teams(request, kind: str, team: int | None) -> list[Tab]:
    waiting = (
        grants_waiting(request),
        refusals_waiting(request),
        wordings_waiting(request),
        extensions_waiting(request),
        reviews_waiting(request),
        holds_waiting(request),
        escalations_waiting(request),
    )
    first, *others = (rows.order_by().values_list("case__team", flat=True) for rows in waiting)
    teams = Team.objects.filter(pk__in=set(first.union(*others)) - {None}).order_by("name")
    tabs = [Tab(row.name, _address(kind, row.pk), is_active=row.pk == team) for row in teams]
    return [Tab(_("Every team"), _address(kind, None), is_active=team is None), *tabs] if len(tabs) > 1 or team else []


def _decided_today(person, at: datetime) -> tuple[Piece, ...]:
    """What this person approved, sent back or refused since midnight, the newest first."""
    today = day_of(at)
    grants = CompensationGrant.objects.filter(approved_by=person, approved_at__date=today).select_related("case")
    refusals = RefusalProposal.objects.filter(decided_by=person, decided_at__date=today).select_related("case")
    return tuple(_told_grants(grants)) + tuple(
        Piece(
            f"{row.get_state_display()} · {_('Refuse the claim')}",
            row.case.case_number,
            case_url(row.case_id, "refusals"),
        )
        for row in refusals
    )


def _told_grants(grants: Iterable[CompensationGrant]):
    for row in grants:
        url = case_url(row.case_id, "grants")
        yield Piece(f"{row.get_state_display()} · {amount_shown(row.amount, row.currency)}", row.case.case_number, url)


register_page("approvals/", approvals_view, "approvals")
