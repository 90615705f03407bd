"""What the next step lacks is filled in under its item in the checklist, without leaving the page."""

import pytest

from complaints.states import CaseState, CommitmentState
from tests.browser.desk import assert_chinese, look, page_of
from tests.browser.seeing import PHONE, grave_findings, runs_off
from tests.building import a_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINK = ".cm-checklist a[href*='/do/keep-commitment/']"
PLACE = ".cm-checklist li .cm-in-place"
WORDS = f"{PLACE} [name=words]"


@pytest.fixture
def case(cast):
    return a_case(cast, CaseState.EXECUTING)


def test_a_promise_is_kept_in_the_list_that_misses_it(cast, case, at_desk):
    promise = case.commitments.get(state=CommitmentState.OPEN)
    ana = look(at_desk(cast.ana), page_of(case))
    ana.click(LINK)
    ana.wait_for_selector(WORDS)
    assert ana.locator("dialog[open]").count() == 0
    assert ana.evaluate("document.activeElement.name") == "words"
    assert_chinese(ana)
    ana.fill(WORDS, "新衣已寄出")
    ana.keyboard.press("Escape")
    assert ana.locator(PLACE).count() == 0
    assert ana.evaluate("document.activeElement.href").endswith("/do/keep-commitment/")
    ana.keyboard.press("Enter")
    ana.wait_for_selector(WORDS)
    assert ana.input_value(WORDS) == "新衣已寄出"
    with ana.expect_navigation():
        ana.click(f"{PLACE} .cm-submit")
    promise.refresh_from_db()
    assert promise.state in (CommitmentState.KEPT, CommitmentState.KEPT_LATE)
    assert ana.locator(LINK).count() == 0


def test_there_is_room_for_it_on_a_phone(cast, case, at_desk):
    ana = look(at_desk(cast.ana, **PHONE), page_of(case))
    ana.click(LINK)
    ana.wait_for_selector(WORDS)
    assert not runs_off(ana)
    assert grave_findings(ana) == []


def test_a_long_form_opens_beside_the_page(cast, at_desk):
    case = a_case(cast, CaseState.NEGOTIATING)
    ana = look(at_desk(cast.ana), page_of(case))
    ana.locator(".cm-checklist a[href*='/do/draft-plan/']").first.click()
    ana.wait_for_selector("dialog[open] .cm-dialog-form")
    assert ana.locator(PLACE).count() == 0
