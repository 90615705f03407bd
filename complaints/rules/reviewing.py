"""Public reviews: each is answered, and only the platform takes one down, on evidence (S-PUB-01 to 03).

Nothing is given, promised or threatened so that a review goes or improves: E-commerce Law art. 17 and 39, S-TAB.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation
from complaints.rules.duties import violations_in_decision

LOWEST, HIGHEST = 1, 5
GROUNDS = frozenset({"false_information", "unfair_harm", "not_a_customer", "personal_data"})
LONGEST_LINK = 500


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A review as it is written down."""

    platforms: frozenset[str]
    platform: str
    link: str
    stars: int | None
    words: str
    written_at: datetime
    at: datetime


def violations_in_review(facts: ReviewFacts) -> Iterator[Violation]:
    """Where it stands, how many stars, what it says, and when (S-PUB-01)."""
    if facts.platform not in facts.platforms:
        yield Violation("review.platform_unknown", field="platform")
    if facts.link and not facts.link.startswith(("https://", "http://")):
        yield Violation("review.link_is_none", field="link")
    elif len(facts.link) > LONGEST_LINK:
        yield Violation("route.too_long", field="link", params={"most": LONGEST_LINK})
    if facts.stars is None or not LOWEST <= facts.stars <= HIGHEST:
        yield Violation("review.stars_unknown", field="stars", params={"lowest": LOWEST, "highest": HIGHEST})
    if not facts.words.strip():
        yield Violation("review.words_missing", field="words")
    if facts.written_at > facts.at:
        yield Violation("review.in_future", field="written_at")


def violations_in_answer(answer: str) -> Iterator[Violation]:
    """An answer says something; how it may say it is checked by the phrases in force."""
    if not answer.strip():
        yield Violation("review.answer_missing", field="answer")


def violations_in_answer_decision(
    *, answered_by: int, decided_by: frozenset[int], subjects: frozenset[int]
) -> Iterator[Violation]:
    """Whoever wrote the answer does not decide it, nor whom the case is about."""
    yield from violations_in_decision(asked_by=answered_by, decided_by=decided_by, subjects=subjects)


@dataclass(frozen=True, slots=True)
class RemovalFacts:
    """What we ask of the platform. `pieces` counts the evidence named, `pieces_here` what of it counts on this case.

    `nothing_given` is the word of who asks that nobody was given or promised anything for this review.
    """

    ground: str
    words: str
    pieces: int
    pieces_here: int
    nothing_given: bool


def violations_in_removal(facts: RemovalFacts) -> Iterator[Violation]:
    """A ground that exists, why, evidence enclosed, and the word that nothing was given for it (S-PUB-02)."""
    if facts.ground not in GROUNDS:
        yield Violation("review.ground_unknown", field="ground")
    if not facts.words.strip():
        yield Violation("review.removal_words_missing", field="words")
    if facts.pieces == 0:
        yield Violation("review.evidence_missing", field="evidence_ids")
    elif facts.pieces_here < facts.pieces:
        yield Violation("letter.evidence_not_here", field="evidence_ids")
    if not facts.nothing_given:
        yield Violation("review.never_bought", field="nothing_given")


def violations_in_improvement(*, stars: int | None, stars_before: int) -> Iterator[Violation]:
    """More stars than before."""
    if stars is None or not stars_before < stars <= HIGHEST:
        yield Violation("review.not_improved", field="stars", params={"before": stars_before, "highest": HIGHEST})
