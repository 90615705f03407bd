"""Which remedy fits which case: the matrix of W-01, W-12, W-13, W-15 and S-SOL, one row a line of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.values.case_facts import FACTS
from policies.values.parts import Label, fault

RemedyCode = Literal[
    "repair",
    "paid_repair",
    "replace_parts",
    "exchange_new",
    "exchange_other",
    "reship",
    "refund_unshipped",
    "full_refund",
    "partial_refund",
    "return",
    "return_in_transit",
    "discount",
    "coupon",
    "member_benefit",
    "red_packet",
    "gift",
    "expenses",
    "redo",
    "guidance",
    "apology",
    "distress",
    "invitation",
    "improvement",
]


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact of the case and the values that fit; of a category also those below it fit. yes and no are words."""

    fact: str
    one_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemedyRule:
    """Remedies that fit when every condition holds, the best first. Rows of a lower `order` come first.

    `why` is said to whoever plans. `against` is what another source says where it contradicts this row, and which
    of them is followed: shown wherever the row is used.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    remedies: tuple[RemedyCode, ...]
    why: Label
    when: tuple[Condition, ...] = ()
    law: tuple[str, ...] = ()
    owed_by: Literal["law", "our_fault"] | None = None
    against: Label | None = None

    def violations_in_itself(self) -> Iterator[Violation]:
        """Some remedy, each once; every condition about a fact that cases know, with answers that it has."""
        if not self.remedies:
            yield fault("policy.empty_list", "remedies")
        if len(set(self.remedies)) < len(self.remedies):
            yield fault("policy.named_twice", "remedies")
        if self.owed_by == "law" and not self.law:
            yield fault("policy.empty_list", "law")
        asked = [condition.fact for condition in self.when]
        if len(set(asked)) < len(asked):
            yield fault("policy.named_twice", "when")
        for number, condition in enumerate(self.when):
            yield from _violations_in_condition(f"when[{number}]", condition)


def _violations_in_condition(place: str, condition: Condition) -> Iterator[Violation]:
    shape = FACTS.get(condition.fact)
    if shape is None or shape.kind not in ("choice", "yes_no"):
        yield fault("policy.unknown_fact", f"{place}.fact", name=condition.fact)
        return
    if not condition.one_of:
        yield fault("policy.empty_list", f"{place}.one_of")
    known = ("yes", "no") if shape.kind == "yes_no" else shape.choices
    if known and not set(condition.one_of) <= set(known):
        yield fault("policy.not_a_choice", f"{place}.one_of", choices=", ".join(known))
