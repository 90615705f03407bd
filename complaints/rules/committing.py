"""Promises: kept with proof, broken when due and not done, released only in two ways (S-PRO)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class KeepingFacts:
    """How a promise was kept. `grant_paid` is None when no money belongs to it."""

    has_proof: bool
    proof_of_this_case: bool
    proof_counts: bool
    words: str
    made_at: datetime
    done_at: datetime
    grant_paid: bool | None


def violations_in_keeping(facts: KeepingFacts, at: datetime) -> Iterator[Violation]:
    """Shown by a piece of evidence or told in words; money is kept by its payment alone (S-CMP-12)."""
    if facts.has_proof and not facts.proof_of_this_case:
        yield Violation("keep.proof_of_another_case", field="proof_id")
    elif facts.has_proof and not facts.proof_counts:
        yield Violation("keep.proof_does_not_count", field="proof_id")
    if not facts.has_proof and not facts.words.strip():
        yield Violation("keep.proof_missing", field="words")
    if facts.done_at > at:
        yield Violation("keep.done_in_future", field="done_at")
    elif facts.done_at < facts.made_at:
        yield Violation("keep.done_before_made", field="done_at")
    if facts.grant_paid is False:
        yield Violation("keep.grant_unpaid")


def is_in_time(*, due_at: datetime, done_at: datetime, at: datetime, has_proof: bool) -> bool:
    """Whether a promise counts as kept in time; recorded after its moment, only with proof of when it was done."""
    return done_at <= due_at and (at <= due_at or has_proof)


def violations_in_breaking(*, kept: bool, proof_fell: bool, due_at: datetime, at: datetime) -> Iterator[Violation]:
    """A promise is broken when its moment passed, a kept one only when its proof fell."""
    if kept and not proof_fell:
        yield Violation("break.proof_stands")
    if not kept and at <= due_at:
        yield Violation("break.not_due_yet")


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """Who lets a promise go (by every account of theirs), and how. `on_offer_until` stands on what is owed and waits
    to be collected.
    """

    owner: int
    released_by: frozenset[int]
    customer_words: str
    reason: str
    owed: bool
    on_offer_until: datetime | None
    offered_in_writing: bool


def violations_in_releasing(facts: ReleaseFacts, at: datetime) -> Iterator[Violation]:
    """In the customer's own words, or by a second person with a reason.

    What is owed and nobody collects stays on offer until its date, in writing, before it is released without
    the customer's word (design, row *accept*).
    """
    if facts.customer_words.strip():
        return
    if facts.owner in facts.released_by:
        yield Violation("release.words_or_second_person", field="customer_words")
    elif not facts.reason.strip():
        yield Violation("release.reason_missing", field="reason")
    if facts.owed:
        if facts.on_offer_until is None or at <= facts.on_offer_until:
            yield Violation("release.still_on_offer", field="customer_words")
        if not facts.offered_in_writing:
            yield Violation("release.offer_not_in_writing")
