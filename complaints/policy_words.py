"""Codes of policies that stand on rows, in the words that people use for them."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.translation import get_language

from policies.lookup import PoliciesInForce
from policies.words.facts import answer_word, fact_name

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "complaint.category": "categories",
        "compensationgrant.kind": "compensation_kinds",
        "returnrequest.entitlement": "entitlements",
        "entitlementanswer.entitlement": "entitlements",
        "compensationgrant.legal_reference": "legal_references",
        "refusalproposal.ground": "refusal_grounds",
        "refusalproposal.legal_reference": "legal_references",
        "refusalproposal.company_rule": "company_rules",
    }
)
"""Which field of which model holds a code of which policies."""

FACTS = MappingProxyType({"statedfact.name": fact_name, "statedfact.value": answer_word})
"""Fields that hold facts and their answers."""


def in_policy_words(model_field, value: str, policies: PoliciesInForce | None) -> str:
    """The label of the policy that the code names, in the reader's language; without such a policy the code."""
    where = f"{model_field.model._meta.model_name}.{model_field.name}"
    if where in FACTS:
        return FACTS[where](value)
    if policies is None or where not in KINDS:
        return str(value)
    policy = getattr(policies, KINDS[where]).get(value)
    return policy.label.in_language(get_language() or "zh-hans") if policy else str(value)
