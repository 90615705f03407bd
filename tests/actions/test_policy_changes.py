"""A policy changes while cases run: what was decided replays to the same answer, what is new cites the new edition."""

from datetime import timedelta

from complaints.actions.reckoning import Reckoner
from complaints.actions.registering import register
from policies.actions import activate_policy, draft_change, try_policy
from policies.lookup import policy_by_id
from policies.models import PolicyRow
from policies.rules.clocks import explain_due
from tests.building import a_registered_case, a_registration
from tests.cast import AT, later
from tests.policies.drafting import with_a_dry_run


def a_shorter_resolution(cast, begins):
    base = PolicyRow.objects.get(kind="clock", key="resolution", state="active")
    draft = draft_change(base.pk, by=cast.sven, at=AT, valid_from=begins, reason="顾客等不了五天。")
    draft.body, draft.cases = base.body | {"length": {"amount": 2, "unit": "working_days"}}, []
    draft.save()
    try_policy(draft.pk, by=cast.sven, at=AT)
    with_a_dry_run(draft, cast.sven, at=AT)
    return base, activate_policy(draft.pk, by=cast.tara, at=AT)


def replayed(clock):
    """The answer from the rows that the clock names, as its explanation makes it."""
    return explain_due(policy_by_id(clock.policy_id), clock.started_at, Reckoner().time_of(clock))


def test_a_running_case_keeps_its_answer_and_a_new_one_is_explained_by_the_new_edition(cast):
    running = a_registered_case(cast)
    before = running.clocks.get(kind="resolution")
    told = replayed(before)
    begins = later(hours=1)
    base, active = a_shorter_resolution(cast, begins)
    before.refresh_from_db()
    assert replayed(before) == told
    assert (told.due_at, before.policy_id) == (before.due_at, base.pk)
    received = begins + timedelta(minutes=1)
    fresh = register(a_registration(cast, received_at=received), by=cast.ana, at=received)
    clock = fresh.clocks.get(kind="resolution")
    assert (clock.policy_id, replayed(clock).due_at) == (active.pk, clock.due_at)
    assert clock.due_at < before.due_at


def test_the_last_instant_before_the_edition_still_has_the_old_one(cast):
    begins = later(hours=1)
    base, active = a_shorter_resolution(cast, begins)
    last = begins - timedelta(microseconds=1)
    for received, policy in ((last, base), (begins, active)):
        case = register(a_registration(cast, received_at=received), by=cast.ana, at=received)
        assert case.clocks.get(kind="resolution").policy_id == policy.pk
