"""A calendar is edited line by line, and a year is filled from the list of public holidays."""

import pytest
from django.utils import translation

from policies.forms import form_of
from policies.models import PolicyRow
from tests.policies.drafting import AT
from tests.policies.typing_in import as_sent, typed_over

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def row():
    return PolicyRow.objects.get(kind="calendar", key="cn-official", state="active")


def form_for(row, data=None):
    return form_of("calendar")(data, row=row, person=None, at=AT)


def sent(row, **typed):
    return form_for(row, typed_over(form_for(row), reason="放假通知", **typed))


def test_a_year_is_filled_in_place_of_what_it_had(row):
    form = sent(row, body__fill__year="2027", body__fill__official="on")
    assert form.is_valid(), form.errors
    body = form.inputs()["body"]
    assert 2027 in body["official_years"]
    assert [entry for entry in body["holidays"] if str(entry["day"]).startswith("2026")] == [
        entry for entry in row.body["holidays"] if entry["day"].startswith("2026")
    ]
    assert "fill" not in body


def test_without_a_year_nothing_is_filled(row):
    form = sent(row)
    assert form.is_valid(), form.errors
    assert form.inputs()["body"] == row.body


@pytest.mark.parametrize("year", ["1969", "2121", "next"])
def test_a_year_out_of_reach_is_said_at_its_field(row, year):
    assert list(sent(row, body__fill__year=year).errors) == ["body__fill__year"]


def test_a_zone_without_a_list_is_said_where_the_year_was_typed(row):
    assert "body__fill__year" in sent(row, body__fill__year="2027", body__zone="Asia/Tokyo").errors


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"body__week__0": "09:00-12:00, 11:00-18:00"}, "body__week__0"),
        ({"body__week__1": "18:00-09:00"}, "body__week__1"),
        ({"body__holidays__0__day": "2026-02-30"}, "body__holidays__0__day"),
        ({"body__official_years": "2026\n2026"}, "body__official_years"),
        ({"body__official_years": "20266"}, "body__official_years"),
    ],
)
def test_bad_figures_are_told_at_their_field(row, typed, field):
    assert field in sent(row, **typed).errors


def test_several_ranges_a_weekday_come_back_as_typed(row):
    form = sent(row, body__week__5="10:00-12:00, 14:00-16:00")
    assert form.is_valid(), form.errors
    assert form.inputs()["body"]["week"][5] == [
        {"opens": "10:00", "closes": "12:00"}, {"opens": "14:00", "closes": "16:00"},
    ]  # fmt: skip
    assert as_sent(form_for(row))
