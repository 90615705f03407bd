"""Asking for money: with its grounds, within limits that count everything linked, and the right to do so."""

from decimal import Decimal

import pytest
from django.db import transaction

from casemgmt.models import Notice
from casemgmt.violations import CaseMovedOn
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.entering_payees import change_payee, enter_payee
from complaints.actions.granting import cancel_grant, change_grant, draft_grant, submit_grant, why_not_submit_grant
from complaints.models import Commitment, CompensationGrant
from complaints.states import CaseState, CommitmentState, GrantState
from complaints.vocabulary import EvidenceType, Remedy, ResponsibleParty
from policies.lookup import limits_in_force
from tests.building import (
    OptionDraft,
    a_case,
    a_negotiating_case,
    add_photo,
    an_assessing_case,
    an_offered_plan,
)
from tests.cast import AT, later
from tests.money import PAYEE, REQUEST, a_cash_draft, a_draft, a_request, an_approved_grant, say_yes
from tests.refusals import a_refusal_proposed_case, a_second_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """A case of ana's, early: interim grants may be made from registration on."""
    return an_assessing_case(cast)


def test_a_draft_asks_nobody_and_keeps_its_words(cast, case):
    grant = draft_grant(case.pk, by=cast.ana, at=AT, **REQUEST)
    assert (grant.state, grant.amount, grant.currency) == (GrantState.DRAFTED, Decimal("30.00"), "CNY")
    assert grant.basis.words == REQUEST["basis"]
    assert not Commitment.objects.exists()
    assert grant.history.get().history_change_reason == "grant.drafted"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount": "-1"}, "grant.amount_not_positive"),
        ({"amount": "NaN"}, "grant.amount_not_positive"),
        ({"amount": "1E+400"}, "grant.amount_not_positive"),
        ({"amount": "99999999999999999999"}, "grant.amount_too_large"),
        ({"amount": "0.005"}, "grant.amount_too_fine"),
        ({"currency": "XXX"}, "grant.other_currency"),
        ({"kind": "gold"}, "grant.kind_unknown"),
        ({"purpose": ""}, "grant.purpose_unknown"),
        ({"fault": "fate"}, "grant.fault_unknown"),
        ({"fault": ResponsibleParty.COURIER}, "grant.goodwill_not_marked"),
        ({"basis": " "}, "grant.basis_missing"),
        ({"legal_reference": "the-law"}, "grant.law_unknown"),
        ({"kind": "red_packet"}, "grant.virtual_first"),
        ({"kind": "distress", "fault": "courier", "goodwill": True, "order_of_offers": "…"}, "grant.our_fault_needed"),
    ],
)
def test_each_fault_of_a_request_is_said_at_its_field(cast, case, changes, code):
    """F9 to F15, S-CMP-01 to 04."""
    with refused(code):
        a_draft(cast, case, **changes)


def test_a_finding_that_names_somebody_else_contradicts_the_fault(cast):
    case = a_negotiating_case(cast, responsible_party=ResponsibleParty.CUSTOMER, verdict="unsubstantiated")
    with refused("grant.fault_contradicts_finding"):
        a_draft(cast, case)


def test_cash_comes_after_a_virtual_grant_or_offer_without_a_reason(cast):
    """S-CMP-03, W-16: a coupon that was handed in, or a plan that offered one."""
    case = a_negotiating_case(cast)
    submit_grant(a_draft(cast, case).pk, by=cast.ana, at=AT)
    assert a_draft(cast, case, kind="red_packet").order_of_offers_reason is None
    other = a_negotiating_case(cast)
    options = [OptionDraft(Remedy.COUPON, words="优惠券"), OptionDraft(Remedy.GUIDANCE, words="指导")]
    an_offered_plan(cast, other, options=options)
    assert a_draft(cast, other, kind="red_packet").pk


def test_a_draft_of_a_coupon_is_no_offer_yet(cast, case):
    a_draft(cast, case)
    with refused("grant.virtual_first"):
        a_draft(cast, case, kind="red_packet")


