"""The demo shop keeps in touch: a follow-up in writing, regular contact, and a message each day somebody waits."""

import pytest
from django.db import transaction

from casemgmt.ledger import Signer, signed
from complaints.demo.shop import open_shop
from complaints.demo.stories_touch import STORIES
from complaints.states import CaseState, FollowUpState
from tests.journeys.conftest import NOW, Demo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def touched(django_db_setup, django_db_blocker):
    """These stories alone, told up to NOW."""
    with django_db_blocker.unblock(), signed(by=Signer("试验员"), reason="test", source="test"):
        telling = transaction.atomic()
        with telling:
            yield Demo(open_shop(at=NOW, stories=STORIES), STORIES)
            transaction.set_rollback(True)


def test_asked_and_answered_in_writing_and_asked_again_later(touched):
    """S-FUP-04, S-FUP-09."""
    case = touched.case("followed_up_in_writing")
    written = case.follow_ups.get(channel="qianniu")
    assert (case.state, written.state, written.satisfaction) == (CaseState.CLOSED, FollowUpState.DONE, 5)
    assert written.suggestion.words == "配一个收纳袋。"
    series = case.regular_contacts.get()
    assert (series.owner, series.ended_at) == (case.handler, None)
    assert series.next_at > NOW


def test_who_waits_for_the_lab_hears_each_day(touched):
    """S-SLA-09: told on the first day; the message of the second is due."""
    case = touched.case("waits_for_the_lab")
    first, second = case.progress_notices.order_by("due_at")
    assert first.contact.purpose == "progress"
    assert second.told_at is None
    assert second.owner == case.handler
