"""The demo shop keeps in touch: a follow-up in writing, regular contact, and a message each day somebody waits."""

import pytest

from complaints.states import CaseState, FollowUpState
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def test_asked_and_answered_in_writing_and_asked_again_later(demo):
    """S-FUP-04, S-FUP-09."""
    case = demo.case("followed_up_in_writing")
    written = case.follow_ups.get(channel="qianniu")
    assert (case.state, written.state, written.satisfaction) == (CaseState.CLOSED, FollowUpState.DONE, 5)
    assert written.suggestion.words == "配一个收纳袋。"
    series = case.regular_contacts.get()
    assert (series.owner, series.ended_at) == (case.handler, None)
    assert series.next_at > NOW


def test_who_waits_for_the_lab_hears_each_day(demo):
    """S-SLA-09: told on the first day; the message of the second is due."""
    case = demo.case("waits_for_the_lab")
    first, second = case.progress_notices.order_by("due_at")
    assert first.contact.purpose == "progress"
    assert second.told_at is None
    assert second.owner == case.handler
