"""What a customer's yes or no means for reaching them (Regulations on the Consumer Protection Law, art. 24)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from casemgmt.violations import Violation

GIVEN, REFUSED = "given", "refused"


@dataclass(frozen=True, slots=True)
class ReachingFacts:
    """The last word about a channel, by scope; "" where nothing was said."""

    channel: str
    is_commercial: bool
    everything: str
    commercial: str


def violations_in_reaching(facts: ReachingFacts) -> Iterator[Violation]:
    """Business needs a yes; answering the complaint needs none, and ends where the customer refused the channel.

    A no to calls is said by the rules of calling already.
    """
    if facts.everything == REFUSED and facts.channel != "phone":
        yield Violation("contact.channel_refused", params={"channel": facts.channel})
    if facts.is_commercial and facts.commercial != GIVEN:
        yield Violation("contact.no_consent", params={"channel": facts.channel})


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """A customer's word as somebody writes it down."""

    customer_known: bool
    channel: str
    scope: str
    decision: str
    words: str
    said_at: datetime
    recorded_at: datetime


def violations_in_recording(facts: ConsentFacts) -> Iterator[Violation]:
    """Whose word, about what, in which words, and not in the future."""
    if not facts.customer_known:
        yield Violation("consent.nobody_known")
    for name in ("channel", "scope", "decision"):
        if not getattr(facts, name):
            yield Violation("consent.choice_missing", field=name)
    if not facts.words.strip():
        yield Violation("consent.words_missing", field="words")
    if facts.said_at > facts.recorded_at:
        yield Violation("consent.in_the_future", field="said_at")


@dataclass(frozen=True, slots=True)
class WishFacts:
    """Hours and zone as the customer named them; `zone_known` for a zone that exists, or none."""

    customer_known: bool
    opens: time | None
    closes: time | None
    zone_known: bool
    words: str


def violations_in_wishes(facts: WishFacts) -> Iterator[Violation]:
    """Hours begin and end, in a zone that exists, in the customer's words."""
    if not facts.customer_known:
        yield Violation("consent.nobody_known")
    if (facts.opens is None) != (facts.closes is None):
        yield Violation("wish.half_hours", field="call_until" if facts.closes is None else "call_from")
    elif facts.opens is not None and not facts.opens < facts.closes:
        yield Violation("wish.hours_out_of_order", field="call_until")
    if not facts.zone_known:
        yield Violation("wish.unknown_zone", field="call_zone")
    if not facts.words.strip():
        yield Violation("consent.words_missing", field="words")
