"""What a verdict rests on, clause by clause (S-INV)."""

import pytest

from complaints.rules.establishing import (
    EstablishingFacts,
    EvidenceFacts,
    FindingFacts,
    violations_in_establishing,
    violations_in_evidence,
    violations_in_known_facts,
)

WHOLE = FindingFacts(responsible_party="seller", says_why_undetermined=False, has_root_cause=True)


def codes(found):
    return [violation.code for violation in found]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (EstablishingFacts(True, WHOLE), []),
        (EstablishingFacts(False, WHOLE), ["establish.account_missing"]),
        (EstablishingFacts(True, None), ["establish.finding_missing"]),
        (EstablishingFacts(False, None), ["establish.account_missing", "establish.finding_missing"]),
        (EstablishingFacts(True, FindingFacts("", False, True)), ["establish.party_missing"]),
        (EstablishingFacts(True, FindingFacts("seller", False, False)), ["establish.root_cause_missing"]),
        (EstablishingFacts(True, FindingFacts("undetermined", True, False)), []),
        (EstablishingFacts(True, FindingFacts("undetermined", False, False)), ["establish.root_cause_missing"]),
    ],
)
def test_both_sides_cause_and_party(facts, expected):
    assert codes(violations_in_establishing(facts)) == expected


@pytest.mark.parametrize(
    ("received", "asked_in_vain", "missing"),
    [
        (set(), set(), ["photo", "waybill"]),
        ({"photo"}, set(), ["waybill"]),
        ({"photo"}, {"waybill"}, []),
        (set(), {"photo", "waybill"}, []),
        ({"invoice"}, set(), ["photo", "waybill"]),
    ],
)
def test_every_type_of_evidence_is_there_or_was_asked_for_in_vain(received, asked_in_vain, missing):
    facts = EvidenceFacts(("photo", "waybill"), frozenset(received), frozenset(asked_in_vain))
    found = list(violations_in_evidence(facts, code="establish.evidence_missing"))
    assert [violation.params["type"] for violation in found] == missing


def test_every_fact_of_the_category_is_known():
    required = ("order", "signed_by", "damage_cause", "subject", "return_branch")
    found = list(violations_in_known_facts(required, frozenset({"order"})))
    assert codes(found) == [
        "establish.order_fact_missing",
        "establish.damage_cause_missing",
        "establish.subject_missing",
        "establish.fact_missing",
    ]
    assert [violation.params.get("fact") for violation in found] == ["signed_by", None, None, "return_branch"]
