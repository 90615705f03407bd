"""How much everybody has on hand, by the points of the policy, in a few statements however many cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, Max, Value, When

from casemgmt.people.models import Person
from complaints.models import Assignment, Complaint
from complaints.roles import STAFF, day_ends_at
from policies.rules.assigning import CaseToGive, points_of
from policies.values import AssignmentPolicy


@dataclass
class Load:
    """What somebody has: open cases, their points, how many are overdue and how many fall due today."""

    cases: int = 0
    points: int = 0
    overdue: int = 0
    today: int = 0
    last_given_at: datetime | None = None


def _flag(**condition):
    return Case(When(**condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def loads_of(people: Iterable[int], policy: AssignmentPolicy, *, at: datetime) -> dict[int, Load]:
    """What each of these people has on hand. Two queries."""
    wanted = list(people)
    loads = {person: Load() for person in wanted}
    rows = (
        Complaint.objects.open()
        .filter(handler__in=wanted)
        .annotate(
            is_late=_flag(next_due_at__lt=at), is_today=_flag(next_due_at__gte=at, next_due_at__lt=day_ends_at(at))
        )
        .order_by()
        .values("handler", "severity", "channel", "safety_flag", "is_late", "is_today")
        .annotate(n=Count("pk"))
    )
    for row in rows:
        load, n = loads[row["handler"]], row["n"]
        like = CaseToGive(row["severity"], row["channel"], row["safety_flag"], at)
        weight = points_of(like, policy, at=at) + (policy.points_overdue if row["is_late"] else 0)
        load.cases += n
        load.points += n * weight
        load.overdue += n if row["is_late"] else 0
        load.today += n if row["is_today"] else 0
    last = Assignment.objects.filter(person__in=wanted).order_by().values("person").annotate(last=Max("at"))
    for person, given_at in last.values_list("person", "last"):
        loads[person].last_given_at = given_at
    return loads


def handlers_of(team_id: int | None):
    """Who is given cases of a team by rule: its staff; of no team: all staff. By id."""
    people = Person.objects.filter(groups__name=STAFF, is_active=True, is_service=False)
    return (people if team_id is None else people.filter(team=team_id)).order_by("pk")


def lock_people(people: Iterable[int]) -> None:
    """Lock these people in the order of their ids, before any case: who counts what they hold waits here.

    Rows that refer to them are written meanwhile.
    """
    rows = Person.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=sorted(people))
    list(rows.order_by("pk").values_list("pk", flat=True))
