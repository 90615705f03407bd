"""Work on many cases at once: how many, shared out to whom, and what another try can help (T15)."""

from collections.abc import Iterable, Iterator, Mapping

from casemgmt.violations import Violation

MOST_CASES = 5_000
MOST_HANDLERS = 20
RUN_ON_THE_PAGE = 50
"""Up to here the page waits; more cases go to the worker."""
TRIES_BEFORE_ASIDE = 3
HEAVY_FROM = 20
"""Open cases from which a load is worth a warning, when it is also twice what colleagues carry."""

HELPED_BY_TRYING = frozenset({"bulk.moved_on", "bulk.stopped", "case.decision_pending", "bulk.broke"})
"""Reasons that may be gone at the next try. What a rule says of the case itself stays true until somebody acts."""


def violations_in_choice(count: int) -> Iterator[Violation]:
    """Whether so many cases make a run; `count` may be one more than MOST_CASES for "more than that"."""
    if count == 0:
        yield Violation("bulk.nothing_chosen")
    if count > MOST_CASES:
        yield Violation("bulk.too_many", params={"most": MOST_CASES})


def can_help(codes: Iterable[str]) -> bool:
    """Whether trying again may succeed: every reason may be gone by then."""
    codes = list(codes)
    return bool(codes) and all(code in HELPED_BY_TRYING for code in codes)


def by_share(people: Iterable[int], shares: Mapping[int, int]) -> list[int]:
    """The people, whoever got the fewest so far first, so that the cases are shared out evenly."""
    people = list(people)
    return sorted(people, key=lambda person: (shares.get(person, 0), people.index(person)))


def is_heavy(load: int, colleagues: Iterable[int]) -> bool:
    """Whether so many open cases are a lot: HEAVY_FROM, and twice the average of the colleagues."""
    loads = list(colleagues)
    average = sum(loads) / len(loads) if loads else 0
    return load >= HEAVY_FROM and load > 2 * average
