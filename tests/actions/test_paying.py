"""Paying once, by a third person, and what happens when the money comes back."""

import uuid

import pytest
from django.core.files.storage import default_storage

from casemgmt.models import Notice
from complaints.actions.executing import complete
from complaints.actions.granting import submit_grant
from complaints.actions.investigating import record_finding
from complaints.actions.keeping import keep_commitment
from complaints.actions.merging import merge
from complaints.actions.paying import (
    bounce_grant,
    pay_grant,
    redraft_grant,
    retry_grant,
)
from complaints.actions.telling_payments import violations_in_untold_payments
from complaints.actions.withdrawing import withdraw
from complaints.evidence_files.files import FOLDER
from complaints.models import Clock
from complaints.states import CaseState, CommitmentState, GrantState
from complaints.vocabulary import ContactPurpose, EvidenceType, Side
from tests.building import add_photo, an_assessing_case, an_executing_case, answer, tell_outcome
from tests.cast import AT, later
from tests.money import (
    PAYEE,
    a_bounced_grant,
    a_draft,
    a_paid_grant,
    a_receipt,
    a_request,
    an_approved_grant,
    pay,
    say_yes,
)
from tests.refusals import a_second_case
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """A case of ana's."""
    return an_assessing_case(cast)


def test_a_third_person_pays_and_the_promise_is_kept(cast, case):
    """WC-01, S-CMP-12: asked by ana, approved by tara, paid by olga, and ana is told to tell the customer."""
    grant = pay(an_approved_grant(cast, case), cast.olga, at=later(hours=1))
    assert (grant.state, grant.paid_by, grant.payment_reference) == (GrantState.PAID, cast.olga, "ZF20261012001")
    assert grant.commitments.get().state == CommitmentState.KEPT
    assert Notice.objects.filter(code="notice.grant_paid_tell_customer", person=cast.ana).exists()
    assert [found.code for found in violations_in_untold_payments(case)] == ["grant.payment_not_told"]
    answer(cast, case, at=later(hours=2), purpose=ContactPurpose.COMMITMENT_KEPT, words="款项已打，请查收。")
    assert list(violations_in_untold_payments(case)) == []


def test_paid_too_late_the_promise_is_kept_late(cast, case):
    grant = pay(an_approved_grant(cast, case), cast.olga, at=later(days=9))
    assert grant.commitments.get().state == CommitmentState.KEPT_LATE


def test_the_very_same_payment_again_is_harmless(cast, case):
    paid = a_paid_grant(cast, case)
    histories = paid.history.count()
    again = pay_grant(
        paid.pk, by=cast.petra, at=later(hours=1), payment_key=str(paid.payment_key), reference=" ZF20261012001 "
    )
    assert (again.paid_by, again.paid_at) == (cast.olga, paid.paid_at)
    assert paid.history.count() == histories


def test_a_second_payment_is_refused(cast, case):
    paid = a_paid_grant(cast, case)
    with refused("grant.already_paid"):
        pay(paid, cast.olga, reference="ZF20261012002")
    with refused("grant.already_paid"):
        pay_grant(paid.pk, by=cast.olga, at=AT, payment_key=uuid.uuid4(), reference="ZF20261012001")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reference": " "}, "grant.reference_missing"),
        ({"reference": "9" * 81}, "grant.reference_too_long"),
        ({"payment_key": uuid.UUID(int=7)}, "grant.payment_key_stale"),
        ({"payment_key": ""}, "grant.payment_key_stale"),
        ({"proof_id": 987654}, "grant.proof_not_of_case"),
        ({"file": None}, "grant.proof_missing"),
    ],
)
def test_each_clause_of_a_payment_alone_refuses(cast, case, changes, code):
    grant = an_approved_grant(cast, case)
    typed = {"payment_key": grant.payment_key, "reference": "ZF1", "file": a_receipt()} | changes
    with refused(code):
        pay_grant(grant.pk, by=cast.olga, at=AT, **typed)


