"""Everything that went up and waits, for who leads and who audits: how old, how high, in which team, and with whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from casemgmt.adminkit.moment import moment
from casemgmt.adminkit.own_pages import drawn, register_page
from casemgmt.adminkit.pages import Tab
from casemgmt.adminkit.refused_rights import RightRefused
from casemgmt.people.models import Team
from casemgmt.refusing import page as refusal_page
from complaints.admin.base import visible_cases
from complaints.admin.escalation_words import lies_with, what_follows, why_raised
from complaints.admin.request_lines import RequestLine, escalation_lines
from complaints.admin.waiting import UNDECIDED, decides, may_look, with_evidence
from complaints.models import Escalation
from complaints.roles import acts_as, day_of
from complaints.rules.escalating import LEVELS
from complaints.states import EscalationState

MOST_READ = 10_000
LINES_ON_A_PAGE = 25
AGES = {
    "new": (timedelta(0), timedelta(hours=4), gettext_lazy("under 4 hours")),
    "today": (timedelta(hours=4), timedelta(days=1), gettext_lazy("4 to 24 hours")),
    "days": (timedelta(days=1), timedelta(days=3), gettext_lazy("1 to 3 days")),
    "old": (timedelta(days=3), None, gettext_lazy("over 3 days")),
}
"""Ages since it fell due, each from its first moment on."""
STATES = {
    EscalationState.OPEN.value: gettext_lazy("nobody took note"),
    EscalationState.ACKNOWLEDGED.value: gettext_lazy("taken note of"),
}
WHOSE = {"": pgettext_lazy("escalations", "All of them"), "mine": gettext_lazy("To me")}
NO_TEAM = "none"
FILTERS = ("whose", "level", "age", "state", "team")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One escalation that waits, as far as it is counted."""

    team_id: int | None
    level: int
    state: str
    age: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table, and the list behind it."""

    name: str
    count: int
    url: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A team with its numbers."""

    title: str
    url: str
    total: int
    cells: tuple[Cell, ...]


