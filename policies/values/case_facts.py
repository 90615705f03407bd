"""What entitlements and remedies ask of a case, by name: of which kind each fact is, and which answers it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal

FactKind = Literal["yes_no", "day", "amount", "count", "choice"]
FactValue = str | bool | date | Decimal | int

PRODUCT_TYPES = ("clothing", "electronics", "appliance", "food", "cosmetics", "furniture", "other")
GOODS_CLASSES = (
    "ordinary",
    "made_to_order",
    "fresh",
    "digital_unsealed",
    "periodicals",
    "unsuitable_by_nature",
    "excluded_by_shop",
)
GOODS_STAGES = ("not_shipped", "in_transit", "received")
PARTIES = ("seller", "customer", "courier", "staff", "third_party", "undetermined")
CAUSES = ("non_human", "customer", "courier", "seller")
SIGNERS = ("not_signed", "customer", "authorised", "unauthorised")
VERDICTS = ("substantiated", "partly_substantiated", "unsubstantiated")
EXTENTS = ("light", "severe")
MOST_COUNTED = 9_999


@dataclass(frozen=True, slots=True)
class FactShape:
    """The kind of a fact; `choices` are the codes of a choice."""

    kind: FactKind
    choices: tuple[str, ...] = ()


YES_NO, DAY, AMOUNT, COUNT = (FactShape(kind) for kind in ("yes_no", "day", "amount", "count"))

FACTS: Mapping[str, FactShape] = MappingProxyType(
    {
        "category": FactShape("choice"),
        "responsible_party": FactShape("choice", PARTIES),
        "damage_cause": FactShape("choice", CAUSES),
        "verdict": FactShape("choice", VERDICTS),
        "conduct": FactShape("choice", VERDICTS),
        "signed_by": FactShape("choice", SIGNERS),
        "goods_stage": FactShape("choice", GOODS_STAGES),
        "price": AMOUNT,
        "received_on": DAY,
        "demanded_on": DAY,
        "durable": YES_NO,
        "remote_sale": YES_NO,
        "product_type": FactShape("choice", PRODUCT_TYPES),
        "goods_class": FactShape("choice", GOODS_CLASSES),
        "exclusion_confirmed": YES_NO,
        "return_promised": YES_NO,
        "opened_for_inspection": YES_NO,
        "tags_kept": YES_NO,
        "unwashed": YES_NO,
        "unused": YES_NO,
        "complete": YES_NO,
        "sealed": YES_NO,
        "not_activated": YES_NO,
        "return_asked_on": DAY,
        "return_arranged_on": DAY,
        "goods_back_on": DAY,
        "refunded_on": DAY,
        "prepaid_refund_asked_on": DAY,
        "remedied_on": DAY,
        "defect_confirmed": YES_NO,
        "guarantee_goods": YES_NO,
        "warranty_months": COUNT,
        "handed_in_on": DAY,
        "repaired_on": DAY,
        "failed_repairs": COUNT,
        "repair_days": COUNT,
        "loss": AMOUNT,
        "fraud_found": YES_NO,
        "knew_of_defect": YES_NO,
        "serious_harm": YES_NO,
        "unsafe_food": YES_NO,
        "knew_food_unsafe": YES_NO,
        "damage_extent": FactShape("choice", EXTENTS),
        "in_stock": YES_NO,
        "repairable": YES_NO,
        "insists_on_return": YES_NO,
    }
)
"""Every fact that a policy may name. Categories are policies themselves and therefore not listed."""

OPEN_ENDED = frozenset({"return_arranged_on", "refunded_on", "remedied_on", "repaired_on"})
"""Days on which something was done: while none is known, it has not been done yet."""


def read_fact(name: str, text: str) -> FactValue:
    """The value of a fact from its text; ValueError for a text that is none, KeyError for a name nobody knows."""
    shape = FACTS[name]
    if shape.kind == "yes_no":
        return {"yes": True, "no": False}[text] if text in ("yes", "no") else _refuse(text)
    if shape.kind == "day":
        return date.fromisoformat(text)
    if shape.kind == "amount":
        return _amount(text)
    if shape.kind == "count":
        return int(text) if text.isascii() and text.isdecimal() and int(text) <= MOST_COUNTED else _refuse(text)
    return text if text and (not shape.choices or text in shape.choices) else _refuse(text)


def _refuse(text: str):
    raise ValueError(text)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return _refuse(text)
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2) or amount >= Decimal(10) ** 10:
        return _refuse(text)
    return amount


def write_fact(value: FactValue) -> str:
    """A fact as text, just as `read_fact` reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
