"""Worked cases about returns, refunds and agreements (WC-06, 12, 24, 36 to 38), as the demo tells and to the end."""

from decimal import Decimal

import pytest

from complaints.actions.executing import accept, complete
from complaints.actions.keeping import keep_commitment
from complaints.actions.planning import OptionDraft
from complaints.actions.receiving_returns import accept_return, fail_return, inspect_return, send_goods_back
from complaints.actions.reminding_of_returns import remind_of_refund_only
from complaints.actions.returning import agree_return
from complaints.models import ReturnRequest
from complaints.states import AgreementState, CaseState, CommitmentState, ReturnState
from complaints.vocabulary import Remedy
from complaints.vocabulary.returning import ReturnKind
from tests.building import a_drafted_plan, a_negotiating_case, add_photo, an_offered_plan, tell_outcome
from tests.cast import AT, later
from tests.returns import ALL_WELL, a_bought_case, a_received_return, a_return, a_signed_agreement
from tests.saying_no import refused

pytestmark = pytest.mark.django_db


def test_wc_24_who_has_the_case_is_reminded_once_before_the_day_ends(cast):
    case = a_bought_case(cast)
    request = a_return(cast, case, kind=ReturnKind.REFUND_ONLY, entitlement="")
    told = cast.ana.notices.filter(code="notice.refund_only_due")
    remind_of_refund_only(later(hours=9))
    assert told.count() == 0
    for at in (later(hours=10), later(hours=11)):
        remind_of_refund_only(at)
    assert told.count() == 1
    agree_return(request.pk, by=cast.ana, at=later(hours=12))
    assert ReturnRequest.objects.get(pk=request.pk).decided_at < request.decide_by


def test_wc_37_goods_without_their_tag_are_no_standard_return(cast):
    """What failed is proved line by line; the money stays, the goods go back, and the promise takes a second person."""
    at = later(days=1, hours=1)
    request = a_received_return(cast, a_bought_case(cast))
    photo = add_photo(cast, request.case, at=at)
    worn = ALL_WELL | {"tags_kept": False}
    inspect_return(request.pk, by=cast.ana, at=at, checks=worn, note="吊牌已剪。", evidence_id=photo.pk)
    with refused("return.accepted_although"):
        accept_return(request.pk, by=cast.ana, at=at)
    fail_return(request.pk, by=cast.ana, at=at, words="吊牌已剪，不符合七天无理由，我们给您寄回。")
    request = send_goods_back(request.pk, by=cast.ana, at=at, waybill_number="YT9")
    assert (request.state, request.refund) == (ReturnState.SENT_BACK, None)
    assert request.commitments.get().state == CommitmentState.OPEN


def test_wc_38_a_parcel_nobody_signed_for_is_refunded_without_goods(cast):
    """The seller bears it: the goods need not come back, and the case does not end before the money is there."""
    case = a_bought_case(cast)
    request = a_return(cast, case, kind=ReturnKind.REFUND_ONLY, entitlement="", reason="快递没有送到。")
    agreed = agree_return(request.pk, by=cast.ana, at=later(hours=1))
    assert (agreed.state, agreed.refund.amount, agreed.is_pending) == (ReturnState.AGREED, Decimal("689.00"), True)


def test_wc_06_repair_or_money_the_customer_chooses_and_both_sides_sign(cast):
    """Two options, one chosen in writing; fulfilled, told, and only then done (S-EXE-01, 06, 08)."""
    case = a_negotiating_case(cast)
    plan = an_offered_plan(
        cast,
        case,
        options=[
            OptionDraft(Remedy.REPAIR, words="免费维修主板"),
            OptionDraft(Remedy.FULL_REFUND, amount=Decimal("689.00"), words="退货退款"),
        ],
    )
    agreement = a_signed_agreement(cast, plan, chosen=[plan.options.first().pk])
    accept(case.pk, by=cast.ana, at=AT, due_at=later(days=3))
    tell_outcome(cast, case, at=AT)
    for promise in agreement.commitments.all():
        keep_commitment(promise.pk, by=cast.ana, at=later(days=1), words="已修好并寄回。")
    with refused("commitment.kept_not_told", "commitment.kept_not_told"):
        complete(case.pk, by=cast.ana, at=later(days=1))
    tell_outcome(cast, case, at=later(days=1, hours=1))
    assert complete(case.pk, by=cast.ana, at=later(days=1, hours=1)).state == CaseState.FOLLOWING_UP
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.FULFILLED


def test_wc_12_no_agreement_promises_what_nobody_approved(cast):
    """An over-promise is kept out of what both sides sign, as it is out of every message."""
    case = a_negotiating_case(cast)
    plan = a_drafted_plan(cast, case)
    assert plan.options.count() == 2
    with refused("agreement.plan_not_offered"):
        a_signed_agreement(cast, plan)
    offered = an_offered_plan(cast, case)
    with refused("wording.needs_approval"):
        a_signed_agreement(cast, offered, words="另外保证全额退款。")
