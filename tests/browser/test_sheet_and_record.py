"""What only a browser can tell: the sheet, the draft, the keyboard, the narrow screen, and what axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.adminkit.in_use import probe_site_in_use
from tests.adminkit.people import a_person
from tests.ledger.probe.models import Probe, Tag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(chromium, live_server, client, settings):
    """A signed-in page on the record; what the browser complains of fails the test."""
    with probe_site_in_use(settings):
        person = a_person("edith", "view_probe", "change_probe", "view_tag", "change_tag")
        probe = Probe.objects.create(name="alpha")
        client.force_login(person)
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, base_url=live_server.url)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.record = f"/admin/probe/probe/{probe.pk}/change/"
        page.goto(page.record)
        yield page
        context.close()
        assert complaints == []


def open_sheet(page):
    page.click("a.cm-primary")
    page.wait_for_selector("dialog[open] #id_name")


def test_the_sheet_opens_over_the_page_and_does_its_work(desk):
    open_sheet(desk)
    assert desk.evaluate("document.activeElement.id") == "id_name"
    desk.fill("#id_name", "gamma")
    desk.click(".cm-submit")
    desk.wait_for_selector("dialog[open]", state="detached")
    desk.wait_for_load_state()
    assert Probe.objects.get().name == "gamma"


def test_reasons_come_back_with_the_text_and_the_focus(desk):
    open_sheet(desk)
    desk.fill("#id_name", "wrong")
    desk.fill("#id_words", "说好的干洗费呢？")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".cm-alert[role=alert]")
    assert desk.input_value("#id_name") == "wrong"
    assert desk.input_value("#id_words") == "说好的干洗费呢？"
    assert desk.evaluate("document.activeElement.className") == "cm-alert"
    desk.click(".cm-alert a[href='#id_name']")
    desk.fill("#id_name", "delta")
    desk.click(".cm-submit")
    desk.wait_for_selector("dialog[open]", state="detached")
    assert Probe.objects.get().name == "delta"


def test_closing_keeps_the_draft_and_gives_the_focus_back(desk):
    open_sheet(desk)
    desk.fill("#id_words", "half a sentence")
    desk.keyboard.press("Escape")
    assert desk.evaluate("document.activeElement.matches('a.cm-primary')")
    desk.reload()
    open_sheet(desk)
    assert desk.input_value("#id_words") == "half a sentence"
    assert desk.is_visible(".cm-draft-note")


def test_tab_stays_inside_the_sheet(desk):
    open_sheet(desk)
    for _press in range(20):
        desk.keyboard.press("Tab")
        assert desk.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_two_quick_clicks_do_it_once(desk):
    open_sheet(desk)
    desk.fill("#id_name", "gamma")
    desk.evaluate("() => { const go = document.querySelector('.cm-submit'); go.click(); go.click(); }")
    desk.wait_for_selector("dialog[open]", state="detached")
    assert Probe.objects.get().amount == 1


def test_who_is_signed_out_meanwhile_loses_no_text(desk):
    open_sheet(desk)
    desk.fill("#id_words", "a whole letter")
    desk.context.clear_cookies()
    desk.fill("#id_name", "gamma")
    desk.click(".cm-submit")
    desk.wait_for_selector(".cm-alert[role=alert]")
    assert desk.input_value("#id_words") == "a whole letter"
    assert Probe.objects.get().name == "alpha"


def test_the_menu_of_the_person_opens_by_key(desk):
    desk.focus(".cm-user-button")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#logout-form", state="visible")
    desk.keyboard.press("Escape")
    desk.wait_for_selector("#logout-form", state="hidden")


def test_the_first_tab_skips_to_the_content(desk):
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "cm-skip"
    desk.keyboard.press("Enter")
    assert desk.evaluate("location.hash") == "#content"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_scrolls_sideways(desk, width):
    desk.set_viewport_size({"width": width, "height": 800})
    for address in (
        "/admin/",
        "/admin/probe/probe/",
        desk.record,
        f"{desk.record}../do/rename/".replace("change/../", ""),
    ):
        desk.goto(address)
        assert desk.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, address


def test_on_the_phone_the_actions_come_first(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    tops = [
        desk.locator(zone).bounding_box()["y"]
        for zone in (".cm-record-side", ".cm-record-timeline", ".cm-record-facts")
    ]
    assert tops == sorted(tops)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(desk, scheme):
    tag = Tag.objects.create(name="red")
    desk.emulate_media(color_scheme=scheme)
    for address in (
        "/admin/",
        "/admin/probe/probe/",
        f"/admin/probe/tag/{tag.pk}/change/",
        f"/admin/probe/tag/{tag.pk}/history/",
        desk.record,
    ):
        desk.goto(address, wait_until="load")
        assert findings(desk) == [], address
    open_sheet(desk)
    desk.fill("#id_name", "wrong")
    desk.click(".cm-submit")
    desk.wait_for_selector(".cm-alert[role=alert]")
    assert findings(desk) == []


def findings(page):
    """What axe finds on the page as it is now."""
    return [(found["id"], found["nodes"][0]["html"][:120]) for found in Axe().run(page).response["violations"]]
