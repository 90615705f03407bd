"""Two people on one case or one form in real windows: who else is here, what was saved meanwhile, what time it is."""

from decimal import Decimal

import pytest
from django.utils import timezone

from casemgmt.people.models import Team
from complaints.actions.noting import edit_facts
from complaints.models import Complaint
from complaints.vocabulary import Reason
from tests.admin.world import an_outsider
from tests.browser.desk import assert_chinese, look, open_sheet, page_of
from tests.browser.seeing import PHONE, grave_findings, runs_off
from tests.building import an_assessing_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOLD = ".cm-here-person"


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


def open_facts(page):
    """The dialog of the facts, over the page of the case."""
    page.locator("a[data-sheet][href*='/edit-facts/']").first.evaluate("link => link.click()")
    page.wait_for_selector("dialog[open] .cm-dialog-form [name=demanded_amount]")


def save_facts(case, person, amount):
    """Saved by somebody else, from another window."""
    edit_facts(
        case.pk,
        by=person,
        at=timezone.now(),
        stated_reason=Reason.NOT_STATED,
        claim_type="",
        return_branch="",
        demanded_remedy="",
        demanded_amount=amount,
        occurred_at=None,
        emotion="",
        simple_matter=False,
        affects_others=False,
        reason="客户来电更正。",
    )


def test_who_else_is_here_and_who_writes(cast, case, at_desk):
    ana = look(at_desk(cast.ana), page_of(case))
    sven = look(at_desk(cast.sven), page_of(case))
    sven.wait_for_selector(TOLD)
    assert cast.ana.name in sven.inner_text(TOLD)
    before = sven.inner_text(TOLD)
    open_facts(ana)
    with ana.expect_response(lambda answer: answer.url.endswith("/here/")):
        ana.locator("dialog[open] [name=demanded_amount]").press_sequentially("1")
    sven.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    sven.wait_for_function("before => document.querySelector('.cm-here-person').textContent !== before", arg=before)
    assert_chinese(sven)


def test_what_was_saved_meanwhile_is_told_in_the_dialog_and_nothing_typed_is_lost(cast, case, at_desk):
    ana = look(at_desk(cast.ana), page_of(case))
    open_facts(ana)
    ana.fill("dialog[open] [name=demanded_amount]", "12.50")
    ana.fill("dialog[open] [name=reason]", "客户改口了。")
    save_facts(case, cast.sven, Decimal(99))
    ana.click("dialog[open] .cm-submit")
    ana.wait_for_selector("dialog[open] .cm-meanwhile")
    assert_chinese(ana)
    assert "99.00" in ana.inner_text("dialog[open] .cm-meanwhile")
    assert ana.input_value("dialog[open] [name=demanded_amount]") == "12.50"
    assert grave_findings(ana) == []
    ana.set_viewport_size(PHONE)
    assert not runs_off(ana)
    with ana.expect_navigation():
        ana.click("dialog[open] .cm-submit")
    assert Complaint.objects.get(pk=case.pk).demanded_amount == Decimal("12.50")


def test_a_change_form_shows_both_and_takes_the_choice(cast, at_desk):
    team = cast.ana.team
    adam = look(at_desk(an_outsider("adam", "Administrators")), f"/admin/people/team/{team.pk}/change/")
    adam.fill("[name=name]", "夜班组")
    Team.objects.filter(pk=team.pk).update(name="晚班组")
    with adam.expect_navigation():
        adam.click("[name=_save]")
    assert "晚班组" in adam.inner_text(".cm-merge")
    assert grave_findings(adam) == []
    adam.check("[name=_merge_name][value=mine]")
    with adam.expect_navigation():
        adam.click("[name=_save]")
    assert Team.objects.get(pk=team.pk).name == "夜班组"


def test_clocks_go_on_and_a_button_tells_of_its_draft(cast, case, at_desk):
    ana = at_desk(cast.ana)
    ana.clock.install()
    look(ana, page_of(case))
    words = ana.locator(".cm-clocks [data-due-words]")
    before = words.all_inner_texts()
    ana.clock.fast_forward("25:00:00")
    after = words.all_inner_texts()
    assert len(before) == len(after) >= 1
    assert before != after
    open_sheet(ana, ".cm-composers a[data-key-action=note]")
    ana.fill("dialog[open] [name=words]", "半句话")
    ana.keyboard.press("Escape")
    mark = ana.locator(".cm-composers a[data-key-action=note] .cm-draft-mark")
    assert mark.inner_text() == ana.evaluate("document.getElementById('cm-words').dataset.draftKept")
