"""The demo shop's bad batch: its customers are told, and so is everybody else, in words of two (WC-07, WC-44)."""

import pytest

from complaints.demo.stories_incident import ANNOUNCEMENT
from complaints.models import Incident, PublicNotice
from complaints.states import IncidentState, PublicNoticeState
from complaints.vocabulary import LinkKind, MeasureKind
from tests.journeys.conftest import NOW

pytestmark = pytest.mark.django_db


def test_who_bought_the_shirt_and_said_nothing_reads_it_too(demo):
    """WC-07, S-COM-31: one supervisor drafts the words, another agrees, and it says where it stands since when."""
    assert all(tale.is_complete for tale in demo.opened.tales)
    notice = PublicNotice.objects.get(incident__batch="SK2611")
    assert (notice.proposed_by.username, notice.decided_by.username) == ("chenjing", "zhouyan")
    assert (notice.state, notice.words.words) == (PublicNoticeState.PUBLISHED, ANNOUNCEMENT)
    assert notice.link == "https://weibo.example.com/tangxi/SK2611"
    assert notice.proposed_at < notice.decided_at < notice.published_at < NOW
    messages = notice.incident.messages.get()
    assert messages.told.count() == notice.incident.members.count() == 3


def test_the_demo_shop_had_a_batch_that_lost_its_colour(demo):
    incident = Incident.objects.get()
    assert (incident.state, incident.members.count()) == (IncidentState.PLANNED, 3)
    assert incident.messages.get().told.count() == 3
    offered = [member for member in incident.members.all() if member.offered_id is not None]
    assert len(offered) == 2, "the third case is not negotiating yet"
    task, measure = demo.case("wc_44").tasks.get(), incident.improvement
    assert (task.department.kind, task.state) == ("technical", "done")
    assert (measure.kind, measure.owner.username) == (MeasureKind.PRODUCT_QUALITY, "xunuo")


def test_the_demo_shop_split_a_case(demo):
    case = demo.case("two_matters")
    link = case.links_here.get()
    assert (link.kind, link.case.customer) == (LinkKind.SPLIT_OFF, case.customer)
    assert link.case.citations.get().statement.case == case
