"""Carrying out what was agreed, strictly, and leaving it only with everything accounted for (S-EXE)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class AcceptingFacts:
    """How far the newest plan has come. `unconfirmed`: types of needed evidence that came and nobody looked at."""

    drafted: bool
    offered: bool
    accepted: bool
    unconfirmed: tuple[str, ...]


def violations_in_accepting(facts: AcceptingFacts) -> Iterator[Violation]:
    """An offered plan and what stands for the customer's yes (S-SOL-22), on confirmed evidence (S-INV-05)."""
    if not facts.accepted:
        if facts.offered:
            yield Violation("accept.yes_missing")
        elif facts.drafted:
            yield Violation("accept.plan_not_offered")
        else:
            yield Violation("accept.plan_missing")
    for kind in facts.unconfirmed:
        yield Violation("accept.evidence_unconfirmed", params={"type": kind})


def violations_in_completing(*, pending: Iterable[int], unpaid: Iterable[int]) -> Iterator[Violation]:
    """Every promise kept or released, every grant paid. Numbers are those of the rows."""
    for number in pending:
        yield Violation("complete.commitment_pending", params={"number": number})
    for number in unpaid:
        yield Violation("complete.grant_unpaid", params={"number": number})


def violations_in_replanning(
    *,
    commitments: Mapping[int, str],
    pending: Iterable[int],
    grants: Mapping[int, str],
    unpaid: Iterable[int],
) -> Iterator[Violation]:
    """Every open promise and unpaid grant is named, with what becomes of it, and nothing else is."""
    yield from _named(commitments, pending, ("keep", "release"), "commitment", "commitments")
    yield from _named(grants, unpaid, ("keep", "cancel"), "grant", "grants")


def _named(named: Mapping[int, str], there: Iterable[int], fates: tuple[str, str], what: str, field: str):
    there = tuple(there)
    for number in there:
        if named.get(number) not in fates:
            yield Violation(f"replan.{what}_unnamed", field=field, params={"number": number})
    for number in named:
        if number not in there:
            yield Violation(f"replan.unknown_{what}", field=field, params={"number": number})
