"""What stands for the customer's yes, and the order of the ladder."""

import dataclasses
from decimal import Decimal

import pytest

from complaints.rules.planning import (
    LADDER,
    AnswerFacts,
    facts_speak_against,
    missing_steps,
    violations_in_acceptance,
    violations_in_step,
)

YES = AnswerFacts(
    acceptance="said_yes",
    words="好的",
    chosen=1,
    all_of_this_plan=True,
    owed=False,
    told=True,
    asked_for=("", None),
    chosen_options=(("coupon", None),),
)
OWED = {"acceptance": "owed", "words": "", "owed": True}
APPLIED = {"acceptance": "applied_for_it", "words": "", "asked_for": ("full_refund", Decimal(30))}


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"words": " "}, ["plan.yes_missing"]),
        ({"acceptance": ""}, ["plan.acceptance_missing"]),
        ({"chosen": 0}, ["plan.nothing_chosen"]),
        ({"all_of_this_plan": False, "chosen": 0}, ["plan.option_of_another_plan"]),
        (OWED, []),
        (OWED | {"owed": False}, ["plan.not_owed"]),
        (OWED | {"told": False}, ["plan.customer_not_told"]),
        (APPLIED | {"chosen_options": (("full_refund", Decimal(30)),)}, []),
        (APPLIED | {"chosen_options": (("full_refund", Decimal("30.01")),)}, []),
        (APPLIED | {"chosen_options": (("full_refund", None),)}, []),
        (APPLIED | {"chosen_options": (("full_refund", Decimal("29.99")),)}, ["plan.application_differs"]),
        (APPLIED | {"chosen_options": (("coupon", Decimal(30)),)}, ["plan.application_differs"]),
        (
            APPLIED | {"chosen_options": (("full_refund", Decimal(30)), ("coupon", None)), "chosen": 2},
            ["plan.application_differs"],
        ),
    ],
)
def test_what_stands_for_a_yes(changes, expected):
    assert codes(violations_in_acceptance(dataclasses.replace(YES, **changes))) == expected


@pytest.mark.parametrize(
    ("verdict", "party", "against"),
    [
        ("unsubstantiated", "seller", True),
        ("substantiated", "customer", True),
        ("substantiated", "seller", False),
        ("", "", False),
    ],
)
def test_when_a_full_remedy_needs_a_word(verdict, party, against):
    assert facts_speak_against(verdict=verdict, responsible_party=party) is against


@pytest.mark.parametrize("walked", range(len(LADDER) + 1))
def test_each_step_of_the_ladder_waits_for_the_one_before(walked):
    done = frozenset(LADDER[:walked])
    allowed = [step for step in LADDER if not list(violations_in_step(step, done))]
    assert allowed == list(LADDER[: walked + 1])
    assert missing_steps(done) == LADDER[walked:]
