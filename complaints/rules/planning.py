"""A plan that can be offered: explanation, remedy and follow-up, and nothing that cannot be kept (S-UNR-15, S-PRO)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casemgmt.violations import Violation

HARD_TO_KEEP = frozenset({"full_refund", "exchange_new"})
"""What is promised too easily (S-PRO-02: "full refund", "free exchange")."""


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """One option of a plan; an unknown remedy is the empty text."""

    remedy: str
    words: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A plan as it is typed. `not_borne_out`: the facts speak against a full remedy."""

    explanation: str
    follow_up: str
    options: tuple[OptionFacts, ...]
    currency: str
    not_borne_out: bool


def violations_in_draft(facts: DraftFacts) -> Iterator[Violation]:
    """The parts of a plan (S-UNR-15), and options that are known, payable and feasible (S-PRO-02, 03)."""
    if not facts.explanation.strip():
        yield Violation("plan.explanation_missing", field="explanation")
    if not facts.follow_up.strip():
        yield Violation("plan.follow_up_missing", field="follow_up")
    for number, option in enumerate(facts.options, start=1):
        yield from _violations_in_option(option, number, facts)


def _violations_in_option(option: OptionFacts, number: int, facts: DraftFacts) -> Iterator[Violation]:
    params = {"number": number}
    if not option.remedy:
        yield Violation("plan.option_unknown", field="options", params=params)
    if option.amount is not None:
        if not option.amount.is_finite() or option.amount <= 0 or option.amount >= Decimal("10000000000"):
            yield Violation("plan.amount_not_positive", field="options", params=params)
        elif option.amount != round(option.amount, 2):
            yield Violation("plan.amount_not_money", field="options", params=params)
        if option.currency != facts.currency:
            yield Violation("plan.currency_differs", field="options", params=params | {"currency": facts.currency})
    if facts.not_borne_out and option.remedy in HARD_TO_KEEP and not option.words.strip():
        yield Violation("plan.hard_to_keep", field="options", params=params)


def facts_speak_against(*, verdict: str, responsible_party: str) -> bool:
    """Whether a full remedy needs a word on why it can be kept: unsubstantiated, or the customer's own doing."""
    return verdict == "unsubstantiated" or responsible_party == "customer"


def violations_in_offering(*, options: int, delivered: bool, on_offer_until: datetime | None, at: datetime):
    """An offer holds a remedy and has reached the customer; if it ends, it ends later than now."""
    if options == 0:
        yield Violation("plan.remedy_missing")
    if not delivered:
        yield Violation("plan.not_delivered", field="outcome")
    if on_offer_until is not None and on_offer_until <= at:
        yield Violation("plan.offer_until_past", field="on_offer_until")


def advice_on_options(options: int) -> Iterator[Violation]:
    """Advice, never a block: let the customer choose (S-COM-25, S-SOL-21)."""
    if options == 1:
        yield Violation("plan.only_one_option")


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What stands for the customer's yes. `asked_for` is the remedy and amount that the application asked for."""

    acceptance: str
    words: str
    chosen: int
    all_of_this_plan: bool
    owed: bool
    told: bool
    asked_for: tuple[str, Decimal | None]
    chosen_options: tuple[tuple[str, Decimal | None], ...]


def violations_in_acceptance(facts: AnswerFacts) -> Iterator[Violation]:
    """A recorded yes; or an application that asked for just that; or something owed, the customer told (S-SOL-22)."""
    if not facts.all_of_this_plan:
        yield Violation("plan.option_of_another_plan", field="chosen")
    elif facts.chosen == 0:
        yield Violation("plan.nothing_chosen", field="chosen")
    if not facts.acceptance:
        yield Violation("plan.acceptance_missing", field="acceptance")
    if facts.acceptance == "said_yes" and not facts.words.strip():
        yield Violation("plan.yes_missing", field="words")
    if facts.acceptance == "applied_for_it" and not _asks_for_just_that(facts):
        yield Violation("plan.application_differs", field="acceptance")
    if facts.acceptance == "owed":
        if not facts.owed:
            yield Violation("plan.not_owed", field="acceptance")
        if not facts.told:
            yield Violation("plan.customer_not_told")


def _asks_for_just_that(facts: AnswerFacts) -> bool:
    remedy, amount = facts.asked_for
    if not remedy or len(facts.chosen_options) != 1:
        return False
    offered_remedy, offered_amount = facts.chosen_options[0]
    return remedy == offered_remedy and (amount is None or offered_amount is None or offered_amount >= amount)


LADDER = ("talked_further", "superior", "other_options")
"""What comes before the principle is held, in this order (S-SOL-24)."""


def missing_steps(walked: frozenset[str]) -> tuple[str, ...]:
    """The steps of the ladder that nobody has walked yet, in order."""
    return tuple(step for step in LADDER if step not in walked)


def violations_in_step(step: str, walked: frozenset[str]) -> Iterator[Violation]:
    """Each step after the ones before it; a step may be walked again."""
    if step not in LADDER:
        yield Violation("ladder.step_unknown", field="step")
        return
    before = [earlier for earlier in LADDER[: LADDER.index(step)] if earlier not in walked]
    if before:
        yield Violation("ladder.out_of_order", field="step", params={"first": before[0]})