def test_within_the_own_authority_it_is_approved_at_once_and_cites_the_limit(cast, case):
    """S-CMP-13: no approver, the limit row instead, and the promise to pay with its date (S-CMP-12)."""
    grant = submit_grant(a_draft(cast, case, amount="50.00").pk, by=cast.ana, at=AT)
    assert grant.state == GrantState.APPROVED
    assert grant.own_authority
    assert grant.approved_by is None
    assert grant.limit_policy_id == limits_in_force(AT)["staff"].policy_id
    assert grant.pay_by == later(days=1, hours=8), "a coupon is due at the close of the next working day"
    promise = grant.commitments.get()
    assert (promise.owner, promise.due_at, promise.state) == (cast.olga, grant.pay_by, CommitmentState.OPEN)
    assert set(Notice.objects.filter(code="notice.grant_to_be_paid").values_list("person", flat=True)) == {
        cast.olga.pk,
        cast.petra.pk,
    }


@pytest.mark.parametrize(("amount", "approvals"), [("50.01", 1), ("500.00", 1), ("500.01", 2), ("689.00", 2)])
def test_above_it_one_supervisor_decides_or_two(cast, case, amount, approvals):
    """S-CMP-06, WC-23."""
    grant = a_request(cast, case, amount)
    assert (grant.state, grant.approvals_needed) == (GrantState.AWAITING_APPROVAL, approvals)
    told = Notice.objects.filter(code="notice.grant_awaits_you").values_list("person", flat=True)
    assert set(told) == {cast.sven.pk, cast.tara.pk}


def test_above_every_limit_it_is_refused_with_what_forbids_it(cast):
    case = an_assessing_case(cast, order=OrderData(number="77", paid_amount=90000))
    grant = a_cash_draft(cast, case, "5000.01")
    found = [violation.code for violation in why_not_submit_grant(grant, by=cast.ana, at=AT)]
    assert found[-1] == "grant.above_every_limit"
    assert "grant.above_per_grant" in found
    with refused(*found):
        submit_grant(grant.pk, by=cast.ana, at=AT)


def test_a_sum_is_not_split_over_several_grants_of_a_case(cast, case):
    """Invariant 2: 50 and 50 are 100; one fen more needs a supervisor."""
    for _ in range(2):
        assert submit_grant(a_draft(cast, case, amount="50").pk, by=cast.ana, at=AT).own_authority
    assert not submit_grant(a_draft(cast, case, amount="0.01").pk, by=cast.ana, at=AT).own_authority


def test_what_waits_counts_too(cast, case):
    a_request(cast, case, "450")
    assert a_request(cast, case, "450", legal_reference="consumer-law-55").approvals_needed == 1
    assert a_request(cast, case, "200", legal_reference="consumer-law-55").approvals_needed == 2


def test_grants_on_other_cases_of_the_customer_count_within_the_window(cast, case):
    """Linked cases of one customer count together, for thirty days."""
    other = a_second_case(cast, case)
    third = a_second_case(cast, case)
    for linked in (case, case, other, other):
        submit_grant(a_draft(cast, linked, amount="50").pk, by=cast.ana, at=AT)
    assert not submit_grant(a_draft(cast, third, amount="0.01").pk, by=cast.ana, at=later(days=29)).own_authority
    assert submit_grant(a_draft(cast, third, amount="0.01").pk, by=cast.ana, at=later(days=30)).own_authority


def test_grants_on_the_same_order_count_for_another_customer(cast, case):
    other = an_assessing_case(cast)
    assert other.order_id == case.order_id
    for linked in (case, case, other, other):
        submit_grant(a_draft(cast, linked, amount="50").pk, by=cast.ana, at=AT)
    third = an_assessing_case(cast)
    assert not submit_grant(a_draft(cast, third, amount="1").pk, by=cast.ana, at=AT).own_authority


