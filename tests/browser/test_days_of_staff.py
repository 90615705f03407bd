"""A short day of who handles complaints, through the real pages: at a desk, on a phone, and in English."""

import pytest

from casemgmt.people.models import Person
from complaints.models import BulkRun, CaseTag, Complaint, Contact, Mention, Tag
from complaints.states import BulkState
from complaints.vocabulary import ContactOutcome
from tests.admin.world import somebody
from tests.browser.desk import assert_chinese, assert_english, follow, look, open_sheet, page_of, tick_rows
from tests.browser.seeing import open_page, runs_off
from tests.building import a_registered_case, an_assessing_case, an_investigating_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

CASES = "/admin/complaints/complaint/"
FIRST_DEED = ".cm-deed a.cm-primary"


@pytest.fixture
def cases(cast):
    """Two that ana handles, the most urgent first, and one that nobody has taken."""
    Tag.objects.create(name="出库漏检", link="logistics")
    return [
        an_assessing_case(cast),
        an_investigating_case(cast, **somebody()),
        a_registered_case(cast, content="袖口开线了，要求换货。", **somebody()),
    ]


def test_a_day_at_the_desk(afternoon, cast, cases, at_desk):
    ana = look(at_desk(cast.ana), "/admin/")
    answer_by_a_template(ana, cases[0], assert_chinese)
    name_a_colleague(ana, cast, cases[0])
    miss_the_customer_on_the_phone(ana, cases[0])
    go_through_the_queue(ana)
    find_by_phone(ana, cases[0])
    tag_many(ana)


def test_a_day_on_the_phone(afternoon, cast, cases, at_desk):
    ana = look(at_desk(cast.ana, width=390, height=844), "/admin/")
    assert not runs_off(ana)
    answer_by_a_template(ana, cases[0], assert_chinese)
    assert not runs_off(ana)
    miss_the_customer_on_the_phone(ana, cases[0])
    look(ana, CASES + "?queue=unassigned")
    assert not runs_off(ana)
    follow(ana, f"#result_list a[href*='{page_of(cases[2])}']")
    assert not runs_off(ana)
    open_sheet(ana, ".cm-next a.cm-primary")
    assert_chinese(ana)
    follow(ana, ".cm-submit")
    cases[2].refresh_from_db()
    assert cases[2].handler == cast.ana


def test_a_day_in_english(afternoon, cast, cases, at_desk):
    Person.objects.filter(pk=cast.ana.pk).update(language="en")
    ana = at_desk(cast.ana)
    open_page(ana, "/admin/")
    assert_english(ana)
    answer_by_a_template(ana, cases[0], assert_english)
    for url in (CASES + "?queue=mine", page_of(cases[1]), "/admin/help/", "/admin/casemgmt/notice/"):
        assert open_page(ana, url) == 200
        assert_english(ana)
    assert ana.evaluate("document.documentElement.lang") == "en"


def answer_by_a_template(ana, case, check):
    """The first thing to do on the landing is the answer that is late."""
    open_sheet(ana, FIRST_DEED)
    check(ana)
    ana.select_option("#id_template_id", index=1)
    write_over_the_gaps(ana)
    ana.check("#id_read_through")
    follow(ana, ".cm-submit", check)
    said = Contact.objects.get(case=case, direction="outgoing")
    assert said.purpose == "first_answer"
    assert "{{" not in said.words.words


def write_over_the_gaps(page):
    """Each gap of the template is gone to and typed over."""
    while page.locator("[data-talk-gap]").is_visible():
        page.click("[data-talk-gap]")
        page.keyboard.type("核实")


def name_a_colleague(ana, cast, case):
    """A note with @ tells the supervisor."""
    look(ana, page_of(case))
    open_sheet(ana, "[data-key-action=note]")
    assert_chinese(ana)
    ana.keyboard.type("请 @sv")
    ana.wait_for_selector("#cm-talk-names li[aria-selected=true]")
    ana.keyboard.press("Enter")
    ana.keyboard.type("看一下照片")
    follow(ana, ".cm-submit")
    assert Mention.objects.get(case=case).person == cast.sven


def miss_the_customer_on_the_phone(ana, case):
    """One click says that nobody answered, and the next call is planned."""
    look(ana, page_of(case))
    open_sheet(ana, ".cm-record a[href*='/do/record-call/']")
    assert_chinese(ana)
    follow(ana, "button[value=no_answer]")
    call = Contact.objects.get(case=case, outcome=ContactOutcome.NO_ANSWER)
    assert call.call_again_at is not None


def go_through_the_queue(ana):
    """From the first of one's cases to the next, and back to the list."""
    look(ana, CASES + "?queue=mine")
    assert ana.locator("#result_list [data-row]").count() == 2
    follow(ana, "#result_list [data-row] th a, #result_list [data-row] a")
    first = ana.url
    follow(ana, "a:has(> .material-symbols-outlined:text-is('chevron_right'))")
    assert ana.url.split("?")[0] != first.split("?")[0]
    follow(ana, "a.cm-position")
    assert "queue=mine" in ana.url


def find_by_phone(ana, case):
    """As people dictate a number: with spaces, in full-width digits."""
    ana.fill("#searchbar", "１３８ 0013 6021")
    with ana.expect_navigation():
        ana.keyboard.press("Enter")
    assert_chinese(ana)
    assert ana.locator("#result_list [data-row]").count() == 1
    assert case.case_number in ana.inner_text("#result_list")


def tag_many(ana):
    """Two cases at once: a dry run first, then the run; the list is where it was."""
    look(ana, CASES + "?queue=mine")
    tick_rows(ana, 2)
    ana.select_option("select[name=action]", "bulk_tag")
    follow(ana, "#changelist-actions button[name=index]")
    ana.select_option("[name=tag_id]", label="出库漏检")
    follow(ana, ".cm-submit")
    assert not CaseTag.objects.exists()
    follow(ana, ".cm-bulk-foot .cm-primary")
    assert BulkRun.objects.get().state == BulkState.FINISHED
    assert CaseTag.objects.count() == 2
    follow(ana, ".cm-bulk-foot a.cm-button")
    assert Complaint.objects.filter(case_tags__isnull=False).count() == 2
