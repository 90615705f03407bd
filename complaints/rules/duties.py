"""Separation of duties: nobody decides what they asked for, what they handle, or what is about them."""

from collections.abc import Iterator, Set

from casemgmt.violations import Violation


def violations_in_decision(
    *, asked_by: int, decided_by: Set[int], subjects: Set[int] = frozenset(), handler: int | None = None
) -> Iterator[Violation]:
    """Whether this person may decide what that person asked for. Numbers are ids of accounts (roles.md).

    `decided_by` holds every account of whoever decides, for one human with two accounts is one person. Leave
    `handler` out where the handler of the case may decide.
    """
    if asked_by in decided_by:
        yield Violation("duty.asker_decides")
    elif handler in decided_by:
        yield Violation("duty.handler_decides")
    if decided_by & subjects:
        yield Violation("duty.subject_decides")


def violations_in_handling(handler: int, subjects: Set[int]) -> Iterator[Violation]:
    """Whether this person may handle the case; whoever it is about may not, by any account of the `subjects`."""
    if handler in subjects:
        yield Violation("duty.subject_handles", field="handler_id")


def violations_in_paying(*, payer: Set[int], asked_by: int, approvers: Set[int]) -> Iterator[Violation]:
    """Asker, approver and payer are three people (roles.md); `payer` holds every account of whoever pays."""
    if asked_by in payer:
        yield Violation("duty.asker_pays")
    if payer & approvers:
        yield Violation("duty.approver_pays")
