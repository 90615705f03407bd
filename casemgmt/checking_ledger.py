"""Every night: whether each live row still equals what its history says of it."""

from datetime import datetime, timedelta

from django.utils import timezone

from casemgmt import sweeps, turns
from casemgmt.ledger import drift
from casemgmt.models import Sweep
from casemgmt.outbox import put
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Person

NAME = "check_ledger"
NIGHT_ENDS = 6
AT_LEAST_EVERY = timedelta(hours=40)
SHOWN = 5
TURN_LASTS = timedelta(minutes=10)
"""No task runs longer."""


def check_if_due(at: datetime) -> int | None:
    """Look once a night, before six on the clock of the house; how many rows are not as history knows them.

    None when it was done already, when another worker is at it, or when it is day and the last look is not too long
    ago. Reads whole tables, about a second for each 200,000 rows. What is found is told to administrators and
    auditors, once a day.
    """
    with turns.taken(NAME, at=at, lasts=TURN_LASTS) as is_mine:
        return _check_if_due(at) if is_mine else None


def _check_if_due(at: datetime) -> int | None:
    last = sweeps.last_start(NAME)
    local = timezone.localtime(at)
    if last is not None:
        was_today = timezone.localtime(last).date() == local.date()
        if was_today or (local.hour >= NIGHT_ENDS and at - last < AT_LEAST_EVERY):
            return None
    with sweeps.recorded(NAME, at=at) as sweep:
        found = drift()
        sweep.selected = len(found)
        sweep.error = ", ".join(f"{row.table} {row.key}" for row in found[:SHOWN])[:200]
    if found:
        _tell(len(found), at, local.date().isoformat())
    return len(found)


def last_check() -> Sweep | None:
    """The last look that came to its end; `selected` is how many rows were not as history knows them."""
    return Sweep.objects.filter(name=NAME, finished_at__isnull=False).order_by("-finished_at").first()


def _tell(rows: int, at: datetime, day: str) -> None:
    watching = (GroupName.ADMINISTRATORS, GroupName.AUDITORS)
    for person in Person.objects.filter(groups__name__in=watching, is_active=True).distinct():
        key = f"notice.ledger_drifted:{day}:{person.pk}"
        put("notice.ledger_drifted", key=key, to=person, at=at, params={"rows": rows})
