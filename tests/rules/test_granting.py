"""What may be asked for, and what an approval is worth: each clause, and each limit to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from casemgmt.amounts import amount_in
from complaints.rules.granting import (
    ApprovalFacts,
    GrantFacts,
    content_digest,
    limit_for_approver,
    route_of,
    violations_in_approval,
    violations_in_draft,
    violations_in_submission,
    violations_in_typed_amount,
)
from complaints.rules.paying import PaymentFacts, is_same_payment, violations_in_payment
from policies.rules.authority import Spent
from policies.values import AuthorityLimits, CompensationKind, Label

ON = date(2026, 10, 12)
COUPON = CompensationKind(1, "coupon", Label("Coupon", "优惠券"), "virtual", 1, 1)
RED_PACKET = CompensationKind(2, "red_packet", Label("Red packet", "红包"), "cash_like", 11, 2)
REFUND = CompensationKind(3, "full_refund", Label("Full refund", "全额退款"), "cash_like", 23, 3, is_refund=True)
DISTRESS = replace(RED_PACKET, code="distress", needs_our_fault=True)
EXPENSES = replace(RED_PACKET, code="expenses", needs_evidence=("receipt", "invoice"))
FACTS = GrantFacts(
    amount=Decimal("50.00"),
    currency="CNY",
    case_currency="CNY",
    kind=COUPON,
    fault="seller",
    goodwill=False,
    basis="漏检",
    has_payee=True,
)
CASH = replace(FACTS, kind=RED_PACKET, order_of_offers="客户不要券")


def limits(rung, code, role, approvers, most):
    return AuthorityLimits(
        rung, code, rung, role, approvers, "CNY", Decimal(most), Decimal(most), Decimal(most), 30, Decimal(most)
    )


STAFF = limits(1, "staff", "Staff", 0, "50")
ONE = limits(2, "supervisor", "Supervisors", 1, "500")
TWO = limits(3, "two_supervisors", "Supervisors", 2, "5000")


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-1", "grant.amount_not_positive"),
        ("0", "grant.amount_not_positive"),
        ("-0", "grant.amount_not_positive"),
        ("0.00", "grant.amount_not_positive"),
        ("NaN", "grant.amount_not_positive"),
        ("sNaN", "grant.amount_not_positive"),
        ("Infinity", "grant.amount_not_positive"),
        ("-Infinity", "grant.amount_not_positive"),
        ("1E+400", "grant.amount_not_positive"),
        ("many", "grant.amount_not_positive"),
        ("", "grant.amount_not_positive"),
        ("99999999999999999999", "grant.amount_too_large"),
        ("10000000000", "grant.amount_too_large"),
        ("0.001", "grant.amount_too_fine"),
        ("1E-3", "grant.amount_not_positive"),
        ("1e9", "grant.amount_not_positive"),
        ("1,23", "grant.amount_not_positive"),
    ],
)
def test_what_is_no_amount_is_refused_in_words(typed, code):
    """F9, F11, F13."""
    assert codes(violations_in_typed_amount(amount_in(typed))) == [code]


@pytest.mark.parametrize(
    "typed", ["0.01", "1", "1.50", "1.500", " 30 ", "9999999999.99", Decimal("12.3"), "¥1,200.00", "３００元"]
)
def test_yuan_and_fen_are_an_amount(typed):
    assert codes(violations_in_typed_amount(amount_in(typed))) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(FACTS, currency="XXX"), "grant.other_currency"),
        (replace(FACTS, currency="cny"), "grant.other_currency"),
        (replace(FACTS, kind=None), "grant.kind_unknown"),
        (replace(FACTS, purpose_known=False), "grant.purpose_unknown"),
        (replace(FACTS, fault_known=False), "grant.fault_unknown"),
        (replace(FACTS, finding_party="customer"), "grant.fault_contradicts_finding"),
        (replace(FACTS, fault="customer", goodwill=True, finding_party="staff"), "grant.fault_contradicts_finding"),
        (replace(FACTS, basis="  "), "grant.basis_missing"),
        (replace(FACTS, fault="courier"), "grant.goodwill_not_marked"),
        (replace(FACTS, legal_reference="x", law_known=False), "grant.law_unknown"),
        (replace(CASH, kind=DISTRESS, fault="courier", goodwill=True), "grant.our_fault_needed"),
        (replace(CASH, order_of_offers=" "), "grant.virtual_first"),
    ],
)
def test_each_clause_of_a_request_alone_refuses(facts, code):
    """S-CMP-01 to 04, S-CMP-08, F15."""
    assert codes(violations_in_draft(facts)) == [code]


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        CASH,
        replace(CASH, order_of_offers="", virtual_offered=True),
        replace(CASH, kind=REFUND, order_of_offers=""),
        replace(FACTS, fault="customer", goodwill=True),
        replace(FACTS, finding_party="staff"),
        replace(FACTS, finding_party="undetermined"),
        replace(FACTS, legal_reference="consumer-law-55"),
    ],
)
def test_a_request_with_its_grounds_is_no_violation(facts):
    assert codes(violations_in_draft(facts)) == []
    assert codes(violations_in_submission(facts)) == []


def test_everything_wrong_with_a_request_is_said_at_once():
    facts = GrantFacts(
        amount=None,
        currency="USD",
        case_currency="CNY",
        kind=None,
        fault="nobody",
        goodwill=False,
        basis="",
        fault_known=False,
    )
    assert codes(violations_in_draft(facts)) == [
        "grant.amount_not_positive",
        "grant.other_currency",
        "grant.kind_unknown",
        "grant.fault_unknown",
        "grant.basis_missing",
    ]


def test_each_kind_of_evidence_that_is_missing_is_named():
    facts = replace(CASH, kind=EXPENSES, evidence_types=frozenset({"invoice"}))
    found = list(violations_in_submission(facts))
    assert [(violation.code, violation.params["type"]) for violation in found] == [
        ("grant.evidence_missing", "receipt")
    ]


def test_cash_needs_a_payee_and_a_coupon_does_not():
    assert codes(violations_in_submission(replace(CASH, has_payee=False))) == ["grant.payee_missing"]
    assert codes(violations_in_submission(replace(FACTS, has_payee=False))) == []


def test_a_refund_ends_at_what_was_paid():
    facts = replace(CASH, kind=REFUND, amount=Decimal("100.00"), order_paid=Decimal("689"), on_case=Decimal(589))
    assert codes(violations_in_submission(replace(facts, refunds_on_case=Decimal("589")))) == []
    assert codes(violations_in_submission(replace(facts, refunds_on_case=Decimal("589.01")))) == [
        "grant.refund_above_paid"
    ]


def test_more_than_the_order_was_worth_needs_law_and_a_supervisor():
    """S-CMP-09, WC-18: to the cent, and never by the asker's own authority."""
    exactly = replace(FACTS, amount=Decimal("50.00"), order_paid=Decimal("50.00"))
    beyond = replace(exactly, on_case=Decimal("0.01"))
    assert codes(violations_in_submission(exactly)) == []
    assert codes(violations_in_submission(beyond)) == ["grant.beyond_commitment"]
    lawful = replace(beyond, legal_reference="consumer-law-55")
    assert codes(violations_in_submission(lawful)) == []
    route = {"spent": Spent(), "limits": (STAFF, ONE, TWO), "roles": ["Staff"], "on": ON}
    assert route_of(exactly, **route).limit == STAFF
    assert route_of(lawful, **route).limit == ONE


