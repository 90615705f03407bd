"""When a policy may be switched on or taken back: by another person, not for the past, once (S-POL-11)."""

from collections.abc import Iterator
from datetime import datetime

from casemgmt.violations import Violation


def violations_in_move(state: str, *allowed: str) -> Iterator[Violation]:
    """A move that does not start from where the row stands."""
    if state not in allowed:
        yield Violation("policy.not_in_this_state", params={"state": state})


def violations_in_activation(
    *, drafter: int, activator: frozenset[int], valid_from: datetime, at: datetime, begins_with_another: bool
) -> Iterator[Violation]:
    """Why nobody with these accounts may switch the row on at `at`; `activator` is every account of one human."""
    if drafter in activator:
        yield Violation("policy.drafter_activates")
    if valid_from < at:
        yield Violation("policy.reaches_back", field="valid_from", params={"valid_from": valid_from.isoformat()})
    if begins_with_another:
        yield Violation("policy.begins_twice", field="valid_from", params={"valid_from": valid_from.isoformat()})


def violations_in_revocation(*, valid_from: datetime, at: datetime) -> Iterator[Violation]:
    """What has begun is history; it can only be followed by another row."""
    if valid_from <= at:
        yield Violation("policy.has_begun", params={"valid_from": valid_from.isoformat()})
