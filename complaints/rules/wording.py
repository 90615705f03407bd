"""Which words are still to go out, and what keeps them back; what was said is recorded, whatever it was (S-TAB)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from casemgmt.violations import Violation
from policies.rules.folding import fold
from policies.rules.wording import BLOCK, NEEDS_APPROVAL, Finding

SPOKEN = frozenset({"phone", "face_to_face"})
"""Channels on which nothing can be taken back: what is recorded there has been said."""

MOST_TOLD = 12
"""So many findings of one text are told at a time."""


def is_still_to_go_out(
    *, channel: str, direction: str, outcome: str, occurred_at: datetime | None, at: datetime
) -> bool:
    """Whether these words can still be kept back.

    What comes in, what was spoken, what is said to have happened earlier and why nobody could be told are records.
    Everything else goes out with this very act.
    """
    if direction != "outgoing" or channel in SPOKEN or outcome == "impossible":
        return False
    return occurred_at is None or occurred_at >= at


@dataclass(frozen=True, slots=True)
class Agreed:
    """What somebody else agreed to: phrases by policy row for these very words, and texts that were approved."""

    policy_ids: frozenset[int] = frozenset()
    texts: tuple[str, ...] = ()

    def covers(self, finding: Finding) -> bool:
        """Whether the finding may go out by another person's word. A blocked one never may."""
        if finding.severity != NEEDS_APPROVAL:
            return False
        if finding.phrase.policy_id in self.policy_ids:
            return True
        words = fold(finding.words)
        return any(words in fold(text) for text in self.texts)


def kept_back(findings: Iterable[Finding], agreed: Agreed) -> list[Finding]:
    """The findings that keep a text from going out, the gravest first as they come."""
    return [
        finding
        for finding in findings
        if finding.severity == BLOCK or (finding.severity == NEEDS_APPROVAL and not agreed.covers(finding))
    ]


def violations_in_wording(findings: Collection[Finding], field: str | None, told) -> Iterator[Violation]:
    """One violation for each finding that keeps the text back; `told` gives a finding's words for the reader."""
    for finding in list(findings)[:MOST_TOLD]:
        code = "wording.blocked" if finding.severity == BLOCK else "wording.needs_approval"
        yield Violation(code, field=field, params=told(finding))


def violations_in_asking(findings: Collection[Finding], *, reason: str, asked_already: bool) -> Iterator[Violation]:
    """An override is for phrases that need approval: there is one, nothing is blocked, a reason, and not twice."""
    if not any(finding.severity == NEEDS_APPROVAL for finding in findings):
        yield Violation("wording.nothing_to_ask", field="words")
    elif asked_already:
        yield Violation("wording.asked_already", field="words")
    if not reason.strip():
        yield Violation("wording.reason_missing", field="reason")
