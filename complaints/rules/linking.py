"""Cases that have to do with each other, and a case that holds two matters (W-10 of merge, link, split; T13)."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """The two cases; `other` is None when there is no such case, or none that may be seen."""

    case: int
    other: int | None
    kind_known: bool
    linked_already: bool
    merged_together: bool
    same_customer: bool
    kind: str
    reason: str


def violations_in_link(facts: LinkFacts) -> Iterator[Violation]:
    """Two cases, once, of a known kind and with a reason; a follower is linked through the case that leads it."""
    if facts.other is None:
        yield Violation("link.other_unknown", field="other_id")
    elif facts.other == facts.case:
        yield Violation("link.to_itself", field="other_id")
    elif facts.merged_together:
        yield Violation("link.merged_together", field="other_id")
    elif facts.linked_already:
        yield Violation("link.there_already", field="other_id")
    if not facts.kind_known:
        yield Violation("link.kind_unknown", field="kind")
    if not facts.reason.strip():
        yield Violation("reason.missing", field="reason")


@dataclass(frozen=True, slots=True)
class SplitFacts:
    """What hangs on the case that is to be split."""

    is_open: bool = True
    state: str = ""
    decision_pending: bool = False
    money_pending: bool = False
    is_outside: bool = False


def violations_in_splitting(facts: SplitFacts) -> Iterator[Violation]:
    """No decision and no money is on its way, for nobody could say of which matter it is."""
    if not facts.is_open:
        yield Violation("case.ended", params={"state": facts.state})
        return
    if facts.is_outside:
        yield Violation("split.outside")
    if facts.decision_pending:
        yield Violation("case.decision_pending")
    if facts.money_pending:
        yield Violation("split.money_pending")


def violations_in_parts(
    *, matter: str, reason: str, words: int, all_words_known: bool, all_known: bool
) -> Iterator[Violation]:
    """The second matter in a sentence, at least one of the customer's own words for it, and why it stands alone."""
    if not matter.strip():
        yield Violation("split.matter_missing", field="matter")
    if not words:
        yield Violation("split.words_missing", field="statements")
    elif not all_words_known:
        yield Violation("split.not_of_this_case", field="statements")
    if not all_known:
        yield Violation("split.not_of_this_case", field="evidence")
    if not reason.strip():
        yield Violation("reason.missing", field="reason")
