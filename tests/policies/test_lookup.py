"""What is in force at an instant: one query, exact to the microsecond, right after any rollback."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from policies import lookup
from policies.models import PolicyRow
from tests.policies.drafting import AT, WINDOW, a_draft, an_active_row

DAY = timedelta(days=1)
LOOKUPS = [
    lookup.clock_policies_in_force,
    lookup.escalation_steps_in_force,
    lookup.calling_window_in_force,
    lookup.follow_up_policy_in_force,
    lookup.limits_in_force,
    lookup.compensation_kinds_in_force,
    lookup.refusal_grounds_in_force,
    lookup.categories_in_force,
    lookup.legal_references_in_force,
    lookup.periods_in_force,
    lookup.uploads_in_force,
    lookup.policies_in_force,
]


@pytest.mark.parametrize("in_force", LOOKUPS, ids=lambda function: function.__name__)
def test_every_look_up_is_one_query(db, django_assert_num_queries, in_force):
    with django_assert_num_queries(1):
        assert in_force(AT)


def test_calendars_are_one_query_too(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert lookup.calendar_in_force(AT, "cn-official").zone == "Asia/Shanghai"
        assert lookup.working_time_in_force(AT, "cn-official").calendar.code == "cn-official"


def test_many_instants_are_one_query(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        book = lookup.policies_over_time()
        found = [book.on(AT + hours * timedelta(hours=1)) for hours in range(100)]
    assert len({id(policies) for policies in found}) == 1
    assert set(found[0].clocks) >= {"first_response", "resolution", "statutory_15_days"}


def test_a_row_holds_from_its_first_instant_until_the_next_one(vera, paul):
    row = an_active_row(vera, paul, key="default", valid_from=AT + DAY)
    before = lookup.calling_window_in_force(AT + DAY - timedelta(microseconds=1))
    after = lookup.calling_window_in_force(AT + DAY)
    assert (before.calls_a_day, after.calls_a_day) == (3, 2)
    assert after.policy_id == row.pk


def test_a_closing_row_ends_its_key(vera, paul):
    an_active_row(vera, paul, key="night", valid_from=AT)
    an_active_row(vera, paul, key="night", valid_from=AT + DAY, closing=True)
    assert lookup.calling_window_in_force(AT, "night").calls_a_day == 2
    with pytest.raises(lookup.NothingInForce, match="night"):
        lookup.calling_window_in_force(AT + DAY, "night")


def test_drafts_are_not_in_force(vera):
    a_draft(vera, valid_from=AT)
    with pytest.raises(lookup.NothingInForce):
        lookup.calling_window_in_force(AT, "test")


def test_a_rollback_leaves_nothing_behind_in_the_process(vera, paul):
    with transaction.atomic():
        an_active_row(vera, paul, valid_from=AT)
        assert lookup.calling_window_in_force(AT, "test").calls_a_day == 2
        transaction.set_rollback(True)
    an_active_row(vera, paul, valid_from=AT, body=WINDOW | {"calls_a_day": 1})
    assert lookup.calling_window_in_force(AT, "test").calls_a_day == 1


def test_a_decision_replays_from_its_row_long_after(vera, paul):
    old = lookup.calling_window_in_force(AT)
    an_active_row(vera, paul, key="default")
    assert lookup.policy_by_id(old.policy_id) == old


def test_the_expired_measures_give_way_to_order_121(db):
    before = lookup.legal_references_in_force(datetime.fromisoformat("2026-04-14T23:59:59+08:00"))
    after = lookup.legal_references_in_force(datetime.fromisoformat("2026-04-15T00:00:00+08:00"))
    assert "order-20-art-21" in before
    assert "order-121-art-23" not in before
    assert "order-20-art-21" not in after
    assert "order-121-art-23" in after


def test_the_history_tells_every_row_of_the_pack(db):
    row = PolicyRow.objects.get(kind="limit", key="staff")
    assert [past.state for past in row.history.order_by("history_id")] == ["drafted", "tried", "active"]
