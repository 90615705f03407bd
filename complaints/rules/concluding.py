"""Ending without a remedy: only where nothing is owed, and the customer has no standing demand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation

OUR_SIDE = frozenset({"seller", "courier"})
"""Who stands with us towards the customer: the shop answers for its courier (law page; contradiction C-06)."""


@dataclass(frozen=True, slots=True)
class OwedFacts:
    """What may be owed. `parcel_not_handed_over`: not signed for, or signed for by somebody without authority.

    `remedied`: something was paid or carried out already.
    """

    verdict: str
    responsible_party: str
    parcel_not_handed_over: bool
    owed_plan_open: bool
    remedy_offered: bool
    remedied: bool
    pending_commitments: int
    unpaid_grants: int


def violations_in_owing(facts: OwedFacts) -> Iterator[Violation]:
    """Nothing legally owed or promised, and what is substantiated was offered a remedy (S-TRI-21, S-SOL-16)."""
    substantiated = facts.verdict in ("substantiated", "partly_substantiated")
    our_fault = substantiated and facts.responsible_party in OUR_SIDE
    if facts.owed_plan_open or ((facts.parcel_not_handed_over or our_fault) and not facts.remedied):
        yield Violation("conclude.something_owed")
    elif substantiated and not facts.remedy_offered:
        yield Violation("conclude.no_remedy_offered")
    if facts.pending_commitments:
        yield Violation("conclude.commitment_pending", params={"count": facts.pending_commitments})
    if facts.unpaid_grants:
        yield Violation("conclude.grant_unpaid", params={"count": facts.unpaid_grants})


@dataclass(frozen=True, slots=True)
class ConcludingFacts:
    """Why the case may end. `demands`: the application asks for something; `rejected`: our last plan was declined.

    `answer_until` is the moment until which the customer may answer what we last wrote or said, if anything.
    """

    because: str
    words: str
    demands: bool
    rejected: bool
    answer_until: datetime | None
    answered_since: bool


def violations_in_concluding(facts: ConcludingFacts, at: datetime) -> Iterator[Violation]:
    """The explanation taken, nothing asked for, or silence past the deadline.

    A demand that stands is never ended here: it goes through a proposed refusal.
    """
    if facts.because == "took_explanation":
        if not facts.words.strip():
            yield Violation("conclude.words_missing", field="words")
    elif facts.because == "asked_for_nothing":
        if facts.demands or facts.rejected:
            yield Violation("conclude.demand_stands", field="because")
    elif facts.because == "silent":
        yield from _violations_in_silence(facts, at)
    else:
        yield Violation("conclude.because_missing", field="because")


def _violations_in_silence(facts: ConcludingFacts, at: datetime) -> Iterator[Violation]:
    if facts.rejected:
        yield Violation("conclude.demand_stands", field="because")
    if facts.answer_until is None:
        yield Violation("conclude.never_asked", field="because")
    elif facts.answered_since:
        yield Violation("conclude.customer_answered", field="because")
    elif at <= facts.answer_until:
        yield Violation("conclude.still_time_to_answer", field="because", params={"until": facts.answer_until})
