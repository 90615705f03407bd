"""Sweeps at the same time, and a person who moves a case in the very same second (T17); on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from casemgmt.ledger import signed
from casemgmt.models import Notice
from complaints.actions import overdue, recomputing
from complaints.actions.timing import stop_clock
from complaints.models import Clock, Complaint, DueChange, Escalation
from tests.building import an_assessing_case
from tests.new_editions import a_holiday, a_new_edition
from tests.stage import standing_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.fixture
def cases(transactional_db):
    cast = standing_cast()
    return cast, [an_assessing_case(cast) for _ in range(12)]


def in_a_thread(pool, work):
    def run():
        try:
            return work()
        finally:
            connection.close()

    return pool.submit(run)


def first_response(case):
    return case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)


def test_four_sweeps_at_once_raise_each_escalation_once(cases):
    _, all_of_them = cases
    at = first_response(all_of_them[0]).due_at + timedelta(days=40)
    start = Barrier(4)

    def sweep():
        start.wait()
        return overdue.escalate_overdue(at)

    with ThreadPoolExecutor(4) as pool:
        tallies = [future.result() for future in [in_a_thread(pool, sweep) for _ in range(4)]]
    assert not any(tally.error for tally in tallies)
    overdue.escalate_overdue(at)
    raised = list(Escalation.objects.values_list("case", "cause", "level", "due_at"))
    assert len(raised) == len(set(raised))
    first = [found for found in raised if found[1] in {f"clock:{first_response(case).pk}" for case in all_of_them}]
    assert sorted(level for _, _, level, _ in first) == [1] * 12 + [2] * 12 + [3] * 12
    keys = list(Notice.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))


def test_a_case_that_somebody_moves_right_now_is_left_to_them(cases):
    """One winner: the answer was first, so nothing is raised, in this tick or the next."""
    cast, all_of_them = cases
    case = all_of_them[0]
    at = first_response(case).due_at + timedelta(seconds=1)
    held, swept = Event(), Event()

    def answer():
        with signed(by=cast.ana, reason="test", source="test"), transaction.atomic():
            locked = Complaint.objects.locked(pk=case.pk)
            held.set()
            assert swept.wait(20)
            stop_clock(locked, Clock.Kind.FIRST_RESPONSE, at=at)
            locked.save()

    with ThreadPoolExecutor(1) as pool:
        answering = in_a_thread(pool, answer)
        assert held.wait(20)
        overdue.escalate_overdue(at)
        swept.set()
        answering.result()
    overdue.escalate_overdue(at)
    assert not Escalation.objects.filter(case=case).exists()
    assert Escalation.objects.count() == 11
    clock = first_response(case)
    assert (clock.stopped_at, clock.stopped_late) == (at, True)


def test_four_recomputations_at_once_move_each_deadline_once(cases):
    cast, _ = cases
    edition = a_new_edition(cast, **a_holiday("2026-10-15"))
    at = edition.valid_from
    start = Barrier(4)

    def sweep():
        start.wait()
        return recomputing.recompute_clocks(at)

    with ThreadPoolExecutor(4) as pool:
        tallies = [future.result() for future in [in_a_thread(pool, sweep) for _ in range(4)]]
    assert not any(tally.error for tally in tallies)
    recomputing.recompute_clocks(at)
    changes = list(DueChange.objects.values_list("clock", flat=True))
    assert len(changes) == len(set(changes)) == 12
    assert set(Clock.objects.filter(stopped_at__isnull=True).values_list("days_policy_id", flat=True)) == {edition.pk}
