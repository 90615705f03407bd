"""Who is told what when money, refusals and outside routes move: the others concerned, never oneself."""

import pytest

from casemgmt.models import Notice, OutboxMessage
from casemgmt.sentences import say
from casemgmt.violations import Violation
from complaints.actions.approving import reject_grant, return_grant
from complaints.actions.merging import merge
from complaints.actions.outside import outside_decided
from complaints.actions.paying import bounce_grant
from complaints.actions.refusing import approve_refusal, send_back_refusal
from complaints.actions.routing import move_route
from tests.building import an_assessing_case
from tests.cast import AT
from tests.money import a_paid_grant, a_request
from tests.refusals import a_proposal, a_route, a_second_case, an_external_case

pytestmark = pytest.mark.django_db


def told(code):
    """Who has the notice, by user name; each can be read, and a letter waits beside it."""
    notices = Notice.objects.filter(code=code).select_related("person")
    for notice in notices:
        assert say(Violation(code, params=notice.params))
        assert OutboxMessage.objects.filter(kind=code, recipient=notice.person).exists()
    return {notice.person.username for notice in notices}


@pytest.mark.parametrize(
    ("decide", "code"), [(reject_grant, "notice.grant_rejected"), (return_grant, "notice.grant_returned")]
)
def test_the_asker_hears_that_it_was_not_granted(cast, decide, code):
    decide(a_request(cast, an_assessing_case(cast)).pk, by=cast.tara, at=AT, reason="金额待核。")
    assert told(code) == {"ana"}


def test_the_handler_hears_that_the_money_came_back(cast):
    bounce_grant(a_paid_grant(cast, an_assessing_case(cast)).pk, by=cast.olga, at=AT, reason="账号错误。")
    assert told("notice.grant_bounced") == {"ana"}


@pytest.mark.parametrize(
    ("decide", "code"),
    [(approve_refusal, "notice.refusal_approved"), (send_back_refusal, "notice.refusal_sent_back")],
)
def test_the_proposer_hears_how_the_refusal_was_decided(cast, decide, code):
    decide(a_proposal(cast).pk, by=cast.sven, at=AT, remark="…")
    assert told(code) == {"ana"}


def test_the_handler_hears_what_others_note_about_a_route(cast):
    case = an_assessing_case(cast)
    route = a_route(cast, case, by=cast.sven)
    assert told("notice.route_recorded") == {"ana"}
    move_route(route.pk, by=cast.ana, at=AT, to="accepted")
    assert told("notice.route_moved") == set(), "whoever acts is not told"
    move_route(route.pk, by=cast.sven, at=AT, to="heard")
    assert told("notice.route_moved") == {"ana"}


def test_the_handler_hears_of_a_decision_and_of_a_merge(cast):
    case = an_external_case(cast)
    route = move_route(case.routes.get().pk, by=cast.ana, at=AT, to="decided", words="驳回。")
    outside_decided(case.pk, by=cast.sven, at=AT, route_id=route.pk, to="negotiating", obliges=False)
    assert told("notice.decided_outside") == {"ana"}
    leading = an_assessing_case(cast)
    merge(a_second_case(cast, leading).pk, by=cast.sven, at=AT, into_id=leading.pk, reason="同一批货。")
    assert told("notice.case_merged") == {"ana"}
