"""Handing out case numbers: gapless within a day, in one go for many."""

from datetime import datetime

from complaints.models import CaseNumberSeries
from complaints.roles import day_of
from complaints.rules.case_numbers import case_number


def next_case_numbers(count: int, *, at: datetime) -> list[str]:
    """The next numbers of the day of `at`, in order. Runs in a transaction; a rollback gives them back."""
    day = day_of(at)
    CaseNumberSeries.objects.bulk_create([CaseNumberSeries(day=day)], ignore_conflicts=True)
    series = CaseNumberSeries.objects.select_for_update().get(day=day)
    first = series.last + 1
    series.last += count
    series.save()
    return [case_number(day, running) for running in range(first, first + count)]
