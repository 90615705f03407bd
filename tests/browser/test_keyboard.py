"""A day without a pointer: keys move, open and act; they rest while somebody types; the palette leads anywhere."""

import pytest

from tests.admin.looking import case_page
from tests.browser.desk import ALLOWED, ENGLISH, open_desk
from tests.browser.seeing import grave_findings, open_page, runs_off
from tests.building import a_registered_case, an_investigating_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "/admin/complaints/complaint/?queue=all"
FOCUSED = "document.activeElement"


@pytest.fixture
def desk(cast, chromium, live_server):
    """Ana's window at the list of cases, of which there are two."""
    page = open_desk(chromium, live_server, cast.ana, width=1280)
    page.cases = [an_investigating_case(cast), a_registered_case(cast, content="袖口开线了，要求换货。")]
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    open_page(page, LIST)
    yield page
    page.context.close()
    assert complaints == []


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def row_at(page) -> int:
    return page.evaluate(
        "[...document.querySelectorAll('#content .cm-row-at')].length ? "
        "[...document.querySelectorAll('#content [data-row], #result_list tbody tr')].filter((row) => "
        "row.getClientRects().length).findIndex((row) => row.contains(document.activeElement)) : -1"
    )


def english_in(page, dialog: str) -> list[str]:
    icons = page.locator(f"{dialog} .material-symbols-outlined").all_inner_texts()
    lines = page.inner_text(dialog).splitlines()
    return ENGLISH.findall(ALLOWED.sub(" ", " ".join(line for line in lines if line.strip() not in icons)))


def is_open(page, dialog: str) -> bool:
    return page.evaluate(f"Boolean(document.querySelector('{dialog}[open]'))")


def test_rows_are_reached_told_and_opened_by_keys(desk):
    press(desk, "j")
    assert row_at(desk) == 0
    press(desk, "j", "j", "j")
    assert row_at(desk) == 1
    desk.wait_for_function("document.getElementById('cm-status').textContent.includes('2')")
    press(desk, "k")
    assert row_at(desk) == 0
    with desk.expect_navigation():
        press(desk, "o")
    assert "/change/" in desk.url


def test_keys_of_a_case_press_its_buttons(desk):
    open_page(desk, case_page(desk.cases[0]))
    press(desk, "n")
    desk.wait_for_selector("dialog[open] [name=words], [data-composer] textarea, .cm-composer-open textarea")
    press(desk, "Escape")
    desk.wait_for_function("!document.querySelector('#cm-sheet[open]')")
    desk.evaluate("document.activeElement.blur()")
    press(desk, "j")
    assert desk.evaluate(f"{FOCUSED}.classList.contains('cm-entry')")
    press(desk, "t")
    desk.wait_for_selector("dialog[open] .cm-dialog-form")


def test_keys_rest_while_somebody_types_and_with_other_keys_held(desk):
    desk.focus("#searchbar")
    desk.keyboard.type("j?ko/")
    assert desk.input_value("#searchbar") == "j?ko/"
    assert not is_open(desk, "#cm-keys")
    desk.evaluate("document.activeElement.blur()")
    desk.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '?', isComposing: true, bubbles: true}))"
    )
    press(desk, "Alt+j")
    assert not is_open(desk, "#cm-keys")
    assert row_at(desk) == -1


def test_a_slash_leads_to_the_search_field_also_a_chinese_one(desk):
    press(desk, "/")
    assert desk.evaluate(f"{FOCUSED}.id") == "searchbar"
    assert desk.input_value("#searchbar") == ""
    desk.evaluate("document.activeElement.blur()")
    desk.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '、', bubbles: true}))")
    assert desk.evaluate(f"{FOCUSED}.id") == "searchbar"


def test_the_sheet_of_keys_is_a_dialog_in_chinese_and_switches_them_off(desk):
    press(desk, "?")
    assert is_open(desk, "#cm-keys")
    assert english_in(desk, "#cm-keys") == []
    assert grave_findings(desk) == []
    for _press in range(15):
        press(desk, "Tab")
        assert desk.evaluate(f"{FOCUSED} === document.body || Boolean({FOCUSED}.closest('#cm-keys'))")
    desk.uncheck("#cm-keys-on")
    press(desk, "Escape")
    desk.reload()
    press(desk, "?", "j")
    assert not is_open(desk, "#cm-keys")
    assert row_at(desk) == -1
    desk.click(".cm-user-button")
    desk.click("[data-show-keys]")
    assert not desk.is_checked("#cm-keys-on")
    desk.check("#cm-keys-on")
    press(desk, "Escape", "j")
    assert row_at(desk) == 0


