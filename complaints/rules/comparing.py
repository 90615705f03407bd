"""What customers in like cases were given: the middle and the range, and nothing that would tell of single ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

FEWEST = 5
"""Fewer cases than this would tell of single ones to somebody who may not see them."""


class Likeness(StrEnum):
    """How like the cases are, the closest first."""

    GOODS = "goods"
    CAUSE = "cause"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A case of the same category: what was given in it altogether, and what else it shares with this one."""

    case: int
    given: Decimal
    same_goods: bool
    same_cause: bool
    is_visible: bool = True


@dataclass(frozen=True, slots=True)
class Precedent:
    """The like cases in numbers. `shown` are those that the viewer may open; the sums count all of them."""

    likeness: Likeness
    count: int
    least: Decimal
    middle: Decimal
    most: Decimal
    sums: tuple[Decimal, ...]
    shown: tuple[LikeCase, ...]


def precedent_in(cases: Iterable[LikeCase]) -> Precedent | None:
    """The closest likeness of which enough cases are known; of too few, those that the viewer may see anyway."""
    cases = [case for case in cases if case.given > 0]
    circles = (
        (Likeness.GOODS, [case for case in cases if case.same_goods]),
        (Likeness.CAUSE, [case for case in cases if case.same_cause]),
        (Likeness.CATEGORY, cases),
    )
    for likeness, found in circles:
        if len(found) >= FEWEST:
            return _in_numbers(likeness, found)
    seen = [case for case in cases if case.is_visible]
    return _in_numbers(Likeness.CATEGORY, seen) if seen else None


def _in_numbers(likeness: Likeness, cases: list[LikeCase]) -> Precedent:
    sums = sorted(case.given for case in cases)
    return Precedent(
        likeness,
        len(sums),
        sums[0],
        median(sums),
        sums[-1],
        tuple(sums),
        tuple(case for case in cases if case.is_visible),
    )
