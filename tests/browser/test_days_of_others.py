"""A short day of who pays, who audits, who edits policies and who keeps the accounts, through the real pages."""

import csv

import pytest

from casemgmt.adminkit.models import Export
from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.models import CompensationGrant
from complaints.states import GrantState
from policies.models import PolicyRow
from tests.admin.world import an_outsider, somebody
from tests.browser.desk import (
    A_RECEIPT,
    assert_chinese,
    assert_english,
    dialog_of,
    fill,
    follow,
    look,
    open_sheet,
    page_of,
)
from tests.browser.seeing import open_page
from tests.building import a_negotiating_case
from tests.money import a_bounced_grant, an_approved_grant
from tests.refusals import an_approved_refusal, an_unreasonable_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

PAYMENTS = "/admin/complaints/compensationgrant/"
REFERENCE = "ZF20261019777"
BUTTONS = ".cm-record a[data-sheet], .cm-record form, .cm-composers"


def without_codes(page):
    """Keys of policies and sign-in names stay as they are."""
    assert_chinese(page, but=(".field-key", ".field-username"))


def test_a_day_of_operations(cast, at_desk):
    bounced = a_bounced_grant(cast, a_negotiating_case(cast, **somebody()), "110.00")
    grant = an_approved_grant(cast, a_negotiating_case(cast, **somebody()), "260.00")
    olga = look(at_desk(cast.olga), "/admin/")
    open_sheet(olga, f"a[href^='{dialog_of(grant, 'pay-grant')}']")
    fill(olga, {"reference": REFERENCE, "file": A_RECEIPT})
    follow(olga, ".cm-submit")
    assert olga.url.endswith("/admin/"), "back at the desk, for the next one"
    paid = CompensationGrant.objects.get(pk=grant.pk)
    assert (paid.state, paid.payment_reference, paid.paid_by) == (GrantState.PAID, REFERENCE, cast.olga)
    look(olga, dialog_of(grant, "pay-grant"))
    assert olga.locator(".cm-alert").count() == 1, "paid is paid"
    look(olga, "/admin/")
    open_sheet(olga, ".cm-deed a.cm-primary")
    fill(olga, {"reason": "账号已与客户核对。"})
    follow(olga, ".cm-submit")
    bounced.refresh_from_db()
    assert bounced.state == GrantState.APPROVED


def test_a_day_of_an_auditor(cast, at_desk):
    refusal = an_approved_refusal(cast, an_unreasonable_case(cast, **somebody()))
    axel = look(at_desk(cast.axel), "/admin/")
    follow(axel, ".cm-counts a[href*='oversight']")
    follow(axel, f".cm-row a[href*='{page_of(refusal.case)}']")
    assert axel.locator(".cm-read-only").count() == 1
    assert axel.locator(BUTTONS).count() == 0
    look(axel, "/admin/complaints/complaint/?queue=all")
    follow(axel, ".cm-list-tools a")
    axel.check("[name=file_format][value=csv]")
    axel.check("[name=columns][value=phone]")
    with axel.expect_download() as taken:
        axel.click(".cm-submit")
    assert "audit" in taken.value.suggested_filename
    text = taken.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert refusal.case.case_number in rows[1]
    assert rows[-1][0].startswith("审计副本: 仅供审计，请勿转发")
    assert "欧阳晓" not in text
    assert "13800136" not in text
    assert Export.objects.get().is_marked
    assert AccessEvent.objects.filter(kind=AccessKind.EXPORTED).count() == 1


def test_a_day_of_a_policy_editor(cast, at_desk):
    edith = look(at_desk(an_outsider("edith", "Policy editors")), "/admin/")
    follow(edith, ".cm-counts a[href*='state__exact=active']", without_codes)
    row = PolicyRow.objects.first()
    assert open_page(edith, f"/admin/policies/policyrow/{row.pk}/change/") == 200
    assert row.title_zh in edith.inner_text("#content")
    assert edith.goto("/admin/complaints/complaint/").status == 403


def test_a_day_of_an_administrator(cast, at_desk):
    adam = look(at_desk(an_outsider("adam", "Administrators")), "/admin/")
    follow(adam, ".cm-counts a[href*='/people/person/']", without_codes)
    assert cast.ana.name in adam.inner_text("#result_list")
    look(adam, f"/admin/people/person/{cast.ana.pk}/change/")
    assert adam.goto("/admin/complaints/complaint/").status == 403


@pytest.mark.parametrize("name", ["sven", "olga", "axel"])
def test_desks_in_english(cast, at_desk, name):
    person = getattr(cast, name)
    type(person).objects.filter(pk=person.pk).update(language="en")
    case = an_approved_grant(cast, a_negotiating_case(cast, **somebody()), "260.00").case
    page = at_desk(person)
    for url in ("/admin/", "/admin/complaints/complaint/?queue=all", PAYMENTS, page_of(case)):
        assert open_page(page, url) == 200
        assert_english(page)
