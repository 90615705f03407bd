"""Worked cases about returns, refunds and agreements (WC-06, 12, 24, 36 to 38), as the demo tells and to the end."""

from decimal import Decimal

import pytest
from django.db import transaction

from complaints.actions.executing import accept, complete
from complaints.actions.keeping import keep_commitment
from complaints.actions.planning import OptionDraft
from complaints.actions.receiving_returns import accept_return, fail_return, inspect_return, send_goods_back
from complaints.actions.reminding_of_returns import remind_of_refund_only
from complaints.actions.returning import agree_return
from complaints.demo.shop import open_shop
from complaints.demo.stories_returns import STORIES
from complaints.models import ReturnRequest
from complaints.states import AgreementState, CaseState, CommitmentState, GrantState, ReturnState
from complaints.vocabulary import ContactPurpose, Remedy
from complaints.vocabulary.returning import FreightBearer, ReturnKind
from tests.building import a_drafted_plan, a_negotiating_case, add_photo, an_offered_plan, tell_outcome
from tests.cast import AT, later
from tests.journeys.conftest import NOW, Demo
from tests.returns import ALL_WELL, a_bought_case, a_received_return, a_return, a_signed_agreement
from tests.saying_no import refused
from tests.stage import set_the_stage

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The stories of returns alone, told up to NOW."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_the_stage()
        yield Demo(open_shop(at=NOW, stories=STORIES), STORIES)
        transaction.set_rollback(True)


def test_wc_36_a_return_in_seven_days_is_inspected_and_refunded_to_the_cent(told):
    request = told.case("wc_36").returns.get()
    assert (request.state, request.freight) == (ReturnState.REFUNDED, FreightBearer.CUSTOMER)
    assert (request.refund.amount, request.refund.state) == (Decimal("169.00"), GrantState.PAID)
    assert len({request.refund.asked_by, request.refund.approved_by, request.refund.paid_by}) == 3
    assert {check.fact for check in request.checks.all()} == {"complete", "unused", "tags_kept", "unwashed"}
    assert request.clocks.get(kind="refund_after_return").stopped_late is False
    assert request.commitments.get().state == CommitmentState.KEPT


def test_wc_37_told_beforehand_the_coat_without_its_tag_goes_back(told):
    case = told.case("wc_37")
    request = case.returns.get()
    assert (request.state, request.refund) == (ReturnState.SENT_BACK, None)
    assert set(request.checks.filter(passed=False).values_list("fact", flat=True)) == {"tags_kept", "unused"}
    assert all(check.evidence_id for check in request.checks.filter(passed=False))
    warned = case.contacts.order_by("occurred_at", "pk").first()
    assert warned.occurred_at <= request.decided_at
    assert "不符合七天无理由" in warned.words.words


def test_wc_06_repair_was_chosen_of_two_and_progress_was_told(told):
    case = told.case("wc_06")
    plan = case.plans.get()
    assert set(plan.options.values_list("remedy", flat=True)) == {Remedy.REPAIR, Remedy.FULL_REFUND, Remedy.COUPON}
    assert plan.options.get(chosen=True).remedy == Remedy.REPAIR
    assert (case.tasks.get().department.kind, case.tasks.get().state) == ("technical", "done")
    assert case.contacts.filter(purpose=ContactPurpose.PROGRESS, occurred_at__gt=plan.offered_at).exists()
    assert (case.state, case.commitments.get().state) == (CaseState.EXECUTING, CommitmentState.OPEN)


def test_wc_24_a_refund_only_request_waits_for_tonight(told):
    request = told.case("wc_24").returns.get()
    assert (request.state, request.kind) == (ReturnState.ASKED, ReturnKind.REFUND_ONLY)
    assert request.decide_by.astimezone(NOW.tzinfo).isoformat() == "2026-09-19T00:00:00+08:00"


def test_an_agreement_signed_by_both_is_on_its_way_and_the_customer_has_a_copy(told):
    agreement = told.case("signed_by_both").agreements.get()
    assert agreement.state == AgreementState.SIGNED
    states = list(agreement.commitments.values_list("state", flat=True))
    assert sorted(states) == [CommitmentState.KEPT, CommitmentState.OPEN, CommitmentState.OPEN]


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
