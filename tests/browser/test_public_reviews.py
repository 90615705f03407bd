"""A public review through the pages: its link, an answer that a second person sees, and a removal asked on evidence."""

import pytest

from complaints.models import Review
from complaints.states import ReviewState
from complaints.vocabulary import RemovalGround
from tests.browser.desk import act, assert_chinese, dialog_of, fill, follow, look, open_sheet, send
from tests.building import a_negotiating_case
from tests.outside import ANSWER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("afternoon")]

LINK = "https://reviews.example.com/item/1?sort=new"
FOUND = {"platform": "tmall", "link": LINK, "stars": "1", "words": "衣服是旧的。", "written_at": "2026-10-13T09:00"}
REMOVAL = {"ground": RemovalGround.FALSE_INFORMATION, "words": "“旧的”与出库照片不符。", "nothing_given": True}


def test_a_review_is_answered_by_two_people_and_taken_down_on_evidence(cast, at_desk):
    case = a_negotiating_case(cast)
    ana, sven = at_desk(cast.ana), at_desk(cast.sven)
    act(ana, case, "record-review", **FOUND)
    review = Review.objects.get(case=case)
    outside = f"/admin/complaints/complaint/{case.pk}/outside/"
    link = look(ana, outside).locator(f"#review-{review.pk} a[href='{LINK}']")
    assert "noopener" in link.get_attribute("rel")

    act(ana, review, "answer-review", answer=ANSWER)
    assert ana.goto(dialog_of(review, "approve-review-answer")).status == 403
    look(sven, "/admin/approvals/")
    open_sheet(sven, f"li#review-{review.pk} a[href*='/approve-review-answer/']")
    follow(sven, ".cm-submit")
    review.refresh_from_db()
    assert (review.state, review.decided_by) == (ReviewState.ANSWERED, cast.sven)

    look(ana, dialog_of(review, "request-removal"))
    fill(ana, REMOVAL)
    send(ana)
    assert ana.locator("[name=evidence_ids][aria-invalid=true], .cm-alert[role=alert]").count()
    assert_chinese(ana)
    assert ana.input_value("[name=words]") == REMOVAL["words"]
    fill(ana, {"evidence_ids": True})
    follow(ana, ".cm-submit")
    act(ana, review, "note-platform-decision", removed="yes", words="已核实并删除。")
    review.refresh_from_db()
    assert (review.state, review.supports.count()) == (ReviewState.REMOVED, 1)
    assert "已核实并删除。" in look(ana, outside).inner_text(f"#review-{review.pk}")
