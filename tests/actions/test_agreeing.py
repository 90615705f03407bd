"""Settlement agreements: drawn from the plan, checked as a whole, signed once by each side, carried out or broken."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from casemgmt.ledger import signed
from complaints.actions.agreeing import draft_agreement, drop_agreement, sign_agreement
from complaints.actions.executing import accept
from complaints.actions.keeping import keep_commitment
from complaints.actions.open_returns import violations_in_open_returns
from complaints.actions.planning import reject_plan
from complaints.actions.sweeping import warn_of_commitments
from complaints.models import SettlementAgreement
from complaints.states import AgreementState, CaseState, CommitmentState, PlanState
from complaints.vocabulary import EvidenceType
from complaints.vocabulary.returning import SigningSide, SigningWay
from policies.lookup import periods_in_force
from tests.building import a_drafted_plan, a_negotiating_case, an_accepted_plan, an_offered_plan
from tests.cast import AT, later
from tests.returns import a_drafted_agreement, a_signed_agreement, sign
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return a_negotiating_case(cast)


@pytest.fixture
def plan(cast, case):
    return an_offered_plan(cast, case)


def test_the_text_is_made_from_the_plan_and_takes_no_right_away(cast, plan):
    agreement = a_drafted_agreement(cast, plan)
    text = str(agreement.text)
    assert (agreement.state, agreement.number, agreement.terms.count()) == (AgreementState.DRAFTED, 1, 2)
    for part in (
        plan.case.case_number,
        "寄一件全新的同款",
        "出库质检漏检",
        "2026-10-15",
        "不影响乙方依法享有的其他权利",
    ):
        assert part in text
    assert "{{" not in text


def test_what_the_law_forbids_in_terms_is_refused(cast, plan):
    """Order 73 art. 12: the shop has no final say, and nobody gives up the right to complain."""
    with refused("wording.blocked") as broken:
        a_drafted_agreement(cast, plan, words="最终解释权归本店所有。")
    assert broken.value.violations[0].field == "words"


def test_only_what_the_customer_knows_is_put_in_writing(cast, case):
    plan = a_drafted_plan(cast, case)
    with refused("agreement.plan_not_offered", "agreement.due_in_past"):
        a_drafted_agreement(cast, plan, due_at=AT - timedelta(days=1))
    with denied():
        draft_agreement(case.pk, by=cast.ben, at=AT, plan_id=plan.pk, due_at=later(days=3))


def test_one_agreement_at_a_time_and_another_after_it_was_dropped(cast, plan):
    agreement = a_drafted_agreement(cast, plan)
    with refused("agreement.one_at_a_time"):
        a_drafted_agreement(cast, plan)
    assert [found.code for found in violations_in_open_returns(plan.case)] == ["agreement.unsigned"]
    with refused("reason.missing"):
        drop_agreement(agreement.pk, by=cast.ana, at=AT, reason=" ")
    drop_agreement(agreement.pk, by=cast.ana, at=AT, reason="客户想换一种方案。")
    assert a_drafted_agreement(cast, plan).number == 2


def test_each_side_signs_once_and_the_customer_in_a_file_that_is_sealed(cast, plan):
    agreement = a_drafted_agreement(cast, plan)
    with refused("agreement.file_missing"):
        sign_agreement(agreement.pk, by=cast.ana, at=AT, side=SigningSide.CUSTOMER, how=SigningWay.ON_PAPER)
    one = sign(cast, agreement, SigningSide.CUSTOMER, words="林晓云本人")
    assert (one.state, one.customer_file.evidence_type) == (AgreementState.SIGNED_BY_ONE, EvidenceType.CONTRACT)
    with refused("agreement.signed_by_this_side"):
        sign_agreement(
            agreement.pk,
            by=cast.ana,
            at=AT,
            side=SigningSide.CUSTOMER,
            how=SigningWay.ON_PAPER,
            evidence_id=one.customer_file_id,
        )
    both = sign(cast, agreement, SigningSide.COMPANY)
    assert (both.state, both.company_signed_by, both.signed_at) == (AgreementState.SIGNED, cast.ana, AT)


def test_nobody_signs_what_the_customer_turned_down(cast, plan):
    agreement = a_drafted_agreement(cast, plan)
    reject_plan(plan.pk, by=cast.ana, at=AT, words="不接受。")
    with refused("agreement.plan_not_offered"):
        sign(cast, agreement, SigningSide.CUSTOMER)


def test_both_signatures_accept_the_plan_and_make_its_promises_and_the_copy(cast, case, plan):
    option = plan.options.first()
    agreement = a_signed_agreement(cast, plan, chosen=[option.pk])
    plan.refresh_from_db()
    assert plan.state == PlanState.ACCEPTED
    promised, copy = agreement.commitments.order_by("-due_at")
    assert (promised.option, promised.due_at) == (option, later(days=3))
    hours = periods_in_force(AT).agreement_copy_hours
    assert (copy.option, copy.due_at) == (None, later(hours=hours))
    assert accept(case.pk, by=cast.ana, at=AT, due_at=later(days=5)).state == CaseState.EXECUTING
    assert case.commitments.filter(option=option).count() == 1, "the agreement promised it already"


def test_an_agreement_on_an_accepted_plan_takes_its_promises(cast, case):
    plan = an_accepted_plan(cast, case)
    accept(case.pk, by=cast.ana, at=AT, due_at=later(days=2))
    agreement = a_signed_agreement(cast, plan)
    assert agreement.commitments.filter(option__isnull=False).get().due_at == later(days=2)


def test_it_is_fulfilled_by_the_last_promise(cast, plan):
    agreement = a_signed_agreement(cast, plan)
    for promise in agreement.commitments.all():
        assert SettlementAgreement.objects.get(pk=agreement.pk).state == AgreementState.SIGNED
        keep_commitment(promise.pk, by=cast.ana, at=later(hours=1), words="已办理。")
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ended_at) == (AgreementState.FULFILLED, later(hours=1))


def test_one_broken_promise_breaks_it(cast, plan):
    """S-EXE-08: found by the sweep, when nobody pressed anything."""
    agreement = a_signed_agreement(cast, plan)
    warn_of_commitments(later(days=2))
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.BROKEN
    assert agreement.commitments.filter(state=CommitmentState.BROKEN).count() == 1


def test_the_database_keeps_text_and_signatures(cast, plan):
    agreement = a_drafted_agreement(cast, plan)
    sign(cast, agreement, SigningSide.CUSTOMER)
    other = agreement.plan.explanation
    for changes in (
        {"text": other},
        {"customer_signed_at": later(hours=1)},
        {"customer_file": None},
        {"state": AgreementState.SIGNED},
        {"state": AgreementState.FULFILLED},
    ):
        with (
            pytest.raises((DatabaseError, IntegrityError)),
            transaction.atomic(),
            signed(by=cast.ana, reason="agreement.drafted", at=AT),
        ):
            SettlementAgreement.objects.filter(pk=agreement.pk).update(**changes)
