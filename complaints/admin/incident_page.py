"""The page of an incident as plain values: its cases with where each stands, what they cost, who was told."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Bar, Fact, FactGroup, Link, Piece, RecordHead, RecordPage, StateChip, TimelineEntry
from casemgmt.adminkit.templatetags.desk import instant
from casemgmt.money import amount_shown
from casemgmt.sentences import registered
from complaints.actions.affected import likely_members
from complaints.admin import buttons
from complaints.admin.base import action_url, case_url, holds, visible_cases
from complaints.admin.drawing import state_of, with_titles
from complaints.admin.incident_papers import papers_of
from complaints.models import (
    CompensationGrant,
    Complaint,
    HandlingPlan,
    Incident,
    IncidentMember,
    IncidentMessage,
    IncidentPlan,
    IncidentTold,
    PublicNotice,
)
from complaints.roles import AUDITORS, groups_of
from complaints.states import ENDED, GrantState, IncidentState
from complaints.template_values import names
from policies.lookup import categories_in_force
from policies.rules.filling import filled

ROWS_A_PAGE = 25
SUGGESTED = 8
DAYS_OF_GROWTH = 7
GIVEN = (GrantState.APPROVED, GrantState.PAID, GrantState.BOUNCED)
PROGRESS = (IncidentState.OPEN, IncidentState.PLANNED, IncidentState.CARRIED_OUT, IncidentState.CLOSED)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A case of the incident as the table shows it."""

    number: str
    title: str
    customer: str
    url: str
    state: StateChip
    outcome: str
    plan: str
    money: str
    told: str
    noted: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MemberTable:
    """One leaf of the cases; `hidden` counts those that the viewer may not see."""

    rows: tuple[MemberRow, ...]
    hidden: int
    leaf: object


def page_of(request, incident: Incident, offers, at: datetime) -> RecordPage:
    """The page of an incident for this viewer; counts hold for all its cases, names for those the viewer may see."""
    members = incident.members.standing()
    return RecordPage(
        head=RecordHead(
            number=_("Incident %(n)s") % {"n": incident.pk},
            title=incident.title,
            state=StateChip(incident.get_state_display(), (PROGRESS.index(incident.state) + 1) / len(PROGRESS)),
            marks=(_("safety"),) if incident.safety_flag else (),
            owner=incident.owner.name,
        ),
        offers=tuple(offers),
        groups=tuple(filter(None, (_about(incident, at), _measure(incident), _looks_alike(request, incident, at)))),
        cards=tuple(
            filter(
                None,
                (
                    *papers_of(request, incident, at),
                    _told(incident),
                    _money(incident),
                    _growth(members, at),
                ),
            )
        ),
        entries=tuple(_entries(incident)),
        read_only=_reading_line(request.user),
    )


def _reading_line(person) -> str:
    if AUDITORS not in groups_of(person):
        return ""
    return _("You are reading as an auditor: nothing can be changed here, and what you open is logged.")


def counts_of(incident: Incident) -> list[tuple[str, int]]:
    """How many cases there are, and how they stand; for all cases, whoever may see them."""
    states = Counter(dict(incident.members.standing().order_by().values_list("case__state").annotate(Count("pk"))))
    noted = incident.members.standing().filter(noted_at__isnull=False).count()
    ended = sum(states[state] for state in ENDED)
    return [
        (_("Cases"), sum(states.values())),
        (pgettext("case", "open"), sum(states.values()) - ended),
        (_("ended"), ended),
        (_("noted one by one"), noted),
    ]


def members_of(request, incident: Incident, at: datetime) -> MemberTable:
    """The cases that the viewer may see, the open ones first. Nine queries, however many cases."""
    members = incident.members.standing()
    seen = members.filter(case__in=visible_cases(request).values("pk")).order_by("-case__next_due_at", "pk")
    paginator = Paginator(seen.values_list("pk", flat=True), ROWS_A_PAGE)
    leaf = paginator.get_page(request.GET.get("p", "1"))
    rows = list(
        IncidentMember.objects.filter(pk__in=list(leaf))
        .select_related("case__customer__key", "case__handler", "noted", "offered", "incident")
        .order_by("case__next_due_at", "pk")
    )
    cases = {case.pk: case for case in with_titles([row.case for row in rows])}
    money = _money_of(cases)
    told = Counter(
        IncidentTold.objects.filter(message__incident=incident, contact__case__in=cases).values_list(
            "contact__case", flat=True
        )
    )
    plans = {plan.case_id: plan for plan in HandlingPlan.objects.filter(case__in=cases).order_by("number")}
    drawn = tuple(_row(request, row, money, told, plans.get(row.case_id), at) for row in rows)
    return MemberTable(drawn, members.count() - paginator.count, leaf)


def _money_of(cases) -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = CompensationGrant.objects.filter(case__in=cases, state__in=GIVEN).order_by()
    for case, currency, total in rows.values_list("case", "currency").annotate(total=Sum("amount")):
        found[case][currency] = total
    return found


def _row(request, member, money, told, plan, at) -> MemberRow:
    case = member.case
    given = _(", ").join(amount_shown(total, currency) for currency, total in sorted(money[case.pk].items()))
    links = [
        Link(action.label, action_url(member, action.name), sheet=True)
        for action in buttons.INCIDENT_MEMBER
        if holds(request, action.right, case, at) and not action.why_not(member, by=request.user, at=at)
    ]
    return MemberRow(
        number=case.case_number,
        title=case.title_words,
        customer=str(case.customer or _("unknown")),
        url=case_url(case.pk),
        state=state_of(case),
        outcome=case.get_outcome_display() if case.outcome else "",
        plan=plan.get_state_display() if plan is not None else "",
        money=given,
        told=ngettext("%(n)s message", "%(n)s messages", told[case.pk]) % {"n": told[case.pk]} if told[case.pk] else "",
        noted=str(member.noted or ""),
        links=tuple(links),
    )


