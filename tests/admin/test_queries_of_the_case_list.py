"""The list of cases asks the database twelve times at most, however it is narrowed and wherever it is opened."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from casemgmt.adminkit.choosing_columns import PAGE_SIZES
from casemgmt.adminkit.keyset import AFTER, Order, place_of, written
from casemgmt.adminkit.models import ListLook, SavedFilter
from complaints.admin.queues import queues_of
from complaints.models import Complaint
from tests.admin.looking import signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"
AT_MOST = 12
ORDER = Order("next_due_at", is_nullable=True)
VIEWERS = ("ana", "sven", "olga", "axel")


def case_of(world):
    return Complaint.objects.select_related("order").get(pk=world.cases["investigating"].pk)


def phone_of(world):
    return f"13800{136000 + int(case_of(world).order.number.removeprefix('33917'))}"


def place(world, number):
    return written(place_of(Complaint.objects.order_by(*ORDER.expressions)[number], ORDER))


VARIANTS = {
    "as it opens": lambda world: {},
    "first page": lambda world: {"queue": "all"},
    "filters": lambda world: {"queue": "all", "state": ["investigating", "assessing"], "severity": "critical"},
    "days": lambda world: {"queue": "all", "received_from": "2026-01-01", "received_to": "2026-12-31"},
    "number": lambda world: {"queue": "all", "q": case_of(world).case_number},
    "number of a closed case": lambda world: {"queue": "overdue", "q": world.cases["closed"].case_number},
    "end of a number": lambda world: {"queue": "all", "q": case_of(world).case_number[11:]},
    "part of a number": lambda world: {"queue": "all", "q": "TS20261012"},
    "wrong check digit": lambda world: {"queue": "all", "q": "TS20261012-9999-3"},
    "order": lambda world: {"queue": "all", "q": case_of(world).order.number},
    "waybill": lambda world: {"queue": "all", "q": case_of(world).order.waybill_number},
    "phone": lambda world: {"queue": "all", "q": phone_of(world)},
    "phone in a queue": lambda world: {"queue": "closed", "q": phone_of(world)},
    "phone of nobody": lambda world: {"queue": "closed", "q": "13999999999"},
    "four digits": lambda world: {"queue": "all", "q": phone_of(world)[-4:]},
    "words": lambda world: {"queue": "all", "q": "领口有一大块污渍"},
    "words of goods": lambda world: {"queue": "all", "q": "羊毛混纺"},
    "words in quotation marks": lambda world: {"queue": "all", "q": "“领口”"},
    "words that nobody wrote": lambda world: {"queue": "closed", "q": "没有人写过"},
    "deep": lambda world: {"queue": "all", AFTER: place(world, 2)},
    "deep and searched": lambda world: {"queue": "all", "q": "羊毛", AFTER: place(world, 2)},
}


def queries_of(browser, parameters) -> int:
    """How many statements the page takes that is shown already: the first one finds nothing remembered."""
    url = f"{CASES}?{urlencode(parameters, doseq=True)}"
    browser.get(url)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(url)
    assert answer.status_code == 200, (parameters, answer.status_code)
    return len(captured)


@pytest.mark.parametrize("name", VIEWERS)
def test_however_the_list_is_narrowed_it_takes_twelve_queries_at_most(world, name):
    browser = signed_in(world.person(name))
    taken = {variant: queries_of(browser, asked(world)) for variant, asked in VARIANTS.items() if _fits(variant, name)}
    assert {variant: count for variant, count in taken.items() if count > AT_MOST} == {}


def _fits(variant, name):
    """Operations have no queue of what is late."""
    return name != "olga" or variant != "number of a closed case"


@pytest.mark.parametrize("name", VIEWERS)
def test_each_queue_takes_twelve_queries_at_most(world, name):
    person = world.person(name)
    browser = signed_in(person)
    taken = {queue.name: queries_of(browser, {"queue": queue.name}) for queue in queues_of(person)}
    assert {queue: count for queue, count in taken.items() if count > AT_MOST} == {}


def test_pages_of_a_long_list_take_twelve_queries_at_most(world, sven):
    """With more rows than fit on a page, among cases with a deadline, across the border, and beyond the last row."""
    for _number in range(PAGE_SIZES[0]):
        a_registered_case(world.cast, **somebody())
    ListLook.objects.create(person=world.cast.sven, list_label="complaints.complaint", page_size=PAGE_SIZES[0])
    count = Complaint.objects.count()
    assert count > PAGE_SIZES[0]
    for words in ({}, {"q": "羊毛"}):
        for number in (0, PAGE_SIZES[0], count - 3, count - 1):
            asked = {"queue": "all", AFTER: place(world, number), **words}
            assert queries_of(sven, asked) <= AT_MOST, asked


def test_a_saved_filter_takes_twelve_queries_at_most(world, sven):
    query = "queue=all&state=investigating"
    SavedFilter.objects.create(
        person=world.cast.sven, list_label="complaints.complaint", name="在查的", query=query, at=NOW
    )
    assert "在查的" in text_of(sven.get(f"{CASES}?{query}"))
    assert queries_of(sven, {"queue": "all", "state": "investigating"}) <= AT_MOST


def test_who_signed_in_is_known_with_team_and_groups_in_one_query(world, sven):
    with CaptureQueriesContext(connection) as captured:
        sven.get(CASES)
    asked = [query["sql"] for query in captured if "people_person_groups" in query["sql"]]
    assert len([sql for sql in asked if "auth_permission" not in sql]) == 1
