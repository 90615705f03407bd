"""What a complaint needs before it is a case (S-INT, S-TRI-07)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from casemgmt.violations import Violation

ALIKE = 0.8
"""From this share of common word pairs on, two texts count as much the same."""


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """What is known when a complaint is registered. `at` is the moment of registering."""

    content: str
    channel: str
    received_at: datetime | None
    occurred_at: datetime | None
    at: datetime
    complainant: str
    complainant_known: bool
    unknown_because: str


def violations_in_registration(facts: RegistrationFacts) -> Iterator[Violation]:
    """Time, complainant, channel and content; the reason may still be unstated (S-INT-04)."""
    if not facts.content.strip():
        yield Violation("registration.content_missing", field="content")
    if not facts.channel:
        yield Violation("registration.channel_missing", field="channel")
    if facts.received_at is None:
        yield Violation("registration.time_missing", field="received_at")
    elif facts.received_at > facts.at:
        yield Violation("registration.received_in_the_future", field="received_at")
    if facts.occurred_at is not None and facts.occurred_at > (facts.received_at or facts.at):
        yield Violation("registration.happened_after_receipt", field="occurred_at")
    if facts.complainant == "unknown":
        if not facts.unknown_because.strip():
            yield Violation("registration.unknown_without_reason", field="unknown_because")
    elif not facts.complainant_known:
        yield Violation("registration.complainant_missing", field="customer_name")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier case of the same customer or order, as the comparison sees it."""

    case_id: int
    case_number: str
    received_at: datetime
    same_order: bool
    same_customer: bool
    content: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A case that may be the same complaint, and why."""

    case_id: int
    case_number: str
    same_order: bool
    same_customer: bool
    same_words: bool


def likely_duplicates(
    content: str, received_at: datetime, earlier: Iterable[Earlier], *, window_days: int
) -> list[Likeness]:
    """The earlier cases that this may repeat: of the same order, or much the same words of the same customer.

    Only a warning: who registers decides. Cases older than `window_days` do not count.
    """
    since = received_at - timedelta(days=window_days)
    words = pairs_in(content)
    found = []
    for case in earlier:
        if case.received_at < since:
            continue
        same_words = share_of_common_pairs(words, pairs_in(case.content)) >= ALIKE
        if case.same_order or case.same_customer:
            found.append(Likeness(case.case_id, case.case_number, case.same_order, case.same_customer, same_words))
    return sorted(found, key=lambda like: (not like.same_words, not like.same_order, like.case_number))


def pairs_in(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a text, without spaces and punctuation; for Chinese and others alike."""
    plain = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1)) or frozenset({plain})


def share_of_common_pairs(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts have in common: 0 nothing, 1 all (Dice's coefficient)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0
