"""The case page: what each state offers, why something is blocked, where it is mended, the story, and no secret."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.actions.noting import write_note
from complaints.states import CaseState
from tests.admin.addresses import dialogs_on, paperwork_of, row_pages
from tests.admin.counting import events
from tests.admin.looking import FRAGMENT, case_page, dialog, signed_in, text_of
from tests.cast import AT

pytestmark = pytest.mark.django_db
NOT_THERE, NOT_THERE_OR_NO_PAGE = (404,), (403, 404)
QUERIES_OF_A_CASE = 30
"""The page of the fullest case takes no more, whoever looks and however much happened."""

PRIMARY = {
    "registered": ("ana", "take-case"),
    "assessing": ("ana", "write-message"),
    "investigating": ("ana", "add-evidence"),
    "negotiating": ("ana", "draft-plan"),
    "refusal_proposed": ("ana", None),
    "refused": ("ana", "write-message"),
    "executing": ("ana", "keep-commitment"),
    "ready": ("ana", "close"),
    "external": ("ana", "go-on"),
    "withdrawn": ("sven", "reopen"),
    "merged": ("sven", "unmerge"),
    "voided": ("sven", "unvoid"),
    "closed": ("sven", "reopen"),
}


def page_for(world, name, case):
    return signed_in(world.person(name)).get(case_page(world.cases[case])).context["page"]


@pytest.mark.parametrize("state", [*CaseState, "money", "busy", "ready", "paused", "offered"])
def test_every_reason_can_be_mended_where_it_says(world, state):
    """Each blocked action says all its reasons, in words, and every link of them opens for whoever sees it."""
    for name in ("ana", "sven"):
        browser = signed_in(world.person(name))
        page = browser.get(case_page(world.cases[state])).context["page"]
        reasons = [reason for offer in page.offers for reason in offer.reasons]
        assert all(reason.says and "%(" not in reason.says for reason in reasons)
        links = {reason.url for reason in reasons if reason.url and not reason.url.startswith("#")}
        answers = {url: browser.get(url, follow=True, **FRAGMENT).status_code for url in links}
        assert {url: status for url, status in answers.items() if status != 200} == {}, name


def test_every_state_leads_on(world):
    """In each state somebody has a next step, and it opens."""
    for state, (name, _expected) in PRIMARY.items():
        page = page_for(world, name, state)
        primary = [offer for offer in page.offers if offer.is_primary]
        assert len(primary) <= 1, state
        possible = [offer for offer in page.offers if offer.is_allowed]
        assert possible, state


@pytest.mark.parametrize(
    ("case", "name", "action"),
    [
        ("queue", "ana", "take-case"),
        ("ready", "ana", "close"),
        ("withdrawn", "sven", "reopen"),
        ("merged", "sven", "unmerge"),
        ("voided", "sven", "unvoid"),
    ],
)
def test_the_primary_action_is_the_next_step(world, case, name, action):
    primary = [offer.action.name for offer in page_for(world, name, case).offers if offer.is_primary]
    assert primary == [action]


def test_who_may_not_is_offered_nothing(world):
    """Auditors note what they find and have it answered; a colleague of the team sees what may be raised."""
    offered = {offer.action.name for offer in page_for(world, "axel", "busy").offers}
    assert offered == {"write-note", "raise-escalation"}
    assert {offer.action.name for offer in page_for(world, "ben", "busy").offers} == {"raise-flag", "raise-escalation"}


def test_the_story_tells_who_what_and_when(world):
    page = page_for(world, "ana", "paid")
    told = [(entry.kind, entry.who) for entry in page.entries]
    assert ("money", "唐岚") in told
    assert ("money", "欧佳") in told
    assert ("message", "安娜") in told
    assert all(entry.title or entry.words for entry in page.entries)
    assert [entry.at for entry in page.entries] == sorted((entry.at for entry in page.entries), reverse=True)


def test_the_story_is_narrowed_by_its_tabs(world):
    browser = signed_in(world.cast.ana)
    url = case_page(world.cases["paid"])
    for tab in browser.get(url).context["page"].tabs:
        narrowed = browser.get(tab.url).context["page"]
        assert len(narrowed.entries) == min(tab.count, 60)
    assert browser.get(f"{url}?kind=nonsense").status_code == 200


def test_what_people_type_is_shown_as_text(world):
    """F5: markup in a note is text, in the story and in the dialogs."""
    nasty = "<script>alert(1)</script><svg/onload=alert(2)>javascript:alert(3)"
    case = world.cases["assessing"]
    write_note(case.pk, by=world.cast.ana, at=AT, words=nasty)
    browser = signed_in(world.cast.ana)
    for url in (case_page(case), dialog(case, "correct-statement")):
        body = browser.get(url).content.decode()
        assert "<script>alert" not in body
        assert "<svg/onload" not in body
    assert "&lt;script&gt;alert(1)" in browser.get(case_page(case)).content.decode()


def test_the_queries_of_a_page_do_not_grow_with_the_story(world):
    """Five entries or fifty and more: the same queries."""
    browser = signed_in(world.cast.ana)
    case = world.cases["busy"]
    browser.get(case_page(case))
    with CaptureQueriesContext(connection) as before:
        short = browser.get(case_page(case)).context["page"]
    for number in range(50):
        write_note(case.pk, by=world.cast.ana, at=AT + timedelta(minutes=number), words=f"备注{number}")
    with CaptureQueriesContext(connection) as after:
        long = browser.get(case_page(case)).context["page"]
    assert len(long.entries) >= len(short.entries) + 40
    assert len(after) == len(before)
    assert len(after) <= QUERIES_OF_A_CASE


@pytest.mark.parametrize("name", ["ana", "sven", "olga"])
def test_no_case_takes_more_queries_for_anybody(world, name):
    browser = signed_in(world.person(name))
    counted = {}
    for case_name, case in world.cases.items():
        with CaptureQueriesContext(connection) as asked:
            if browser.get(case_page(case)).status_code == 200:
                counted[case_name] = len(asked)
    assert len(counted) >= 3
    assert {case_name: number for case_name, number in counted.items() if number > QUERIES_OF_A_CASE} == {}


def test_a_case_about_oneself_does_not_exist(world):
    case = world.cases["about ben"]
    browser = signed_in(world.cast.ben)
    noted = events()
    hidden = browser.get(case_page(case))
    missing = browser.get(case_page(case).replace(f"/{case.pk}/", "/99999999/"))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert text_of(hidden).replace(f"/{case.pk}/", "/99999999/").split("<body")[0] == text_of(missing).split("<body")[0]
    assert events() == noted


@pytest.mark.parametrize("name", ["wen", "olga", "edith", "adam"])
def test_a_row_one_may_not_see_reads_like_one_that_is_not_there(world, name):
    """U33 and rights: the same status and the same words, wherever the case of another team is asked for."""
    browser = signed_in(world.person(name))
    case = world.cases["busy"] if name != "olga" else world.cases["assessing"]
    rows = [case, *paperwork_of(case)]
    for row in rows:
        has_page = name in ("wen", "olga") and row._meta.model_name != "counselengagement"
        for address in (*row_pages(row), *dialogs_on(row)):
            if address.name.endswith("_delete"):
                continue
            hidden = browser.get(address.url, **FRAGMENT)
            missing = browser.get(address.url.replace(f"/{row.pk}/", "/99999999/", 1), **FRAGMENT)
            assert hidden.status_code == missing.status_code, address.url
            assert hidden.status_code in (NOT_THERE if has_page else NOT_THERE_OR_NO_PAGE), address.url
            assert hidden.content == missing.content, address.url


def test_filters_of_the_timeline_keep_the_list_one_came_from(ana, world):
    """Else the next and the previous case are gone after a look at the calls."""
    text = text_of(ana.get(case_page(world.cases["busy"]) + "?from=queue%3Dmine"))
    tabs = re.findall(r'"[^"]*\?kind=[^"]*"', text)
    assert tabs
    assert [tab for tab in tabs if "&from=queue%3Dmine" not in tab] == []
