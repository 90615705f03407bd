"""The pages of policies: readable words in both languages, and nothing to change."""

from dataclasses import fields

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from policies.models import PolicyRow
from policies.reading import IDENTITY
from policies.values import KINDS
from policies.words.bodies import NAMES, body_in_words


@pytest.fixture
def reader(db, client):
    """Somebody who may see everything; break-glass changes nothing about policies either."""
    client.force_login(get_user_model().objects.create_superuser("reader", name="读者"))
    return client


def page_of(row):
    return reverse("admin:policies_policyrow_change", args=[row.pk])


def test_every_entry_of_every_kind_has_a_name():
    declared = {field.name for kind in KINDS.values() for field in fields(kind)} - set(IDENTITY)
    assert declared == set(NAMES)


def test_the_list_is_filtered_by_kind_and_state(reader):
    response = reader.get(reverse("admin:policies_policyrow_changelist"), {"kind": "limit", "state": "active"})
    assert {row.kind for row in response.context["cl"].result_list} == {"limit"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_page_in_words(reader, kind):
    row = PolicyRow.objects.filter(kind=kind, state="active", closing=False).first()
    response = reader.get(page_of(row))
    assert response.status_code == 200
    assert "{&quot;" not in response.content.decode()


def test_the_words_of_a_clock(db):
    value = PolicyRow.objects.get(kind="clock", key="resolution").value()
    with translation.override("en"):
        told = dict(body_in_words(value))
    assert told["length"] == ["5 working days"]
    assert told["name"] == ["Resolution"]


def test_a_closing_row_has_a_page(reader):
    row = PolicyRow.objects.filter(closing=True).first()
    assert reader.get(page_of(row)).status_code == 200


def test_nothing_is_changed_through_the_pages(reader):
    row = PolicyRow.objects.first()
    assert reader.post(page_of(row), {"title_en": "x"}).status_code == 405
    assert reader.get(reverse("admin:policies_policyrow_add")).status_code == 403
    assert PolicyRow.objects.get(pk=row.pk).version == row.version


def test_the_page_names_people_without_leading_to_them(reader):
    """Who reads policies need not be allowed to open people."""
    row = PolicyRow.objects.filter(state="active").select_related("drafted_by").first()
    page = reader.get(page_of(row)).content.decode()
    assert str(row.drafted_by) in page
    assert reverse("admin:people_person_change", args=[row.drafted_by_id]) not in page
