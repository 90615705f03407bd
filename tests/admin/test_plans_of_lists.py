"""The list of cases is read along an index: no queue reads the table, and none puts all its rows in order first."""

import pytest
from django.db import connection

from complaints.models import Complaint, Order
from tests.admin.looking import signed_in
from tests.cast import AT

pytestmark = pytest.mark.django_db
CASES = "/admin/complaints/complaint/"
PAGE = 51


def plan_of(rows) -> str:
    """How the engine reads these rows; PostgreSQL, to which a small table is worth no index, may not sort."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return rows.explain()


def is_read_by_index(plan: str) -> bool:
    """By one of the indexes of lists; PostgreSQL finds rows without a deadline by their key as well."""
    if connection.vendor == "postgresql":
        return "Index" in plan and "Seq Scan on complaints_complaint " not in plan
    return "case_by_" in plan


def sorts(plan: str) -> bool:
    return "TEMP B-TREE FOR ORDER BY" in plan or "Sort" in plan


def pages_of(rows):
    """The keys of a first page, of one further on, and of the rows without a deadline, as the list reads them."""
    dated, undated = rows.filter(next_due_at__isnull=False), rows.filter(next_due_at__isnull=True)
    yield dated.order_by("next_due_at", "-pk").values("pk")[:PAGE]
    yield dated.filter(next_due_at__gte=AT).order_by("next_due_at", "-pk").values("pk")[:PAGE]
    yield undated.order_by("-pk").values("pk")[:PAGE]


QUEUES = [
    *(("axel", queue) for queue in ("all", "closed", "outside")),
    *(("ana", queue) for queue in ("mine", "unassigned", "closed", "outside")),
    *(("sven", queue) for queue in ("team", "mine", "unassigned", "closed")),
]


@pytest.mark.parametrize(("name", "queue"), QUEUES)
def test_a_queue_is_read_along_an_index_in_its_order(world, name, queue):
    rows = signed_in(world.person(name)).get(CASES, {"queue": queue}).context["cl"].queryset
    for page in pages_of(rows.select_related(None)):
        plan = plan_of(page)
        assert is_read_by_index(plan), plan
        assert not sorts(plan), plan


@pytest.mark.parametrize("name", ["axel", "sven", "ana"])
def test_what_is_overdue_is_read_by_index(world, name):
    """Of these SQLite may put the keys in order: they are few, and lie together in any of the indexes."""
    rows = signed_in(world.person(name)).get(CASES, {"queue": "overdue"}).context["cl"].queryset
    assert is_read_by_index(plan_of(next(pages_of(rows.select_related(None)))))


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (Order.objects.filter(waybill_number__in=["SF1"]), "waybill"),
        (Order.objects.filter(number__in=["1"]), "number"),
        (Complaint.objects.filter(case_number="TS20261012-0001-3"), "case_number"),
        (Complaint.objects.filter(case_number__gte="TS20261012", case_number__lt="TS20261013"), "case_number"),
    ],
    ids=["waybill", "order", "number", "part of a number"],
)
def test_what_has_a_key_is_found_by_index(db, rows, index):
    plan = plan_of(rows.values("pk"))
    assert index in plan
    assert "SEARCH" in plan or "Index" in plan