def test_the_askers_day_is_limited_whoever_the_customers_are(cast):
    """500 a day by own authority."""
    for number in range(10):
        submit_grant(a_draft(cast, a_stranger(cast, number), amount="50").pk, by=cast.ana, at=AT)
    assert not submit_grant(a_draft(cast, a_stranger(cast, 10), amount="1").pk, by=cast.ana, at=AT).own_authority
    tomorrow = submit_grant(a_draft(cast, a_stranger(cast, 11), amount="1").pk, by=cast.ana, at=later(days=1))
    assert tomorrow.own_authority


def a_stranger(cast, number):
    order = OrderData(number=f"339177{number}", paid_amount=689)
    return an_assessing_case(cast, order=order)


def test_more_than_the_order_cost_needs_its_law_and_a_supervisor(cast):
    """S-CMP-09, WC-18."""
    case = an_assessing_case(cast, order=OrderData(number="88", paid_amount=40))
    bare = a_draft(cast, case, amount="40.01")
    with refused("grant.beyond_commitment"):
        submit_grant(bare.pk, by=cast.ana, at=AT)
    lawful = a_draft(cast, case, amount="40.01", legal_reference="consumer-law-55")
    assert submit_grant(lawful.pk, by=cast.ana, at=AT).state == GrantState.AWAITING_APPROVAL


def test_no_more_is_refunded_than_was_paid(cast, case):
    grant = a_cash_draft(cast, case, "689.01", kind="full_refund")
    with refused("grant.refund_above_paid"):
        submit_grant(grant.pk, by=cast.ana, at=AT)


def test_expenses_need_their_receipt(cast, case):
    grant = a_cash_draft(cast, case, "48.00", kind="expenses")
    with refused("grant.evidence_missing"):
        submit_grant(grant.pk, by=cast.ana, at=AT)
    add_photo(cast, case, evidence_type=EvidenceType.RECEIPT)
    assert submit_grant(grant.pk, by=cast.ana, at=AT).state == GrantState.APPROVED


def test_cash_needs_somebody_to_go_to(cast, case):
    grant = a_draft(cast, case, kind="red_packet", order_of_offers="客户不要券")
    with refused("grant.payee_missing"):
        submit_grant(grant.pk, by=cast.ana, at=AT)


def test_handing_in_twice_is_refused(cast, case):
    grant = submit_grant(a_draft(cast, case).pk, by=cast.ana, at=AT)
    with refused("grant.not_possible_from"):
        submit_grant(grant.pk, by=cast.ana, at=AT)


def test_only_the_asker_hands_in_and_changes(cast, case):
    grant = a_draft(cast, case)
    for act in (submit_grant, lambda pk, **who: change_grant(pk, **who, **REQUEST)):
        with refused("grant.not_the_asker"):
            act(grant.pk, by=cast.sven, at=AT)


@pytest.mark.parametrize("state", [CaseState.EXTERNAL, CaseState.WITHDRAWN, CaseState.VOIDED, CaseState.MERGED])
def test_no_money_is_asked_for_on_a_case_that_rests(cast, state):
    case = a_case(cast, state)
    with refused("grant.case_not_open"):
        a_draft(cast, case)


def test_no_money_beside_a_refusal(cast):
    case = a_refusal_proposed_case(cast)
    with refused("grant.refusal_pending"):
        a_draft(cast, case, fault="customer", goodwill=True)


def test_a_change_lapses_what_was_approved(cast, case):
    grant = an_approved_grant(cast, case)
    key = grant.payment_key
    changed = change_grant(
        grant.pk, by=cast.ana, at=AT, **REQUEST | {"kind": "red_packet", "amount": "310", "order_of_offers": "…"}
    )
    assert (changed.state, changed.approved_by, changed.content_digest, changed.pay_by) == ("drafted", None, "", None)
    assert changed.payment_key == key
    again = say_yes(submit_grant(grant.pk, by=cast.ana, at=AT), cast.tara)
    assert (again.amount, again.state) == (Decimal("310.00"), GrantState.APPROVED)
    assert again.commitments.count() == 1, "the promise stays as it was given"


