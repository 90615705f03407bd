"""A file is dropped, matched, looked over and registered by the worker, with nothing but the pages."""

import pytest
from django.utils import timezone

from complaints.actions.importing import register_staged
from complaints.models import Complaint, ImportBatch
from complaints.states import ImportState
from tests.admin.typing_in import IMPORT
from tests.browser.desk import assert_chinese, follow, look, open_sheet
from tests.browser.seeing import grave_findings, runs_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ODD = (
    "投诉时间,哪来的,客户姓名,手机号,订单号,说的\n"
    "2026-10-01 08:28,门店,严女士,13571462049,8698141437919189,有好几个上面都有指甲印记\n"
    "昨天,门店,王先生,15536568725,7648321929823610,少发了一件\n"
)
FIELDS = ("received_at", "channel", "name", "phone", "order_number", "content")


def drop(page, text, name="九月.csv"):
    """As if it were let go of over the zone."""
    carried = page.evaluate_handle(
        """([text, name]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], name, { type: "text/csv" }));
            return carried;
        }""",
        [text, name],
    )
    page.dispatch_event("[data-drop]", "dragover", {"dataTransfer": carried})
    assert "cm-drop-over" in page.get_attribute("[data-drop]", "class")
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": carried})
    assert "cm-drop-over" not in page.get_attribute("[data-drop]", "class")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_dropped_file_becomes_cases(cast, at_desk, width):
    sven = look(at_desk(cast.sven, width=width), IMPORT)
    drop(sven, ODD)
    assert "九月.csv" in sven.inner_text("[data-chosen-file]")
    follow(sven, ".cm-submit")
    batch = ImportBatch.objects.get()
    assert batch.state == ImportState.MATCHING
    assert not runs_off(sven)
    for number, field in enumerate(FIELDS):
        sven.select_option(f"[name=column_{number}]", field)
    if sven.locator("[name=word_channel_0]").count():
        sven.select_option("[name=word_channel_0]", "face_to_face")
    follow(sven, ".cm-submit")
    batch.refresh_from_db()
    assert (batch.state, batch.good_count, batch.bad_count) == (ImportState.STAGED, 1, 1)
    assert not runs_off(sven)
    assert grave_findings(sven) == []
    open_sheet(sven, ".cm-import-buttons .cm-primary")
    follow(sven, "dialog[open] .cm-submit")
    assert sven.locator("[data-poll] progress").count() == 1
    with sven.expect_navigation(timeout=30_000):
        register_staged(timezone.now())
    assert_chinese(sven)
    batch.refresh_from_db()
    assert batch.state == ImportState.FINISHED
    assert Complaint.objects.count() == 1
    assert sven.locator("[data-poll]").count() == 0
