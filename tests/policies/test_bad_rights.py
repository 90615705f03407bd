"""Bad figures in entitlements and remedies: each is named by its place, all at once, before anything is loaded."""

import pytest

from policies.packs import read_pack
from policies.reading import BodyRefused, read_body
from policies.values import Entitlement, RemedyRule

ROWS = {(row.kind, row.key): row.body for row in read_pack("cn-national").rows}
RETURN = ROWS["entitlement", "no_reason_return"]
FRAUD = ROWS["entitlement", "fraud_3_times"]
PARTS = ROWS["entitlement", "guarantee_parts"]
PARCEL = ROWS["remedy", "parcel_signed"]


def faults(value_class, body):
    with pytest.raises(BodyRefused) as refused:
        read_body(value_class, 1, "test", body)
    return [(found.code, found.params["place"]) for found in refused.value.violations]


def without(body, *names):
    return {name: entry for name, entry in body.items() if name not in names}


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        (RETURN | {"days": 0}, "policy.below_one", "days"),
        (RETURN | {"days": -7}, "policy.below_one", "days"),
        (RETURN | {"days": "7"}, "policy.not_a_whole_number", "days"),
        (RETURN | {"law": []}, "policy.empty_list", "law"),
        (RETURN | {"excluded": ["socks"]}, "policy.not_a_choice", "excluded"),
        (RETURN | {"excluded_if_confirmed": ["socks"]}, "policy.not_a_choice", "excluded_if_confirmed"),
        (RETURN | {"conditions": ["weather"]}, "policy.unknown_fact", "conditions"),
        (RETURN | {"conditions": ["price"]}, "policy.unknown_fact", "conditions"),
        (RETURN | {"starts_from": "unused"}, "policy.unknown_fact", "starts_from"),
        (RETURN | {"disregarded": ["noise"]}, "policy.unknown_fact", "disregarded"),
        (RETURN | {"checklist": [{"fact": "shiny"}]}, "policy.unknown_fact", "checklist"),
        (
            RETURN | {"checklist": [{"fact": "unused", "product_types": ["cars"]}]},
            "policy.not_a_choice",
            "checklist[0].product_types",
        ),
        (RETURN | {"rule": "mercy"}, "policy.not_a_choice", "rule"),
        (RETURN | {"secret": 1}, "policy.unknown_entry", "secret"),
        (without(RETURN, "days"), "policy.missing_entry", "days"),
        (without(RETURN, "excluded"), "policy.missing_entry", "excluded"),
        (FRAUD | {"price_times": 0}, "policy.below_one", "price_times"),
        (FRAUD | {"at_least": "-500.00"}, "policy.below_zero", "at_least"),
        (FRAUD | {"at_least": "500.005"}, "policy.not_an_amount", "at_least"),
        (without(FRAUD, "price_times"), "policy.missing_entry", "price_times"),
        (without(FRAUD, "currency"), "policy.missing_entry", "currency"),
        (PARTS | {"months_most": 3}, "policy.end_before_start", "months_most"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_entitlement_is_named_by_its_place(body, code, place):
    assert faults(Entitlement, body) == [(code, place)]


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        (PARCEL | {"remedies": []}, "policy.empty_list", "remedies"),
        (PARCEL | {"remedies": ["reship", "reship"]}, "policy.named_twice", "remedies"),
        (PARCEL | {"remedies": ["gold"]}, "policy.not_a_choice", "remedies[0]"),
        (PARCEL | {"law": []}, "policy.empty_list", "law"),
        (PARCEL | {"when": [{"fact": "weather", "one_of": ["fine"]}]}, "policy.unknown_fact", "when[0].fact"),
        (PARCEL | {"when": [{"fact": "price", "one_of": ["1"]}]}, "policy.unknown_fact", "when[0].fact"),
        (PARCEL | {"when": [{"fact": "signed_by", "one_of": []}]}, "policy.empty_list", "when[0].one_of"),
        (PARCEL | {"when": [{"fact": "signed_by", "one_of": ["dog"]}]}, "policy.not_a_choice", "when[0].one_of"),
        (PARCEL | {"when": [{"fact": "in_stock", "one_of": ["maybe"]}]}, "policy.not_a_choice", "when[0].one_of"),
        (PARCEL | {"when": PARCEL["when"] * 2}, "policy.named_twice", "when"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_line_of_the_matrix_is_named_by_its_place(body, code, place):
    assert faults(RemedyRule, body) == [(code, place)]


def test_every_fault_is_named_at_once():
    body = RETURN | {"days": 0, "law": [], "excluded": ["socks"]}
    assert {place for _code, place in faults(Entitlement, body)} == {"days", "law", "excluded"}


def test_every_row_cites_law_with_its_mark_and_is_left_to_counsel():
    for row in read_pack("cn-national").rows:
        if row.kind == "entitlement" or (row.kind == "remedy" and row.body.get("law")):
            assert row.check_with_counsel, row.key
        if row.kind == "entitlement":
            assert "(F" in row.source["en"] or "(U)" in row.source["en"] or "F for" in row.source["en"], row.key
