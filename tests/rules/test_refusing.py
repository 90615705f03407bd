"""The checks of W-07, one by one, and the ladder in its order."""

from dataclasses import replace

import pytest

from complaints.rules.refusing import (
    LADDER,
    WORDS,
    Paperwork,
    ProposalFacts,
    violations_in_paperwork,
    violations_in_proposal,
    violations_in_remark,
    violations_in_resuming,
    violations_in_showing,
)
from policies.values import Label, RefusalGround

BY_EVIDENCE = RefusalGround(
    1, "wrong_information", Label("", ""), ("law",), Label("", ""), needs_evidence=("photo", "test_report")
)
BY_SILENCE = RefusalGround(
    2, "no_concrete_evidence", Label("", ""), ("law",), Label("", ""), needs_evidence_request=True
)
COMPLETE = ProposalFacts(
    ground=BY_EVIDENCE,
    words=tuple((name, "…") for name in WORDS),
    law="consumer-law-25",
    law_known=True,
    company_rule="wear_and_tear",
    company_rule_known=True,
    evidence_given=1,
    evidence_of_case=1,
    evidence_verified=1,
    verified_types=frozenset({"photo"}),
    verdict_verified=True,
)


def codes(found):
    return [violation.code for violation in found]


def test_a_complete_proposal_is_allowed():
    """WC-46."""
    assert codes(violations_in_proposal(COMPLETE)) == []
    assert codes(violations_in_paperwork(Paperwork(ladder=LADDER))) == []


@pytest.mark.parametrize("name", WORDS)
def test_each_text_that_is_missing_is_named_at_its_field(name):
    """WC-47."""
    facts = replace(COMPLETE, words=tuple((other, " " if other == name else "…") for other in WORDS))
    found = list(violations_in_proposal(facts))
    assert [(violation.code, violation.field) for violation in found] == [(f"refusal.{name}_missing", name)]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (replace(COMPLETE, law=""), "refusal.law_missing"),
        (replace(COMPLETE, law_known=False), "refusal.law_unknown"),
        (replace(COMPLETE, company_rule=""), "refusal.company_rule_missing"),
        (replace(COMPLETE, company_rule_known=False), "refusal.company_rule_unknown"),
        (replace(COMPLETE, ground=None), "refusal.ground_unknown"),
        (replace(COMPLETE, verified_types=frozenset({"receipt"})), "refusal.evidence_missing"),
        (replace(COMPLETE, evidence_given=2), "refusal.evidence_of_another_case"),
        (replace(COMPLETE, evidence_given=2, evidence_of_case=2), "refusal.evidence_not_verified"),
        (replace(COMPLETE, verdict_verified=False), "refusal.verdict_missing"),
        (replace(COMPLETE, ground=BY_SILENCE), "refusal.request_not_expired"),
    ],
)
def test_each_check_alone_refuses(facts, code):
    assert codes(violations_in_proposal(facts)) == [code]


def test_silence_past_the_deadline_is_a_ground_without_evidence():
    facts = replace(COMPLETE, ground=BY_SILENCE, verified_types=frozenset(), request_expired=True)
    assert codes(violations_in_proposal(facts)) == []


def test_a_ground_that_says_so_needs_no_verified_verdict():
    ground = replace(BY_EVIDENCE, needs_verified_verdict=False)
    assert codes(violations_in_proposal(replace(COMPLETE, ground=ground, verdict_verified=False))) == []


@pytest.mark.parametrize("step", LADDER)
def test_each_step_of_the_ladder_is_walked(step):
    """S-SOL-24, S-REF-13, WC-32."""
    walked = tuple(other for other in LADDER if other != step)
    assert codes(violations_in_paperwork(Paperwork(ladder=walked))) == [f"refusal.ladder_{step}"]


def test_the_ladder_is_walked_in_its_order():
    upside_down = Paperwork(ladder=tuple(reversed(LADDER)))
    assert codes(violations_in_paperwork(upside_down)) == ["refusal.ladder_out_of_order"]
    twice = Paperwork(ladder=("talked_further", "superior", "talked_further", "other_options"))
    assert codes(violations_in_paperwork(twice)) == []


def test_money_and_a_refusal_contradict_each_other():
    assert codes(violations_in_paperwork(Paperwork(ladder=LADDER, money_standing=True))) == ["refusal.money_standing"]


def test_the_customer_is_shown_evidence_and_policy():
    """S-REF-07."""
    assert codes(violations_in_showing(showed_evidence=True, showed_policy=True)) == []
    assert codes(violations_in_showing(showed_evidence=False, showed_policy=True)) == ["refusal.evidence_not_shown"]
    assert codes(violations_in_showing(showed_evidence=True, showed_policy=False)) == ["refusal.policy_not_shown"]


def test_who_decides_says_why():
    assert codes(violations_in_remark("依据充分")) == []
    assert codes(violations_in_remark(" ")) == ["refusal.remark_missing"]


@pytest.mark.parametrize(
    ("because", "words", "arrived", "code"),
    [
        ("", "…", True, "resume.because_missing"),
        ("evidence_arrived", "…", False, "resume.nothing_arrived"),
        ("alternative_taken", " ", False, "resume.words_missing"),
    ],
)
def test_each_clause_of_resuming_alone_refuses(because, words, arrived, code):
    assert codes(violations_in_resuming(because=because, words=words, evidence_arrived=arrived)) == [code]
