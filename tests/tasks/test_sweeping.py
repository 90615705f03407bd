"""The other sweeps: promises, warnings, payments, requests, advice; each twice without a second effect."""

from datetime import timedelta

import pytest

from casemgmt.celery import SWEEPS, app
from casemgmt.models import Notice, Sweep
from complaints.actions import advising, sweeping
from complaints.actions.committing import make_commitment
from complaints.actions.keeping import keep_commitment
from complaints.actions.overdue import close_escalations
from complaints.actions.requesting_evidence import ask_for_evidence
from complaints.models import Clock, Commitment, Complaint, SetAside
from complaints.states import CommitmentState, EscalationState, EvidenceRequestState, FollowUpState
from tests.building import a_registered_case, an_assessing_case
from tests.cast import AT, later
from tests.following import a_following_up_case

pytestmark = pytest.mark.django_db

DUE = later(days=3)


@pytest.fixture
def case(cast):
    return an_assessing_case(cast)


@pytest.fixture
def promise(cast, case):
    return make_commitment(case.pk, by=cast.ana, at=AT, what="三天内付干洗费", due_at=DUE)


def told(code):
    return [notice.person.username for notice in Notice.objects.filter(code=code).order_by("pk")]


def test_a_promise_warns_its_owner_a_day_ahead_and_once(cast, promise):
    """S-PRO-04, WC-01."""
    assert sweeping.warn_of_commitments(DUE - timedelta(hours=24, seconds=1)).done == 0
    ahead = DUE - timedelta(hours=24)
    assert sweeping.warn_of_commitments(ahead).done == 1
    assert sweeping.warn_of_commitments(ahead).done == 0
    assert set(told("notice.commitment_due_soon")) == {"ana"}


def test_a_promise_that_was_due_is_broken_and_goes_up_until_it_is_kept_late(cast, case, promise):
    assert sweeping.warn_of_commitments(DUE).done == 1
    promise.refresh_from_db()
    assert promise.state == CommitmentState.OPEN
    at = DUE + timedelta(minutes=1)
    sweeping.warn_of_commitments(at)
    sweeping.warn_of_commitments(at)
    promise.refresh_from_db()
    assert promise.state == CommitmentState.BROKEN
    escalation = case.escalations.get()
    assert (escalation.cause, escalation.due_at, escalation.to_person) == (f"commitment:{promise.pk}", DUE, cast.sven)
    assert close_escalations(at).done == 0
    keep_commitment(promise.pk, by=cast.ana, at=at, words="已付")
    assert close_escalations(at).done == 1
    escalation.refresh_from_db()
    assert escalation.state == EscalationState.CLOSED


def test_a_promise_that_cannot_be_swept_stops_no_other(cast, case, promise, monkeypatch):
    other = make_commitment(case.pk, by=cast.ana, at=AT, what="寄券", due_at=DUE)
    break_ = Commitment.break_

    def refuse(commitment):
        if commitment.pk == promise.pk:
            raise ValueError("somebody's name")
        break_(commitment)

    monkeypatch.setattr(Commitment, "break_", refuse)
    tally = sweeping.warn_of_commitments(DUE + timedelta(minutes=1))
    assert "ValueError" in tally.error
    assert "somebody" not in tally.error
    other.refresh_from_db()
    assert other.state == CommitmentState.BROKEN
    assert SetAside.objects.get().reason == "ValueError"


def test_a_clock_warns_the_handler_once(cast, case):
    clock = case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)
    assert sweeping.warn_of_clocks(clock.warn_at - timedelta(seconds=1)).done == 0
    assert sweeping.warn_of_clocks(clock.warn_at).done == 1
    assert sweeping.warn_of_clocks(clock.warn_at).done == 0
    assert told("notice.clock_runs_out") == ["ana"]


def test_a_clock_of_a_case_that_nobody_took_warns_the_supervisors(cast):
    case = a_registered_case(cast)
    clock = case.clocks.get(kind=Clock.Kind.FIRST_RESPONSE)
    sweeping.warn_of_clocks(clock.warn_at)
    assert sorted(told("notice.clock_runs_out")) == ["sven", "tara"]


