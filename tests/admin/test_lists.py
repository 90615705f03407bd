"""Lists to work from: queues, searches, filters that tell nothing, addresses that make no sense, and few queries."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.models import Complaint
from tests.admin.counting import kept
from tests.admin.looking import signed_in, text_of
from tests.admin.world import somebody
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"
QUERIES_OF_CASES, QUERIES_OF_A_LIST = 12, 11
"""The list of cases, with its tabs, filters, words, last events and money; and every other list."""


def rows_in(answer) -> set[int]:
    return {row.pk for row in answer.context["cl"].result_list}


@pytest.fixture
def case(world):
    """The case that is looked for: its customer and order are its own."""
    return Complaint.objects.select_related("order", "customer").get(pk=world.cases["investigating"].pk)


@pytest.fixture
def ana(world):
    return signed_in(world.cast.ana)


def number_of(case) -> int:
    """The number that the world gave to this customer."""
    return int(case.order.number.removeprefix("33917"))


SEARCHES = {
    "case number": lambda case: case.case_number,
    "case number without dashes, small": lambda case: case.case_number.replace("-", "").lower(),
    "case number in full width with spaces": lambda case: f" {case.case_number} ".translate(
        {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
    ),
    "order": lambda case: case.order.number,
    "waybill": lambda case: case.order.waybill_number,
    "phone": lambda case: f"13800{136000 + number_of(case)}",
    "phone as people write it": lambda case: f"+86 138 0013 6{number_of(case):03}",
    "last four digits": lambda case: f"6{number_of(case):03}",
    "name": lambda case: f"欧阳晓{chr(0x4E00 + number_of(case))}",
    "account": lambda case: f"tb_secret_{number_of(case)}",
}


@pytest.mark.parametrize("what", SEARCHES)
def test_a_case_is_found_by_what_people_have_at_hand(ana, case, what):
    answer = ana.get(CASES, {"queue": "all", "q": SEARCHES[what](case)})
    assert answer.status_code == 200
    assert rows_in(answer) == {case.pk}


@pytest.mark.parametrize("text", ["羊毛混纺", "领口有一大块污渍", "TS20261012"])
def test_goods_words_and_parts_of_the_number_find_what_has_them(ana, world, text):
    assert world.cases["assessing"].pk in rows_in(ana.get(CASES, {"queue": "all", "q": text}))


@pytest.mark.parametrize("text", ["1380013", "欧阳", "没有这样的词", "' OR 1=1 --", "%", "_", "\\", "1" * 200])
def test_parts_of_personal_data_find_nothing(ana, text):
    """Q1: who searches by pieces learns nothing about numbers and names."""
    assert rows_in(ana.get(CASES, {"queue": "all", "q": text})) == set()


def test_queues_hold_what_they_say(ana, world):
    cases = world.cases

    def queue(name):
        return rows_in(ana.get(CASES, {"queue": name}))

    assert cases["queue"].pk in queue("unassigned")
    assert cases["registered"].pk in queue("unassigned")
    assert cases["busy"].pk in queue("mine")
    assert cases["closed"].pk not in queue("mine")
    assert cases["refusal_proposed"].pk in queue("approval")
    assert cases["money"].pk in queue("approval")
    assert queue("outside") == {cases["external"].pk}
    assert cases["assessing"].pk in queue("overdue")
    assert {case.pk for case in cases.values()} <= queue("all")


def test_the_first_tab_is_what_opens_and_counts_fit(ana):
    answer = ana.get(CASES)
    tabs = answer.context["queue_tabs"]
    assert [tab.is_active for tab in tabs] == [True] + [False] * (len(tabs) - 1)
    for tab in tabs:
        if tab.count is not None:
            assert str(len(rows_in(ana.get(CASES + tab.url)))) == tab.count, tab.label


@pytest.mark.parametrize(("name", "first"), [("sven", "team"), ("olga", "pay"), ("axel", "all")])
def test_each_role_opens_with_its_own_work(world, name, first):
    answer = signed_in(world.person(name)).get(CASES)
    assert next(tab.url for tab in answer.context["queue_tabs"] if tab.is_active) == f"?queue={first}"


def test_other_teams_and_people_without_cases_see_none(world):
    assert rows_in(signed_in(world.cast.wen).get(CASES, {"queue": "all"})) == set()
    assert signed_in(world.edith).get(CASES).status_code == 403
    assert signed_in(world.adam).get(CASES).status_code == 403


def test_a_list_takes_few_queries_however_long(world):
    browser = signed_in(world.cast.sven)
    urls = [CASES + "?queue=all"] + [
        reverse(f"admin:complaints_{model}_changelist") + "?queue=all"
        for model in ("compensationgrant", "refusalproposal", "followupcall", "escalation", "commitment", "evidence")
    ]

    def queries():
        counts = {}
        for url in urls:
            browser.get(url)
            with CaptureQueriesContext(connection) as captured:
                browser.get(url)
            counts[url] = len(captured)
        return counts

    before = queries()
    for _number in range(4):
        a_registered_case(world.cast, **somebody())
    assert queries() == before
    assert before.pop(urls[0]) <= QUERIES_OF_CASES
    assert max(before.values()) <= QUERIES_OF_A_LIST, before


NONSENSE = {
    "Q1": [
        "customer__name__startswith=a",
        "customer__phone__contains=1",
        "customer__name__regex=.",
        "handler__password=x",
    ],
    "Q3": [
        "state__isnull=maybe",
        "id__in=x",
        "id__range=1",
        "created__gte=foo",
        "state__exact=nonsense&team__id__exact=x",
    ],
    "Q5": ["o=999", "o=-1.-2.x", "o=" + "1." * 10_000],
    "Q7": ["q=" + "x" * 100_000, "q=a%00b", "queue=%00"],
    "Q9": ["_to_field=secret", "_popup=1&_to_field=id", "_popup=1"],
    "Q11": ["_facets=1", "nonsense=1", "queue=nonsense", "p=x", "p=99999999999", "p=-1", "all=1"],
}


@pytest.mark.parametrize(("row", "query"), [(row, query) for row, queries in NONSENSE.items() for query in queries])
def test_addresses_that_make_no_sense_get_a_sentence_and_never_more_rows(ana, world, row, query):
    """Rows Q1 to Q11 of the list of bad inputs."""
    before = kept()
    answer = ana.get(f"{CASES}?{query}")
    assert answer.status_code in ((200, 400) if row in ("Q5", "Q9", "Q11") else (400,))
    if answer.status_code == 200:
        assert rows_in(answer) <= rows_in(ana.get(f"{CASES}?queue=all"))
    else:
        assert 'id="changelist"' not in text_of(answer)
    assert kept() == before


@pytest.mark.parametrize(
    "query", [NONSENSE["Q1"][0], NONSENSE["Q3"][0], "o=x", "q=a%00b", "_to_field=id", "p=x", "_facets=1"]
)
def test_no_list_of_any_room_fails_on_nonsense(world, query):
    """Q1 to Q11 on every registered list."""
    browser = signed_in(world.cast.axel)
    answers = {
        model: browser.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/?{query}").status_code
        for model in admin.site._registry
    }
    assert {model: status for model, status in answers.items() if status not in (200, 400, 403)} == {}


@pytest.mark.parametrize("key", ["abc", "-1", "0", "99999999999999999999999999", "1.5", "%00", "_5F_"])
def test_a_key_that_is_none_is_not_found(ana, world, key):
    """Q13: rows, versions and dialogs."""
    case = world.cases["busy"].pk
    for url in (
        f"{CASES}{key}/change/",
        f"{CASES}{key}/history/",
        f"{CASES}{case}/history/{key}/",
        f"{CASES}{key}/do/write-note/",
        f"{CASES}{case}/why/{key}/",
        f"/admin/complaints/evidence/{key}/file/",
        f"/admin/complaints/compensationgrant/{key}/change/",
        f"/admin/complaints/importbatch/{key}/change/",
        f"/admin/casemgmt/notice/{key}/read/",
    ):
        assert ana.get(url, follow=True).status_code in (404, 403), url


@pytest.mark.parametrize("url", ["/admin/r/1/1/", "/admin/complaints/complaint/1/delete/?next=//evil"])
def test_addresses_of_stock_django_lead_nowhere(ana, url):
    """Q17: what the stock admin brings along leads to no row and to no other house."""
    assert ana.get(url).status_code in (403, 404)


@pytest.mark.parametrize(
    "url", ["/api/", "/api/v1/cases/", "/customer/", "/c/abc/", "/webhook/", "/hooks/mail/", "/mail/"]
)
def test_rooms_that_are_not_built_do_not_exist(ana, client, url):
    """P1 to P13: no API, customer form, webhook or mail-in answers yet."""
    assert client.get(url).status_code == 404
    assert ana.post(url, b"{", content_type="application/json").status_code == 404
