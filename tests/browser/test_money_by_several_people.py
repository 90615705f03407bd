"""A grant above a single limit, wholly through the pages: one asks, two agree, a fourth pays, the customer is told."""

import pytest

from complaints.models import CompensationGrant
from complaints.states import GrantState
from complaints.vocabulary import GrantPurpose, ResponsibleParty
from tests.browser.desk import A_RECEIPT, act, assert_chinese, dialog_of, fill, follow, look, open_sheet, page_of
from tests.building import a_negotiating_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

ROUTE = ".cm-outlook-route"


def refused(page, row, action):
    """Opening the dialog is refused, and the page says so."""
    return page.goto(dialog_of(row, action)).status == 403


def agrees(page, grant):
    """From the inbox, and back to it."""
    look(page, "/admin/approvals/")
    open_sheet(page, f"li#grant-{grant.pk} a[href*='/approve-grant/']")
    follow(page, ".cm-submit")
    grant.refresh_from_db()


def test_more_than_one_supervisor_may_give(cast, at_desk):
    case = a_negotiating_case(cast)
    ana, sven, tara, olga = (at_desk(person) for person in (cast.ana, cast.sven, cast.tara, cast.olga))

    look(ana, dialog_of(case, "draft-grant"))
    for amount, kind in (("50", "own"), ("500", "one"), ("620", "two"), ("6200", "nobody"), ("620.00", "two")):
        ana.fill("[name=amount]", amount)
        ana.wait_for_selector(f"{ROUTE}.cm-outlook-{kind}")
    assert "沈文" in ana.inner_text(ROUTE)
    assert ana.input_value("[name=amount]") == "620.00", "what stands above the fields takes nothing from them"
    fill(
        ana,
        {
            "kind": "red_packet",
            "purpose": GrantPurpose.RESTORE_TRUST.value,
            "fault": ResponsibleParty.SELLER.value,
            "basis": "出库质检漏检，责任在我方。",
            "order_of_offers": "客户情绪激动，明确不要优惠券。",
        },
    )
    follow(ana, ".cm-submit")
    grant = CompensationGrant.objects.get(case=case)
    payee = {"name": "林晓云", "account": "lin@example.com", "method": "alipay", "reason": "客户在旺旺上提供。"}
    act(ana, grant, "enter-payee", **payee)
    act(ana, grant, "submit-grant")
    assert refused(ana, grant, "approve-grant")

    agrees(sven, grant)
    assert (grant.state, grant.approved_by) == (GrantState.AWAITING_APPROVAL, cast.sven)
    look(sven, "/admin/approvals/")
    assert sven.locator(f"li#grant-{grant.pk} a[href*='/approve-grant/']").count() == 0, "not twice the same"
    agrees(tara, grant)
    assert (grant.state, grant.second_approved_by) == (GrantState.APPROVED, cast.tara)
    assert refused(tara, grant, "pay-grant")

    look(olga, "/admin/")
    open_sheet(olga, ".cm-deed a.cm-primary")
    fill(olga, {"reference": "ZF20261019001"})
    olga.click(".cm-submit")
    olga.wait_for_selector(".cm-error")
    assert_chinese(olga)
    fill(olga, {"file": A_RECEIPT})
    follow(olga, ".cm-submit")
    grant.refresh_from_db()
    assert (grant.state, grant.paid_by, grant.proof.received_by) == (GrantState.PAID, cast.olga, cast.olga)

    look(ana, "/admin/")
    open_sheet(ana, f"a[href*='tell={grant.pk}']")
    assert "¥620.00" in ana.input_value("[name=words]"), "the template of a payment, with its amount"
    assert "¥620.00" in look(ana, page_of(case)).inner_text(".cm-record")
