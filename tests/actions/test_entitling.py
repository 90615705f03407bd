"""Facts that are stated, answers that are written down, and what fitted a plan: each computed again as it was."""

from datetime import timedelta
from decimal import Decimal

import pytest

from complaints.actions.entitling import answers_of, record_entitlement, replay
from complaints.actions.knowing import facts_of, known_of, state_facts
from complaints.actions.ordering import record_order
from complaints.actions.planning import OptionDraft
from complaints.actions.weighing_authority import outlook_on, weighings_of
from complaints.actions.weighing_remedies import fit_again
from complaints.models import EntitlementAnswer
from complaints.states import CaseState
from complaints.vocabulary import Remedy, SignedBy
from policies.lookup import policies_in_force
from tests.building import a_case, a_drafted_plan, a_negotiating_case, an_investigating_case
from tests.cast import AT, later
from tests.money import a_draft, a_request, an_approved_grant
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db
FRAUD = {"fraud_found": "yes"}


@pytest.fixture
def case(cast):
    return a_negotiating_case(cast)


def state(cast, case, *, by=None, at=AT, reason="客服向顾客核实。", **facts):
    return state_facts(case.pk, by=by or cast.ana, at=at, facts=facts, reason=reason)


def record(cast, case, code="fraud_3_times", *, by=None, at=AT, **place):
    return record_entitlement(case.pk, by=by or cast.ana, at=at, entitlement=code, **place)


def test_a_fact_is_stated_with_who_and_why_and_the_newest_counts(cast, case):
    state(cast, case, damage_extent="light", in_stock="yes")
    state(cast, case, damage_extent="severe", at=later(hours=1), reason="照片显示裂开。")
    known = known_of(case)["damage_extent"]
    assert (known.value, known.origin, known.stated.stated_by) == ("severe", "stated", cast.ana)
    assert str(known.stated.known_from) == "照片显示裂开。"
    assert case.stated_facts.count() == 3


def test_the_same_again_writes_no_second_row_and_nothing_takes_it_back(cast, case):
    state(cast, case, in_stock="yes")
    state(cast, case, in_stock="yes")
    assert case.stated_facts.count() == 1
    state(cast, case, in_stock="", reason="库存记录有误。")
    assert "in_stock" not in known_of(case)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "fact.nothing_stated"),
        ({"price": "5.00"}, "fact.not_statable"),
        ({"weather": "fine"}, "fact.not_statable"),
        ({"in_stock": "maybe"}, "fact.unreadable"),
        ({"loss": "-1"}, "fact.unreadable"),
        ({"loss": "1.005"}, "fact.unreadable"),
        ({"failed_repairs": "１"}, "fact.unreadable"),
        ({"goods_back_on": "2026-02-30"}, "fact.unreadable"),
        ({"goods_back_on": "2026-10-13"}, "fact.day_ahead"),
    ],
)
def test_each_clause_of_a_statement_alone_refuses(cast, case, facts, code):
    with refused(code):
        state(cast, case, **facts)


def test_a_statement_needs_its_ground_and_a_case_that_stands_open(cast, case):
    with refused("reason.missing"):
        state(cast, case, in_stock="yes", reason=" ")
    a_request(cast, case, "200.00")
    with refused("case.decision_pending"):
        state(cast, case, in_stock="yes")
    ended = a_case(cast, CaseState.CLOSED)
    with refused("case.ended"):
        state(cast, ended, in_stock="yes")


def test_whoever_handles_another_case_states_nothing(cast, case):
    with denied():
        state(cast, case, by=cast.ben, in_stock="yes")


def test_what_the_records_say_is_known_without_stating_it(cast, case):
    known = facts_of(case, AT).known
    assert known["price"] == Decimal("689.00")
    assert known["remote_sale"] is True
    assert known["defect_confirmed"] is True
    assert (known["responsible_party"], known["verdict"]) == ("seller", "substantiated")
    assert known["demanded_on"] == AT.date()
    assert "received_on" not in known


def test_what_is_stated_counts_before_what_is_concluded(cast, case):
    state(cast, case, defect_confirmed="no", reason="复检合格。")
    assert facts_of(case, AT).known["defect_confirmed"] is False


def test_an_answer_is_kept_with_its_facts_and_rows_and_comes_out_the_same(cast, case):
    state(cast, case, **FRAUD)
    plan = a_drafted_plan(cast, case)
    kept = record(cast, case, plan_id=plan.pk)
    assert (kept.verdict, kept.amount, kept.currency) == ("owed", Decimal("2067.00"), "CNY")
    assert kept.inputs == {"fraud_found": "yes", "price": "689.00"}
    policies = policies_in_force(AT)
    assert kept.policy_id == policies.entitlements["fraud_3_times"].policy_id
    assert kept.law_policy_ids == [policies.legal_references["consumer-law-55"].policy_id]
    state(cast, case, fraud_found="no", at=later(days=1), reason="平台复核不成立。")
    again = replay(EntitlementAnswer.objects.get(pk=kept.pk))
    assert again.is_same
    assert again.answer.amount == Decimal("2067.00")
    now = {row.code: answer.verdict for row, answer in answers_of(case, later(days=1))}
    assert now["fraud_3_times"] == "not_owed"


