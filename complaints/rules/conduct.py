"""What a talk or letter needs beside its facts: who we are and why, sorry and thanks, a measure with each explanation.

What lacks never keeps a contact from being recorded; it is noted with it and shown. An offer alone is refused when it
offers nothing (S-COM-04, S-COM-07, S-COM-19 to S-COM-21, WC-20, WC-53).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation

SORRY = ("对不起", "抱歉", "致歉", "道歉", "不好意思", "sorry", "apolog")
THANKS = ("谢谢", "感谢", "多谢", "thank")


@dataclass(frozen=True, slots=True)
class ConductFacts:
    """A delivered contact of ours. `matters` are the words by which the reason can be named: goods, numbers.

    `steps_done` are the steps of a guided call, None for anything else.
    """

    purpose: str
    is_call: bool
    words: str
    shop: str
    matters: tuple[str, ...]
    apology: str
    our_fault: bool
    steps_done: frozenset[str] | None = None


def lacks_in_conduct(facts: ConductFacts) -> Iterator[str]:
    """Codes of what the contact lacks; each has a sentence."""
    if facts.steps_done is not None:
        yield from (f"conduct.missed_{step}" for step in _missed(facts))
    elif not facts.is_call and facts.purpose == "first_answer":
        if facts.shop and not _names(facts.words, [facts.shop]):
            yield "conduct.shop_not_named"
        if facts.matters and not _names(facts.words, facts.matters):
            yield "conduct.reason_not_named"
    if not facts.is_call and facts.purpose != "general":
        if not facts.apology and not _names(facts.words, SORRY):
            yield "conduct.no_sorry"
        if not _names(facts.words, THANKS):
            yield "conduct.no_thanks"
    if facts.our_fault and facts.apology == "for_experience":
        yield "conduct.apology_not_for_our_fault"


NEEDED = ("introduce", "reason", "listen", "apologise")
"""What no talk may leave out, whatever it is for; proposing and adjusting depend on how it goes."""


def _missed(facts: ConductFacts) -> Iterable[str]:
    needed = [*NEEDED[:3], *(["propose"] if facts.purpose == "offer" else []), NEEDED[3]]
    return [step for step in needed if step not in facts.steps_done]


def _names(words: str, names: Iterable[str]) -> bool:
    said = words.casefold()
    return any(name.casefold() in said for name in names)


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What stands behind an offer: the newest plan that is still alive."""

    purpose: str
    delivered: bool
    has_explanation: bool
    measures: int


def violations_in_an_offer(facts: OfferFacts) -> Iterator[Violation]:
    """An offer carries an explanation together with a measure (S-COM-21, C-16)."""
    if facts.purpose != "offer" or not facts.delivered:
        return
    if not facts.has_explanation or facts.measures == 0:
        yield Violation("contact.offer_without_measure", field="purpose")
