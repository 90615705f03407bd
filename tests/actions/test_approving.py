"""Somebody else's word on money: who may say it, to which content, within which limits."""

from decimal import Decimal

import pytest

from casemgmt.models import Notice
from complaints.actions.approving import approve_grant, reject_grant, return_grant, why_not_approve_grant
from complaints.actions.assigning import assign_case
from complaints.actions.customers import OrderData
from complaints.actions.entering_payees import change_payee, enter_payee
from complaints.actions.evidencing import exclude_evidence
from complaints.actions.granting import change_grant, submit_grant
from complaints.actions.investigating import record_finding
from complaints.actions.ordering import record_order
from complaints.actions.subjecting import name_subject
from complaints.states import GrantState
from complaints.vocabulary import EvidenceType
from policies.lookup import limits_in_force
from tests.building import add_photo, an_assessing_case
from tests.cast import AT, later
from tests.money import PAYEE, REQUEST, a_cash_draft, a_draft, a_request, an_approved_grant, say_yes
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    """A case of ana's."""
    return an_assessing_case(cast)


def states_of(case):
    return dict(case.grants.values_list("pk", "state"))


def approve(grant, by, *, at=AT, seen=None):
    grant.refresh_from_db()
    return approve_grant(grant.pk, by=by, at=at, seen_digest=seen or grant.content_digest)


def test_a_supervisor_approves_what_another_person_asked_for(cast, case):
    grant = approve(a_request(cast, case), cast.tara)
    assert (grant.state, grant.approved_by) == (GrantState.APPROVED, cast.tara)
    assert grant.limit_policy_id == limits_in_force(AT)["supervisor"].policy_id
    assert grant.pay_by == later(days=2, hours=8), "a red packet is due at the close of the second working day"
    assert grant.commitments.get().owner == cast.olga
    assert Notice.objects.filter(code="notice.grant_approved", person=cast.ana).exists()


def test_two_different_supervisors_approve_above_the_limit_of_one(cast, case):
    grant = approve(a_request(cast, case, "600"), cast.sven)
    assert (grant.state, grant.approved_by, grant.commitments.count()) == (GrantState.AWAITING_APPROVAL, cast.sven, 0)
    with refused("grant.approved_by_you_already"):
        approve(grant, cast.sven)
    grant = approve(grant, cast.tara)
    assert (grant.state, grant.second_approved_by) == (GrantState.APPROVED, cast.tara)
    assert grant.limit_policy_id == limits_in_force(AT)["two_supervisors"].policy_id


def test_nobody_approves_what_they_asked_for(cast, case):
    """T3: a supervisor who asks finds another one."""
    grant = submit_grant(_asked_by(cast, case, cast.sven).pk, by=cast.sven, at=AT)
    with refused("duty.asker_decides"):
        approve(grant, cast.sven)
    assert approve(grant, cast.tara).state == GrantState.APPROVED


def _asked_by(cast, case, person):
    draft = a_draft(cast, case, by=person, kind="red_packet", amount="300", order_of_offers="客户不要券")
    return enter_payee(draft.pk, by=cast.ana, at=AT, **PAYEE)


def test_the_handler_of_the_case_does_not_approve(cast, case):
    grant = a_request(cast, case)
    assign_case(case.pk, by=cast.sven, at=AT, handler_id=cast.tara.pk, reason="安娜休假。")
    with refused("duty.handler_decides"):
        approve(grant, cast.tara)
    with refused("duty.handler_decides"):
        reject_grant(grant.pk, by=cast.tara, at=AT, reason="…")


def test_whom_the_complaint_is_about_does_not_even_see_it(cast, case):
    grant = a_request(cast, case)
    name_subject(case.pk, by=cast.ana, at=AT, person_id=cast.tara.pk)
    with denied():
        approve(grant, cast.tara)


def test_who_entered_the_payee_does_not_approve(cast, case):
    """Nobody sends money to an account of their own choice."""
    grant = a_cash_draft(cast, case, "300")
    change_payee(grant.pk, by=cast.sven, at=AT, **PAYEE)
    grant = submit_grant(grant.pk, by=cast.ana, at=AT)
    with refused("grant.approver_entered_payee"):
        approve(grant, cast.sven)
    assert approve(grant, cast.tara).state == GrantState.APPROVED


def test_what_changed_after_it_was_opened_is_not_approved(cast, case):
    """T5."""
    grant = a_request(cast, case)
    seen = grant.content_digest
    change_grant(
        grant.pk,
        by=cast.ana,
        at=AT,
        **REQUEST | {"kind": "red_packet", "amount": "490", "order_of_offers": "客户不要券"},
    )
    grant = submit_grant(grant.pk, by=cast.ana, at=AT)
    with refused("grant.changed_since_seen"):
        approve(grant, cast.tara, seen=seen)
    assert approve(grant, cast.tara).amount == Decimal("490.00")


def test_a_finding_against_the_grant_changes_its_content(cast, case):
    """Facts that contradict lapse it; facts that agree do not."""
    agreeing, contradicted = a_request(cast, case, "100"), a_request(cast, case, "110")
    finding = {"words": "仓库漏检。", "root_cause": "质检漏检。"}
    record_finding(case.pk, by=cast.ana, at=AT, responsible_party="seller", **finding)
    assert approve(agreeing, cast.tara).state == GrantState.APPROVED
    record_finding(case.pk, by=cast.ana, at=AT, responsible_party="customer", **finding)
    with refused("grant.not_possible_from"):
        approve(contradicted, cast.tara)
    assert states_of(case) == {agreeing.pk: GrantState.DRAFTED, contradicted.pk: GrantState.DRAFTED}
    lapsed = contradicted.history.first()
    assert (lapsed.history_change_reason, lapsed.history_user_id) == ("grant.lapsed", str(cast.ana.pk))
    assert Notice.objects.filter(code="notice.grant_lapsed", person=cast.ana).count() == 2


