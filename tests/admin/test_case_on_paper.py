"""A case on paper, who is noted as a reader, who else is here, and codes that are never shown as codes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casemgmt.adminkit.models import Presence
from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.noting import write_note
from complaints.models import Complaint
from tests.admin.looking import case_page, signed_in, text_of
from tests.admin.world import NOW
from tests.cast import AT

pytestmark = pytest.mark.django_db
SECRET = "只给同事看的话"


def paper(case):
    return reverse("admin:complaints_complaint_print", args=[case.pk])


def here(case):
    return reverse("admin:complaints_complaint_here", args=[case.pk])


def noted(kind):
    return list(AccessEvent.objects.filter(kind=kind).values_list("person_name", "subject_label", "subject_pk"))


def test_paper_leaves_internal_notes_out_and_says_so(world):
    case = world.cases["busy"]
    write_note(case.pk, by=world.cast.ana, at=AT, words=SECRET)
    browser = signed_in(world.cast.ana)
    without, with_notes = text_of(browser.get(paper(case))), text_of(browser.get(paper(case) + "?notes=1"))
    assert SECRET not in without
    assert "Without internal notes." in without
    assert SECRET in with_notes
    assert "internal, the customer does not see this" in with_notes
    for page in (without, with_notes):
        assert case.case_number in page
        assert f"by {world.cast.ana.name}" in page
    assert noted(AccessKind.EXPORTED) == [(world.cast.ana.name, "complaints.complaint", str(case.pk))] * 2


@pytest.mark.parametrize(("name", "status"), [("ana", 200), ("sven", 200), ("axel", 200), ("olga", 403), ("wen", 404)])
def test_who_may_take_a_case_out_on_paper(world, name, status):
    case = world.cases["money"]
    assert signed_in(world.person(name)).get(paper(case)).status_code == status
    assert len(noted(AccessKind.EXPORTED)) == (status == 200)
    assert len(noted(AccessKind.REFUSED_RIGHT)) == (status == 403)


def test_paper_is_only_read(world):
    assert signed_in(world.cast.ana).post(paper(world.cases["busy"])).status_code == 405
    assert noted(AccessKind.EXPORTED) == []


def test_an_auditor_who_opens_a_case_is_noted_and_presses_nothing(world):
    case = world.cases["busy"]
    page = text_of(signed_in(world.cast.axel).get(case_page(case)))
    assert noted(AccessKind.VIEWED) == [(world.cast.axel.name, "complaints.complaint", str(case.pk))]
    assert "what you open is logged" in page
    assert "/do/" not in page
    assert "data-here" not in page
    signed_in(world.cast.ana).get(case_page(case))
    assert len(noted(AccessKind.VIEWED)) == 1


def test_looks_stand_in_the_story_for_those_who_may_read_the_access_log(world):
    case = world.cases["busy"]
    signed_in(world.cast.ana).get(paper(case))
    told = signed_in(world.cast.axel).get(case_page(case) + "?kind=access").context["page"].entries
    assert [(entry.kind, entry.who) for entry in told] == [("access", world.cast.ana.name)]
    told = signed_in(world.cast.ana).get(case_page(case)).context["page"].entries
    assert [entry for entry in told if entry.kind == "access"] == []


def test_others_are_told_who_is_here_and_who_writes(world):
    case = world.cases["busy"]
    ana, sven = signed_in(world.cast.ana), signed_in(world.cast.sven)
    assert ana.post(here(case), {"state": "here"}).json() == {"people": []}
    assert sven.post(here(case), {"state": "writing"}).json() == {
        "people": [f"{world.cast.ana.name} has this open too"]
    }
    assert ana.post(here(case), {"state": "here"}).json() == {"people": [f"{world.cast.sven.name} is writing here"]}
    assert Presence.objects.count() == 2
    sven.post(here(case), {"state": "gone"})
    assert ana.post(here(case), {"state": "here"}).json() == {"people": []}


def test_who_says_nothing_for_ninety_seconds_is_gone(world, monkeypatch):
    case = world.cases["busy"]
    signed_in(world.cast.sven).post(here(case), {"state": "here"})
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(seconds=90))
    ana = signed_in(world.cast.ana)
    assert len(ana.post(here(case), {"state": "here"}).json()["people"]) == 1
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(seconds=91))
    assert ana.post(here(case), {"state": "here"}).json() == {"people": []}


@pytest.mark.parametrize("name", ["wen", "olga", "edith", "adam", "anonymous"])
def test_nobody_learns_of_a_case_by_being_there(world, name):
    case = world.cases["assessing"]
    browser = signed_in(world.person(name)) if name != "anonymous" else Client()
    signed_in(world.cast.ana).post(here(case), {"state": "writing"})
    answer = browser.post(here(case), {"state": "here"})
    assert answer.status_code in (302, 403, 404)
    assert world.cast.ana.name not in text_of(answer)
    assert Presence.objects.count() == 1


def test_codes_are_read_as_titles(world):
    """In the story, in the history, and in the arithmetic of a deadline."""
    case = world.cases["busy"]
    assert Complaint.objects.get(pk=case.pk).category
    browser = signed_in(world.cast.ana)
    history = text_of(browser.get(reverse("admin:complaints_complaint_history", args=[case.pk])))
    version = text_of(
        browser.get(reverse("admin:complaints_complaint_simple_history", args=[case.pk, case.history.first().pk]))
    )
    clock = case.clocks.first()
    why = text_of(browser.get(reverse("admin:complaints_complaint_why", args=[case.pk, clock.pk])))
    for page in (text_of(browser.get(case_page(case))), history, version, why):
        assert case.category not in page
        assert "cn-official" not in page
