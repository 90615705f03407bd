"""How much a superior may lend to the handler of one case, and for how long (S-ESC-03)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from casemgmt.violations import Violation

CODE = "case_authority"
"""The code of the rung that it makes."""
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """What is typed, and what bounds it. `at_once` and `left_today` are the superior's own limits."""

    amount: Decimal | None
    until: datetime | None
    at: datetime
    latest: datetime
    has_handler: bool
    own_of_handler: Decimal
    at_once: Decimal
    left_today: Decimal
    currency: str


def violations_in_authority(facts: AuthorityFacts) -> Iterator[Violation]:
    """Somebody to have it, more than they have, no more than the giver has, and an end. Each limit is allowed."""
    if not facts.has_handler:
        yield Violation("authority.nobody_handles", "decision")
    if facts.amount is None:
        yield Violation("authority.amount_missing", "amount")
    elif not facts.amount.is_finite() or facts.amount <= 0 or facts.amount != facts.amount.quantize(CENT):
        yield Violation("authority.amount_not_money", "amount")
    else:
        yield from _violations_in_amount(facts)
    if facts.until is None:
        yield Violation("authority.end_missing", "valid_until")
    elif facts.until <= facts.at:
        yield Violation("authority.end_in_past", "valid_until")
    elif facts.until > facts.latest:
        yield Violation("authority.lasts_too_long", "valid_until", {"days": (facts.latest - facts.at).days})


def _violations_in_amount(facts: AuthorityFacts) -> Iterator[Violation]:
    if facts.amount <= facts.own_of_handler:
        yield Violation("authority.not_higher", "amount", {"own": facts.own_of_handler, "currency": facts.currency})
    if facts.amount > facts.at_once:
        yield Violation("authority.above_own", "amount", {"limit": facts.at_once, "currency": facts.currency})
    elif facts.amount > facts.left_today:
        yield Violation("authority.above_own_day", "amount", {"left": facts.left_today, "currency": facts.currency})
