"""The pages of cases on a phone and for a screen reader: nothing runs off sideways, and axe finds nothing serious."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.desk import look, open_desk, page_of
from tests.building import a_negotiating_case
from tests.money import a_request
from tests.refusals import a_refusal_proposed_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
REGISTER = "/admin/complaints/complaint/add/"
LIST = "/admin/complaints/complaint/?queue=all"
GRAVE = {"serious", "critical"}


def grave_findings(page):
    """What axe calls serious or critical, by rule and place."""
    found = Axe().run(page).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found if rule["impact"] in GRAVE]


def runs_off(page):
    """Whether the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.fixture
def desk(chromium, live_server):
    """Opens windows, and closes them after the test."""
    pages = []

    def at(person, **how):
        pages.append(open_desk(chromium, live_server, person, **how))
        return pages[-1]

    yield at
    for page in pages:
        page.context.close()


def open_sheet(page):
    page.click(".cm-composer[data-sheet] >> nth=0")
    page.wait_for_selector("dialog[open] .cm-fields")


def test_axe_finds_nothing_serious_where_people_sign_in(page):
    page.goto("/admin/login/")
    page.wait_for_selector("input[name=username]")
    assert grave_findings(page) == []


def test_axe_finds_nothing_serious_in_lists_of_decisions_and_imports(cast, desk):
    a_refusal_proposed_case(cast)
    a_request(cast, a_negotiating_case(cast))
    sven = desk(cast.sven)
    found = {}
    for place in ("refusalproposal/?queue=approval", "compensationgrant/?queue=approval", "importbatch/add/"):
        look(sven, f"/admin/complaints/{place}")
        found[place] = grave_findings(sven)
    assert {where: what for where, what in found.items() if what} == {}


def test_nothing_runs_off_sideways_on_a_phone(cast, desk):
    case = a_negotiating_case(cast)
    ana = desk(cast.ana, **PHONE)
    wide = []
    for url in ("/admin/", LIST, page_of(case), REGISTER):
        look(ana, url)
        wide += [url] if runs_off(ana) else []
    look(ana, page_of(case))
    open_sheet(ana)
    wide += ["the open sheet"] if runs_off(ana) else []
    assert wide == []


def test_on_a_phone_the_actions_come_before_the_story(cast, desk):
    case = a_negotiating_case(cast)
    ana = look(desk(cast.ana, **PHONE), page_of(case))
    top = "part => part.getBoundingClientRect().top"
    actions = ana.locator(".cm-record-side").evaluate(top)
    assert actions < ana.locator(".cm-record-timeline").evaluate(top)


def test_a_draft_outlives_escape_and_the_focus_goes_back(cast, desk):
    case = a_negotiating_case(cast)
    ana = look(desk(cast.ana), page_of(case))
    open_sheet(ana)
    words = ana.locator("dialog[open] [name=words]")
    assert ana.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    words.fill("您好，我们正在核实。")
    ana.keyboard.press("Escape")
    ana.wait_for_selector("dialog[open]", state="detached")
    assert ana.evaluate("document.activeElement.matches('.cm-composer')")
    open_sheet(ana)
    assert words.input_value() == "您好，我们正在核实。"


def test_without_script_the_way_in_is_still_shown(chromium, live_server):
    """The theme hides every page until its script runs; ours are shown all the same."""
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/admin/login/")
    assert page.locator("input[name=username]").is_visible()
    context.close()
