"""The composers and the bell in a browser: templates, gaps, colleagues by keyboard, drafts, and what axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from casemgmt import outbox
from casemgmt.models import Notice
from complaints.models import Contact, Mention, Statement
from tests.browser.desk import open_desk, page_of
from tests.building import an_assessing_case
from tests.cast import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MARKED = "document.activeElement.value.slice(document.activeElement.selectionStart)"
SCHEMES = [(1440, 900, "light"), (390, 844, "dark")]


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture(params=SCHEMES, ids=["desk", "phone"])
def desk(request, chromium, live_server, cast, case):
    """Ana's window on the case, on a big screen and on a phone in the dark."""
    width, height, scheme = request.param
    page = open_desk(chromium, live_server, cast.ana, width=width, height=height, scheme=scheme)
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.goto(page_of(case))
    yield page
    page.context.close()
    assert complaints == []


def open_composer(page, key):
    page.click(f".cm-composers a[data-key-action={key}]")
    page.wait_for_selector("dialog[open] #id_words")


def grave(page):
    found = Axe().run(page).response["violations"]
    return [(item["id"], item["nodes"][0]["html"][:120]) for item in found if item["impact"] in ("serious", "critical")]


def choose(page, number):
    value = page.locator("#id_template_id option").nth(number).get_attribute("value")
    page.select_option("#id_template_id", value)


def test_a_template_fills_shows_its_gaps_and_is_not_written_over(desk):
    open_composer(desk, "reply")
    assert desk.evaluate("document.activeElement.id") == "id_words"
    choose(desk, 2)
    text = desk.input_value("#id_words")
    assert text.startswith("林先生/女士")
    assert "{{" in text
    assert desk.locator(".cm-talk-bubble .cm-gap").count() >= 1
    desk.click("[data-talk-gap]")
    assert desk.evaluate(MARKED).startswith("{{")
    desk.fill("#id_words", "我自己写的")
    choose(desk, 1)
    assert desk.input_value("#id_words") == "我自己写的"
    desk.click("[data-talk-replace] button")
    assert "编号" in desk.input_value("#id_words")
    desk.select_option("#id_channel", "sms")
    assert "短信" in desk.locator(".cm-submit").inner_text()
    assert grave(desk) == []


def test_a_draft_outlives_escape_and_control_enter_sends(desk, case):
    open_composer(desk, "reply")
    desk.fill("#id_words", "林女士您好，正在核实，对不起，谢谢您。")
    desk.keyboard.press("Escape")
    desk.wait_for_selector("dialog[open]", state="detached")
    open_composer(desk, "reply")
    assert desk.input_value("#id_words").startswith("林女士您好")
    desk.focus("#id_words")
    with desk.expect_navigation():
        desk.keyboard.press("Control+Enter")
    assert Contact.objects.get(case=case, direction="outgoing").words.words.startswith("林女士您好")


def test_a_colleague_is_named_by_keyboard_alone(desk, cast, case):
    open_composer(desk, "note")
    desk.keyboard.type("请 @she")
    assert desk.locator("#cm-talk-names").is_hidden()
    for _ in "she":
        desk.keyboard.press("Backspace")
    desk.keyboard.type("sv")
    desk.wait_for_selector("#cm-talk-names li[aria-selected=true]")
    assert desk.get_attribute("#id_words", "aria-activedescendant") == "cm-talk-name-0"
    assert grave(desk) == []
    desk.keyboard.press("Escape")
    assert desk.locator("dialog[open]").count() == 1
    desk.keyboard.press("Backspace")
    desk.keyboard.press("Enter")
    assert desk.input_value("#id_words") == "请 @沈文 "
    desk.keyboard.type("批一下")
    with desk.expect_navigation():
        desk.click(".cm-submit")
    assert Mention.objects.get().person == cast.sven
    assert desk.locator(".cm-mention").first.inner_text() == "@沈文"


def test_a_letter_among_the_notes_is_moved_only_by_hand(desk, case):
    open_composer(desk, "note")
    desk.fill("#id_words", "林女士您好，今天给您退款。")
    desk.wait_for_selector("[data-talk-letter]:not([hidden])")
    desk.click("[data-talk-carry]")
    desk.wait_for_selector("dialog[open] .cm-talk-out")
    assert desk.input_value("#id_words") == "林女士您好，今天给您退款。"
    assert not Statement.objects.filter(case=case, kind="note").exists()


def test_a_call_that_nobody_answered_is_one_click(afternoon, desk, case):
    desk.click(".cm-offers a[href*='/do/record-call/'], .cm-record a[href*='/do/record-call/']")
    desk.wait_for_selector("dialog[open] #id_words")
    assert desk.input_value("[name=call_again_at]")
    assert grave(desk) == []
    with desk.expect_navigation():
        desk.click("button[value=no_answer]")
    assert Contact.objects.get(case=case).outcome == "no_answer"


def test_the_bell_opens_over_the_page_and_leads_to_the_case(desk, cast, case):
    outbox.put(
        "notice.case_assigned", key="t1", to=cast.ana, at=AT, subject=case, case_number=case.case_number,
        channels=[outbox.IN_APP],
    )  # fmt: skip
    Notice.objects.exclude(key="t1").delete()
    Notice.objects.update(shown_from=case.registered_at.replace(year=2020))
    desk.reload()
    assert "1" in desk.locator("[data-bell-words]").inner_text()
    desk.click("a[data-bell]")
    desk.wait_for_selector("#cm-bell-panel")
    assert grave(desk) == []
    desk.keyboard.press("Escape")
    assert desk.locator("#cm-bell-panel").count() == 0
    assert desk.evaluate("document.activeElement.matches('a[data-bell]')")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#cm-bell-panel")
    with desk.expect_navigation():
        desk.click("#cm-bell-panel .cm-told-go")
    assert desk.url.endswith(page_of(case))
    assert Notice.objects.get().read_at is not None


@pytest.mark.parametrize("name", ["", "settings/"])
def test_notices_and_settings_are_open_to_all(desk, name):
    desk.goto(f"/admin/casemgmt/notice/{name}")
    assert grave(desk) == []
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