@pytest.mark.parametrize(
    ("amount", "limit"),
    [("50", STAFF), ("50.01", ONE), ("500", ONE), ("500.01", TWO), ("5000", TWO), ("5000.01", None)],
)
def test_whose_word_is_enough_to_the_cent(amount, limit):
    """WC-23, WC-31: above the own limit somebody higher decides, above the highest nobody."""
    facts = replace(FACTS, amount=Decimal(amount))
    authority = route_of(facts, Spent(), (TWO, STAFF, ONE), roles=["Staff"], on=ON)
    assert authority.limit == limit
    assert (codes(authority.why)[-1:] == ["grant.above_every_limit"]) is (limit is None)


def test_the_limit_of_an_approver_counts_what_was_granted_since():
    spent = Spent(on_case=Decimal("200"))
    ask = {"approvals": 1, "roles": ["Supervisors"], "on": ON}
    assert limit_for_approver(Decimal(300), "CNY", spent, (STAFF, ONE, TWO), **ask) == (ONE, ())
    limit, why = limit_for_approver(Decimal("300.01"), "CNY", spent, (STAFF, ONE, TWO), **ask)
    assert (limit, codes(why)) == (None, ["grant.above_per_case"])


def test_an_approver_of_another_role_has_no_limit():
    limit, why = limit_for_approver(Decimal(1), "CNY", Spent(), (STAFF, ONE, TWO), approvals=1, roles=["Staff"], on=ON)
    assert (limit, codes(why)) == (None, ["grant.above_your_authority"])


APPROVAL = ApprovalFacts(
    decided_by=frozenset({7}),
    first_approver=None,
    payee_entered_by=3,
    seen_digest="a",
    submitted_digest="a",
    digest_now="a",
)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(APPROVAL, first_approver=7), "grant.approved_by_you_already"),
        (replace(APPROVAL, payee_entered_by=7), "grant.approver_entered_payee"),
        (replace(APPROVAL, seen_digest="b"), "grant.changed_since_seen"),
        (replace(APPROVAL, digest_now="b"), "grant.content_changed"),
    ],
)
def test_each_clause_of_an_approval_alone_refuses(facts, code):
    """T3, T5."""
    assert codes(violations_in_approval(APPROVAL)) == []
    assert codes(violations_in_approval(facts)) == [code]


def test_the_digest_follows_the_content_and_not_its_order():
    assert content_digest({"a": 1, "b": "漏检"}) == content_digest({"b": "漏检", "a": 1})
    assert content_digest({"a": 1}) != content_digest({"a": 2})


PAYMENT = PaymentFacts(key_fits=True, reference="ZF1", reference_used=False)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(PAYMENT, key_fits=False), "grant.payment_key_stale"),
        (replace(PAYMENT, reference=" "), "grant.reference_missing"),
        (replace(PAYMENT, reference="9" * 81), "grant.reference_too_long"),
        (replace(PAYMENT, reference_used=True), "grant.reference_used"),
        (replace(PAYMENT, proof_of_case=False), "grant.proof_not_of_case"),
    ],
)
def test_each_clause_of_a_payment_alone_refuses(facts, code):
    assert codes(violations_in_payment(replace(PAYMENT, reference="9" * 80, proof_of_case=True))) == []
    assert codes(violations_in_payment(facts)) == [code]


@pytest.mark.parametrize(
    ("state", "key_fits", "paid", "same"),
    [
        ("paid", True, "ZF1", True),
        ("paid", False, "ZF1", False),
        ("paid", True, "ZF2", False),
        ("approved", True, "ZF1", False),
        ("paid", True, "", False),
    ],
)
def test_only_the_very_same_payment_is_harmless(state, key_fits, paid, same):
    assert is_same_payment(state=state, key_fits=key_fits, paid_reference=paid, reference=" ZF1 ") is same