def test_an_answer_that_was_changed_behind_our_back_is_found_out(cast, case):
    state(cast, case, **FRAUD)
    kept = record(cast, case, finding_id=case.findings.get().pk)
    kept.amount = Decimal("1.00")
    assert not replay(kept).is_same


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": "alms"}, "entitlement.not_in_force"),
        ({"code": "repair_30_days"}, "entitlement.not_in_force"),
        ({"plan_id": None}, "entitlement.for_nothing"),
        ({"plan_id": 999_999}, "entitlement.plan_of_another_case"),
        ({"finding_id": 999_999}, "entitlement.finding_of_another_case"),
    ],
)
def test_each_clause_of_an_answer_alone_refuses(cast, case, changes, code):
    plan = a_drafted_plan(cast, case)
    with refused(code):
        record(cast, case, **{"plan_id": plan.pk} | changes)


def test_an_answer_is_written_down_by_who_handles_the_case(cast, case):
    plan = a_drafted_plan(cast, case)
    with denied():
        record(cast, case, by=cast.wen, plan_id=plan.pk)


def test_wc_12_a_full_refund_that_nothing_speaks_for_needs_a_reason_that_is_kept(cast):
    """S-PRO-02, S-PRO-03: a promise that is hard to keep is not made lightly."""
    case = an_investigating_case(cast, category="product.misuse")
    options = [OptionDraft(Remedy.FULL_REFUND, words="退全款")]
    with refused("plan.deviation_without_reason"):
        a_drafted_plan(cast, case, options=options, deviation=" ")
    plan = a_drafted_plan(cast, case, options=options, deviation="十年老客户，主管同意破例。")
    assert str(plan.deviation) == "十年老客户，主管同意破例。"
    assert plan.fitting["deviates"] == ["full_refund"]
    again = fit_again(plan)
    assert again.is_same
    assert again.deviates == ("full_refund",)


def test_a_plan_that_fits_has_nothing_to_say(cast, case):
    plan = a_drafted_plan(cast, case, options=[OptionDraft(Remedy.RETURN, words="退货退款")], deviation="多余的理由")
    assert plan.deviation is None
    assert plan.fitting["deviates"] == []


@pytest.mark.parametrize("signer", [SignedBy.NOT_SIGNED, SignedBy.CUSTOMER])
def test_wc_38_and_39_the_shop_answers_for_a_damaged_parcel_whoever_signed(cast, signer):
    """S-SOL-16 lets the buyer bear what they signed for; the law does not, and the plan follows the law (C-06)."""
    case = an_investigating_case(cast, category="logistics.damaged_parcel")
    record_order(case.pk, by=cast.ana, at=AT, signed_by=signer, reason="物流轨迹")
    case.refresh_from_db()
    plan = a_drafted_plan(cast, case, options=[OptionDraft(Remedy.RESHIP, words="补发一件")], deviation="")
    again = fit_again(plan)
    assert again.fit.codes[0] == "reship"
    assert [bool(rule.against) for rule in again.fit.rules if rule.code.startswith("parcel_")] == [
        signer == SignedBy.CUSTOMER
    ]


def test_what_is_left_counts_linked_cases_and_is_told_before_anything_is_asked(cast, case):
    other = a_negotiating_case(cast)
    an_approved_grant(cast, other, "80.00")
    staff = next(
        rung for rung in outlook_on(case, policies_in_force(AT), by=cast.ana, at=AT, amount=None).rungs if rung.is_open
    )
    left = {line.name: (line.already, line.left) for line in staff.lines}
    assert left["per_case"] == (0, Decimal("100.00"))
    assert left["per_customer"] == (Decimal("80.00"), Decimal("120.00"))


def test_a_grant_is_weighed_again_as_it_was_when_handed_in_and_at_each_yes(cast, case):
    grant = an_approved_grant(cast, case, "120.00")
    grant.refresh_from_db()
    asked, said = weighings_of(grant)
    assert (asked.is_same, asked.carried.code) == (True, "supervisor")
    assert [rung.carries for rung in asked.rungs] == [False, True, True]
    assert (said.is_same, said.approver_id) == (True, grant.approved_by_id)
    an_approved_grant(cast, case, "450.00", at=AT + timedelta(hours=1))
    assert weighings_of(grant)[0].rungs == asked.rungs


def test_a_request_that_was_not_handed_in_was_not_weighed(cast, case):
    assert weighings_of(a_draft(cast, case)) == ()
