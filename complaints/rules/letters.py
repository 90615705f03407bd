"""Letters to and from bodies outside, and who may speak to the press (S-TPR-11, 14, 15, S-PUB-05)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation

MEDIA = "media_exposure"


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter as it is written down. `enclosed_here`: every enclosure is evidence of the case that still counts."""

    direction: str
    is_answer: bool
    words: str
    occurred_at: datetime
    at: datetime
    filed_at: datetime
    enclosed_here: bool
    route_kind: str
    runs: bool
    speaks_for_us: bool


def violations_in_letter(facts: LetterFacts) -> Iterator[Violation]:
    """What it says, when it went, that an answer is ours and the body still waits, and who speaks to the press."""
    if facts.direction not in ("received", "sent"):
        yield Violation("letter.direction_missing", field="direction")
    if not facts.words.strip():
        yield Violation("letter.words_missing", field="words")
    if facts.occurred_at > facts.at:
        yield Violation("letter.in_future", field="occurred_at")
    elif facts.occurred_at < facts.filed_at:
        yield Violation("route.before_it_was_filed", field="occurred_at")
    if facts.is_answer and facts.direction == "received":
        yield Violation("letter.answer_is_ours", field="is_answer")
    if facts.is_answer and not facts.runs:
        yield Violation("letter.nobody_waits", field="is_answer")
    if not facts.enclosed_here:
        yield Violation("letter.evidence_not_here", field="evidence_ids")
    if facts.direction == "sent" and facts.route_kind == MEDIA and not facts.speaks_for_us:
        yield Violation("letter.not_spokesperson")


def speaks_to_the_press(answered_by: tuple[str, ...], roles: frozenset[str]) -> bool:
    """Whether one of these roles (handler, team_lead, supervisor) is named by the policy."""
    return bool(set(answered_by) & roles)
