"""What a talk or letter needs: who and why first, sorry and thanks, a measure with each explanation."""

from dataclasses import replace

import pytest

from complaints.rules.conduct import ConductFacts, OfferFacts, lacks_in_conduct, violations_in_an_offer
from policies.rules.call_plans import CallFacts, why_a_plan_is_needed
from policies.values import CallPlanPolicy

LETTER = ConductFacts(
    purpose="first_answer",
    is_call=False,
    words="林女士您好，我是棠溪服饰旗舰店的客服安娜，您说的羊毛大衣我正在核实，对不起，谢谢您。",
    shop="棠溪服饰旗舰店",
    matters=("TS1", "羊毛大衣"),
    apology="for_experience",
    our_fault=False,
)
STEPS = frozenset({"introduce", "reason", "listen", "propose", "negotiate", "adjust", "apologise"})
CALL = replace(LETTER, is_call=True, purpose="progress", words="谈好了", steps_done=STEPS)


def test_a_good_letter_and_a_whole_talk_lack_nothing():
    assert list(lacks_in_conduct(LETTER)) == []
    assert list(lacks_in_conduct(CALL)) == []


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"words": "您好，羊毛大衣在核实，对不起，谢谢您。"}, ["conduct.shop_not_named"]),
        ({"words": "您好，我是棠溪服饰旗舰店的客服，正在核实，对不起，谢谢您。"}, ["conduct.reason_not_named"]),
        ({"words": "棠溪服饰旗舰店：羊毛大衣核实中，谢谢。", "apology": ""}, ["conduct.no_sorry"]),
        ({"words": "棠溪服饰旗舰店：羊毛大衣核实中，抱歉。"}, ["conduct.no_thanks"]),
        ({"our_fault": True}, ["conduct.apology_not_for_our_fault"]),
        ({"shop": "", "matters": ()}, []),
        ({"purpose": "general", "words": "在吗", "apology": ""}, []),
    ],
)
def test_each_lack_alone_is_named(changes, lacks):
    """S-COM-04, S-COM-19, S-COM-20, WC-20."""
    assert list(lacks_in_conduct(replace(LETTER, **changes))) == lacks


@pytest.mark.parametrize("step", ["introduce", "reason", "listen", "apologise"])
def test_a_needed_step_that_was_missed_is_named(step):
    """WC-20: identity and reason come first; W-03: the call ends with an apology."""
    assert list(lacks_in_conduct(replace(CALL, steps_done=STEPS - {step}))) == [f"conduct.missed_{step}"]


def test_proposing_is_needed_in_an_offer_alone():
    missed = replace(CALL, steps_done=STEPS - {"propose", "negotiate", "adjust"})
    assert list(lacks_in_conduct(missed)) == []
    assert list(lacks_in_conduct(replace(missed, purpose="offer"))) == ["conduct.missed_propose"]


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (OfferFacts("offer", delivered=True, has_explanation=True, measures=1), False),
        (OfferFacts("offer", delivered=True, has_explanation=True, measures=0), True),
        (OfferFacts("offer", delivered=True, has_explanation=False, measures=1), True),
        (OfferFacts("offer", delivered=False, has_explanation=False, measures=0), False),
        (OfferFacts("progress", delivered=True, has_explanation=False, measures=0), False),
    ],
)
def test_an_explanation_goes_together_with_a_measure(facts, refused):
    """S-COM-21, C-16: measures are more useful than explanations."""
    assert [found.code for found in violations_in_an_offer(facts)] == (
        ["contact.offer_without_measure"] if refused else []
    )


POLICY = CallPlanPolicy(
    1,
    "default",
    states=("negotiating",),
    severities=("critical",),
    emotions=("agitated",),
    channels=("platform",),
    when_legal=True,
    when_opinion_risk=True,
    exempt_purposes=("follow_up",),
)
QUIET = CallFacts("assessing", "normal", "calm", "qianniu", is_legal=False, opinion_risk=False, purpose="progress")


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, ()),
        ({"state": "negotiating"}, ("state",)),
        ({"severity": "critical"}, ("severity",)),
        ({"emotion": "agitated"}, ("emotion",)),
        ({"channel": "platform"}, ("channel",)),
        ({"is_legal": True}, ("legal",)),
        ({"opinion_risk": True}, ("opinion_risk",)),
        ({"state": "negotiating", "is_legal": True}, ("state", "legal")),
        ({"state": "negotiating", "is_legal": True, "purpose": "follow_up"}, ()),
    ],
)
def test_what_makes_a_plan_necessary(changes, because):
    """S-COM-09, C-11: it depends on the stage, and on how heated the case is."""
    assert why_a_plan_is_needed(replace(QUIET, **changes), POLICY) == because


def test_a_policy_may_ask_for_none():
    hot = replace(QUIET, is_legal=True, opinion_risk=True)
    assert why_a_plan_is_needed(hot, CallPlanPolicy(1, "default")) == ()
