"""What holds for all paperwork of a case: it is written while the case is open, and falls due later than now."""

from collections.abc import Iterator
from datetime import datetime

from casemgmt.violations import Violation


def violations_in_writing(*, is_open: bool, state: str) -> Iterator[Violation]:
    """A case that has ended is read only; what still happens to it is recorded as a contact."""
    if not is_open:
        yield Violation("case.ended", params={"state": state})


def violations_in_due_moment(due_at: datetime | None, at: datetime, *, code: str, field: str) -> Iterator[Violation]:
    """What is to be done has a moment that lies ahead."""
    if due_at is None or due_at <= at:
        yield Violation(code, field=field)


def violations_in_required_words(words: str | None, *, code: str, field: str) -> Iterator[Violation]:
    """Words that the act cannot do without."""
    if words is None or not words.strip():
        yield Violation(code, field=field)
