"""The form of a grant: whose word it takes and what is left while one types, like cases, a known payee, one step."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casemgmt.privacy.models import AccessEvent
from complaints.models import CompensationGrant
from complaints.states import GrantState
from tests.admin.looking import dialog, send, signed_in, text_of
from tests.admin.world import NOW, somebody
from tests.building import a_negotiating_case
from tests.money import PAYEE, REQUEST, a_cash_draft, an_approved_grant

pytestmark = pytest.mark.django_db
QUERIES_OF_THE_OUTLOOK = 40


@pytest.fixture
def case(world):
    """Of a customer to whom nothing was given, with the order of 689 yuan."""
    return a_negotiating_case(world.cast, **somebody())


def outlook(browser, case, **typed):
    return browser.get(reverse("admin:complaints_complaint_outlook", args=[case.pk]), typed)


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("", "Type an amount"),
        ("abc", "Type an amount"),
        ("0", "Type an amount"),
        ("50", "Within your own authority"),
        ("50.01", "One supervisor decides: "),
        ("500", "One supervisor decides: "),
        ("500.01", "Two different supervisors decide: two of "),
        ("5000.01", "Nobody may grant this."),
        ("９９．５元", "One supervisor decides: "),
    ],
)
def test_the_route_is_told_by_the_rule_that_takes_it(ana, case, amount, says):
    answer = outlook(ana, case, amount=amount, kind="coupon", legal_reference="consumer-law-55")
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert "no-store" in answer["Cache-Control"]


def test_what_was_given_to_the_customer_counts_in_the_bars(world, ana):
    """Two cases of one order count together."""
    facts = somebody()
    case = a_negotiating_case(world.cast, **facts)
    an_approved_grant(world.cast, a_negotiating_case(world.cast, **facts), "120.00", at=NOW)
    said = text_of(outlook(ana, case, amount="40"))
    assert "¥160.00 / ¥200.00" in said
    assert "¥40.00 left" in said
    assert "Within your own authority" in said


def test_what_makes_no_sense_is_refused_and_nobody_else_may_ask(world, ana, case):
    assert outlook(ana, case, amount="10", state="closed").status_code == 400
    assert outlook(ana, case, amount="1" * 61).status_code == 400
    assert outlook(ana, case, amount="10", grant="x" * 9).status_code == 200
    assert outlook(ana, case, amount="\x00").status_code == 200
    url = reverse("admin:complaints_complaint_outlook", args=[case.pk])
    assert ana.post(url).status_code == 405
    noted = AccessEvent.objects.count()
    assert signed_in(world.cast.axel).get(url).status_code == 403
    assert AccessEvent.objects.count() == noted + 1
    assert signed_in(world.cast.wen).get(url).status_code == 404


def test_the_outlook_is_cheap(ana, case):
    outlook(ana, case, amount="50")
    with CaptureQueriesContext(connection) as queries:
        outlook(ana, case, amount="300", kind="red_packet")
    assert len(queries) <= QUERIES_OF_THE_OUTLOOK, len(queries)


def test_the_dialog_tells_it_before_and_after_a_refusal(ana, case):
    url = dialog(case, "draft-grant")
    said = text_of(ana.get(url))
    assert "Type an amount" in said
    assert "What each kind needs" in said
    assert "1 · Virtual, offered first" in said
    answer = send(ana, url, **REQUEST | {"amount": "300", "basis": ""})
    assert answer.status_code == 422
    assert "One supervisor decides" in text_of(answer)


def test_drafted_with_a_known_payee_and_handed_in_is_one_step(world, ana, case):
    earlier = a_cash_draft(world.cast, case, "20")
    fields = {
        **REQUEST,
        "kind": "red_packet",
        "amount": "300.00",
        "order_of_offers": "客户明确不要优惠券。",
        "payee_id": str(earlier.payee_id),
        "hand_in": "on",
    }
    form = text_of(ana.get(dialog(case, "draft-grant")))
    assert PAYEE["account"] not in form, "accounts are masked"
    assert send(ana, dialog(case, "draft-grant"), **fields).status_code == 204
    grant = CompensationGrant.objects.latest("pk")
    assert (grant.state, grant.payee_id, grant.approvals_needed) == (
        GrantState.AWAITING_APPROVAL,
        earlier.payee_id,
        1,
    )


def test_handed_in_at_once_or_not_at_all(world, ana, case):
    before = CompensationGrant.objects.count()
    answer = send(ana, dialog(case, "draft-grant"), **REQUEST | {"kind": "red_packet", "amount": "300"}, hand_in="on",
                  order_of_offers="不要券")  # fmt: skip
    assert answer.status_code == 422
    assert [reason.code for reason in answer.context["form"].reasons] == ["grant.payee_missing"]
    assert CompensationGrant.objects.count() == before


def test_a_payee_of_somebody_else_is_no_payee_here(world, ana, case):
    other = a_negotiating_case(world.cast, **somebody())
    theirs = a_cash_draft(world.cast, other, "20").payee_id
    answer = send(ana, dialog(case, "draft-grant"), **REQUEST, payee_id=str(theirs))
    assert answer.status_code == 422
    assert "payee_id" in answer.context["form"].errors


def test_like_cases_are_told_in_numbers_and_those_one_may_open_as_links(world, ana, case):
    for amount in ("10", "20", "30", "40", "110"):
        an_approved_grant(world.cast, a_negotiating_case(world.cast, **somebody()), amount, kind="red_packet")
    answer = outlook(ana, case, amount="50")
    said = text_of(answer)
    assert "like cases in a year" in said
    assert "half of them up to" in said
    assert "/admin/complaints/complaint/" in answer.content.decode()
