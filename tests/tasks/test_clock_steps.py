"""The clock of the system jumps: forward and back, or back in the middle of a sweep. Nothing is lost or done twice."""

from datetime import UTC, datetime, timedelta

import pytest

from casemgmt import sweeps
from casemgmt.ledger import Refused
from casemgmt.models import Notice, OutboxMessage
from complaints.actions import overdue, sweeping, waiting_requests
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.models import Clock, Complaint, Escalation, SetAside
from tests.building import a_negotiating_case, an_assessing_case
from tests.cast import AT
from tests.money import an_approved_grant

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def test_a_level_of_a_jump_ahead_is_not_raised_again_and_the_others_come_when_they_are_due(cast):
    """The clock shows an hour too much for one tick; what it raised stands, with the time it believed."""
    cases = [an_assessing_case(cast) for _ in range(2)]
    early, late = (case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE) for case in cases)
    Clock.objects.filter(pk=late.pk).update(due_at=early.due_at + 2 * HOUR, next_level_at=early.due_at + 2 * HOUR)
    now = early.due_at - HOUR / 2
    overdue.escalate_overdue(now + HOUR)
    for tick in range(0, 200, 10):
        overdue.escalate_overdue(now + tick * MINUTE)
    raised = list(Escalation.objects.order_by("raised_at").values_list("cause", "level", "due_at", "raised_at"))
    assert raised == [
        (f"clock:{early.pk}", 1, early.due_at, now + HOUR),
        (f"clock:{late.pk}", 1, early.due_at + 2 * HOUR, now + 160 * MINUTE),
    ]
    assert Notice.objects.filter(code="notice.escalated.clock").count() == 2
    assert OutboxMessage.objects.filter(kind="notice.escalated.clock").count() == 2


def test_a_clock_that_was_put_back_during_a_sweep_is_the_fault_of_no_row(cast):
    """Every write of the tick is refused as an act of the future; the next tick does what was due."""
    cases = [an_assessing_case(cast) for _ in range(3)]
    at = datetime.now(UTC) + HOUR

    def touch(rows):
        Complaint.objects.filter(pk__in=[pk for pk, _case in rows]).update(backlog=True)

    def take(limit):
        return list(Complaint.objects.filter(backlog=False).order_by("pk").values_list("pk", "pk")[:limit])

    with pytest.raises(Refused, match=r"ledger\.future"):
        sweep_in_batches("test", Complaint, at=at, reason="test", take=take, settle=touch)
    assert not SetAside.objects.exists()
    assert not Complaint.objects.filter(backlog=True).exists()
    done = sweep_in_batches("test", Complaint, at=at - HOUR, reason="test", take=take, settle=touch)
    assert done == Tally(len(cases), len(cases))


def ran(name, sweep, at):
    with sweeps.recorded(name, at=at):
        return sweep(at)


def payers_told():
    told = Notice.objects.filter(code="notice.payment_due_soon").order_by("person__username")
    return list(told.values_list("person__username", flat=True))


@pytest.fixture
def grant(cast):
    return an_approved_grant(cast, a_negotiating_case(cast), "120.00")


def test_whoever_pays_is_told_once_however_the_clock_jumped(cast, grant):
    ahead = grant.pay_by - timedelta(hours=24)
    for at in (ahead - HOUR / 2, ahead + HOUR / 2, ahead - HOUR / 3, ahead + MINUTE, ahead + HOUR):
        ran("warn_of_payments", sweeping.warn_of_payments, at)
    assert payers_told() == ["olga", "petra"]


def test_what_is_approved_when_the_moment_to_tell_has_passed_is_told_at_once(cast):
    """Also while a run lies in a future that the clock has left."""
    short = an_approved_grant(cast, a_negotiating_case(cast), "120.00")
    at = short.pay_by - 5 * HOUR
    type(short).objects.filter(pk=short.pk).update(approved_at=at)
    ran("warn_of_payments", sweeping.warn_of_payments, at - 2 * HOUR)
    Notice.objects.all().delete()
    ran("warn_of_payments", sweeping.warn_of_payments, at + MINUTE)
    assert payers_told() == ["olga", "petra"]


def test_the_last_run_is_the_one_that_was_begun_last(cast):
    for at in (AT, AT + HOUR, AT + MINUTE):
        ran(waiting_requests.REMIND, waiting_requests.remind_of_requests, at)
    assert sweeps.last_start(waiting_requests.REMIND) == AT + MINUTE


def test_a_run_of_the_future_does_not_hide_that_a_sweep_has_stopped(db):
    ran("escalate_overdue", lambda at: None, AT + HOUR)
    assert set(sweeps.late(["escalate_overdue"], AT)) == {"escalate_overdue"}
    assert sweeps.last_runs(["escalate_overdue"])[0].is_late(AT)
    ran("escalate_overdue", lambda at: None, AT)
    assert sweeps.late(["escalate_overdue"], AT) == {}
