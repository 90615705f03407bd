"""Help: a sentence for every field, chapters, a glossary in two languages, and tours that are kept by person."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from casemgmt.adminkit import helping
from casemgmt.adminkit.models import TourSeen
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db
ROLES = ("ana", "sven", "olga", "axel", "edith", "adam")


def test_every_chapter_opens_for_everybody_and_ones_own_stands_first(world):
    for name in ROLES:
        browser = signed_in(world.person(name))
        answer = browser.get(reverse("desk:help"))
        assert answer.status_code == 200
        assert len(answer.context["own"]) == 2, name
        for chapter in helping.chapters():
            page = browser.get(reverse("desk:help_chapter", args=[chapter.name]))
            assert str(chapter.title) in text_of(page)
    assert browser.get(reverse("desk:help_chapter", args=["no-such"])).status_code == 404


def test_links_of_ones_own_chapter_lead_somewhere(world):
    for name in ROLES:
        browser = signed_in(world.person(name))
        for chapter in browser.get(reverse("desk:help")).context["own"]:
            for section in chapter.sections:
                for link in section.links:
                    assert browser.get(str(link.url)).status_code == 200, (name, str(link.url))


def test_the_glossary_says_each_term_in_both_languages(ana):
    text = text_of(ana.get(reverse("desk:help_glossary")))
    assert "handling plan" in text
    terms = helping.terms()
    assert len(terms) >= 40
    assert len({term.english for term in terms}) == len(terms)
    for term in terms:
        assert term.english in text
        assert len(str(term.meaning)) > 25
        if term.url:
            assert term.url().startswith("/admin/")


def test_whoever_searches_finds_chapters_sections_and_terms():
    entries = helping.help_entries()
    assert len(entries) > 60
    assert all(entry.title and entry.url.startswith("/admin/help/") for entry in entries)
    with translation.override("en"):
        assert any("escalation" in entry.title for entry in helping.help_entries())


def test_every_page_leads_to_help(world):
    for name in ROLES:
        assert f'href="{reverse("desk:help")}"' in text_of(signed_in(world.person(name)).get("/admin/"))


def tour(browser, name: str, act: str):
    return browser.post(reverse("desk:help_tour", args=[name]), {"act": act}, follow=True)


def test_a_tour_is_offered_once_leads_over_the_pages_and_ends(ana, world):
    assert "New here?" in text_of(ana.get("/admin/"))
    steps = helping.tour_named("staff").steps
    page = tour(ana, "staff", "begin")
    for number, step in enumerate(steps, start=1):
        assert page.status_code == 200
        assert page.request["PATH_INFO"] == step.url()
        assert f"{number} of {len(steps)}" in text_of(page)
        assert str(step.title) in text_of(page)
        page = tour(ana, "staff", "on")
    assert "cm-tour-title" not in text_of(page)
    assert "New here?" not in text_of(ana.get("/admin/"))
    assert "New here?" not in text_of(signed_in(world.cast.ana).get("/admin/"))
    assert TourSeen.objects.get(person=world.cast.ana).tour == "staff"


def test_a_tour_goes_back_is_left_and_can_be_taken_again(ana):
    tour(ana, "staff", "begin")
    tour(ana, "staff", "on")
    assert "1 of 6" in text_of(tour(ana, "staff", "back"))
    assert "cm-tour-title" not in text_of(tour(ana, "staff", "leave"))
    assert "Take the tour" in text_of(ana.get(reverse("desk:help")))
    assert "1 of 6" in text_of(tour(ana, "staff", "begin"))


def test_every_stop_of_every_tour_can_be_seen_by_its_role(world):
    for person, name in zip(
        ROLES, ("staff", "supervisors", "operations", "auditors", "policies", "administrators"), strict=True
    ):
        browser = signed_in(world.person(person))
        for step in helping.tour_named(name).steps:
            answer = browser.get(step.url())
            assert answer.status_code == 200, (person, step.url())
            mark = step.target.lstrip(".#")
            assert mark in text_of(answer), (person, step.url(), step.target)


@pytest.mark.parametrize("act", ["", "x", "on\x00"])
def test_a_tour_takes_no_other_orders(ana, act):
    assert ana.post(reverse("desk:help_tour", args=["staff"]), {"act": act}).status_code == 400
    assert ana.post(reverse("desk:help_tour", args=["none"]), {"act": "begin"}).status_code == 404
    assert ana.get(reverse("desk:help_tour", args=["staff"])).status_code == 405


def _forms(world):
    """Every form of every dialog on a row of this world, as the page would show it."""
    for model, page in admin.site._registry.items():
        rows = list(model._default_manager.order_by("-pk")[:3])
        for action in getattr(page, "case_actions", ()):
            for row in rows[:1]:
                yield action.form(row=row, person=world.cast.sven, at=NOW), action.form.__name__


TOLD_BESIDE = re.compile(r"^(draft_form\.body__|TalkForm\.(done|note)_)")
"""Entries of a policy have the name of what they decide, steps of a talk the words of the guide right above them."""


def test_every_field_of_every_dialog_has_a_sentence_that_helps(world):
    silent = []
    with translation.override("en"):
        for form, name in _forms(world):
            for field_name, field in form.fields.items():
                text = str(field.help_text)
                is_hidden = isinstance(field.widget, forms.HiddenInput)
                if not is_hidden and (len(text) < 12 or not text.endswith((".", "?"))):
                    silent.append(f"{name}.{field_name}: {text!r}")
                if text and text.strip(".").casefold() == str(field.label).casefold():
                    silent.append(f"{name}.{field_name} repeats its label")
    assert sorted({field for field in silent if not TOLD_BESIDE.match(field)}) == []


def test_every_field_of_the_settings_has_a_sentence(world, rf):
    request = rf.get("/")
    silent = []
    for person in (world.adam, world.cast.sven):
        request.user = person
        for model, page in admin.site._registry.items():
            if not page.has_change_permission(request):
                continue
            fields = page.get_form(request, None).base_fields
            silent += [f"{model.__name__}.{name}" for name, field in fields.items() if not field.help_text]
    assert sorted(set(silent)) == []


def test_every_list_says_what_to_do_when_it_is_empty(world, rf):
    request = rf.get("/")
    silent = []
    for name in ROLES:
        request.user = world.person(name)
        for model, page in admin.site._registry.items():
            if page.has_module_permission(request) and page.has_view_permission(request) and not page.empty_words:
                silent.append(model.__name__)
    assert sorted(set(silent) - {"Complaint", "Notice"}) == []
