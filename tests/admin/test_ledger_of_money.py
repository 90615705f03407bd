"""The ledger of compensations: narrowed, added up per case, customer, handler, asker and month; who may read what."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casemgmt.privacy.models import AccessEvent
from complaints.models import CompensationGrant
from tests.admin.looking import signed_in, text_of
from tests.admin.world import somebody
from tests.building import a_negotiating_case
from tests.cast import later
from tests.money import a_draft, an_approved_grant, pay

pytestmark = pytest.mark.django_db

LIST = "/admin/complaints/compensationgrant/"
SUMS = LIST + "sums/"
QUERIES_OF_THE_SUMS = 14


def sums(browser, **query):
    answer = browser.get(SUMS, query)
    assert answer.status_code == 200, answer.content[:300]
    return answer.context


@pytest.fixture
def case(world):
    """150 paid and 60 to pay, of one customer, and a draft."""
    case = a_negotiating_case(world.cast, **somebody())
    pay(an_approved_grant(world.cast, case, "150.00"), world.cast.olga, reference="ZF-LEDGER")
    an_approved_grant(world.cast, case, "60.00", at=later(hours=1))
    a_draft(world.cast, case)
    return case


def test_the_same_rows_add_up_however_they_are_grouped(world, case):
    axel = signed_in(world.cast.axel)
    for by in ("case", "customer", "handler", "asker", "month"):
        found = sums(axel, by=by, customer=case.customer_id)
        assert [(row.count, row.to_pay, row.paid, row.total) for row in found["rows"]] == [
            (3, "¥60.00", "¥150.00", "¥240.00")
        ], by
    assert [(str(label), count, sum) for label, count, sum in found["states"]] == [
        ("drafted", 1, "¥30.00"),
        ("approved, to be paid", 1, "¥60.00"),
        ("paid", 1, "¥150.00"),
    ]


def test_filters_of_the_list_narrow_the_sums(world, case):
    axel = signed_in(world.cast.axel)
    paid = sums(axel, customer=case.customer_id, state="paid")
    assert [row.total for row in paid["rows"]] == ["¥150.00"]
    assert sums(axel, customer=case.customer_id, asked_to="2026-10-11")["rows"] == []
    named = sums(axel, customer=case.customer_id, handler=world.cast.ana.pk, kind="red_packet")
    assert [row.total for row in named["rows"]] == ["¥210.00"]
    assert sums(axel, customer=case.customer_id, handler=world.cast.wen.pk)["rows"] == []
    assert sums(axel, customer=case.customer_id, team=world.cast.team.pk)["rows"]


BAD = (
    {"by": "phone"},
    {"state": "x"},
    {"asked_from": "gestern"},
    {"case__customer__phone": "1"},
    {"split": "no"},
    {"customer": "1 OR 1=1"},
    {"amount_from": "-1"},
    {"queue": "mine"},
)


def test_what_makes_no_sense_is_refused(world):
    axel = signed_in(world.cast.axel)
    for query in BAD:
        assert axel.get(SUMS, query).status_code == 400, query
        assert "by" in query or axel.get(LIST, query).status_code == 400, query


def test_operations_read_payments_supervisors_their_teams_and_staff_nothing(world, ana, sven, case):
    seen = sums(signed_in(world.cast.olga), customer=case.customer_id)
    assert [row.total for row in seen["rows"]] == ["¥210.00"], "a draft is none of theirs"
    assert [row.total for row in sums(sven, customer=case.customer_id)["rows"]] == ["¥240.00"]
    noted = AccessEvent.objects.count()
    assert ana.get(SUMS).status_code == 403
    assert AccessEvent.objects.count() == noted + 1
    assert ana.get(LIST).status_code == 200
    assert "Add this list up" not in text_of(ana.get(LIST))
    assert "Add this list up" in text_of(sven.get(LIST))


def test_a_supervisor_of_another_team_reads_nothing_of_it(world, case):
    tara = world.cast.tara
    tara.team = world.cast.other_team
    tara.save()
    assert sums(signed_in(tara), customer=case.customer_id)["rows"] == []


def test_the_sums_cost_the_same_whatever_their_number(world, case):
    axel = signed_in(world.cast.axel)
    sums(axel, by="customer")
    with CaptureQueriesContext(connection) as few:
        sums(axel, by="customer")
    for amount in ("11", "12", "13"):
        a_draft(world.cast, a_negotiating_case(world.cast, **somebody()), amount=amount)
    with CaptureQueriesContext(connection) as many:
        sums(axel, by="customer")
    assert len(many) <= len(few) <= QUERIES_OF_THE_SUMS


def test_sums_that_look_split_are_a_filter_of_approvers_and_auditors(world, ana, case):
    other = a_negotiating_case(world.cast, **somebody())
    for amount in ("490", "480"):
        an_approved_grant(world.cast, other, amount, legal_reference="consumer-law-55")
    axel = signed_in(world.cast.axel)
    found = axel.get(LIST, {"queue": "all", "split": "yes"})
    keys = {row.pk for row in found.context["cl"].result_list}
    assert keys == set(CompensationGrant.objects.filter(case=other).values_list("pk", flat=True))
    assert ana.get(LIST, {"queue": "all", "split": "yes"}).status_code == 400


def test_the_table_leaves_by_the_rules_of_exports(world, sven, case):
    url = reverse("admin:complaints_compensationgrant_export")
    page = {"file_format": "csv", "columns": ["case_number", "amount"]}
    query = f"?queue=all&customer={case.customer_id}"
    assert sven.post(url + query, page).status_code == 422, "a supervisor says why"
    answer = sven.post(url + query, page | {"words": "月度复核"})
    table = b"".join(answer.streaming_content).decode()
    assert (answer.status_code, "150.00" in table, "60.00" in table, "30.00" in table) == (200, True, True, False)