def test_a_request_for_evidence_is_given_up_after_its_deadline(cast, case):
    request = ask_for_evidence(case.pk, by=cast.ana, at=AT, evidence_type="photo", what="污渍照片", due_at=DUE)
    assert sweeping.give_up_evidence_requests(DUE).done == 0
    assert sweeping.give_up_evidence_requests(DUE + timedelta(seconds=1)).done == 1
    assert sweeping.give_up_evidence_requests(DUE + timedelta(seconds=1)).done == 0
    request.refresh_from_db()
    assert request.state == EvidenceRequestState.NOT_ANSWERED
    assert told("notice.evidence_not_answered") == ["ana"]


def test_who_has_an_unresolved_case_is_prompted_to_name_the_routes(cast, case):
    """S-SLA-08, WC-43."""
    advising.advise_of_routes(later(days=14))
    assert told("notice.advise_of_routes") == []
    advising.advise_of_routes(later(days=15))
    advising.advise_of_routes(later(days=15))
    assert told("notice.advise_of_routes") == ["ana"]


def test_advice_about_the_backlog_is_grouped(cast):
    for _ in range(3):
        an_assessing_case(cast)
    Complaint.objects.update(backlog=True)
    advising.advise_of_routes(later(days=15))
    assert Notice.objects.filter(code__startswith="notice.advise_of_routes").count() == 1


def test_a_follow_up_comes_onto_the_list_inside_its_window_alone(cast):
    case = a_following_up_case(cast)
    call = case.follow_ups.get()
    assert sweeping.put_follow_ups_on_lists(call.scheduled_for - timedelta(seconds=1)).done == 0
    assert sweeping.put_follow_ups_on_lists(call.scheduled_for).done == 1
    assert sweeping.put_follow_ups_on_lists(call.scheduled_for).done == 0
    call.refresh_from_db()
    assert (call.state, call.due_since) == (FollowUpState.DUE, call.scheduled_for)
    assert told("notice.follow_up_due") == ["ana"]


@pytest.mark.parametrize("outage", [timedelta(hours=36), timedelta(days=20)])
def test_a_follow_up_whose_window_closed_while_nothing_ran_is_missed_once(cast, outage):
    call = a_following_up_case(cast).follow_ups.get()
    at = call.scheduled_for + outage
    sweeping.put_follow_ups_on_lists(at)
    call.refresh_from_db()
    assert (call.state, call.missed) == (FollowUpState.SCHEDULED, 1)
    assert call.scheduled_for >= at
    assert call.case.escalations.get().cause == f"follow_up:{call.pk}"
    assert told("notice.follow_up_due") == []


@pytest.fixture(scope="module")
def tasks():
    """Every task by its name. Once for this file: the loader of celery has Django check the whole project."""
    app.loader.import_default_modules()
    return app.tasks


@pytest.mark.parametrize("name", [name for name in SWEEPS if name != "relay_outbox"])
class TestTasks:
    """O17: a task takes nothing; whatever else arrives is dropped, and every run is in the diary."""

    def test_beat_rings_for_it_and_it_notes_its_run(self, tasks, name):
        tasks[SWEEPS[name]]()
        sweep = Sweep.objects.get()
        assert sweep.name == name
        assert sweep.finished_at is not None
        assert sweep.error == ""

    @pytest.mark.parametrize("arguments", [(999_999,), (None,), ("1",), (1, 2), (-1,)])
    def test_anything_it_is_given_is_dropped(self, tasks, name, arguments):
        assert tasks[SWEEPS[name]](*arguments) is None
        assert not Sweep.objects.exists()


BEGUN_BY_PEOPLE = {"complaints.tasks.run_bulk_run"}
"""Rung for at once when somebody confirms; the sweep of the same room finds what that bell missed."""


def test_every_task_is_rung_for(tasks):
    mine = {task for task in tasks if task.startswith("complaints.tasks.") and not task.endswith("_batch")}
    assert mine - BEGUN_BY_PEOPLE == {task for task in SWEEPS.values() if task in mine}
    assert mine >= BEGUN_BY_PEOPLE
