"""Every deadline of the demo shop, worked out again from the rows and events that it keeps: the same instant."""

from itertools import pairwise

import pytest
from django.db.models import F

from complaints.explaining_clocks import told_of
from complaints.models import Clock, ClockExtension, Complaint, DueChange
from complaints.telling_clocks import told_as_text
from complaints.vocabulary import DueChangeCause
from policies.lookup import policies_read_once
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def test_every_stored_deadline_is_its_own_replay(demo):
    clocks = list(Clock.objects.select_related("case").order_by("pk"))
    assert len(clocks) > 100
    with policies_read_once():
        told = {clock: told_of(clock.case, clock, NOW) for clock in clocks}
    others = [
        f"{clock.case} {clock.kind}: stored {clock.due_at}, replayed {found.due}"
        for clock, found in told.items()
        if not found.is_same
    ]
    assert others == []
    assert all(found.first_due == clock.first_due_at for clock, found in told.items())
    assert sum(not found.paused for found in told.values()) > 100


def test_every_move_of_a_deadline_is_told_with_its_cause(demo):
    for clock in Clock.objects.exclude(due_at=F("first_due_at")):
        moves = list(clock.changes.order_by("changed_at", "pk"))
        assert moves, clock
        assert moves[0].due_before == clock.first_due_at
        assert moves[-1].due_after == clock.due_at
        assert all(before.due_after == after.due_before for before, after in pairwise(moves))
    assert DueChange.objects.filter(cause=DueChangeCause.EXTENDED).exists()


def test_more_time_was_given_once_and_is_asked_for_once(demo):
    states = sorted(ClockExtension.objects.values_list("state", flat=True))
    assert states == ["approved", "asked"]
    clock = ClockExtension.objects.get(state="approved").clock
    assert "+2" in told_as_text(told_of(clock.case, clock, NOW))


def test_shops_of_zhejiang_have_the_deadlines_of_their_region(demo):
    """The store in Yiwu answers within five days; the flagship, which names no region, knows no such clock."""
    regional = Clock.objects.filter(kind="zhejiang_answer")
    assert regional.exists()
    assert set(regional.values_list("case__shop__region", flat=True)) == {"CN-ZJ"}


def test_every_call_was_made_in_the_window_unless_it_says_why(demo):
    assert not Complaint.objects.filter(contacts__breach__gt="", contacts__breach_reason__isnull=True).exists()


def test_a_day_off_moved_the_longest_deadline_into_a_year_that_nobody_announced(demo):
    claims = list(Clock.objects.filter(kind="courier_claim", stopped_at__isnull=True).select_related("case"))
    assert claims
    for clock in claims:
        (move,) = clock.changes.filter(cause=DueChangeCause.CALENDAR)
        assert (move.due_before, move.due_after) == (clock.first_due_at, clock.due_at)
        assert move.due_before < move.due_after
        assert move.policy_id == clock.days_policy_id
        assert clock.provisional
    moved = DueChange.objects.filter(cause=DueChangeCause.CALENDAR).values_list("clock__kind", flat=True)
    assert set(moved) == {"courier_claim"}, "no other deadline reaches so far"
