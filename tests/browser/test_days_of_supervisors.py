"""A short day of who leads a team: decisions from the inbox, work shared out, the load in sight, a file read in."""

import pytest

from complaints.actions.escalating import raise_by_hand
from complaints.models import BulkRun, Complaint, ImportBatch, ImportRow, RefusalProposal
from complaints.states import BulkState, EscalationState, GrantState, ImportState, RefusalState
from tests.admin.typing_in import IMPORT
from tests.admin.world import CSV, somebody
from tests.browser.desk import assert_chinese, fill, follow, look, open_sheet, tick_rows
from tests.browser.seeing import runs_off
from tests.building import a_negotiating_case, a_registered_case, an_assessing_case
from tests.cast import AT
from tests.money import a_request
from tests.refusals import a_refusal_proposed_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

INBOX = "/admin/approvals/"
CASES = "/admin/complaints/complaint/"
WORDS = "请补充质检报告再提交。"


@pytest.fixture
def waiting(cast):
    """A grant, a refusal and an escalation that wait, and two cases that nobody has taken."""
    escalated = an_assessing_case(cast, **somebody())
    for content in ("袖口开线了，要求换货。", "纽扣掉了两颗。"):
        a_registered_case(cast, content=content, **somebody())
    return {
        "grant": a_request(cast, a_negotiating_case(cast, **somebody()), "260.00"),
        "refusal": a_refusal_proposed_case(cast, **somebody()).refusals.get(),
        "escalation": raise_by_hand(escalated.pk, by=cast.ana, at=AT, reason="客户要求与主管沟通。"),
    }


def state_of(row):
    row.refresh_from_db()
    return row.state


def test_a_day_at_the_desk(cast, waiting, at_desk):
    sven = look(at_desk(cast.sven), "/admin/")
    assert sven.locator(".cm-load-table").count() == 1
    follow(sven, f"#nav-sidebar a[href='{INBOX}'], nav a[href='{INBOX}'], a[href^='{INBOX}']")
    from_the_inbox(sven, "grant", waiting["grant"], "approve-grant")
    assert state_of(waiting["grant"]) == GrantState.APPROVED
    from_the_inbox(sven, "refusal", waiting["refusal"], "send-back-refusal", remark=WORDS)
    assert state_of(waiting["refusal"]) == RefusalState.SENT_BACK
    assert str(RefusalProposal.objects.get().remark) == WORDS
    from_the_inbox(sven, "escalation", waiting["escalation"], "acknowledge-escalation")
    assert state_of(waiting["escalation"]) == EscalationState.ACKNOWLEDGED
    share_out(sven, cast)


def from_the_inbox(page, kind, row, action, **given):
    """Decided from its line; the inbox comes back."""
    open_sheet(page, f"li#{kind}-{row.pk} a[href*='/{action}/']")
    assert_chinese(page)
    fill(page, given)
    follow(page, ".cm-submit")
    assert INBOX in page.url


def share_out(sven, cast):
    """Both cases that nobody has go to ben: dry run, run, result."""
    look(sven, CASES + "?queue=unassigned")
    tick_rows(sven, 2)
    sven.select_option("select[name=action]", "bulk_assign")
    follow(sven, "#changelist-actions button[name=index]")
    sven.check(f"[name=handler_ids][value='{cast.ben.pk}']")
    sven.fill("[name=words]", "一组今天只有两个人。")
    follow(sven, ".cm-submit")
    assert not Complaint.objects.filter(handler=cast.ben).exists()
    follow(sven, ".cm-bulk-foot .cm-primary")
    assert BulkRun.objects.get().state == BulkState.FINISHED
    assert Complaint.objects.filter(handler=cast.ben).count() == 2


def test_approving_on_the_phone(cast, waiting, at_desk):
    tara = look(at_desk(cast.tara, width=390, height=844), INBOX)
    assert not runs_off(tara)
    from_the_inbox(tara, "grant", waiting["grant"], "approve-grant")
    assert state_of(waiting["grant"]) == GrantState.APPROVED


def test_a_file_is_looked_over_before_anything_is_registered(cast, at_desk):
    sven = look(at_desk(cast.sven), IMPORT)
    sven.set_input_files(
        "[name=file]", {"name": "九月.csv", "mimeType": "text/csv", "buffer": CSV.replace("store", "门店").encode()}
    )
    follow(sven, ".cm-submit")
    batch = ImportBatch.objects.get()
    if batch.state == ImportState.MATCHING:
        follow(sven, ".cm-submit")
        batch.refresh_from_db()
    assert (batch.state, batch.good_count, batch.bad_count) == (ImportState.STAGED, 1, 1)
    assert not Complaint.objects.exists()
    open_sheet(sven, ".cm-import-buttons .cm-primary")
    assert_chinese(sven)
    follow(sven, ".cm-submit")
    batch.refresh_from_db()
    assert batch.state == ImportState.REGISTERING
    assert ImportRow.objects.filter(batch=batch).count() == 2