def _about(incident: Incident, at: datetime) -> FactGroup:
    category = categories_in_force(at).get(incident.category)
    facts = [
        Fact(_("Since"), instant(incident.since, at)),
        Fact(_("Goods"), str(incident.product or "")),
        Fact(_("Batch"), incident.batch),
        Fact(_("Service"), incident.service),
        Fact(_("Category"), category.label.in_language(get_language() or "zh-hans") if category else ""),
        Fact(_("Shop or site"), str(incident.shop or "")),
        Fact(_("Opened by"), f"{incident.opened_by.name} · {instant(incident.opened_at, at)}"),
    ]
    if incident.closing_id:
        facts.append(Fact(_("What came of it"), str(incident.closing)))
    return FactGroup(_("Cause"), tuple(fact for fact in facts if fact.value), quote=str(incident.cause))


def _measure(incident: Incident) -> FactGroup | None:
    measure = incident.improvement
    if measure is None:
        return None
    note = " · ".join(filter(None, (measure.get_state_display(), measure.owner.name, str(measure.due_on or ""))))
    return FactGroup(_("Measure"), pieces=(Piece(str(measure.what), note, case_url(measure.case_id), "lightbulb"),))


def _looks_alike(request, incident: Incident, at: datetime) -> FactGroup | None:
    if not incident.is_open:
        return None
    likely = likely_members(incident, by=request.user, at=at)
    names = {
        "goods": _("same goods"),
        "category": _("same category"),
        "batch": _("names the batch"),
        "service": _("names the service"),
        "shop": _("same shop"),
    }
    shown = with_titles([like.case for like in likely[:SUGGESTED]])
    pieces = []
    for like, case in zip(likely, shown, strict=False):
        shared = _(", ").join(str(names[name]) for name in like.shared)
        link = Link(
            _("Link to this incident"), f"{action_url(case, 'link-incident')}?incident_id={incident.pk}", sheet=True
        )
        may = holds(request, "incident.link", case, at)
        pieces.append(
            Piece(f"{case.case_number} {case.title_words}", shared, case_url(case.pk), links=(link,) if may else ())
        )
    note = "" if pieces else _("No other open case shares its goods, category, batch or service.")
    return FactGroup(_("Cases that look alike"), pieces=tuple(pieces), count=len(likely), note=note)


def _told(incident: Incident) -> FactGroup | None:
    messages = list(incident.messages.select_related("words", "written_by").annotate(number_told=Count("told")))
    if not messages:
        return None
    people = incident.members.standing().exclude(case__customer=None).order_by().values("case__customer").distinct()
    everybody, gaps = people.count(), names()
    return FactGroup(
        _("Messages to everybody"),
        bars=tuple(
            Bar(
                f"{message.number}. {' '.join(filled(str(message.words), {}, gaps).split())[:60]}",
                _("%(n)s of %(all)s customers") % {"n": message.number_told, "all": everybody},
                message.number_told / everybody if everybody else 0.0,
            )
            for message in messages
        ),
        note=_("Each customer gets each message once, in their own channel."),
        anchor="messages",
    )


def _money(incident: Incident) -> FactGroup | None:
    cases = incident.members.standing().values("case")
    rows = CompensationGrant.objects.filter(case__in=cases, state__in=GIVEN).order_by()
    facts = [
        Fact(currency, _("%(amount)s in %(n)s grants") % {"amount": amount_shown(total, currency), "n": number})
        for currency, total, number in rows.values_list("currency").annotate(total=Sum("amount"), number=Count("pk"))
    ]
    return FactGroup(_("Given in all"), tuple(facts)) if facts else None


def _growth(members, at: datetime) -> FactGroup | None:
    since = at - timedelta(days=DAYS_OF_GROWTH)
    rows = members.filter(linked_at__gte=since).order_by().annotate(day=TruncDate("linked_at")).values_list("day")
    counts = dict(rows.annotate(Count("pk")))
    if not counts:
        return None
    most = max(counts.values())
    bars = tuple(
        Bar(date_format(day, "MONTH_DAY_FORMAT"), str(number), number / most) for day, number in sorted(counts.items())
    )
    return FactGroup(_("Cases that joined, by day"), bars=bars)


def _entries(incident: Incident):
    """What was done about the incident as a whole, newest first; what happened to a case stands on its page."""
    seen = set()
    found = []
    for model, key in (
        (Incident, {"id": incident.pk}),
        (IncidentPlan, {"incident": incident.pk}),
        (PublicNotice, {"incident": incident.pk}),
        (IncidentMessage, {"incident": incident.pk}),
    ):
        for row in model.history.filter(**key).order_by("-history_id"):
            act = (row.history_change_reason, row.history_at)
            if act in seen:
                continue
            seen.add(act)
            sentence = registered().get(f"story.{row.history_change_reason}")
            title = str(sentence.says) if sentence else row.history_change_reason
            found.append(TimelineEntry("state", row.history_at, row.history_actor, title, icon="crisis_alert"))
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def incident_url(incident_id: int) -> str:
    """The page of an incident."""
    return reverse("admin:complaints_incident_change", args=[incident_id])


def open_incident_of(case: Complaint) -> Incident | None:
    """The incident that is not closed and holds this case."""
    member = case.memberships.standing().filter(settled_at__isnull=True).select_related("incident").first()
    return member.incident if member is not None else None
