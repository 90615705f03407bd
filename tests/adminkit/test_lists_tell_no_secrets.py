"""Addresses of lists: only what is listed, only what makes sense, and never a wrong list or a 500."""

import pytest

from casemgmt.adminkit.counting import counts_of, in_short
from casemgmt.adminkit.paging import COUNTED_AT_MOST, UncountedPaginator
from tests.ledger.probe.models import Probe, Tag

pytestmark = pytest.mark.django_db
TAGS = "/admin/probe/tag/"
PROBES = "/admin/probe/probe/"


@pytest.mark.parametrize(
    "query",
    [
        "main_probes__name__startswith=a",
        "name__regex=.",
        "name__startswith=r",
        "main_probes__scratch=x",
        "history__history_actor=x",
        "_to_field=name",
        "_popup=1&_to_field=id",
        "nonsense=1",
    ],
)
def test_a_lookup_that_is_not_listed_is_not_available(client, reader, tag, query):
    answer = client.get(f"{TAGS}?{query}")
    assert answer.status_code == 400
    assert "This filter is not available." in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["main_probes__amount=abc", "main_probes__amount=", "name__isnull=maybe", "queue=unknown"],
)
def test_a_value_that_makes_no_sense_says_so(client, reader, tag, query):
    answer = client.get(f"{PROBES if 'queue' in query else TAGS}?{query}")
    assert answer.status_code == 400
    assert "not valid" in answer.content.decode()


def test_a_listed_lookup_works(client, reader, tag):
    Probe.objects.create(name="beta", tag=tag, amount=7)
    assert client.get(f"{TAGS}?main_probes__amount=7").status_code == 200


@pytest.mark.parametrize("length", [200, 201, 100_000])
def test_the_search_text_has_an_end(client, reader, tag, length):
    answer = client.get(f"{TAGS}?q={'x' * length}")
    assert answer.status_code == (200 if length <= 200 else 400)
    assert ("search text is too long" in answer.content.decode()) is (length > 200)


@pytest.mark.parametrize("query", ["q=a%00b", "name=%00", "o=%00"])
def test_null_characters_are_refused(client, reader, tag, query):
    assert client.get(f"{TAGS}?{query}").status_code == 400


@pytest.mark.parametrize("query", ["o=999", "o=-1.-2.x", "o=" + "1." * 2000, "p=abc", "p=99999999999999999999", "p=-5"])
def test_order_and_page_fall_back(client, reader, tag, query):
    assert client.get(f"{TAGS}?{query}").status_code == 200


def test_a_popup_shows_no_more_than_the_list(client, reader):
    Probe.objects.create(name="secret")
    assert "secret" not in client.get(f"{PROBES}?_popup=1").content.decode()


def test_the_list_never_writes(client, reader, tag, django_assert_num_queries):
    with django_assert_num_queries(7) as queries:
        client.get(TAGS)
    assert all(query["sql"].lstrip("( ").startswith("SELECT") for query in queries.captured_queries)


def test_nothing_is_deleted_anywhere(client, editor, tag):
    for answer in (client.get(f"{TAGS}{tag.pk}/delete/"), client.post(f"{TAGS}{tag.pk}/delete/", {"post": "yes"})):
        assert answer.status_code == 403
    client.post(TAGS, {"action": "delete_selected", "_selected_action": [tag.pk], "post": "yes"})
    assert Tag.objects.filter(pk=tag.pk).exists()
    assert "delete" not in client.get(f"{TAGS}{tag.pk}/change/").content.decode().partition('id="content"')[2].lower()


def test_queues_are_tabs_with_counts_and_the_first_is_the_default(client, reader):
    Probe.objects.create(name="alpha")
    Probe.objects.create(name="beta")
    page = client.get(PROBES)
    tabs = page.context["queue_tabs"]
    assert [(str(tab.label), tab.count, tab.is_active, tab.is_late) for tab in tabs] == [
        ("我的", "2", True, False),
        ("已超时", "1", False, True),
        ("没有", "0", False, False),
        ("已结案", None, False, False),
    ]
    narrowed = client.get(f"{PROBES}?queue=named-a").content.decode()
    assert "alpha" in narrowed
    assert ">beta<" not in narrowed


def test_a_filter_that_is_on_is_a_chip_that_can_be_removed(client, reader):
    Probe.objects.create(name="alpha", amount=3)
    page = client.get(f"{PROBES}?queue=all&amount=3").content.decode()
    assert 'class="cm-chip" href="?queue=all"' in page


def test_counts_stop_where_nobody_reads_on(db, django_assert_num_queries):
    Tag.objects.bulk_create([Tag(name=f"t{n}") for n in range(7)])
    with django_assert_num_queries(1):
        counts = counts_of({"all": Tag.objects.all(), "none": Tag.objects.none()}, at_most=4)
    assert counts == {"all": 5, "none": 0}
    assert (in_short(5, 4), in_short(4, 4)) == ("4+", "4")


def test_the_paginator_counts_no_further_than_it_must(db):
    Tag.objects.bulk_create([Tag(name=f"t{n}") for n in range(COUNTED_AT_MOST + 10)])
    pages = UncountedPaginator(Tag.objects.order_by("pk"), 50)
    assert pages.count == COUNTED_AT_MOST + 1
    assert pages.has_more
    assert len(pages.page(1)) == 50
    assert pages.page(9_999).number == pages.num_pages