def test_two_keys_lead_to_a_place(desk):
    with desk.expect_navigation():
        press(desk, "g", "d")
    assert desk.url.endswith("/admin/")


def option(page) -> str:
    return page.evaluate(
        "document.getElementById(document.querySelector('[role=combobox]').getAttribute('aria-activedescendant'))"
        "?.textContent || ''"
    )


def test_the_palette_finds_a_case_by_its_number_and_opens_it(desk):
    case = desk.cases[1]
    press(desk, "Control+k")
    desk.wait_for_selector("#cm-palette[open] [role=option]")
    assert grave_findings(desk) == []
    desk.keyboard.type(case.case_number.lower().replace("-", " "))
    desk.wait_for_function(f"document.querySelector('#cm-palette-list').textContent.includes('{case.case_number}')")
    assert case.case_number in option(desk)
    assert english_in(desk, "#cm-palette") == []
    with desk.expect_navigation():
        press(desk, "Enter")
    assert desk.url.endswith(case_page(case))


def test_the_palette_moves_by_arrows_does_what_the_page_offers_and_gives_the_focus_back(desk):
    open_page(desk, case_page(desk.cases[0]))
    desk.focus("[data-find]")
    press(desk, "Enter")
    desk.wait_for_selector("#cm-palette[open] [role=option]")
    first = option(desk)
    press(desk, "ArrowDown")
    assert option(desk) not in ("", first)
    press(desk, "ArrowUp")
    assert option(desk) == first
    press(desk, "Escape")
    assert desk.evaluate(f"{FOCUSED}.matches('[data-find]')")
    press(desk, "Control+k", "Enter")
    desk.wait_for_selector("dialog[open] .cm-dialog-form")


def test_the_palette_works_by_touch_on_a_phone(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.click("[data-find]")
    desk.fill("#cm-palette input", "袖口")
    desk.wait_for_selector(f".cm-found:has-text('{desk.cases[1].case_number}')")
    assert not runs_off(desk)
    with desk.expect_navigation():
        desk.click(f".cm-found:has-text('{desk.cases[1].case_number}')")


def test_the_theme_no_longer_takes_our_keys(desk):
    dark = "document.documentElement.classList.contains('dark')"
    before = desk.evaluate(dark)
    press(desk, "Control+e")
    assert desk.evaluate(dark) == before
    press(desk, "Control+k")
    assert desk.locator("#command-results").count() == 0
    assert is_open(desk, "#cm-palette")


def test_what_was_done_is_told_in_a_live_region(desk):
    open_page(desk, case_page(desk.cases[0]).replace("change/", "do/write-note/"))
    desk.fill("[name=words]", "已请仓库核对监控。")
    with desk.expect_navigation():
        desk.click(".cm-submit")
    desk.wait_for_function("document.querySelector('[role=status]#cm-status').textContent.includes('完成')")


def test_everything_in_the_frame_is_reached_by_tab_with_a_name_and_a_ring(desk):
    """The theme's holes: menu toggle, filters, the person's menu, log-out."""
    press(desk, "Tab")
    assert desk.evaluate(f"{FOCUSED}.className") == "cm-skip"
    reached, bare = set(), []
    for _press in range(70):
        press(desk, "Tab")
        told = desk.evaluate(
            """() => {
                const at = document.activeElement;
                const style = getComputedStyle(at);
                const copy = at.cloneNode(true);
                for (const part of copy.querySelectorAll('[aria-hidden=true]')) part.remove();
                const name = at.getAttribute('aria-label') || at.getAttribute('title') || at.placeholder
                    || (at.labels && at.labels[0] && at.labels[0].textContent) || copy.textContent.trim();
                const around = at.closest('td, th') || at.closest('label');
                const small = at.matches('[type=checkbox], [type=radio]') && around;
                const box = (small || at).getBoundingClientRect();
                return [at.outerHTML.slice(0, 900), Boolean(name), style.outlineStyle !== 'none'
                    || style.boxShadow !== 'none', at.tagName === 'BODY', Math.min(box.width, box.height) >= 24];
            }"""
        )
        html, has_name, has_ring, is_body, is_large = told
        reached.add(html)
        bare += [] if is_body or (has_name and has_ring and is_large) else [(html[:300], *told[1:])]
    everything = " ".join(reached)
    for mark in ("sidebarDesktopOpen", "filter_list", "cm-user-button", "data-find", "searchbar"):
        assert mark in everything, mark
    assert not bare, "\n".join(map(str, bare))
