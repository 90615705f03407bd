"""What must be said about an exchange with the customer (S-COM-01, S-COM-11…14)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from casemgmt.violations import Violation
from policies.rules.filling import gaps_in

CALLS = frozenset({"phone"})
MAILED = frozenset({"parcel"})
NEEDS_WORDS = frozenset({"delivered", "declined"})


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One exchange as somebody records it. `recorded_at` is now.

    `is_unread_template`: a template word for word, and nobody says that they read it through (S-TRN-07).
    """

    channel: str
    direction: str
    outcome: str
    words: str
    occurred_at: datetime
    recorded_at: datetime
    breach_reason: str
    customer_known: bool
    is_unread_template: bool = False


def violations_in_contact(facts: ContactFacts, broken: Iterable[Violation]) -> Iterator[Violation]:
    """What is missing. `broken` are the calling rules that the exchange broke.

    What happened is always recorded: a broken rule asks for the reason, it does not forbid the record.
    """
    if not facts.channel:
        yield Violation("contact.channel_missing", field="channel")
    if facts.occurred_at > facts.recorded_at:
        yield Violation("contact.in_the_future", field="occurred_at")
    if facts.outcome in NEEDS_WORDS and not facts.words.strip():
        yield Violation("contact.words_missing", field="words")
    if facts.outcome == "impossible" and not facts.words.strip():
        yield Violation("contact.impossible_without_reason", field="words")
    if facts.outcome == "impossible" and facts.direction == "incoming":
        yield Violation("contact.came_in_though_impossible", field="outcome")
    gaps = gaps_in(facts.words) if facts.direction == "outgoing" else []
    if gaps:
        yield Violation("contact.gap_left", field="words", params={"gaps": ", ".join(gaps)})
    if facts.is_unread_template:
        yield Violation("contact.template_unread", field="read_through")
    if not facts.breach_reason.strip():
        for violation in broken:
            yield Violation(violation.code, field="breach_reason", params=violation.params)


def is_recorded_late(occurred_at: datetime, recorded_at: datetime, *, hours: int) -> bool:
    """Whether the record came so much later that it ends no clock without proof."""
    return recorded_at - occurred_at > timedelta(hours=hours)
