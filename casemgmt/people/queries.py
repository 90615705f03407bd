"""Questions about people: whose cases they look after, and whether duties are kept apart."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from casemgmt.people.groups import HELD_ALONE
from casemgmt.people.models import Person, Team


def teams_acted_for(person: Person, on: date) -> frozenset[int]:
    """The ids of the person's own team and of the teams of everybody they stand in for on that day.

    The day is the day in the shop's time zone. One query; substitution does not pass on: who stands in for a
    substitute acts for the substitute's own team alone.
    """
    stood_in_for = Q(
        members__substituted_by__person=person,
        members__substituted_by__starts_on__lte=on,
        members__substituted_by__ends_on__gte=on,
    )
    return frozenset(Team.objects.filter(Q(pk=person.team_id) | stood_in_for).values_list("pk", flat=True))


def group_names_of(person: Person) -> frozenset[str]:
    """The names of the person's groups; nothing is asked about who signed in, of whom they are known."""
    known = getattr(person, "known_group_names", None)
    return frozenset(person.groups.values_list("name", flat=True)) if known is None else known


def people_holding_groups_kept_apart() -> QuerySet[Person]:
    """Whoever holds two of Supervisors, Auditors and Administrators: nobody, as long as the guard stands."""
    return Person.objects.annotate(held_alone=Count("groups", filter=Q(groups__name__in=HELD_ALONE))).filter(
        held_alone__gt=1
    )
