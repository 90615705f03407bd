"""The public holidays of a year, from the `holidays` library, as the entries of a calendar draft.

What stands in a calendar stays data that people read, change and switch on; the library only saves the typing. It
knows no more than was announced when it was released: a year without make-up days in China is not official yet.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import holidays

COUNTRIES: Mapping[str, tuple[str, str | None, str | None]] = MappingProxyType(
    {
        "Asia/Shanghai": ("CN", None, "zh_CN"),
        "Europe/London": ("GB", "ENG", "en_GB"),
        "America/New_York": ("US", None, "en_US"),
    }
)
"""Time zone of a calendar → country, part of it and language of its holidays in the library."""

INSTEAD_OF = re.compile(r"\d{4}-\d{2}-\d{2}")
MAKE_UP = "调休上班"
FIRST_YEAR, LAST_YEAR = 1970, 2120


class NoHolidayList(LookupError):
    """The library holds no public holidays for this time zone or year."""


@dataclass(frozen=True, slots=True)
class DaysOfAYear:
    """Holidays and make-up days by date; `is_announced` when there is nothing more to be expected."""

    year: int
    holidays: Mapping[date, str]
    make_up_days: Mapping[date, str]
    is_announced: bool


def days_of_year(zone: str, year: int) -> DaysOfAYear:
    """The days of one year where the calendar of this zone holds. NoHolidayList for any other zone or year.

    A day off that is bought by working on a weekend names that day; it may lie in the year before or after.
    """
    if zone not in COUNTRIES or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoHolidayList(f"{zone} {year}")
    country, part, language = COUNTRIES[zone]
    found = {}
    for known in (year - 1, year, year + 1):
        found |= dict(holidays.country_holidays(country, subdiv=part, years=known, language=language).items())
    instead = {date.fromisoformat(day): MAKE_UP for name in found.values() for day in INSTEAD_OF.findall(name)}
    of_year = {day: name for day, name in sorted(found.items()) if day.year == year}
    works = {day: name for day, name in sorted(instead.items()) if day.year == year and day not in of_year}
    return DaysOfAYear(year, of_year, works, is_announced=country != "CN" or bool(works))


def body_with_year(body: dict, days: DaysOfAYear, *, is_official: bool) -> dict:
    """The body of a calendar with the days of this year in place of those it had; other years stay as they are."""
    official = {year for year in body.get("official_years", ()) if year != days.year}
    return body | {
        "holidays": _with_year(body.get("holidays", ()), days.holidays, days.year),
        "make_up_days": _with_year(body.get("make_up_days", ()), days.make_up_days, days.year),
        "official_years": sorted(official | ({days.year} if is_official else set())),
    }


def _with_year(entries, days: Mapping[date, str], year: int) -> list[dict]:
    kept = [entry for entry in entries if not str(entry.get("day", "")).startswith(f"{year}-")]
    new = [{"day": day.isoformat(), "name": name} for day, name in days.items()]
    return sorted([*kept, *new], key=lambda entry: str(entry.get("day", "")))