def test_one_reference_pays_one_grant(cast, case):
    a_paid_grant(cast, case)
    other = an_approved_grant(cast, a_second_case(cast, case))
    with refused("grant.reference_used"):
        pay(other, cast.olga)


def test_a_proof_of_this_case_is_kept_with_the_payment(cast, case):
    grant = an_approved_grant(cast, case)
    proof = add_photo(cast, case)
    paid = pay_grant(grant.pk, by=cast.olga, at=AT, payment_key=grant.payment_key, reference="ZF1", proof_id=proof.pk)
    assert paid.proof == proof
    assert paid.commitments.get().proof == proof


def test_a_receipt_becomes_evidence_and_the_same_payment_again_keeps_it_once(cast, case):
    """S-CMP-12: sent twice, one payment, one proof, and no bytes are left over."""
    paid = pay(an_approved_grant(cast, case), cast.olga)
    assert (paid.proof.evidence_type, paid.proof.received_by, paid.proof.supplied_by) == (
        EvidenceType.PROOF_OF_PAYMENT,
        cast.olga,
        Side.COMPANY,
    )
    stored = len(default_storage.listdir(FOLDER)[1])
    assert pay(paid, cast.olga).proof == paid.proof
    assert case.evidence.count() == 1
    assert len(default_storage.listdir(FOLDER)[1]) == stored


def test_a_refused_payment_leaves_no_receipt(cast, case):
    grant = an_approved_grant(cast, case)
    cast.tara.is_superuser = True
    with refused("duty.approver_pays"):
        pay(grant, cast.tara)
    assert not case.evidence.exists()


def test_what_needs_no_proof_is_paid_without(cast, case):
    """A coupon is not a transfer."""
    grant = submit_grant(a_draft(cast, case).pk, by=cast.ana, at=AT)
    paid = pay_grant(grant.pk, by=cast.olga, at=AT, payment_key=grant.payment_key, reference="Q1")
    assert (paid.state, paid.proof) == (GrantState.PAID, None)


def test_what_waits_or_is_drafted_is_not_paid(cast, case):
    for grant in (a_draft(cast, case), a_request(cast, case)):
        with refused("grant.not_possible_from"):
            pay(grant, cast.olga)


def test_facts_that_changed_since_the_approval_stop_the_payment(cast, case):
    grant = an_approved_grant(cast, case)
    record_finding(
        case.pk, by=cast.ana, at=AT, words="客户自行洗坏。", root_cause="误用。", responsible_party="customer"
    )
    with refused("grant.not_possible_from"):
        pay(grant, cast.olga)


def test_asker_and_approver_do_not_pay(cast, case):
    """A superuser is bound like everybody else."""
    for name, code in (("ana", "duty.asker_pays"), ("tara", "duty.approver_pays")):
        person = getattr(cast, name)
        grant = an_approved_grant(cast, case)
        person.is_superuser = True
        with refused(code):
            pay(grant, person)


@pytest.mark.parametrize("who", ["ana", "sven", "tara", "axel"])
def test_others_have_no_right_to_pay(cast, case, who):
    grant = an_approved_grant(cast, case)
    with denied():
        pay(grant, getattr(cast, who))
    paid = pay(grant, cast.olga)
    with denied():
        bounce_grant(paid.pk, by=getattr(cast, who), at=AT, reason="…")


def test_money_that_came_back_breaks_the_promise_again(cast, case):
    grant = a_paid_grant(cast, case)
    with refused("grant.reason_missing"):
        bounce_grant(grant.pk, by=cast.olga, at=AT, reason=" ")
    bounced = bounce_grant(grant.pk, by=cast.olga, at=AT, reason="账号错误。")
    assert (bounced.state, bounced.reason.words) == (GrantState.BOUNCED, "账号错误。")
    assert bounced.commitments.get().state == CommitmentState.BROKEN
    case.refresh_from_db()
    assert case.state == CaseState.ASSESSING, "a case in hand stays where it is"
    with refused("grant.not_possible_from"):
        bounce_grant(grant.pk, by=cast.olga, at=AT, reason="账号错误。")


