"""Two editions of one calendar: the hours of the one that held, on the days that are known now. Pure."""

from dataclasses import replace

from policies.values import Calendar


def with_days_of(calendar: Calendar, newer: Calendar) -> Calendar:
    """The calendar with the holidays, make-up days and official years of a newer edition.

    Days are facts that somebody else announces; hours are what the shop decided, and stay as they held when the
    clock started. A make-up day works as long as the older edition says, or as the newer one if that knows none.
    """
    if calendar.policy_id == newer.policy_id:
        return calendar
    return replace(
        calendar,
        holidays=newer.holidays,
        make_up_days=newer.make_up_days,
        official_years=newer.official_years,
        make_up_ranges=calendar.make_up_ranges or newer.make_up_ranges,
    )
