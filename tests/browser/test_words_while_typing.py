"""What must not be said is shown while one types, where it stands and what to say instead; mended, it is gone."""

import pytest

from complaints.models import Contact
from tests.browser.desk import page_of
from tests.building import an_assessing_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SELECTED = "(() => { const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd); })()"


def test_the_check_speaks_while_one_types_and_keeps_back_what_stays(cast, at_desk):
    case = an_assessing_case(cast)
    desk = at_desk(cast.ana)
    desk.goto(page_of(case))
    desk.click(".cm-composers a[data-key-action=reply]")
    desk.wait_for_selector("dialog[open] #id_words")

    desk.fill("#id_words", "您好，您理解错了，我再说一遍。")
    line = desk.locator(".cm-wording .cm-wording-warn")
    line.wait_for()
    assert "您理解错" in line.inner_text()
    line.locator("[data-wording-at]").click()
    assert desk.evaluate(SELECTED) == "您理解错"

    desk.fill("#id_words", "您好，别催了，傻~逼。")
    desk.locator(".cm-wording .cm-wording-block").wait_for()
    desk.click("dialog[open] .cm-submit")
    desk.locator("dialog[open] .cm-alert[role=alert]").wait_for()
    assert desk.input_value("#id_words") == "您好，别催了，傻~逼。", "what was typed stays"
    assert not Contact.objects.filter(case=case).exists()

    desk.fill("#id_words", "您好，我们正在核实，今天给您答复。")
    desk.locator(".cm-wording li").first.wait_for(state="detached")
    desk.click("dialog[open] .cm-submit")
    desk.locator("dialog[open]").wait_for(state="detached")
    assert [str(said.words) for said in Contact.objects.filter(case=case)] == ["您好，我们正在核实，今天给您答复。"]
