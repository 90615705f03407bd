"""A refusal from proposing to telling, and money above the limit from asking to paying, wholly through the pages."""

import pytest

from complaints.models import CompensationGrant, RefusalProposal
from complaints.states import CaseState, GrantState, RefusalState
from complaints.vocabulary import ContactPurpose, GrantPurpose, ResponsibleParty
from tests.browser.desk import A_RECEIPT, act, dialog_of, fill, follow, look, open_sheet, page_of
from tests.building import a_negotiating_case
from tests.refusals import GROUNDS, an_unreasonable_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

INBOX = "/admin/approvals/"


def refused(page, row, action):
    """Opening the dialog is refused, and the page says so."""
    return page.goto(dialog_of(row, action)).status == 403


def from_the_inbox(page, kind, row, action, **given):
    look(page, INBOX)
    open_sheet(page, f"li#{kind}-{row.pk} a[href*='/{action}/']")
    fill(page, given)
    follow(page, ".cm-submit")


def test_a_refusal_from_proposing_to_telling(cast, at_desk):
    case = an_unreasonable_case(cast)
    ana, sven = at_desk(cast.ana), at_desk(cast.sven)
    act(ana, case, "propose-refusal", **GROUNDS, evidence_ids=True)
    refusal = RefusalProposal.objects.get(case=case)
    assert refused(ana, refusal, "approve-refusal")
    from_the_inbox(sven, "refusal", refusal, "approve-refusal", remark="依据充分。")
    case.refresh_from_db()
    refusal.refresh_from_db()
    assert (case.state, refusal.state, refusal.decided_by) == (CaseState.REFUSED, RefusalState.APPROVED, cast.sven)
    look(ana, page_of(case))
    open_sheet(ana, "[data-key-action=reply]")
    assert ana.input_value("[name=purpose]") == ContactPurpose.REFUSAL
    fill(ana, {"words": "很抱歉，经核实无法退款，附上质检报告与政策。"})
    follow(ana, ".cm-submit")
    act(ana, case, "tell-refusal", showed_evidence=True, showed_policy=True)
    refusal.refresh_from_db()
    case.refresh_from_db()
    assert refusal.told.words.words.startswith("很抱歉")
    assert case.follow_ups.count() == 1


def test_money_above_the_limit_from_asking_to_paying(cast, at_desk):
    case = a_negotiating_case(cast)
    ana, sven, olga = at_desk(cast.ana), at_desk(cast.sven), at_desk(cast.olga)
    act(
        ana,
        case,
        "draft-grant",
        kind="red_packet",
        amount="300.00",
        purpose=GrantPurpose.RESTORE_TRUST.value,
        fault=ResponsibleParty.SELLER.value,
        basis="出库质检漏检，责任在我方。",
        order_of_offers="客户情绪激动，明确不要优惠券。",
    )
    grant = CompensationGrant.objects.get(case=case)
    payee = {"name": "林晓云", "account": "lin@example.com", "method": "alipay", "reason": "客户在旺旺上提供。"}
    act(ana, grant, "enter-payee", **payee)
    act(ana, grant, "submit-grant")
    assert refused(ana, grant, "approve-grant")
    from_the_inbox(sven, "grant", grant, "approve-grant")
    assert refused(sven, grant, "pay-grant")
    look(olga, "/admin/")
    open_sheet(olga, ".cm-deed a.cm-primary")
    fill(olga, {"reference": "ZF20261019001", "file": A_RECEIPT})
    follow(olga, ".cm-submit")
    grant.refresh_from_db()
    people = (grant.asked_by, grant.approved_by, grant.paid_by)
    assert (grant.state, people) == (GrantState.PAID, (cast.ana, cast.sven, cast.olga))
    assert "¥300.00" in look(ana, page_of(case)).inner_text(".cm-record")
