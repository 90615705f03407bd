"""Worked cases about money, refusals and outside bodies, told from end to end (WC-01, 18, 23, 31, 32, 46, 48)."""

import pytest

from complaints.actions.approving import approve_grant
from complaints.actions.customers import OrderData
from complaints.actions.entering_payees import enter_payee
from complaints.actions.executing import complete
from complaints.actions.granting import draft_grant, submit_grant
from complaints.actions.keeping import keep_commitment
from complaints.actions.outside import outside_decided
from complaints.actions.routing import move_route
from complaints.actions.telling_refusals import tell_refusal
from complaints.states import CaseState, CommitmentState, GrantState, RouteState
from complaints.vocabulary import ContactPurpose, EvidenceType, GrantPurpose, Outcome, ResponsibleParty
from tests.building import add_photo, an_assessing_case, an_executing_case, answer, tell_outcome
from tests.cast import AT, later
from tests.money import PAYEE, a_draft, pay, say_yes
from tests.refusals import an_approved_refusal, an_external_case, an_unreasonable_case, tell_the_no, walk_the_ladder
from tests.saying_no import refused

pytestmark = pytest.mark.django_db


def test_the_dry_cleaning_fee_is_promised_paid_and_told(cast):
    """WC-01, S-CMP-12: service asks, a supervisor agrees, operations elsewhere pay, and the customer is told."""
    case = an_executing_case(cast)
    add_photo(cast, case, evidence_type=EvidenceType.RECEIPT)
    draft = draft_grant(
        case.pk,
        by=cast.ana,
        at=AT,
        kind="expenses",
        amount="68.00",
        purpose=GrantPurpose.CORRECT_ERROR,
        fault=ResponsibleParty.SELLER,
        basis="客户已自行干洗，费用由我方承担。",
        order_of_offers="实际支出，不能以优惠券代替。",
    )
    enter_payee(draft.pk, by=cast.ana, at=AT, **PAYEE)
    asked = submit_grant(draft.pk, by=cast.ana, at=AT)
    assert asked.state == GrantState.AWAITING_APPROVAL, "WC-23, WC-31: above the own limit a superior decides"
    granted = approve_grant(asked.pk, by=cast.tara, at=AT, seen_digest=asked.content_digest)
    promise = granted.commitments.get()
    assert (promise.owner, promise.due_at) == (cast.olga, granted.pay_by)
    for other in case.commitments.filter(grant=None):
        keep_commitment(other.pk, by=cast.ana, at=later(hours=1), words="新衣已签收。")
    tell_outcome(cast, case, at=later(hours=1))
    with refused("complete.commitment_pending", "complete.grant_unpaid"):
        complete(case.pk, by=cast.ana, at=later(hours=1))
    pay(granted, cast.olga, at=later(days=1))
    promise.refresh_from_db()
    assert promise.state == CommitmentState.KEPT
    with refused("grant.payment_not_told"):
        complete(case.pk, by=cast.ana, at=later(days=1))
    answer(cast, case, at=later(days=1), purpose=ContactPurpose.COMMITMENT_KEPT, words="干洗费已打款，请查收。")
    assert complete(case.pk, by=cast.ana, at=later(days=1)).state == CaseState.FOLLOWING_UP


def test_nothing_is_accepted_and_the_principle_is_held(cast):
    """WC-32, WC-46: why, the superior, other options; only then the lawful no, with its evidence."""
    case = an_unreasonable_case(cast, walked=False)
    walk_the_ladder(cast, case)
    refusal = an_approved_refusal(cast, case)
    tell_the_no(cast, case, at=later(hours=1))
    told = tell_refusal(case.pk, by=cast.ana, at=later(hours=1), showed_evidence=True, showed_policy=True)
    assert (told.state, told.outcome) == (CaseState.FOLLOWING_UP, Outcome.REFUSED)
    assert {refusal.proposed_by, refusal.decided_by} == {cast.ana, cast.sven}


def test_what_a_mediator_decides_is_complied_with(cast):
    """WC-48, S-TPR-05: a promise with a due date, and the route ends when it is kept."""
    case = an_external_case(cast)
    route = move_route(case.routes.get().pk, by=cast.ana, at=AT, to=RouteState.DECIDED, words="商家免费换新。")
    outside_decided(
        case.pk,
        by=cast.ana,
        at=AT,
        route_id=route.pk,
        to=CaseState.EXECUTING,
        obliges=True,
        promise="三日内寄出新衣。",
        due_at=later(days=3),
    )
    keep_commitment(route.commitments.get().pk, by=cast.ana, at=later(days=1), words="已寄出并签收。")
    complied = move_route(route.pk, by=cast.ana, at=later(days=1), to=RouteState.COMPLIED)
    assert complied.ended_at == later(days=1)


def test_nobody_gives_more_than_was_promised_without_the_law(cast):
    """WC-18, S-CMP-09: a loss beyond the order is not granted to please; with its clause others decide, never alone."""
    case = an_assessing_case(cast, order=OrderData(number="7718", product_name="保温杯", paid_amount=39))
    wished = a_draft(cast, case, amount="45.00")
    with refused("grant.beyond_commitment"):
        submit_grant(wished.pk, by=cast.ana, at=AT)
    lawful = a_draft(cast, case, amount="45.00", legal_reference="consumer-law-55")
    asked = submit_grant(lawful.pk, by=cast.ana, at=AT)
    assert (asked.state, asked.approvals_needed) == (GrantState.AWAITING_APPROVAL, 1), "45 would be ana's own to give"
    cast.ana.is_superuser = True
    with refused("duty.asker_decides", "grant.above_your_authority"):
        say_yes(asked, cast.ana)
    assert say_yes(asked, cast.tara).state == GrantState.APPROVED
