"""A year of holidays from the library becomes a draft; nothing changes before somebody switched it on."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from policies.holiday_days import NoHolidayList, body_with_year, days_of_year
from policies.models import PolicyRow, PolicyState
from policies.packs import read_pack
from policies.reading import read_body
from policies.values import Calendar

PACKED = next(row.body for row in read_pack("cn-national").rows if row.kind == "calendar")


def of_year(entries, year):
    return [(entry["day"], entry["name"]) for entry in entries if entry["day"].startswith(str(year))]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_list_is_what_the_pack_holds_for_announced_years(year):
    days = days_of_year("Asia/Shanghai", year)
    assert [(day.isoformat(), name) for day, name in days.holidays.items()] == of_year(PACKED["holidays"], year)
    assert [(day.isoformat(), name) for day, name in days.make_up_days.items()] == of_year(PACKED["make_up_days"], year)
    assert days.is_announced


def test_a_year_without_make_up_days_is_not_announced():
    assert not days_of_year("Asia/Shanghai", 2027).is_announced


def test_other_countries_have_no_make_up_days():
    days = days_of_year("Europe/London", 2026)
    assert days.holidays[date(2026, 12, 25)]
    assert not days.make_up_days
    assert days.is_announced


@pytest.mark.parametrize(("zone", "year"), [("Asia/Tokyo", 2026), ("Asia/Shanghai", 1969), ("Asia/Shanghai", 2121)])
def test_what_the_list_does_not_know_is_said(zone, year):
    with pytest.raises(NoHolidayList):
        days_of_year(zone, year)


def test_only_the_year_is_replaced_and_twice_is_once():
    days = days_of_year("Asia/Shanghai", 2027)
    body = body_with_year(PACKED, days, is_official=True)
    assert body["official_years"] == [*sorted({*PACKED["official_years"], 2027})]
    assert of_year(body["holidays"], 2026) == of_year(PACKED["holidays"], 2026)
    assert body_with_year(body, days, is_official=True) == body
    assert body_with_year(body, days, is_official=False)["official_years"] == PACKED["official_years"]
    assert list(read_body(Calendar, 1, "x", body).violations_in_itself()) == []


def test_the_command_drafts_and_nothing_holds_yet(cast, capsys):
    call_command("draft_calendar", "2027", by="sven")
    row = PolicyRow.objects.filter(kind="calendar", key="cn-official").order_by("-edition").first()
    assert (row.state, row.drafted_by) == (PolicyState.DRAFTED, cast.sven)
    assert of_year(row.body["holidays"], 2027)
    assert "2027" in row.source_zh
    assert "provisional" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        {"by": "nobody"},
        {"by": "sven", "calendar": "nowhere"},
        {"by": "sven", "official": True},
        {"by": "sven", "valid_from": "tomorrow"},
        {"by": "sven", "valid_from": "2027-01-01T00:00:00"},
    ],
)
def test_a_command_that_makes_no_sense_drafts_nothing(cast, arguments):
    before = PolicyRow.objects.count()
    with pytest.raises(CommandError):
        call_command("draft_calendar", "2027", **arguments)
    assert PolicyRow.objects.count() == before
