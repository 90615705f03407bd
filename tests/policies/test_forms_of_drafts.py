"""A policy is written in a form: every entry of every kind, every fault at its field, what was typed is kept."""

import pytest
from django.utils import translation

from policies.forms import form_of
from policies.models import PolicyRow
from policies.values import KINDS
from tests.policies.drafting import AT, a_draft
from tests.policies.typing_in import as_sent, typed_over

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def form_for(row, data=None):
    return form_of(row.kind)(data, row=row, person=None, at=AT)


def in_force(kind, **which):
    return PolicyRow.objects.filter(kind=kind, state="active", closing=False, **which).order_by("pk").first()


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_row_says_comes_back_from_its_form_unchanged(kind):
    for row in PolicyRow.objects.filter(kind=kind, state="active", closing=False).order_by("pk")[:12]:
        row.reason = "checked"
        form = form_for(row, as_sent(form_for(row)))
        assert form.is_valid(), (row.key, form.errors)
        again = PolicyRow(pk=row.pk, kind=kind, key=row.key, body=form.inputs()["body"])
        assert again.value() == row.value(), row.key


def test_a_fault_stands_at_its_field_with_what_was_typed():
    row = in_force("clock", key="resolution")
    form = form_for(row, typed_over(form_for(row), body__length__amount="many", reason="x"))
    assert not form.is_valid()
    assert list(form.errors) == ["body__length__amount"]
    assert form["body__length__amount"].value() == "many"
    assert "a whole number is expected" in form.errors["body__length__amount"][0]


def test_everything_wrong_is_said_at_once_each_at_its_field():
    row = in_force("limit")
    ill_typed = {"body__per_grant": "much", "body__window_days": "soon", "body__currency": "XXX", "reason": None}
    assert set(form_for(row, typed_over(form_for(row), **ill_typed)).errors) == set(ill_typed)
    out_of_bounds = {"body__per_day": "-1", "body__window_days": "0", "body__per_grant": "9999999"}
    told = form_for(row, typed_over(form_for(row), reason="x", **out_of_bounds)).errors
    assert set(told) == {"body__per_day", "body__window_days", "body__per_case"}


def test_negative_limits_and_limits_that_fall_are_told_at_their_field():
    row = in_force("limit")
    body = {"body__per_grant": "500.00", "body__per_case": "400.00", "reason": "x"}
    assert "body__per_case" in form_for(row, typed_over(form_for(row), **body)).errors
    assert "body__per_day" in form_for(row, typed_over(form_for(row), body__per_day="-0.01", reason="x")).errors


def test_ranges_that_overlap_and_ends_before_starts_are_told():
    row = in_force("calling_window")
    backwards = form_for(row, typed_over(form_for(row), body__opens="20:00", body__closes="09:00", reason="x"))
    assert "body__opens" in backwards.errors


def test_lines_of_a_table_are_added_left_out_and_counted_as_typed():
    row = in_force("escalation", key="overdue")
    steps = len(row.body["steps"])
    more = {
        f"body__steps__{steps}__level": str(steps + 1),
        f"body__steps__{steps}__after__amount": "9",
        f"body__steps__{steps}__after__unit": "working_days",
        f"body__steps__{steps}__to_role": "supervisor",
    }
    form = form_for(row, typed_over(form_for(row), reason="x", **more))
    assert form.is_valid(), form.errors
    assert len(form.inputs()["body"]["steps"]) == steps + 1
    emptied = {name: None for name in as_sent(form_for(row)) if name.startswith("body__steps__0__")}
    form = form_for(row, typed_over(form_for(row), reason="x", **emptied))
    assert "body__steps__0__level" in form.errors


def test_a_fault_in_a_line_after_an_empty_one_stands_at_that_line():
    row = in_force("escalation", key="overdue")
    steps = len(row.body["steps"])
    beyond = f"body__steps__{steps + 1}__"
    typed = {beyond + "level": str(steps + 1), beyond + "after__amount": "x", beyond + "to_role": "supervisor"}
    form = form_for(row, typed_over(form_for(row), reason="x", **typed))
    assert f"{beyond}after__amount" in form.errors


def test_a_name_offers_the_policies_in_force():
    row = in_force("clock", key="resolution")
    codes = [code for code, _title in form_for(row)["body__calendar"].field.choices]
    assert "cn-official" in codes


def test_a_closing_draft_asks_for_no_content(django_user_model):
    vera = django_user_model.objects.create_user("vera", name="薇拉")
    row = a_draft(vera, closing=True)
    assert not [name for name in form_for(row).fields if name.startswith("body")]
