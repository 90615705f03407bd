"""Writing words down: the one place where a typed text of a case becomes a row."""

from datetime import datetime

from complaints.models import Complaint, Customer, Statement
from complaints.vocabulary import Side, StatementKind


def state_words(
    case: Complaint | None,
    kind: StatementKind,
    words: str | None,
    *,
    by,
    at: datetime,
    side: Side = Side.COMPANY,
    customer: Customer | None = None,
    corrects: Statement | None = None,
) -> Statement | None:
    """Write words down once and for all; None for blank ones. Runs inside `signed` and a transaction.

    Raises RuleBroken for null characters and for more than the longest text. A second call writes a second row.
    """
    if words is None or not words.strip():
        return None
    statement = spoken(case, kind, words, by=by, at=at, side=side, customer=customer)
    statement.corrects = corrects
    statement.save()
    return statement


def spoken(case, kind, words, *, by, at, side=Side.COMPANY, customer=None) -> Statement:
    """A statement that is not saved yet, for those who write many at once."""
    return Statement(case=case, customer=customer, kind=kind, side=side, said_by=by, said_at=at).speak(words)
