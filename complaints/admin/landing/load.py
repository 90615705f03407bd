"""Who has what: one square a case, by person and by days since receipt, in two statements however many cases."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.adminkit.landings import Square, SquareCell, SquareRow, SquareTable
from casemgmt.adminkit.pages import ClockCard, Fact, FactGroup, Link, Piece
from casemgmt.people.models import Person, Substitution
from complaints.admin.base import case_url
from complaints.admin.landing.heaps import list_url
from complaints.admin.waiting import approved_today
from complaints.models import Pause
from complaints.roles import STAFF, SUPERVISORS, day_of, teams_of

AGES = (3, 7, 14)
"""The last day of each column but the open one."""

SQUARES_SHOWN = 12
URGENCY = ("late", "today", "later", "paused")


def members(request, at: datetime) -> list[Person]:
    """Who handles cases in the teams that the viewer acts for, with `is_away`, the name of who stands in, and
    what they `approved` today."""
    today = day_of(at)
    stands_in = Substitution.objects.in_force(today).filter(stands_in_for=OuterRef("pk")).order_by("pk")
    return list(
        Person.objects.filter(
            team__in=teams_of(request.user, today),
            is_active=True,
            is_service=False,
            groups__name__in=[STAFF, SUPERVISORS],
        )
        .annotate(
            is_away=Exists(stands_in),
            stand_in=Subquery(stands_in.values("person__name")[:1]),
            approved=approved_today(at),
        )
        .distinct()
        .order_by("name", "pk")
    )


def load_of(request, cases, people: list[Person], at: datetime) -> SquareTable:
    """The open cases of the viewer's teams: a row a person, one for nobody, a square a case, the oldest right."""
    rows = cases.open().filter(team__in=teams_of(request.user, day_of(at)))
    paused = Pause.objects.filter(case=OuterRef("pk"), ended_at__isnull=True)
    found = (
        rows.annotate(is_paused=Exists(paused))
        .order_by(F("next_due_at").asc(nulls_last=True), "pk")
        .values_list("pk", "case_number", "handler", "handler__name", "received_at", "next_due_at", "is_paused")
    )
    by_person: dict[int | None, list] = defaultdict(list)
    names = {person.pk: person.name for person in people}
    for case in found:
        by_person[case[2]].append(case)
        names.setdefault(case[2], case[3] or "")
    away = {person.pk: person for person in people}
    holders = sorted((pk for pk in names if pk is not None), key=lambda pk: (-len(by_person[pk]), names[pk]))
    drawn = [_row(names[pk], by_person[pk], at, _query(pk, away), _presence(away.get(pk))) for pk in holders]
    if by_person[None]:
        drawn.append(_row(_("Nobody yet"), by_person[None], at, "?queue=unassigned", ""))
    columns = [_ages_of(cases, at) for cases in by_person.values()]
    return SquareTable(
        title=_("Who has what"),
        columns=_columns(),
        rows=tuple(drawn),
        total=sum(row.total for row in drawn),
        column_totals=tuple(sum(len(column[place]) for column in columns) for place in range(len(AGES) + 1)),
        late=sum(row.late for row in drawn),
    )


def _query(handler: int, known: dict) -> str:
    """The list of one person's cases; who has left the team is found in the list of the team."""
    return f"?queue=all&handler={handler}" if handler in known else "?queue=team"


def _columns() -> tuple[str, ...]:
    begins = (0, *(age + 1 for age in AGES))
    closed = tuple(
        _("%(first)s–%(last)s d") % {"first": first, "last": last} for first, last in zip(begins, AGES, strict=False)
    )
    return (*closed, _("from %(first)s d") % {"first": begins[-1]})


def _ages_of(cases: list, at: datetime) -> list[list]:
    columns: list[list] = [[] for _age in range(len(AGES) + 1)]
    for case in cases:
        days = (day_of(at) - day_of(case[4])) // timedelta(days=1)
        columns[next((place for place, age in enumerate(AGES) if days <= age), len(AGES))].append(case)
    return columns


def _kind(case, at: datetime) -> str:
    due_at, is_paused = case[5], case[6]
    if due_at is not None and due_at < at:
        return "late"
    if due_at is not None and day_of(due_at) == day_of(at):
        return "today"
    return "paused" if is_paused else "later"


def _row(name: str, cases: list, at: datetime, query: str, note: str) -> SquareRow:
    first = cases[0] if cases and cases[0][5] is not None else None
    return SquareRow(
        label=name,
        note=note,
        total=len(cases),
        late=sum(_kind(case, at) == "late" for case in cases),
        cells=tuple(_cell(column, at) for column in _ages_of(cases, at)),
        url=list_url("complaint", query),
        clock=ClockCard("", first[5]) if first else None,
        first_url=case_url(first[0]) if first else "",
        first_label=first[1] if first else "",
    )


def _cell(cases: list, at: datetime) -> SquareCell:
    kinds = sorted((_kind(case, at) for case in cases), key=URGENCY.index)
    words = {
        "late": ngettext("%(n)s late", "%(n)s late", kinds.count("late")),
        "today": ngettext("%(n)s due today", "%(n)s due today", kinds.count("today")),
        "later": ngettext("%(n)s due later", "%(n)s due later", kinds.count("later")),
        "paused": ngettext("%(n)s paused", "%(n)s paused", kinds.count("paused")),
    }
    told = [words[kind] % {"n": kinds.count(kind)} for kind in URGENCY if kind in kinds]
    return SquareCell(
        tuple(Square(kind, 13 * place) for place, kind in enumerate(kinds[:SQUARES_SHOWN])),
        _(", ").join(told),
        max(0, len(kinds) - SQUARES_SHOWN),
    )


def _presence(person: Person | None) -> str:
    if person is None or not person.is_away:
        return ""
    return _("away, %(name)s stands in") % {"name": person.stand_in}


def who_is_in(people: list[Person]) -> FactGroup:
    """Who is away, and who stands in; the others are in."""
    away = [person for person in people if person.is_away]
    names = [person.name for person in people if not person.is_away]
    return FactGroup(
        _("Who is in"),
        facts=(Fact(_("in"), _(", ").join(names)),),
        pieces=tuple(Piece(person.name, _presence(person)) for person in away),
        count=len(names),
        link=Link(_("Cases of the team"), list_url("complaint", "?queue=team")),
    )
