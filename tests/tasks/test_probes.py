"""What the operation page counts as due is what the sweeps would take, and nothing once they have run."""

from datetime import UTC, datetime

import pytest

from casemgmt.celery import app
from casemgmt.probing import due_now
from complaints.actions.waiting_requests import late_requests, to_be_decided_by
from policies.lookup import periods_in_force, working_time_in_force
from tests.cast import AT
from tests.falling_due import DUE, HOUR
from tests.refusals import a_proposal
from tests.ringing import at_moment, ring

pytestmark = pytest.mark.django_db
SWEPT_BY = {
    "clock_levels": "escalate_overdue",
    "clock_warnings": "warn_of_clocks",
    "escalation_levels": "escalate_overdue",
    "escalation_reminders": "remind_of_escalations",
    "tasks": "warn_of_tasks",
    "payments": "warn_of_payments",
    "requests": "remind_of_requests",
    "follow_ups": "put_follow_ups_on_lists",
    "commitments": "warn_of_commitments",
    "pauses": "end_capped_pauses",
    "pause_reminders": "remind_of_pauses",
    "evidence_requests": "give_up_evidence_requests",
}
"""The name of a probe → the sweep that takes its rows."""
BESIDE_OTHERS = {"escalation_levels", "clock_warnings", "requests"}
"""The subject of their sweep has more than one row of the kind, or falls due in working time."""


@pytest.fixture(scope="module", autouse=True)
def tasks():
    """Every task by its name."""
    app.loader.import_default_modules()
    return app.tasks


def due(at):
    return {found.probe.name: (found.count, found.oldest) for found in due_now(at)}


def test_every_probe_has_its_sweep(db):
    assert set(due(AT)) == set(SWEPT_BY)


@pytest.mark.parametrize("probe", sorted(SWEPT_BY.keys() - BESIDE_OTHERS))
def test_a_row_is_due_from_its_moment_until_it_is_swept(cast, probe):
    name = SWEPT_BY[probe]
    since = DUE[name].make(cast)
    assert due(since - HOUR)[probe] == (0, None)
    count, oldest = due(since + HOUR)[probe]
    assert (count, oldest) == (1, since)
    with at_moment(since + HOUR):
        ring(name)
    assert due(since + HOUR)[probe] == (0, None)


def test_a_request_is_due_when_its_working_minutes_are_over_until_a_superior_knows(cast):
    asked_at = a_proposal(cast).proposed_at
    periods = periods_in_force(AT)
    decide_by = to_be_decided_by(asked_at, periods, working_time_in_force(AT, periods.calendar))
    assert due(decide_by - HOUR)["requests"] == (0, None)
    assert due(decide_by + HOUR)["requests"] == (1, decide_by)
    with at_moment(decide_by + HOUR):
        ring("remind_of_requests")
    assert due(decide_by + HOUR)["requests"] == (0, None)


@pytest.mark.unsigned
def test_where_no_policy_holds_no_request_falls_due(db):
    assert late_requests(datetime(2001, 1, 1, tzinfo=UTC)) == []
