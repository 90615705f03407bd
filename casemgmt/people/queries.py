"""Questions about people: whose cases they look after, and whether duties are kept apart."""

from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from casemgmt.people.groups import HELD_ALONE
from casemgmt.people.models import Absence, Person, Substitution


def stood_in_for(person: Person, on: date) -> dict[int, int | None]:
    """Whom the person stands in for on that day, by id, each with the id of their team.

    The day is the day in the shop's time zone. One query; substitution does not pass on: who stands in for a
    substitute acts for the substitute alone.
    """
    rows = Substitution.objects.in_force(on).filter(person=person)
    return dict(rows.values_list("stands_in_for", "stands_in_for__team"))


def teams_acted_for(person: Person, on: date) -> frozenset[int]:
    """The ids of the person's own team and of the teams of everybody they stand in for on that day; one query."""
    return frozenset({person.team_id, *stood_in_for(person, on).values()} - {None})


def away_on(on: date) -> dict[int, int | None]:
    """Who is away on that day, by id, each with the id of who stands in, or None; two queries.

    Whoever has a substitute counts as away, with or without an absence of their own.
    """
    away: dict[int, int | None] = dict.fromkeys(Absence.objects.in_force(on).values_list("person", flat=True))
    stand_ins = Substitution.objects.in_force(on).filter(person__is_active=True).order_by("-pk")
    return away | dict(stand_ins.values_list("stands_in_for", "person"))


def group_names_of(person: Person) -> frozenset[str]:
    """The names of the person's groups; nothing is asked about who signed in, of whom they are known."""
    known = getattr(person, "known_group_names", None)
    return frozenset(person.groups.values_list("name", flat=True)) if known is None else known


def people_holding_groups_kept_apart() -> QuerySet[Person]:
    """Whoever holds two of Supervisors, Auditors and Administrators, by one account or by several of the same human:
    nobody, as long as the guards stand.
    """
    own = Q(person=OuterRef("pk")) | Q(person__staff_number=OuterRef("staff_number")) & ~Q(person__staff_number="")
    held = Person.groups.through.objects.filter(own, group__name__in=HELD_ALONE).values("group")
    first, last = Subquery(held.order_by("group")[:1]), Subquery(held.order_by("-group")[:1])
    return Person.objects.annotate(first_held=first, last_held=last).filter(last_held__gt=F("first_held"))
