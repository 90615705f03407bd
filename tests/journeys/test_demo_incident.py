"""The demo shop's bad batch: its customers are told, and so is everybody else, in words of two people (WC-07)."""

import pytest
from django.db import transaction

from casemgmt.ledger import Signer, signed
from complaints.demo.shop import open_shop
from complaints.demo.stories_incident import ANNOUNCEMENT, STORIES
from complaints.models import PublicNotice
from complaints.states import PublicNoticeState
from tests.journeys.conftest import NOW, Demo

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """These stories alone, told up to NOW."""
    with django_db_blocker.unblock(), signed(by=Signer("试验员"), reason="test", source="test"), transaction.atomic():
        yield Demo(open_shop(at=NOW, stories=STORIES), STORIES)
        transaction.set_rollback(True)


def test_who_bought_the_shirt_and_said_nothing_reads_it_too(told):
    """WC-07, S-COM-31: one supervisor drafts the words, another agrees, and it says where it stands since when."""
    assert all(tale.is_complete for tale in told.opened.tales)
    notice = PublicNotice.objects.get(incident__batch="SK2611")
    assert (notice.proposed_by.username, notice.decided_by.username) == ("chenjing", "zhouyan")
    assert (notice.state, notice.words.words) == (PublicNoticeState.PUBLISHED, ANNOUNCEMENT)
    assert notice.link == "https://weibo.example.com/tangxi/SK2611"
    assert notice.proposed_at < notice.decided_at < notice.published_at < NOW
    messages = notice.incident.messages.get()
    assert messages.told.count() == notice.incident.members.count() == 3
