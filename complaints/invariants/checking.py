"""All invariants of the page of roles in their order, for the command, the night and the tests."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from complaints.invariants import cases, incidents, limits, money, own_case, paperwork, paths, people, records, times
from complaints.invariants.breaches import Breach, Check


def broken_invariants(at: datetime) -> Iterator[Breach]:
    """Every breach there is. `at`: up to when the sweeps must have seen to what fell due.

    Reads alone, in a number of queries that does not grow with the cases; the bytes of evidence are read in full.
    """
    yield from _of(people.separations(), people.subjects(), people.groups())
    yield from limits.limits()
    yield from money.payments()
    yield from _of(money.refunds(), money.promises_of_money())
    yield from paths.paths()
    yield from _of(
        cases.states_and_paperwork(),
        cases.nothing_left_open(),
        paperwork.returns(),
        paperwork.agreements(),
        paperwork.promises(),
        paperwork.reviews_and_holds(),
        paperwork.links_and_citations(),
        paperwork.evidence(),
        incidents.incidents(),
        own_case.papers_of_their_case(),
    )
    yield from records.records()
    yield from _of(times.unswept(at))
    yield from times.first_levels(at)
    yield from times.once_a_level(at)
    yield from _of(times.waiting_on_closed(), times.follow_ups())
    yield from records.evidence_bytes()
    yield from records.sealed_columns()
    yield from times.clocks()
    yield from _of(cases.next_due())


def _of(*rooms: Iterable[Check]) -> Iterator[Breach]:
    for checks in rooms:
        for check in checks:
            yield from check.breaches()
