"""Other programs hear of each step of a case once, in the transaction of the act."""

import pytest
from django.db import transaction

from casemgmt.models import OutboxMessage
from complaints.actions.assigning import take_case
from complaints.actions.overdue import escalate_overdue
from complaints.models import Clock
from tests.building import a_registered_case
from tests.cast import AT, later
from tests.running.endpoints import an_endpoint

pytestmark = pytest.mark.django_db
ADDRESS = "https://hooks.example/"


def heard(endpoint, kind=None) -> list[tuple[str, dict]]:
    rows = OutboxMessage.objects.filter(endpoint=endpoint).order_by("pk")
    return [(row.kind, row.params) for row in rows if kind in (None, row.kind)]


def test_each_step_is_announced_with_its_codes(cast):
    moves = an_endpoint(ADDRESS, events=["moves"])
    case = a_registered_case(cast)
    take_case(case.pk, by=cast.ana, at=AT)
    assert heard(moves) == [
        ("event.case_registered", {}),
        ("event.case_moved", {"transition": "take", "from": "registered", "to": "assessing"}),
    ]
    assert {row.case_number for row in OutboxMessage.objects.filter(endpoint=moves)} == {case.case_number}


def test_what_is_rolled_back_was_never_announced(cast):
    moves = an_endpoint(ADDRESS, events=["moves"])
    with transaction.atomic():
        a_registered_case(cast)
        transaction.set_rollback(True)
    assert heard(moves) == []


def test_an_endpoint_of_another_team_hears_nothing(cast):
    own = an_endpoint(ADDRESS, events=["moves"], team=cast.team)
    other = an_endpoint(ADDRESS, events=["moves"], team=cast.other_team)
    take_case(a_registered_case(cast).pk, by=cast.ana, at=AT)
    assert heard(own)
    assert heard(other) == []


def test_what_several_people_are_told_an_endpoint_hears_once(cast):
    endpoint = an_endpoint(ADDRESS)
    a_registered_case(cast)
    Clock.objects.update(next_level_at=later(hours=1))
    escalate_overdue(later(hours=2))
    first = heard(endpoint, "notice.escalated.clock")
    assert len(first) >= 1
    assert len(first) == len({row.key for row in OutboxMessage.objects.filter(endpoint=endpoint)})
    Clock.objects.update(next_level_at=later(hours=1), next_level=1)
    escalate_overdue(later(hours=2))
    assert heard(endpoint, "notice.escalated.clock") == first
