"""The remedies matrix: what fits on which facts, in which order, and what needs a reason."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.vocabulary import DamageCause, ResponsibleParty, SignedBy, Verdict
from complaints.vocabulary import Remedy as RemedyWords
from policies.rules.answering import CaseFacts
from policies.rules.remedies import deviating, remedies_that_fit, violations_in_choice
from policies.values.case_facts import CAUSES, PARTIES, SIGNERS, VERDICTS
from policies.values.remedies import RemedyCode
from tests.rules.rights import RECEIVED, facts, of_kind

TODAY = RECEIVED.isoformat()


def fit(**said):
    return remedies_that_fit(of_kind("remedy").values(), facts(TODAY, **said))


@pytest.mark.parametrize("signer", ["not_signed", "unauthorised", "customer", "authorised"])
def test_a_damaged_parcel_is_the_shop_s_whoever_signed(signer):
    """WC-38, and WC-39 as the law has it (C-06)."""
    found = fit(category="logistics.damaged_parcel", signed_by=signer)
    assert found.codes[0] == "reship"
    assert found.owed_by == "law"


def test_the_line_that_follows_the_law_against_the_slides_says_so():
    found = fit(category="logistics.damaged_parcel", signed_by="customer")
    (line,) = [rule for rule in found.rules if rule.against is not None]
    assert line.code == "parcel_signed"
    assert "spc-online-2022-art-1" in line.law
    assert not [rule for rule in fit(category="logistics.damaged_parcel", signed_by="not_signed").rules if rule.against]


def test_a_line_whose_fact_is_missing_is_named_with_it():
    found = fit(category="logistics.damaged_parcel")
    assert ("signed_by",) in [missing for _rule, missing in found.undecided]
    assert "reship" not in found.codes


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ({"damage_extent": "light", "in_stock": "yes"}, "exchange_new"),
        ({"damage_extent": "light", "in_stock": "no"}, "paid_repair"),
        ({"damage_extent": "severe"}, "discount"),
        ({"repairable": "yes"}, "paid_repair"),
    ],
)
def test_what_the_customer_broke(said, first):
    """W-12, S-SOL-08 to 11."""
    assert fit(category="product.damaged", damage_cause="customer", **said).codes[0] == first


def test_a_category_fits_those_below_it_and_no_others():
    rule = of_kind("remedy")["wrong_item"]
    below = {"category": "product.wrong_item.colour"}
    assert remedies_that_fit([rule], facts(TODAY, **below)).codes
    assert not remedies_that_fit([rule], facts(TODAY, category="product.wrong_items")).codes


def test_what_does_not_fit_needs_a_reason_and_what_fits_does_not():
    """WC-12, S-PRO-02: a full refund promised where nothing speaks for it."""
    found = fit(category="product.quality", responsible_party="customer", damage_cause="customer")
    (wrong,) = violations_in_choice(["full_refund", "guidance"], found, "  ")
    assert (wrong.code, wrong.field, wrong.params["remedies"]) == (
        "plan.deviation_without_reason", "deviation", "full_refund",
    )  # fmt: skip
    assert not list(violations_in_choice(["full_refund"], found, "老客户，主管同意"))
    assert not list(violations_in_choice(["guidance"], found, ""))


def test_a_case_on_which_no_line_speaks_has_nothing_to_deviate_from():
    assert deviating(["full_refund"], fit(category="other")) == ()


def test_each_remedy_is_named_once_where_it_stands_first():
    found = fit(category="product.not_as_described", responsible_party="seller")
    assert len(set(found.codes)) == len(found.codes)
    assert found.codes[:2] == ("return", "exchange_new")


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "category": st.sampled_from(["product.quality", "product.damaged", "logistics.damaged_parcel", "other"]),
            "responsible_party": st.sampled_from(PARTIES),
            "damage_cause": st.sampled_from(CAUSES),
            "signed_by": st.sampled_from(SIGNERS),
            "in_stock": st.booleans(),
        },
    )
)
def test_knowing_more_never_leaves_a_line_undecided_that_was_decided(known):
    rules = of_kind("remedy").values()
    all_of_it = remedies_that_fit(rules, CaseFacts(RECEIVED, MappingProxyType(known)))
    for name in known:
        less = {other: value for other, value in known.items() if other != name}
        without = remedies_that_fit(rules, CaseFacts(RECEIVED, MappingProxyType(less)))
        assert {rule.code for rule in without.rules} <= {rule.code for rule in all_of_it.rules}


def test_codes_of_policies_are_those_of_the_cases():
    assert set(RemedyCode.__args__) == set(RemedyWords.values)
    assert set(PARTIES) == set(ResponsibleParty.values)
    assert set(CAUSES) == set(filter(None, DamageCause.values))
    assert set(SIGNERS) == set(filter(None, SignedBy.values))
    assert set(VERDICTS) == set(Verdict.values)
