"""The next case is one button away: above the list, on an own case that has ended, and after giving some away."""

import pytest
from django.urls import reverse

from complaints.actions.handing_over import hand_over
from complaints.models import Complaint
from complaints.states import CaseState
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import an_assessing_case
from tests.refusals import a_withdrawn_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"
BUTTON = f'href="{CASES}next/" data-sheet'


def page(browser, address) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def case_page(case) -> str:
    return reverse("admin:complaints_complaint_change", args=[case.pk])


@pytest.mark.parametrize(("name", "times"), [("ana", 1), ("olga", 0), ("axel", 0)])
def test_above_the_list_for_whoever_may_take_cases(world, name, times):
    assert page(signed_in(world.person(name)), f"{CASES}?queue=all").count(BUTTON) == times


def test_it_stands_beside_the_export(sven, world):
    shown = page(sven, f"{CASES}?queue=all")
    assert "Export the list" in shown


def test_on_an_own_case_that_has_come_to_its_end_and_on_no_other(ana, world):
    ended = a_withdrawn_case(world.cast, **somebody())
    assert Complaint.objects.get(pk=ended.pk).state == CaseState.WITHDRAWN
    shown = page(ana, case_page(ended))
    assert shown.count(BUTTON) == 1
    assert "This case has come to its end." in shown
    assert BUTTON not in page(signed_in(world.cast.ben), case_page(ended))
    assert BUTTON not in page(ana, case_page(an_assessing_case(world.cast, **somebody())))


@pytest.mark.parametrize("chosen", [True, False])
def test_when_chosen_cases_were_handed_over_but_not_at_the_end_of_the_shift(ana, world, chosen):
    case = an_assessing_case(world.cast, **somebody())
    mine = Complaint.objects.open().filter(handler=world.cast.ana).values_list("pk", flat=True)
    cases = [case.pk] if chosen else list(mine)
    handover = hand_over(by=world.cast.ana, at=NOW, cases=cases, given_to_id=world.cast.tara.pk)
    address = reverse("admin:complaints_handover_change", args=[handover.pk])
    assert page(ana, address).count(BUTTON) == chosen
    assert BUTTON not in page(signed_in(world.cast.tara), address)


def test_pressed_there_it_leads_to_the_case(ana, world):
    assert "Take the next case" in text_of(ana.get(f"{CASES}next/"))
