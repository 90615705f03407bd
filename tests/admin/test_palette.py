"""The palette finds what its viewer may see and nothing else, in few queries, and keeps no typed text anywhere."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casemgmt.adminkit.audited import LONGEST_SEARCH
from casemgmt.adminkit.models import SavedFilter
from complaints.models import Complaint
from tests.admin.counting import kept
from tests.admin.looking import case_page, signed_in
from tests.admin.world import NOW

pytestmark = pytest.mark.django_db
FIND = "/admin/find/"
QUERIES = 8


def lines(browser, text: str) -> dict[str, list[dict]]:
    answer = browser.post(FIND, {"q": text})
    assert answer.status_code == 200
    return {group["title"]: group["rows"] for group in answer.json()["groups"]}


def addresses(browser, text: str) -> set[str]:
    return {row["url"] for row in lines(browser, text).get("Cases", [])}


@pytest.fixture
def case(world):
    return Complaint.objects.select_related("order", "customer").get(pk=world.cases["investigating"].pk)


def phone_of(case) -> str:
    return f"13800{136000 + int(case.order.number.removeprefix('33917'))}"


def texts_for(case) -> list[str]:
    return [case.case_number, case.order.number, case.order.waybill_number, phone_of(case), phone_of(case)[-4:]]


def test_a_case_is_found_by_its_keys(ana, case):
    for text in texts_for(case):
        assert addresses(ana, text) == {case_page(case)}, text


def test_words_find_the_newest(ana, world):
    assert case_page(world.cases["queue"]) in addresses(ana, "领口")


@pytest.mark.parametrize("name", ["wen", "edith", "adam"])
def test_other_teams_and_people_without_cases_find_none(world, case, name):
    browser = signed_in(world.person(name))
    for text in [*texts_for(case), "领口", "羊毛"]:
        found = lines(browser, text)
        assert found.get("Cases", []) == []
        assert found.get("Customers", []) == []


def test_whom_a_case_is_about_does_not_find_it_and_the_auditor_does(world):
    about = Complaint.objects.select_related("order").get(pk=world.cases["about ben"].pk)
    for text in texts_for(about):
        assert case_page(about) not in addresses(signed_in(world.cast.ben), text)
        assert case_page(about) in addresses(signed_in(world.cast.axel), text)


def test_a_customer_is_named_masked_and_leads_to_their_cases(ana, case):
    customer = lines(ana, phone_of(case))["Customers"][0]
    told = {title: rows for title, rows in lines(ana, phone_of(case)).items() if title != "Search"}
    assert phone_of(case) not in str(told)
    assert "欧阳晓" not in str(told)
    listed = ana.get(customer["url"])
    assert {row.pk for row in listed.context["cl"].result_list} == {case.pk}


def test_a_slip_in_a_number_is_mended_only_among_what_one_may_see(world, ana, case):
    wrong = f"{case.case_number[:-1]}{(int(case.case_number[-1]) + 1) % 10}"
    assert f"Did you mean {case.case_number}?" in [row["label"] for row in lines(ana, wrong)["Search"]]
    assert not any(case.case_number in str(row) for row in lines(signed_in(world.cast.wen), wrong).get("Search", []))


BEGINS = {
    "ana": {"Register a complaint"},
    "sven": {"Register a complaint", "Import a file"},
    "olga": set(),
    "axel": set(),
    "edith": set(),
}


@pytest.mark.parametrize("name", BEGINS)
def test_what_can_be_begun_fits_the_role_and_every_way_is_open(world, name):
    browser = signed_in(world.person(name))
    standing = lines(browser, "")
    assert {row["label"] for row in standing.get("Actions", [])} == BEGINS[name]
    assert ("Queues" in standing) == (name != "edith")
    for rows in standing.values():
        for row in rows:
            assert browser.get(row["url"]).status_code == 200, row


def test_saved_filters_of_oneself_and_of_the_team_are_offered(world, ana):
    def saved(person, name, team=None):
        SavedFilter.objects.create(
            person=person, list_label="complaints.complaint", name=name, query="queue=overdue", team=team, at=NOW
        )

    saved(world.cast.ana, "我的急件")
    saved(world.cast.sven, "全组急件", world.cast.team)
    saved(world.cast.ben, "别人的")
    saved(world.cast.wen, "二组的", world.cast.other_team)
    assert [row["label"] for row in lines(ana, "")["Saved filters"]] == ["全组急件", "我的急件"]
    assert "Saved filters" not in lines(signed_in(world.edith), "")


def test_help_is_offered(ana):
    assert "All help" in [row["label"] for row in lines(ana, "")["Help"]]


def test_entries_are_found_by_their_names_in_the_other_language(ana):
    assert "登记投诉" in lines(ana, "")["Actions"][0]["also"]


@pytest.mark.parametrize("text", ["", "33917", "13800136001", "领口", "没有这样的词", "TS20261012-0003-1"])
def test_few_queries_whatever_is_typed(ana, text):
    ana.post(FIND, {"q": text})
    with CaptureQueriesContext(connection) as captured:
        ana.post(FIND, {"q": text})
    assert len(captured) <= QUERIES, [query["sql"][:90] for query in captured]


def test_nothing_is_written_and_no_log_keeps_the_text(ana, case, caplog):
    caplog.set_level(logging.DEBUG)
    before = kept()
    answer = ana.post(FIND, {"q": phone_of(case)})
    assert kept() == before
    assert "no-store" in answer["Cache-Control"]
    assert phone_of(case) not in " ".join(
        record.getMessage() for record in caplog.records if record.name != "django.db"
    )


@pytest.mark.parametrize("text", ["x" * (LONGEST_SEARCH + 1), "a\x00b"])
def test_texts_that_are_no_search_are_refused(ana, text):
    assert ana.post(FIND, {"q": text}).status_code == 400


def test_only_by_post_and_only_signed_in(ana):
    assert ana.get(FIND).status_code == 405
    assert Client().post(FIND, {"q": "x"}).status_code == 302
    assert Client(enforce_csrf_checks=True).post(FIND, {"q": "x"}).status_code in (302, 403)
    assert reverse("desk:find") == FIND
