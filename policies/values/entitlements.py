"""What the law gives a customer, as figures: periods, exclusions, checklists, multiples with their least amounts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from casemgmt.violations import Violation
from policies.values.case_facts import FACTS, GOODS_CLASSES, PRODUCT_TYPES
from policies.values.parts import Label, fault

EntitlementRule = Literal[
    "return_without_reason",
    "return_of_faulty",
    "guarantee_step",
    "warranty",
    "repair_in_time",
    "failed_repairs",
    "delay",
    "multiple",
    "refund_in_time",
    "burden_of_proof",
]
DEMANDED = {
    "return_without_reason": ("days", "starts_from", "excluded"),
    "return_of_faulty": ("days", "starts_from"),
    "guarantee_step": ("days", "starts_from"),
    "warranty": ("months", "starts_from"),
    "repair_in_time": ("days", "starts_from"),
    "failed_repairs": ("repairs", "days"),
    "delay": ("days", "starts_from", "ends_with"),
    "multiple": ("currency",),
    "refund_in_time": ("days", "starts_from", "ends_with"),
    "burden_of_proof": ("months", "starts_from"),
}
"""rule → the figures without which it says nothing."""


@dataclass(frozen=True, slots=True)
class ResaleCheck:
    """One line of the resale checklist (S-RET-06): a fact that must be yes. Without product types it is for all."""

    fact: str
    product_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A right that follows from facts: `rule` says how, the rest are its figures.

    Periods: the day of `starts_from` is not counted (Civil Code art. 201), the last day belongs to it; where `calendar`
    names one, a last day that is off by it moves to its next working day (art. 203). `conditions`
    are facts that must all be yes. Of `price_times` and `loss_times` the larger sum counts, and at least `at_least`;
    `is_ceiling`: up to that much, a court sets it. `disregarded` are facts that are shown and change nothing.
    `freight`: who pays the way back of goods that it lets go back.
    `regions` (ISO 3166, such as "CN-SD") are those whose shops it binds; none named: all.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    rule: EntitlementRule
    gives: Label
    law: tuple[str, ...]
    days: int | None = None
    months: int | None = None
    months_most: int | None = None
    repairs: int | None = None
    starts_from: str | None = None
    calendar: str | None = None
    ends_with: str | None = None
    conditions: tuple[str, ...] = ()
    price_times: int | None = None
    loss_times: int | None = None
    at_least: Decimal | None = None
    is_ceiling: bool = False
    currency: Literal["CNY", "GBP", "EUR", "USD"] | None = None
    excluded: tuple[str, ...] = ()
    excluded_if_confirmed: tuple[str, ...] = ()
    checklist: tuple[ResaleCheck, ...] = ()
    disregarded: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    freight: Literal["customer", "shop"] | None = None
    regions: tuple[str, ...] = ()

    def violations_in_itself(self) -> Iterator[Violation]:
        """Its rule has its figures, no figure is below one, and every name is one that cases know."""
        if not self.law:
            yield fault("policy.empty_list", "law")
        for name in DEMANDED[self.rule]:
            if getattr(self, name) in (None, ()):
                yield fault("policy.missing_entry", name)
        for name in ("days", "months", "months_most", "repairs", "price_times", "loss_times"):
            figure = getattr(self, name)
            if figure is not None and figure < 1:
                yield fault("policy.below_one", name)
        if self.at_least is not None and self.at_least < 0:
            yield fault("policy.below_zero", "at_least")
        if self.months_most is not None and self.months_most < (self.months or 0):
            yield fault("policy.end_before_start", "months_most")
        if self.rule == "multiple" and self.price_times is None and self.loss_times is None:
            yield fault("policy.missing_entry", "price_times")
        if self.calendar is not None and self.starts_from is None:
            yield fault("policy.missing_entry", "starts_from")
        yield from self._violations_in_names()

    def _violations_in_names(self) -> Iterator[Violation]:
        checks = [check.fact for check in self.checklist]
        yield from unknown_facts("conditions", self.conditions, {"yes_no"})
        yield from unknown_facts("checklist", checks, {"yes_no"})
        yield from unknown_facts("disregarded", self.disregarded, {"yes_no"})
        for name in ("starts_from", "ends_with"):
            day = getattr(self, name)
            yield from unknown_facts(name, (day,) if day else (), {"day"})
        yield from unknown_words("excluded", self.excluded, GOODS_CLASSES)
        yield from unknown_words("excluded_if_confirmed", self.excluded_if_confirmed, GOODS_CLASSES)
        for number, check in enumerate(self.checklist):
            yield from unknown_words(f"checklist[{number}].product_types", check.product_types, PRODUCT_TYPES)


def unknown_facts(place: str, names: Iterable[str], kinds: set[str]) -> Iterator[Violation]:
    """A fault for each name that no fact of these kinds carries."""
    for name in names:
        if name not in FACTS or FACTS[name].kind not in kinds:
            yield fault("policy.unknown_fact", place, name=name)


def unknown_words(place: str, words: Iterable[str], known: tuple[str, ...]) -> Iterator[Violation]:
    """A fault for each word that is not among the known ones."""
    for word in words:
        if word not in known:
            yield fault("policy.not_a_choice", place, choices=", ".join(known))
