"""Returns, agreements and promises through the pages: decided tonight, inspected line by line, read on paper."""

import pytest
from django.utils.translation import override

from casemgmt.privacy.models import AccessEvent, AccessKind
from complaints.actions.committing import make_commitment
from complaints.actions.entering_payees import enter_payee
from complaints.actions.granting import submit_grant
from complaints.actions.keeping import keep_commitment
from complaints.admin.refund_speed import months_of
from complaints.models import Complaint, ReturnRequest
from complaints.states import AgreementState, CommitmentState, ReturnState
from complaints.vocabulary.returning import ReturnKind, SigningSide, SigningWay
from tests.admin.looking import case_page, dialog, send, signed_in, text_of
from tests.building import a_negotiating_case, a_photo, an_assessing_case, an_offered_plan, answer
from tests.cast import AT, later
from tests.money import PAYEE, pay, say_yes
from tests.returns import (
    NO_REASON,
    a_bought_case,
    a_drafted_agreement,
    a_received_return,
    a_return,
    an_accepted_return,
)
from tests.saying_no import denied

pytestmark = pytest.mark.django_db

RETURNS = "/admin/complaints/returnrequest/"
PROMISES = "/admin/complaints/commitment/"


def test_a_return_is_recorded_and_agreed_from_the_case(cast):
    case = a_bought_case(cast)
    ana = signed_in(cast.ana)
    typed = {name: str(value) for name, value in NO_REASON.items()}
    send(ana, dialog(case, "ask-return"), quantity="1", **typed)
    request = case.returns.get()
    page = text_of(ana.get(case_page(case)))
    assert "¥689.00" in page
    assert "Agree to the return" in page
    send(ana, dialog(request, "agree-return"), department_id=str(cast.warehouse.pk), seen_version=str(request.version))
    request.refresh_from_db()
    assert request.state == ReturnState.AGREED


def test_the_night_queue_shows_what_must_be_decided_before_the_day_ends(cast):
    case = a_bought_case(cast)
    a_return(cast, case, kind=ReturnKind.REFUND_ONLY, entitlement="", at=later(days=6, hours=22))
    rows = signed_in(cast.ana).get(RETURNS)
    assert rows.context["cl"].queryset.count() == 1
    assert "money back without goods" in text_of(rows)
    assert signed_in(cast.ana).get(f"{RETURNS}?queue=decide").context["cl"].queryset.count() == 0
    assert signed_in(cast.wen).get(RETURNS).context["cl"].queryset.count() == 0, "another team's case"
    assert signed_in(cast.ana).get(f"{RETURNS}?queue=nonsense").status_code == 400


def test_every_line_of_the_inspection_is_asked_and_the_typed_text_stays(cast):
    case = a_bought_case(cast)
    request = a_received_return(cast, case, department=cast.operations)
    olga = signed_in(cast.olga)
    shown = send(olga, dialog(request, "inspect-return"), check_complete="yes", check_unused="no", note="有穿着痕迹")
    assert set(shown.context["form"].errors) == {"check_tags_kept", "check_unwashed", "evidence_id"}
    assert "有穿着痕迹" in text_of(shown)
    lines = {f"check_{fact}": "yes" for fact in ("complete", "unused", "tags_kept", "unwashed")}
    send(olga, dialog(request, "inspect-return"), **lines)
    assert ReturnRequest.objects.get(pk=request.pk).state == ReturnState.INSPECTED
    assert send(olga, dialog(request, "accept-return")).status_code == 403


def test_an_agreement_is_signed_in_the_dialog_and_read_on_paper(cast):
    agreement = a_drafted_agreement(cast, an_offered_plan(cast, a_negotiating_case(cast)))
    ana, paper = signed_in(cast.ana), f"/admin/complaints/settlementagreement/{agreement.pk}/paper/"
    send(
        ana,
        dialog(agreement, "sign-agreement"),
        side=SigningSide.CUSTOMER,
        how=SigningWay.ON_PAPER,
        file=a_photo("协议.png"),
        seen_version=str(agreement.version),
    )
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED_BY_ONE
    shown = text_of(ana.get(paper))
    assert "和解协议书" in shown
    assert agreement.customer_file.sha256 in shown
    assert AccessEvent.objects.filter(kind=AccessKind.EXPORTED, person_id=cast.ana.pk).exists()
    assert signed_in(cast.olga).get(paper).status_code in (403, 404)
    assert ana.post(paper).status_code == 405


def test_a_department_sees_and_keeps_what_it_owes_and_nothing_of_others(cast):
    case = an_assessing_case(cast)
    facts = {"by": cast.ana, "at": AT, "due_at": later(days=9)}
    ours = make_commitment(case.pk, what="报销干洗费", department_id=cast.operations.pk, **facts)
    theirs = make_commitment(case.pk, what="补寄吊牌", department_id=cast.warehouse.pk, **facts)
    page = signed_in(cast.olga).get(PROMISES)
    assert [row.pk for row in page.context["cl"].result_list] == [ours.pk]
    send(signed_in(cast.olga), dialog(ours, "keep-commitment"), words="已报销")
    ours.refresh_from_db()
    assert ours.state == CommitmentState.KEPT
    with denied():
        keep_commitment(theirs.pk, by=cast.olga, at=later(days=1), words="已寄")
    untold = signed_in(cast.ana).get(f"{PROMISES}?queue=untold").context["cl"].result_list
    assert ours.pk in [row.pk for row in untold]
    answer(cast, case, at=later(days=8), words="干洗费已报销，请您查收。")
    untold = signed_in(cast.ana).get(f"{PROMISES}?queue=untold").context["cl"].result_list
    assert ours.pk not in [row.pk for row in untold]


def test_refund_speed_counts_what_the_viewer_sees(cast):
    a_return(cast, a_bought_case(cast))
    ana, wen = signed_in(cast.ana), signed_in(cast.wen)
    assert [month.asked for month in ana.get("/admin/refund-speed/").context["months"]] == [1]
    assert wen.get("/admin/refund-speed/").context["months"] == []
    assert ana.get("/admin/refund-speed/?x=1").status_code == 400


def test_refund_speed_is_measured_from_request_and_from_goods_to_the_payment(cast):
    """S-RET-11, S-SLA-10: paid after three and six days, the goods there after one; a night was missed."""
    case = a_bought_case(cast, quantity=3)
    for number, days in enumerate((3, 6)):
        refund = an_accepted_return(cast, case, quantity=1).refund
        enter_payee(refund.pk, by=cast.ana, at=later(days=2), **PAYEE)
        asked = submit_grant(refund.pk, by=cast.ana, at=later(days=2))
        for person in (cast.tara, cast.sven)[: asked.approvals_needed]:
            asked = say_yes(asked, person, at=later(days=2))
        pay(asked, cast.olga, at=later(days=days), reference=f"ZF{number}")
    a_return(cast, case, kind=ReturnKind.REFUND_ONLY, entitlement="", quantity=1)
    with override("en"):
        (month,) = months_of(Complaint.objects.all(), later(days=8))
    assert (month.asked, month.refunded) == (3, 2)
    assert (month.from_request, month.from_goods, month.slowest) == ("4 d", "3 d", "6 d")
    assert (month.refund_only, month.refund_only_late) == (1, 1)
