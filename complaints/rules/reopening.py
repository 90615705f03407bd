"""How long an ended case can be taken up again (design section 4, *reopen*)."""

from collections.abc import Iterator
from datetime import date, timedelta

from casemgmt.violations import Violation


def last_day_to_reopen(ended_on: date, days: int) -> date:
    """The last day on which the case can be reopened; the day it ended is not counted (Civil Code art. 201)."""
    return ended_on + timedelta(days=days)


def violations_in_reopening(*, ended_on: date | None, on: date, days: int) -> Iterator[Violation]:
    """Within the period that the policy sets, its last day included."""
    if ended_on is not None and on > last_day_to_reopen(ended_on, days):
        yield Violation("reopen.period_over", params={"days": days, "until": last_day_to_reopen(ended_on, days)})
