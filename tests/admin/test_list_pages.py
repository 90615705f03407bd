"""Leafing by place: no counting, no skipping, a page that stays the same page, and neighbours in the same order."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casemgmt.adminkit.choosing_columns import PAGE_SIZES
from casemgmt.adminkit.keyset import AFTER, Order, leaf_of, place_of, read, written
from casemgmt.adminkit.models import ListLook
from complaints.models import Complaint
from tests.admin.looking import signed_in
from tests.admin.world import somebody
from tests.building import a_registered_case

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"
ORDER = Order("next_due_at", is_nullable=True)


def in_order():
    return list(Complaint.objects.order_by(*ORDER.expressions))


def keys(rows):
    return [row.pk for row in rows]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_forward_and_back_show_every_row_once_in_order(world, size):
    """Rows with a deadline come first, those without last, across the border in both directions."""
    rows, everything = Complaint.objects.all(), in_order()
    assert {case.next_due_at is None for case in everything} == {True, False}
    leaf = leaf_of(rows, ORDER, after=None, before=None, size=size)
    found, leaves = keys(leaf.rows), [leaf]
    while leaf.has_after:
        leaf = leaf_of(rows, ORDER, after=place_of(leaf.rows[-1], ORDER), before=None, size=size)
        leaves.append(leaf)
        found += keys(leaf.rows)
    assert found == keys(everything)
    for earlier, later in zip(leaves[-2::-1], leaves[:0:-1], strict=True):
        back = leaf_of(rows, ORDER, after=None, before=place_of(later.rows[0], ORDER), size=size)
        assert keys(back.rows) == keys(earlier.rows)


def test_a_page_stays_while_rows_before_it_go(world):
    first = leaf_of(Complaint.objects.all(), ORDER, after=None, before=None, size=3)
    place = place_of(first.rows[-1], ORDER)
    second = leaf_of(Complaint.objects.all(), ORDER, after=place, before=None, size=3)
    rest = Complaint.objects.exclude(pk__in=keys(first.rows))
    assert keys(leaf_of(rest, ORDER, after=place, before=None, size=3).rows) == keys(second.rows)


def test_a_place_in_an_address_reads_back_exactly(world):
    for case in in_order():
        place = place_of(case, ORDER)
        assert read(written(place), Complaint, ORDER) == place


def test_the_list_leafs_by_its_links_and_counts_no_table(world, sven):
    ListLook.objects.create(person=world.cast.sven, list_label="complaints.complaint", page_size=PAGE_SIZES[0])
    for _number in range(PAGE_SIZES[0]):
        a_registered_case(world.cast, **somebody())
    with CaptureQueriesContext(connection) as captured:
        first = sven.get(CASES, {"queue": "all"}).context["cl"]
    assert len(first.result_list) == PAGE_SIZES[0]
    assert first.first_url == first.back_url == ""
    statements = [query["sql"] for query in captured.captured_queries]
    assert not any("OFFSET" in sql for sql in statements)
    for counted in re.finditer(r"COUNT\(\*\) FROM \((.*?)\) \"?(?:queue_\d+|subquery)", " ".join(statements), re.S):
        assert "LIMIT" in counted[1]
    second = sven.get(CASES + first.forward_url).context["cl"]
    assert not set(keys(first.result_list)) & set(keys(second.result_list))
    assert keys(sven.get(CASES + second.back_url).context["cl"].result_list) == keys(first.result_list)


@pytest.mark.parametrize("place", ["x", "e30", "W10", "WzEsMl0", "W251bGwsICJ4Il0", "a" * 3000, "WyJ4IiwgMV0", "%00"])
def test_a_place_that_no_page_wrote_opens_the_first_page_and_says_so(ana, place):
    answer = ana.get(f"{CASES}?queue=all&{AFTER}={place}", follow=True)
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert keys(answer.context["cl"].result_list) == keys(ana.get(f"{CASES}?queue=all").context["cl"].result_list)


def origin_of(url):
    return parse_qs(urlparse(url).query)["from"][0]


def test_a_case_leads_to_its_neighbours_in_the_list_it_was_opened_from(sven):
    rows = sven.get(CASES, {"queue": "team"}).context["cl"].result_list
    before, case, after = rows[0], rows[1], rows[2]
    page = sven.get(case.open_url).context["page"]
    assert urlparse(page.back).path == reverse("admin:complaints_complaint_change", args=[before.pk])
    assert urlparse(page.forward).path == reverse("admin:complaints_complaint_change", args=[after.pk])
    assert origin_of(page.forward) == origin_of(case.open_url) == "queue=team"
    assert page.position_url == f"{CASES}?queue=team"
    assert sven.get(before.open_url).context["page"].back == ""


@pytest.mark.parametrize(
    "origin", ["queue=nonsense", "handler__password=x", "state=x", "q=a%00b", "x" * 5000, "&&&", "%ff"]
)
def test_an_origin_that_makes_no_sense_is_left_out(ana, world, origin):
    url = reverse("admin:complaints_complaint_change", args=[world.cases["busy"].pk])
    answer = ana.get(url, {"from": origin})
    assert answer.status_code == 200
    if origin not in ("&&&", "%ff"):
        assert (answer.context["page"].back, answer.context["page"].forward) == ("", "")


def test_neighbours_are_cases_that_the_viewer_sees(world):
    """Wen is of another team: whatever list an address names, it leads her nowhere."""
    browser = signed_in(world.cast.wen)
    url = reverse("admin:complaints_complaint_change", args=[world.cases["busy"].pk])
    assert browser.get(url, {"from": "queue=all"}).status_code == 404
