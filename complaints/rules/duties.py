"""Separation of duties: nobody decides what they asked for, what they handle, or what is about them."""

from collections.abc import Iterator

from casemgmt.violations import Violation


def violations_in_decision(
    *, asked_by: int, decided_by: int, subjects: frozenset[int] = frozenset(), handler: int | None = None
) -> Iterator[Violation]:
    """Whether this person may decide what that person asked for. Numbers are people's ids (roles.md).

    Leave `handler` out where the handler of the case may decide.
    """
    if asked_by == decided_by:
        yield Violation("duty.asker_decides")
    elif handler is not None and decided_by == handler:
        yield Violation("duty.handler_decides")
    if decided_by in subjects:
        yield Violation("duty.subject_decides")


def violations_in_handling(handler: int, subjects: frozenset[int]) -> Iterator[Violation]:
    """Whether this person may handle the case; whoever it is about may not."""
    if handler in subjects:
        yield Violation("duty.subject_handles", field="handler_id")


def violations_in_paying(*, payer: int, asked_by: int, approvers: frozenset[int]) -> Iterator[Violation]:
    """Asker, approver and payer are three people (roles.md)."""
    if payer == asked_by:
        yield Violation("duty.asker_pays")
    if payer in approvers:
        yield Violation("duty.approver_pays")
