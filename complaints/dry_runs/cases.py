"""Which cases a dry run looks at, and who may be led to them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse

from complaints.models import Complaint, ComplaintSubject
from complaints.roles import cases_visible_to, day_of
from complaints.states import OPEN
from policies.dry_running import Cases

A_QUARTER = timedelta(days=92)


def looked_at(at: datetime):
    """All open cases, and those closed within a quarter before `at`."""
    return Complaint.objects.filter(Q(state__in=OPEN) | Q(closed_at__gte=at - A_QUARTER))


def count(at: datetime) -> int:
    """How many cases a dry run asked for at `at` looks at."""
    return looked_at(at).count()


def batch(at: datetime, after: int, size: int) -> list[int]:
    """The ids of the next cases, in ascending order."""
    return list(looked_at(at).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size])


def links(viewer, ids: Iterable[int], at: datetime) -> dict[int, str]:
    """The addresses of those of the cases that the viewer may see; policy editors see none."""
    seen = cases_visible_to(viewer, on=day_of(at)).filter(pk__in=list(ids)).values_list("pk", flat=True)
    return {pk: reverse("admin:complaints_complaint_change", args=[pk]) for pk in seen}


def hidden_from(viewer, ids: Iterable[int]) -> set[int]:
    """Those of the cases that are about the viewer."""
    about = ComplaintSubject.objects.filter(person=viewer, lifted_at__isnull=True, case_id__in=list(ids))
    return set(about.values_list("case_id", flat=True))


CASES = Cases(count, batch, links, hidden_from)