def test_what_is_paid_is_not_changed(cast, case):
    grant = an_approved_grant(cast, case)
    cancel_grant(grant.pk, by=cast.ana, at=AT, reason="客户不要了。")
    with refused("grant.not_possible_from"):
        change_grant(grant.pk, by=cast.ana, at=AT, **REQUEST)


def test_cancelling_needs_a_reason_and_leaves_the_promise(cast, case):
    grant = an_approved_grant(cast, case)
    with refused("grant.reason_missing"):
        cancel_grant(grant.pk, by=cast.ana, at=AT, reason=" ")
    cancelled = cancel_grant(grant.pk, by=cast.ana, at=AT, reason="客户不要了。")
    assert (cancelled.state, cancelled.reason.words) == (GrantState.CANCELLED, "客户不要了。")
    assert cancelled.commitments.get().state == CommitmentState.OPEN
    with refused("grant.not_possible_from"):
        cancel_grant(grant.pk, by=cast.ana, at=AT, reason="客户不要了。")


def test_a_payee_is_entered_once_and_sealed(cast, case):
    grant = a_draft(cast, case)
    entered = enter_payee(grant.pk, by=cast.ana, at=AT, **PAYEE)
    assert "林晓云" not in str(entered.payee)
    assert entered.payee.customer == case.customer
    with refused("payee.entered_already"):
        enter_payee(grant.pk, by=cast.ana, at=AT, **PAYEE)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "payee.name_missing"),
        ({"account": ""}, "payee.account_missing"),
        ({"method": "cheque"}, "payee.method_unknown"),
        ({"reason": ""}, "grant.reason_missing"),
    ],
)
def test_each_fault_of_a_payee_is_said_at_its_field(cast, case, changes, code):
    grant = a_draft(cast, case)
    with refused(code):
        enter_payee(grant.pk, by=cast.ana, at=AT, **PAYEE | changes)


def test_the_platform_finds_the_customer_without_an_account(cast, case):
    grant = enter_payee(a_draft(cast, case).pk, by=cast.ana, at=AT, **PAYEE | {"account": "", "method": "platform"})
    assert grant.payee.account is None


def test_nobody_is_paid_for_an_unknown_complainant(cast):
    case = an_assessing_case(cast, complainant="unknown", customer=CustomerData(), unknown_because="匿名来信")
    grant = a_draft(cast, case)
    with refused("payee.no_customer"):
        enter_payee(grant.pk, by=cast.ana, at=AT, **PAYEE)


def test_another_payee_lapses_the_approval(cast, case):
    grant = an_approved_grant(cast, case)
    first = grant.payee_id
    changed = change_payee(grant.pk, by=cast.sven, at=AT, **PAYEE | {"account": "other@example.com"})
    assert (changed.state, changed.approved_by) == (GrantState.DRAFTED, None)
    assert changed.payee_id != first


def test_there_is_no_payee_to_change_before_one_is_entered(cast, case):
    grant = a_draft(cast, case)
    with refused("payee.none_to_change"):
        change_payee(grant.pk, by=cast.ana, at=AT, **PAYEE)


@pytest.mark.parametrize("who", ["ben", "wen", "olga", "axel"])
def test_others_have_no_right_to_ask(cast, case, who):
    grant = a_draft(cast, case)
    person = getattr(cast, who)
    with denied():
        draft_grant(case.pk, by=person, at=AT, **REQUEST)
    with denied():
        submit_grant(grant.pk, by=person, at=AT)
    with denied():
        cancel_grant(grant.pk, by=person, at=AT, reason="…")
    with denied():
        enter_payee(grant.pk, by=person, at=AT, **PAYEE)


def test_somebody_was_faster(cast, case):
    seen = a_draft(cast, case)
    submit_grant(seen.pk, by=cast.ana, at=AT)
    seen.amount = Decimal(1)
    with pytest.raises(CaseMovedOn), transaction.atomic():
        seen.save()
    assert CompensationGrant.objects.get(pk=seen.pk).amount == Decimal("30.00")
