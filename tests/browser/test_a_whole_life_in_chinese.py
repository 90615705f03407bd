"""From registering to closing through the real pages, in Chinese, with no word left in English."""

from datetime import timedelta

import pytest
from django.utils import timezone

from complaints.models import Complaint
from complaints.states import CaseState, CommitmentState, GrantState
from complaints.vocabulary import (
    Acceptance,
    Channel,
    ContactPurpose,
    Direction,
    EvidenceType,
    Judgement,
    MeasureKind,
    Reason,
    Remedy,
    ResponsibleParty,
    Verdict,
)
from tests.browser.desk import A_RECEIPT, act, assert_chinese, dialog_of, fill, look, page_of, send
from tests.building import a_negotiating_case, a_photo
from tests.money import a_request
from tests.refusals import a_refusal_proposed_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REGISTER = "/admin/complaints/complaint/add/"
COMPLAINT = {
    "content": "刚收到的大衣领口有一大块污渍，你们就这么发货？",
    "channel": Channel.QIANNIU.value,
    "customer_name": "林晓云",
    "customer_phone": "13800136021",
    "order_number": "3391770212",
    "product_name": "羊毛混纺大衣",
}


def register(page, **more):
    look(page, REGISTER)
    fill(page, COMPLAINT | more)
    send(page)
    assert_chinese(page)


def write(page, case, words, purpose):
    act(
        page,
        case,
        "record-contact",
        direction=Direction.OUTGOING.value,
        channel=Channel.QIANNIU.value,
        purpose=purpose.value,
        words=words,
    )


def a_photo_to_upload():
    photo = a_photo()
    return {"name": photo.name, "mimeType": "image/png", "buffer": photo.read()}


def investigate(page, case):
    act(page, case, "take-case")
    write(page, case, "您好，非常抱歉，我们马上核实。", ContactPurpose.FIRST_ANSWER)
    act(
        page,
        case,
        "judge",
        reason=Reason.QUALITY.value,
        category="product.quality",
        judgement=Judgement.REASONABLE.value,
    )
    act(page, case, "ask-for-evidence", evidence_type=EvidenceType.PHOTO.value, what="请拍一张领口的照片")
    act(
        page,
        case,
        "add-evidence",
        file=a_photo_to_upload(),
        evidence_type=EvidenceType.PHOTO.value,
        request_id=case.evidence_requests.get().pk,
    )
    act(page, case.evidence.get(), "verify-evidence")
    act(
        page,
        case,
        "record-finding",
        words="仓库监控显示出库前领口已有污渍。",
        responsible_party=ResponsibleParty.SELLER.value,
        root_cause="出库质检漏检。",
    )
    act(page, case, "establish", verdict=Verdict.SUBSTANTIATED.value)


def settle(page, case):
    act(
        page,
        case,
        "draft-plan",
        explanation="污渍为发货前产生，责任在我方。",
        follow_up="签收后三天内回访。",
        remedy_1=Remedy.EXCHANGE_OTHER.value,
        words_1="寄一件全新的同款",
        remedy_2=Remedy.GUIDANCE.value,
        words_2="寄送去渍剂并指导清洗",
    )
    plan = case.plans.get()
    act(page, plan, "offer-plan", channel=Channel.QIANNIU.value, words="给您两个方案，请选择。")
    act(
        page,
        plan,
        "accept-plan",
        acceptance=Acceptance.SAID_YES.value,
        chosen=plan.options.first().pk,
        words="好的，就换一件。",
    )
    due = timezone.localtime(timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    act(page, case, "accept", due_at=due)
    act(page, case.commitments.get(state=CommitmentState.OPEN), "keep-commitment", words="新衣已寄出，单号已告知。")
    write(page, case, "您的新衣已寄出，感谢您的耐心。", ContactPurpose.OUTCOME)
    act(page, case, "complete")


def follow_up_and_close(page, case):
    call = case.follow_ups.get()
    act(page, call, "customer-came-first", words="新衣收到了，很满意。", channel=Channel.QIANNIU.value)
    call.refresh_from_db()
    if call.ended_at is None:
        act(page, call, "record-result", satisfaction="5", solved="yes", experience="新衣没有污渍，很合身。")
    act(page, case, "write-summary", lesson="出库前逐件拍照。", root_cause="出库质检漏检。")
    act(page, case, "set-improvement", kind=MeasureKind.PROCESS.value, what="出库质检增加复核一步。")
    act(page, case, "close")


def test_a_case_goes_from_registering_to_closing(cast, at_desk):
    ana = at_desk(cast.ana)
    look(ana, "/admin/")
    register(ana)
    case = Complaint.objects.get()
    investigate(ana, case)
    settle(ana, case)
    follow_up_and_close(ana, case)
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    axel = look(at_desk(cast.axel), page_of(case))
    assert axel.locator(".cm-record a[data-sheet], .cm-record form").count() == 0
    assert axel.locator("text=新衣收到了，很满意。").count()


def test_a_likely_duplicate_is_shown_and_can_be_told_apart(cast, at_desk):
    ana = at_desk(cast.ana)
    register(ana)
    register(ana)
    assert ana.locator(".cm-alert[role=alert]").count() == 1
    assert Complaint.objects.count() == 1
    assert ana.input_value("[name=content]") == COMPLAINT["content"]
    fill(ana, {"not_a_duplicate": True})
    send(ana)
    assert Complaint.objects.count() == 2


def test_a_refusal_is_decided_by_a_second_person(cast, at_desk):
    case = a_refusal_proposed_case(cast)
    ana = look(at_desk(cast.ana), page_of(case))
    refusal = case.refusals.get()
    assert ana.goto(f"/admin/complaints/refusalproposal/{refusal.pk}/do/approve-refusal/").status == 403
    sven = at_desk(cast.sven)
    look(sven, "/admin/complaints/refusalproposal/?queue=approval")
    act(sven, refusal, "approve-refusal", remark="依据充分。")
    case.refresh_from_db()
    assert case.state == CaseState.REFUSED


def test_money_above_the_limit_takes_three_people(cast, at_desk):
    grant = a_request(cast, a_negotiating_case(cast), "300.00")
    ana = at_desk(cast.ana)
    look(ana, page_of(grant.case))
    assert ana.goto(dialog_of(grant, "approve-grant")).status == 403
    act(at_desk(cast.sven), grant, "approve-grant")
    grant.refresh_from_db()
    assert grant.state == GrantState.APPROVED
    act(at_desk(cast.olga), grant, "pay-grant", reference="ZF20261012001", file=A_RECEIPT)
    grant.refresh_from_db()
    assert grant.state == GrantState.PAID