def test_a_withdrawn_case_is_carried_out_again_when_money_comes_back(cast, case):
    """payment_failed has no period."""
    grant = a_paid_grant(cast, case)
    withdraw(case.pk, by=cast.ana, at=AT, words="不投诉了。")
    bounce_grant(grant.pk, by=cast.olga, at=later(days=35), reason="账号注销。")
    case.refresh_from_db()
    assert (case.state, case.outcome, case.withdrawn_at) == (CaseState.EXECUTING, "", None)
    assert case.history.latest("history_id").history_change_reason == "case.payment_failed"
    assert case.clocks.filter(kind=Clock.Kind.RESOLUTION, stopped_at__isnull=True).get().round == 2


def test_a_merged_case_is_made_its_own_before_money_comes_back(cast, case):
    leading = a_second_case(cast, case)
    grant = a_paid_grant(cast, case)
    merge(case.pk, by=cast.sven, at=AT, into_id=leading.pk, reason="同一批货。")
    with refused("grant.case_merged"):
        bounce_grant(grant.pk, by=cast.olga, at=AT, reason="账号错误。")


def test_the_same_content_is_paid_again_under_its_key_and_a_new_reference(cast, case):
    grant = a_bounced_grant(cast, case)
    key = grant.payment_key
    with refused("grant.reason_missing"):
        retry_grant(grant.pk, by=cast.olga, at=AT, reason="")
    retried = retry_grant(grant.pk, by=cast.olga, at=AT, reason="客户已解除限额。")
    assert (retried.state, retried.payment_key, retried.approved_by) == (GrantState.APPROVED, key, cast.tara)
    with refused("grant.reference_used"):
        pay(retried, cast.olga)
    assert pay(retried, cast.petra, reference="ZF20261013001").state == GrantState.PAID
    assert retried.commitments.get().state == CommitmentState.KEPT_LATE
    with refused("grant.not_possible_from"):
        retry_grant(grant.pk, by=cast.olga, at=AT, reason="…")


def test_changed_facts_are_not_paid_again(cast, case):
    grant = a_bounced_grant(cast, case)
    record_finding(
        case.pk, by=cast.ana, at=AT, words="客户自行洗坏。", root_cause="误用。", responsible_party="customer"
    )
    with refused("grant.content_changed"):
        retry_grant(grant.pk, by=cast.olga, at=AT, reason="…")


def test_another_payee_means_another_key_and_another_approval(cast, case):
    grant = a_bounced_grant(cast, case)
    old_key = grant.payment_key
    redrafted = redraft_grant(grant.pk, by=cast.ana, at=AT, **PAYEE | {"account": "new@example.com"})
    assert (redrafted.state, redrafted.approved_by, redrafted.paid_by) == (GrantState.DRAFTED, None, None)
    assert redrafted.payment_key != old_key
    approved = say_yes(submit_grant(grant.pk, by=cast.ana, at=AT), cast.sven)
    with refused("grant.payment_key_stale"):
        pay_grant(approved.pk, by=cast.olga, at=AT, payment_key=old_key, reference="ZF2", file=a_receipt())
    assert pay(approved, cast.olga, reference="ZF2").state == GrantState.PAID
    with refused("grant.not_possible_from"):
        redraft_grant(grant.pk, by=cast.ana, at=AT, **PAYEE)


def test_a_plan_is_not_complete_while_the_customer_does_not_know_of_the_money(cast):
    """WC-01: told before it was paid is not told."""
    case = an_executing_case(cast)
    keep_commitment(case.commitments.get().pk, by=cast.ana, at=AT, words="新衣已签收。")
    tell_outcome(cast, case)
    a_paid_grant(cast, case, at=later(hours=1))
    with refused("grant.payment_not_told"):
        complete(case.pk, by=cast.ana, at=later(hours=2))
    answer(cast, case, at=later(hours=2), purpose=ContactPurpose.COMMITMENT_KEPT, words="款项已打，请查收。")
    assert complete(case.pk, by=cast.ana, at=later(hours=2)).state == CaseState.FOLLOWING_UP
