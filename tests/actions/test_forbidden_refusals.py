"""What the law lets nobody refuse with, and what is owed by law: refused with the clause; unknown facts are asked."""

import pytest

from casemgmt.ledger import signed
from complaints.actions.knowing import state_facts
from complaints.actions.ordering import record_order
from complaints.actions.proposing_refusals import draft_of, keep_draft, propose_refusal, weigh_proposal
from complaints.actions.refusing import approve_refusal
from complaints.actions.requesting_evidence import answer_evidence_request, ask_for_evidence
from complaints.actions.stating import state_words
from complaints.models import RefusalDraft, StatedFact
from complaints.vocabulary import EvidenceType, Remedy, StatementKind
from policies.lookup import policy_by_id
from tests.cast import AT, later
from tests.refusals import GROUNDS, an_unreasonable_case
from tests.saying_no import denied, refused

SILENCE = {"ground": "no_concrete_evidence", "legal_reference": "consumer-law-23", "evidence_ids": []}
SEVEN_DAYS = {
    "remote_sale": "yes", "goods_class": "ordinary", "product_type": "clothing", "complete": "yes", "unused": "yes",
    "tags_kept": "yes", "unwashed": "yes", "return_asked_on": "2026-10-12",
}  # fmt: skip


@pytest.fixture
def case(cast):
    return an_unreasonable_case(cast)


def propose(cast, case, *, at=AT, **changes):
    facts = GROUNDS | {"evidence_ids": list(case.evidence.values_list("pk", flat=True))} | changes
    return propose_refusal(case.pk, by=cast.ana, at=at, **facts)


def state(cast, case, **facts):
    state_facts(case.pk, by=cast.ana, at=AT, facts=facts, reason="客服核实。")


def received(cast, case, *, days_ago):
    record_order(case.pk, by=cast.ana, at=AT, product_name="羊毛大衣", signed_at=later(days=-days_ago), reason="面单。")


def asked_in_vain(cast, case):
    """Evidence was asked of the customer, and its deadline is over at `later(days=8)`."""
    return ask_for_evidence(
        case.pk, by=cast.ana, at=AT, evidence_type=EvidenceType.TEST_REPORT, what="质检报告", due_at=later(days=7)
    )


@pytest.mark.parametrize(
    ("pretext", "clause"),
    [
        ("opened_for_inspection", "order-73-art-9"),
        ("no_invoice", "consumer-law-24"),
        ("excluded_by_the_shop", "regulation-778-art-19"),
        ("signed_for", "spc-online-2022-art-1"),
        ("final_interpretation", "order-73-art-12"),
    ],
)
def test_a_pretext_is_refused_with_its_clause(cast, case, pretext, clause):
    with refused("refusal.barred_by_law") as broken:
        propose(cast, case, ground=pretext)
    (found,) = broken.value.violations
    weighed = weigh_proposal(case, {"ground": pretext}, by=cast.ana, at=AT)
    assert found.field == "ground"
    assert weighed.policies.legal_references[clause].label.zh in found.params["law"]


def test_no_evidence_is_no_ground_while_the_proof_lies_with_the_shop(cast, case):
    """Consumer Rights Protection Law art. 23: durable goods, six months; one day more, and it is one."""
    asked_in_vain(cast, case)
    with refused("refusal.fact_missing"):
        propose(cast, case, at=later(days=8), **SILENCE)
    received(cast, case, days_ago=183)
    state(cast, case, durable="yes", demanded_on="2026-10-12")
    with refused("refusal.barred_by_law"):
        propose(cast, case, at=later(days=8), **SILENCE)
    received(cast, case, days_ago=184)
    assert propose(cast, case, at=later(days=8), **SILENCE).pk


def test_what_is_owed_by_law_is_not_refused_but_anything_else_may_be(cast):
    case = an_unreasonable_case(cast, demanded_remedy=Remedy.RETURN)
    received(cast, case, days_ago=4)
    state(cast, case, **SEVEN_DAYS)
    with refused("refusal.owed_by_law") as broken:
        propose(cast, case)
    assert "二十五" in broken.value.violations[0].params["law"] or "25" in broken.value.violations[0].params["law"]
    other = an_unreasonable_case(cast, demanded_remedy=Remedy.COUPON)
    received(cast, other, days_ago=4)
    state(cast, other, **SEVEN_DAYS)
    assert propose(cast, other).refuses == Remedy.COUPON


def test_whoever_named_no_remedy_is_refused_nothing_that_is_owed(cast, case):
    received(cast, case, days_ago=4)
    state(cast, case, **SEVEN_DAYS)
    with refused("refusal.owed_by_law"):
        propose(cast, case)
    state(cast, case, unwashed="no")
    assert propose(cast, case).weighed["facts"]["unwashed"] == "no"


def test_the_facts_and_rows_by_which_the_law_was_asked_are_kept(cast, case):
    refusal = propose(cast, case)
    assert {policy_by_id(pk).code for pk in refusal.weighed["bars"]} >= {"burden_of_proof", "no_invoice"}
    assert refusal.weighed["facts"]["demanded_on"] == "2026-10-12"
    assert policy_by_id(refusal.company_rule_policy_id).code == "wear_and_tear"


def test_the_law_is_asked_again_when_it_is_decided(cast):
    """A fact that became known since, by whatever way, stands against the yes."""
    case = an_unreasonable_case(cast, demanded_remedy=Remedy.FULL_REFUND)
    refusal = propose(cast, case)
    with signed(by=cast.system, reason="test.fact", at=AT):
        known = state_words(case, StatementKind.REASON, "仓库扫描入库。", by=cast.system, at=AT)
        fact = {"known_from": known, "stated_by": cast.system, "stated_at": AT}
        StatedFact.objects.create(case=case, name="goods_back_on", value="2026-10-12", **fact)
    with refused("refusal.owed_by_law"):
        approve_refusal(refusal.pk, by=cast.sven, at=AT, remark="同意。")


def test_a_draft_is_kept_for_its_writer_alone_and_goes_with_the_proposal(cast, case):
    keep_draft(case.pk, by=cast.ana, at=AT, typed={"understood": "客户要求全额退款。", "evidence_ids": ["1"]})
    keep_draft(case.pk, by=cast.ana, at=later(minutes=5), typed={"understood": "客户要求全额退款并赔偿。"})
    assert draft_of(case, cast.ana) == ({"understood": "客户要求全额退款并赔偿。"}, later(minutes=5))
    assert draft_of(case, cast.sven) == ({}, None)
    row = RefusalDraft.objects.get()
    assert "退款" not in row.sealed_words
    with refused("text.null_character"):
        keep_draft(case.pk, by=cast.ana, at=AT, typed={"understood": "a\x00b"})
    with denied():
        keep_draft(case.pk, by=cast.ben, at=AT, typed={"understood": "…"})
    propose(cast, case)
    assert draft_of(case, cast.ana) == ({}, None)


def test_a_draft_of_an_erased_customer_cannot_be_read(cast, case):
    keep_draft(case.pk, by=cast.ana, at=AT, typed={"understood": "客户要求全额退款。"})
    case.customer.key.delete()
    case.refresh_from_db()
    assert draft_of(case, cast.ana) == ({}, None)


def test_evidence_that_comes_late_stops_the_approval(cast, case):
    request = asked_in_vain(cast, case)
    state(cast, case, durable="no")
    refusal = propose(cast, case, at=later(days=8), **SILENCE)
    answer_evidence_request(request.pk, by=cast.ana, at=later(days=9))
    with refused("refusal.evidence_arrived"):
        approve_refusal(refusal.pk, by=cast.sven, at=later(days=9), remark="同意。")
