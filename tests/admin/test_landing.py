"""The landing page: what do I do now, for each role, in few queries, and nothing about the viewer themselves."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casemgmt.people.models import Substitution
from complaints.actions.subjecting import name_subject
from complaints.models import Complaint
from tests.admin.looking import case_page, dialog, signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT
from tests.money import a_request
from tests.two_people import DECISIONS as TWO_PEOPLE

pytestmark = pytest.mark.django_db
DESK = "/admin/"
INBOX = "/admin/approvals/"
QUERIES_OF_THE_LANDING = 20


def page_of(browser):
    """The landing as the browser gets it, and the values it was drawn from."""
    answer = browser.get(DESK)
    assert answer.status_code == 200
    return answer.context["page"], text_of(answer)


def piles(page) -> dict:
    return {str(pile.title): pile for pile in page.piles}


def test_a_handler_sees_one_thing_first_and_each_pile_with_its_next_deed(ana, world):
    page, text = page_of(ana)
    assert "Do this first" in text
    found = piles(page)
    assert {"Overdue", "Calls due now", "Returned to me", "Unassigned"} <= set(found)
    first = found["Overdue"].rows[0]
    assert page.deed.title == first.title
    assert page.deed.primary.url == first.deed.url
    assert text.count("cm-primary") == 1
    call = found["Calls due now"].rows[0]
    assert call.deed.url.endswith("/call/")
    assert str(call.deed.label) == "Call now"
    assert all("/do/take-case/" in row.deed.url for row in found["Unassigned"].rows)
    for pile in page.piles:
        for row in pile.rows:
            assert ana.get(row.deed.url).status_code == 200, row.deed.url
            assert ana.get(row.url).status_code == 200
        assert ana.get(pile.all_of_them.url).status_code == 200
    for count in page.counts:
        assert ana.get(count.url).status_code == 200, count.url


def test_the_deed_follows_the_clock_that_runs_out_first_and_then_the_state(ana, world):
    rows = {row.url: row for pile in page_of(ana)[0].piles for row in pile.rows}
    unanswered = case_page(world.cases["assessing"])
    if unanswered in rows:
        assert rows[unanswered].deed.url == dialog(world.cases["assessing"], "write-message") + "?back=desk"


def test_the_calling_window_says_whether_it_is_open(ana, monkeypatch):
    page, text = page_of(ana)
    assert page.strips[0].is_open
    assert "Open now" in text
    assert 0 <= page.strips[0].now_percent <= 100


def test_a_supervisor_sees_decisions_and_who_has_what(sven, world):
    page, text = page_of(sven)
    found = piles(page)
    assert "Money to approve" in found
    assert found["Money to approve"].rows[0].amount.startswith("¥")
    assert "Refusals to decide" in found
    row = next(row for row in page.load.rows if row.label == world.cast.ana.name)
    handled = Complaint.objects.open().filter(handler=world.cast.ana, team=world.cast.team)
    assert row.total == handled.not_about(world.cast.sven).count()
    assert row.late == handled.overdue(NOW).not_about(world.cast.sven).count() > 0
    assert page.load.total == sum(page.load.column_totals)
    assert re.search(r'role="img" aria-label="\d+ (late|due today|due later|paused)', text)
    assert "What other departments owe" in text
    assert "What I may still approve today" in text
    assert row.clock.due_at == handled.order_by("next_due_at").exclude(next_due_at=None).first().next_due_at
    for line in page.load.rows:
        assert sven.get(line.url).status_code == 200, line.url
    for url in {row.deed.url for pile in page.piles for row in pile.rows}:
        assert sven.get(url).status_code == 200, url


@pytest.mark.parametrize(
    "kind", ["words", "public answer", "lifting of a hold", "plan of an incident", "public announcement"]
)
def test_the_badge_of_the_desk_counts_what_the_inbox_counts(world, kind):
    """The sidebar says the same number on the desk as beside the inbox, for kinds without a pile of their own too."""
    browser = signed_in(world.cast.tara)

    def badge(url):
        groups = browser.get(url).context["sidebar_navigation"]
        (place,) = [item for group in groups for item in group["items"] if item["title"] == "Approvals"]
        return place["badge"]

    before = int(badge(DESK) or 0)
    TWO_PEOPLE[kind].ask(world)
    assert badge(DESK) == badge(INBOX) == str(before + 1)
    page, text = page_of(browser)
    others = next(count for count in page.counts if str(count.label) == "Other decisions")
    assert (others.number, others.url) == ("1", INBOX)
    assert "Everything for today is done" not in text


def test_who_is_away_is_told_with_who_stands_in(sven, world):
    cast = world.cast
    today = NOW.date()
    Substitution.objects.create(person=cast.ben, stands_in_for=cast.ana, starts_on=today, ends_on=today)
    _page, text = page_of(sven)
    assert f"away, {cast.ben.name} stands in" in text


def test_operations_see_money_and_the_auditor_what_was_refused(world):
    page, _text = page_of(signed_in(world.cast.olga))
    assert {"Payments overdue", "Payments that came back"} <= set(piles(page))
    assert "/do/retry-grant/" in page.deed.primary.url
    auditor = signed_in(world.cast.axel)
    page, text = page_of(auditor)
    assert page.deed is None
    assert "cm-primary" not in text
    assert {"Refused cases", "Voided, or brought back"} <= set(piles(page))
    labels = [str(count.label) for count in page.counts]
    assert "Rights refused in 30 days" in labels
    assert "Exports in 30 days" in labels
    for count in page.counts:
        assert auditor.get(count.url).status_code == 200, count.url


def test_what_was_overridden_has_a_page_for_auditors_alone(world):
    url = reverse("desk:oversight")
    auditor = signed_in(world.cast.axel)
    for kind in ("refused", "breaches", "above", "reopened", "voided"):
        assert auditor.get(url, {"kind": kind}).status_code == 200
    assert auditor.get(url, {"kind": "x"}).status_code == 400
    assert auditor.get(url, {"other": "1"}).status_code == 400
    for person in (world.cast.ana, world.cast.sven, world.cast.olga, world.edith, world.adam):
        assert signed_in(person).get(url).status_code == 403


def test_nobody_meets_a_complaint_about_themselves_not_even_in_a_count(world):
    """A case about sven: neither in a pile nor in a number nor as a square."""
    cast = world.cast
    browser = signed_in(cast.sven)
    before = page_of(browser)[0]
    case = an_assessing_case(cast, content="主管沈文在电话里骂人。", **somebody())
    a_request(cast, case, "210.00")
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.sven.pk)
    after, text = page_of(browser)
    assert "骂人" not in text
    assert case.case_number not in text
    assert [count.number for count in after.counts] == [count.number for count in before.counts]
    assert (after.load.total, after.load.late) == (before.load.total, before.load.late)
    assert "骂人" in text_of(signed_in(cast.tara).get(reverse("desk:approvals")))


def test_the_landing_takes_few_queries_however_many_cases(world):
    cast = world.cast
    browsers = {name: signed_in(world.person(name)) for name in ("ana", "sven", "olga", "axel", "edith", "adam")}

    def queries() -> dict:
        found = {}
        for name, browser in browsers.items():
            browser.get(DESK)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                browser.get(DESK)
            found[name] = len(queries)
        return found

    few = queries()
    for _number in range(8):
        a_registered_case(cast, **somebody())
        case = an_assessing_case(cast, **somebody())
        a_request(cast, case, "205.00")
    many = queries()
    assert few == many
    assert {name: number for name, number in many.items() if number > QUERIES_OF_THE_LANDING} == {}