@require_safe
def escalations_view(request):
    """What waits, mine first; decided from the line by the usual actions. For who decides, and auditors to read."""
    if not may_look(request.user):
        raise RightRefused("escalations")
    chosen = _chosen(request.GET)
    if chosen is None:
        return refusal_page(400, _("The value of the filter is not valid."))
    at = moment(request)
    rows = _waiting(request)
    counted = list(_counted(request, rows, at))
    found = _narrowed(request, rows, chosen, at)
    number, last = chosen["p"], max(1, -(-found.count() // LINES_ON_A_PAGE))
    number = min(number, last)
    return drawn(
        request,
        "complaints/escalations.html",
        {
            "title": _("Escalations that wait"),
            "now": at,
            "total": len(counted),
            "is_reader": not decides(request.user),
            "tabs": _tabs(chosen, counted),
            "ages": [label for _from, _to, label in AGES.values()],
            "levels": [_("Level %(level)s") % {"level": level} for level in LEVELS],
            "teams": _by_team(chosen, counted),
            "chips": list(_chips(chosen)),
            "lines": _lines(request, found, number, chosen, at),
            "list_url": reverse("admin:complaints_escalation_changelist"),
            "export_url": reverse("admin:complaints_escalation_export") + "?queue=open",
            "earlier": _address(chosen | {"p": number - 1}) if number > 1 else "",
            "later": _address(chosen | {"p": number + 1}) if number < last else "",
        },
    )


def _chosen(given) -> dict | None:
    """The filters of the address; None when one of them makes no sense."""
    if set(given) - {*FILTERS, "p"} or any(len(given.getlist(name)) > 1 for name in given):
        return None
    known = {"whose": WHOSE, "level": {str(level) for level in LEVELS}, "age": AGES, "state": STATES}
    chosen = {name: given.get(name, "") for name in FILTERS}
    if any(chosen[name] and chosen[name] not in values for name, values in known.items()):
        return None
    if chosen["team"] not in ("", NO_TEAM) and not _is_number(chosen["team"]):
        return None
    number = given.get("p", "1")
    return chosen | {"p": int(number)} if _is_number(number) and int(number) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _address(chosen: Mapping) -> str:
    query = {name: value for name, value in chosen.items() if value and (name != "p" or value > 1)}
    return reverse("desk:escalations") + (f"?{urlencode(query)}" if query else "")


def _waiting(request):
    return Escalation.objects.filter(case__in=visible_cases(request), state__in=UNDECIDED)


def _mine(request) -> Q:
    """Those that lie with the viewer, or with somebody for whom the viewer stands in today."""
    return Q(to_person__in=acts_as(request.user, day_of(moment(request))))


def _counted(request, rows, at: datetime) -> Iterable[Waiting]:
    mine = acts_as(request.user, day_of(at))
    for team, level, state, due_at, person in rows.values_list(
        "case__team", "level", "state", "due_at", "to_person"
    ).order_by()[:MOST_READ]:
        yield Waiting(team, min(level, LEVELS[-1]), state, _age(at - due_at), person in mine)


def _age(age: timedelta) -> str:
    return next((name for name, (_from, to, _label) in AGES.items() if to is None or age < to), "new")


def _narrowed(request, rows, chosen: Mapping, at: datetime):
    if chosen["whose"]:
        rows = rows.filter(_mine(request))
    if chosen["level"]:
        top = int(chosen["level"]) == LEVELS[-1]
        rows = rows.filter(**{"level__gte" if top else "level": int(chosen["level"])})
    if chosen["state"]:
        rows = rows.filter(state=chosen["state"])
    if chosen["team"]:
        rows = rows.filter(case__team=None if chosen["team"] == NO_TEAM else int(chosen["team"]))
    if chosen["age"]:
        since, until, _label = AGES[chosen["age"]]
        rows = rows.filter(due_at__lte=at - since) if since else rows
        rows = rows.filter(due_at__gt=at - until) if until else rows
    return rows


def _tabs(chosen: Mapping, counted: list[Waiting]) -> list[Tab]:
    mine = sum(one.is_mine for one in counted)
    numbers = {"": len(counted), "mine": mine}
    return [
        Tab(label, _address(chosen | {"whose": name, "p": 1}), str(numbers[name]), is_active=chosen["whose"] == name)
        for name, label in WHOSE.items()
    ]


def _by_team(chosen: Mapping, counted: list[Waiting]) -> list[Row]:
    """A row a team, the one with most on top; each number leads to its lines."""
    names = dict(Team.objects.filter(pk__in={one.team_id for one in counted} - {None}).values_list("pk", "name"))
    teams = Counter(one.team_id for one in counted)
    rows = []
    for team_id, total in teams.most_common():
        own = [one for one in counted if one.team_id == team_id]
        here = {"team": str(team_id or NO_TEAM)}
        cells = [
            Cell(str(label), sum(one.age == name for one in own), _address(here | {"age": name}), name == "old")
            for name, (_from, _to, label) in AGES.items()
        ]
        cells += [
            Cell(
                _("Level %(level)s") % {"level": level},
                sum(one.level == level for one in own),
                _address(here | {"level": str(level)}),
            )
            for level in LEVELS
        ]
        unnoticed = sum(one.state == EscalationState.OPEN for one in own)
        cells.append(Cell(str(STATES["open"]), unnoticed, _address(here | {"state": "open"}), is_late=unnoticed > 0))
        rows.append(Row(names.get(team_id, _("no team")), _address(here), total, tuple(cells)))
    return rows


def _chips(chosen: Mapping) -> Iterable[Tab]:
    """The filters that are on, each leading to the list without it."""
    words = {
        "level": lambda value: _("Level %(level)s") % {"level": value},
        "age": lambda value: str(AGES[value][2]),
        "state": lambda value: str(STATES[value]),
        "team": _team_name,
    }
    for name, in_words in words.items():
        if chosen[name]:
            yield Tab(in_words(chosen[name]), _address(chosen | {name: "", "p": 1}), is_active=True)


def _team_name(value: str) -> str:
    if value == NO_TEAM:
        return _("no team")
    return Team.objects.filter(pk=int(value)).values_list("name", flat=True).first() or _("no team")


def _lines(request, rows, number: int, chosen: Mapping, at: datetime) -> list[tuple[RequestLine, Escalation]]:
    """One page: what lies with the viewer first, then what nobody took note of, the highest and oldest first."""
    mine = acts_as(request.user, day_of(at))
    ordered = sorted(
        rows.values_list("pk", "to_person", "state", "level", "due_at")[:MOST_READ],
        key=lambda row: (row[1] not in mine, row[2] != EscalationState.OPEN, -row[3], row[4], row[0]),
    )
    begins = (number - 1) * LINES_ON_A_PAGE
    keys = [row[0] for row in ordered[begins : begins + LINES_ON_A_PAGE]]
    shown = with_evidence(rows.filter(pk__in=keys)).select_related(
        "raised_by", "reason", "to_person", "acknowledged_by", "case__team"
    )
    by_key = {row.pk: row for row in shown}
    back = urlencode({"back": "escalations"} | {name: chosen[name] for name in FILTERS if chosen[name]})
    found = [by_key[key] for key in keys if key in by_key]
    lines = escalation_lines(found, request.user, at, back)
    if not decides(request.user):
        lines = [replace(line, deeds=(), why_not=()) for line in lines]
    told = [
        {
            "why": why_raised(row),
            "with": lies_with(row),
            "next": what_follows(row, at),
            "is_mine": row.to_person_id in mine,
        }
        for row in found
    ]
    return list(zip(lines, found, told, strict=True))


register_page("escalations/", escalations_view, "escalations")
