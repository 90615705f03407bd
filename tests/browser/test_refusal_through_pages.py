"""A refusal from proposing to telling by two people, wholly through the pages."""

import pytest

from complaints.models import RefusalProposal
from complaints.states import CaseState, RefusalState
from tests.browser.desk import dialog_of, fill, follow, look, open_sheet, page_of
from tests.refusals import GROUNDS, an_unreasonable_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

INBOX = "/admin/approvals/"
IMPACTS = ("impact_on_customer", "impact_on_opinion", "impact_in_law")


def refused(page, row, action):
    """Opening the dialog is refused, and the page says so."""
    return page.goto(dialog_of(row, action)).status == 403


def from_the_inbox(page, kind, row, action, **given):
    look(page, INBOX)
    open_sheet(page, f"li#{kind}-{row.pk} a[href*='/{action}/']")
    fill(page, given)
    follow(page, ".cm-submit")


NEXT = ".cm-refuse .cm-sheet-foot .cm-primary"


def through_the_steps(page, case):
    """The guided page from its first step to handing in; the page is left once, and nothing typed is lost."""
    look(page, page_of(case))
    follow(page, "a[href$='/refuse/']")
    follow(page, NEXT)
    fill(page, {"understood": GROUNDS["understood"]})
    page.goto(page_of(case))
    page.go_back()
    page.reload()
    assert page.input_value("[name=understood]") == GROUNDS["understood"]
    follow(page, NEXT)
    with page.expect_navigation():
        page.check(f".cm-fields [name=ground][value={GROUNDS['ground']}]")
    assert page.locator(".cm-fields [name=ground][value=no_invoice]").is_disabled()
    fill(page, {"evidence_ids": True})
    follow(page, NEXT)
    fill(page, {name: GROUNDS[name] for name in (*IMPACTS, "relationship")})
    follow(page, NEXT)
    page.check(f".cm-fields [name=company_rule][value={GROUNDS['company_rule']}]")
    page.check(f".cm-fields [name=legal_reference][value={GROUNDS['legal_reference']}]")
    fill(page, {"company_policy": GROUNDS["company_policy"]})
    follow(page, NEXT)
    fill(page, {"explanation": GROUNDS["explanation"]})
    follow(page, NEXT)
    assert "12315" in page.input_value("[name=routes]")
    follow(page, NEXT)
    follow(page, ".cm-submit")


def test_a_refusal_from_proposing_to_telling(cast, at_desk):
    case = an_unreasonable_case(cast)
    ana, sven = at_desk(cast.ana), at_desk(cast.sven)
    through_the_steps(ana, case)
    refusal = RefusalProposal.objects.get(case=case)
    assert refused(ana, refusal, "approve-refusal")
    from_the_inbox(sven, "refusal", refusal, "approve-refusal", remark="依据充分。")
    case.refresh_from_db()
    refusal.refresh_from_db()
    assert (case.state, refusal.state, refusal.decided_by) == (CaseState.REFUSED, RefusalState.APPROVED, cast.sven)
    look(ana, dialog_of(case, "write-refusal"))
    assert GROUNDS["explanation"].rstrip("。") in ana.input_value("[name=words]")
    fill(ana, {"words": "很抱歉，经核实无法退款，附上质检报告与政策。"})
    follow(ana, ".cm-submit")
    refusal.refresh_from_db()
    case.refresh_from_db()
    assert case.state == CaseState.FOLLOWING_UP
    assert refusal.told.words.words.startswith("很抱歉")
    assert refusal.evidence_links.get().sent_with == refusal.told
    assert case.follow_ups.count() == 1