def test_evidence_that_falls_changes_the_content(cast, case):
    receipt = add_photo(cast, case, evidence_type=EvidenceType.RECEIPT)
    grant = submit_grant(a_cash_draft(cast, case, "120", kind="expenses").pk, by=cast.ana, at=AT)
    exclude_evidence(receipt.pk, by=cast.ana, at=AT, reason="收据系伪造。")
    with refused("grant.not_possible_from"):
        approve(grant, cast.tara)
    with refused("grant.evidence_missing"):
        submit_grant(grant.pk, by=cast.ana, at=AT)


def test_what_the_order_cost_is_a_fact_of_the_grant(cast, case):
    """S-CMP-09: paid for less than was believed, the same sum is beyond our commitment and is asked for anew."""
    grant = an_approved_grant(cast, case, "300")
    record_order(case.pk, by=cast.ana, at=AT, reason="核对订单。", courier="顺丰")
    assert states_of(case) == {grant.pk: GrantState.APPROVED}, "a courier is no fact of it"
    record_order(case.pk, by=cast.ana, at=AT, reason="核对订单。", paid_amount=Decimal(199))
    assert states_of(case) == {grant.pk: GrantState.DRAFTED}
    with refused("grant.beyond_commitment"):
        submit_grant(grant.pk, by=cast.ana, at=AT)


def test_evidence_that_the_grant_does_not_rest_on_changes_nothing(cast, case):
    grant = a_request(cast, case)
    add_photo(cast, case)
    assert approve(grant, cast.tara).state == GrantState.APPROVED


def test_limits_are_counted_again_when_one_says_yes(cast, case):
    """A request that one could approve when it was handed in needs two after more was granted meanwhile."""
    law = {"legal_reference": "consumer-law-55"}
    waiting = a_request(cast, case, "500", **law)
    meanwhile = say_yes(a_request(cast, case, "600", **law), cast.sven)
    assert say_yes(meanwhile, cast.tara).state == GrantState.APPROVED
    assert waiting.approvals_needed == 1
    found = why_not_approve_grant(waiting, by=cast.tara, at=AT)
    assert [violation.code for violation in found] == ["grant.above_per_case"]
    with refused("grant.above_per_case"):
        approve(waiting, cast.tara)
    return_grant(waiting.pk, by=cast.tara, at=AT, reason="额度已用。")
    assert submit_grant(waiting.pk, by=cast.ana, at=AT).approvals_needed == 2


def test_the_approvers_day_is_limited(cast):
    """5,000 a day for one supervisor; another one has a day of her own."""
    for number in range(10):
        stranger = an_assessing_case(cast, order=OrderData(number=f"5{number}", paid_amount=689))
        say_yes(a_request(cast, stranger, "500"), cast.sven, at=AT)
    stranger = an_assessing_case(cast, order=OrderData(number="60", paid_amount=689))
    grant = submit_grant(_asked_by_ben(cast, stranger).pk, by=cast.ben, at=AT)
    with refused("grant.above_per_day"):
        approve(grant, cast.sven)
    assert approve(grant, cast.tara).state == GrantState.APPROVED


def _asked_by_ben(cast, case):
    assign_case(case.pk, by=cast.sven, at=AT, handler_id=cast.ben.pk, reason="分担。")
    draft = a_draft(cast, case, by=cast.ben, kind="red_packet", amount="60", order_of_offers="客户不要券")
    return enter_payee(draft.pk, by=cast.ben, at=AT, **PAYEE)


def test_approving_twice_is_refused(cast, case):
    grant = an_approved_grant(cast, case)
    with refused("grant.not_possible_from"):
        approve(grant, cast.sven)


def test_rejecting_says_why_and_ends_the_request(cast, case):
    grant = a_request(cast, case)
    with refused("grant.reason_missing"):
        reject_grant(grant.pk, by=cast.tara, at=AT, reason=" ")
    rejected = reject_grant(grant.pk, by=cast.tara, at=AT, reason="超出惯例。")
    assert (rejected.state, rejected.reason.words) == (GrantState.REJECTED, "超出惯例。")
    with refused("grant.not_possible_from"):
        reject_grant(grant.pk, by=cast.tara, at=AT, reason="超出惯例。")


@pytest.mark.parametrize("who", ["ana", "tara"])
def test_an_approved_grant_is_sent_back_to_be_reworked(cast, case, who):
    grant = an_approved_grant(cast, case)
    with refused("grant.reason_missing"):
        return_grant(grant.pk, by=getattr(cast, who), at=AT, reason="")
    returned = return_grant(grant.pk, by=getattr(cast, who), at=AT, reason="金额待核。")
    assert (returned.state, returned.approved_by, returned.limit_policy_id) == (GrantState.DRAFTED, None, None)
    with refused("grant.not_possible_from"):
        return_grant(grant.pk, by=cast.ana, at=AT, reason="金额待核。")


@pytest.mark.parametrize("who", ["ana", "ben", "wen", "olga", "axel"])
def test_others_have_no_right_to_decide(cast, case, who):
    grant = a_request(cast, case)
    person = getattr(cast, who)
    with denied():
        approve(grant, person)
    with denied():
        reject_grant(grant.pk, by=person, at=AT, reason="…")
    if who != "ana":
        with denied():
            return_grant(grant.pk, by=person, at=AT, reason="…")
