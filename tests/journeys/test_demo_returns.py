"""How goods came back in the demo shop, and what was paid for them (WC-06, 24, 36, 37)."""

from decimal import Decimal

import pytest

from complaints.states import AgreementState, CaseState, CommitmentState, GrantState, ReturnState
from complaints.vocabulary import ContactPurpose, Remedy
from complaints.vocabulary.returning import FreightBearer, ReturnKind
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def test_wc_36_a_return_in_seven_days_is_inspected_and_refunded_to_the_cent(demo):
    request = demo.case("wc_36").returns.get()
    assert (request.state, request.freight) == (ReturnState.REFUNDED, FreightBearer.CUSTOMER)
    assert (request.refund.amount, request.refund.state) == (Decimal("169.00"), GrantState.PAID)
    assert len({request.refund.asked_by, request.refund.approved_by, request.refund.paid_by}) == 3
    assert {check.fact for check in request.checks.all()} == {"complete", "unused", "tags_kept", "unwashed"}
    assert request.clocks.get(kind="refund_after_return").stopped_late is False
    assert request.commitments.get().state == CommitmentState.KEPT


def test_wc_37_told_beforehand_the_coat_without_its_tag_goes_back(demo):
    case = demo.case("wc_37")
    request = case.returns.get()
    assert (request.state, request.refund) == (ReturnState.SENT_BACK, None)
    assert set(request.checks.filter(passed=False).values_list("fact", flat=True)) == {"tags_kept", "unused"}
    assert all(check.evidence_id for check in request.checks.filter(passed=False))
    warned = case.contacts.order_by("occurred_at", "pk").first()
    assert warned.occurred_at <= request.decided_at
    assert "不符合七天无理由" in warned.words.words


def test_wc_06_repair_was_chosen_of_two_and_progress_was_told(demo):
    case = demo.case("wc_06")
    plan = case.plans.get()
    assert set(plan.options.values_list("remedy", flat=True)) == {Remedy.REPAIR, Remedy.FULL_REFUND, Remedy.COUPON}
    assert plan.options.get(chosen=True).remedy == Remedy.REPAIR
    assert (case.tasks.get().department.kind, case.tasks.get().state) == ("technical", "done")
    assert case.contacts.filter(purpose=ContactPurpose.PROGRESS, occurred_at__gt=plan.offered_at).exists()
    assert (case.state, case.commitments.get().state) == (CaseState.EXECUTING, CommitmentState.OPEN)


def test_wc_24_a_refund_only_request_waits_for_tonight(demo):
    request = demo.case("wc_24").returns.get()
    assert (request.state, request.kind) == (ReturnState.ASKED, ReturnKind.REFUND_ONLY)
    assert request.decide_by.astimezone(NOW.tzinfo).isoformat() == "2026-09-19T00:00:00+08:00"


def test_an_agreement_signed_by_both_is_on_its_way_and_the_customer_has_a_copy(demo):
    agreement = demo.case("signed_by_both").agreements.get()
    assert agreement.state == AgreementState.SIGNED
    states = list(agreement.commitments.values_list("state", flat=True))
    assert sorted(states) == [CommitmentState.KEPT, CommitmentState.OPEN, CommitmentState.OPEN]
