"""A case does not end while a call to its customer is on the calendar: it is made or called off first, by name."""

from datetime import timedelta

import pytest

from casemgmt.sentences import registered
from complaints.actions.closing import close_case
from complaints.actions.merging import merge
from complaints.actions.outside import go_on
from complaints.actions.routing import move_route
from complaints.actions.scheduling_calls import cancel_scheduled_call, schedule_call, why_not_schedule_call
from complaints.actions.voiding import void
from complaints.actions.withdrawing import withdraw
from complaints.invariants import broken_invariants
from complaints.models import Complaint, ScheduledCall
from complaints.states import CaseState, RouteState
from tests.building import an_assessing_case
from tests.cast import AT, later
from tests.following import a_case_ready_to_close, a_closed_case
from tests.refusals import a_second_case, go_outside
from tests.saying_no import refused

pytestmark = pytest.mark.django_db

AFTER = later(days=4)


def a_call(cast, case, *, at=AT):
    """On the calendar an hour from then."""
    return schedule_call(case.pk, by=cast.ana, at=at, wanted_at=at + timedelta(hours=1), what="说换货进度")


def call_off(cast, call, *, at=AT):
    return cancel_scheduled_call(call.case_id, by=cast.ana, at=at, scheduled_call_id=call.pk, reason="客户已来电")


def withdrawn(cast, case, at):
    return withdraw(case.pk, by=cast.ana, at=at, words="我撤销投诉。")


def voided(cast, case, at):
    return void(case.pk, by=cast.sven, at=at, why="test", reason="录入演示")


def test_closing_asks_about_calls_on_the_calendar(cast):
    case = a_case_ready_to_close(cast)
    call = a_call(cast, case, at=AFTER)
    with refused("close.scheduled_call_open"):
        close_case(case.pk, by=cast.ana, at=AFTER)
    call.refresh_from_db()
    assert call.ended_at is None
    call_off(cast, call, at=AFTER)
    assert close_case(case.pk, by=cast.ana, at=AFTER).state == CaseState.CLOSED


@pytest.mark.parametrize(
    ("end", "code", "state"),
    [
        (withdrawn, "withdraw.scheduled_call_open", CaseState.WITHDRAWN),
        (voided, "void.scheduled_call_open", CaseState.VOIDED),
    ],
)
def test_withdrawing_and_voiding_leave_no_call_behind(cast, end, code, state):
    case = an_assessing_case(cast)
    call = a_call(cast, case)
    with refused(code):
        end(cast, case, AT)
    call_off(cast, call)
    assert end(cast, case, AT).state == state
    assert list(broken_invariants(AT)) == []


def test_a_case_that_is_to_follow_another_has_no_call_on_the_calendar(cast):
    case = an_assessing_case(cast)
    leading = a_second_case(cast, case)
    call = a_call(cast, case)
    with refused("merge.scheduled_call_open"):
        merge(case.pk, by=cast.sven, at=AT, into_id=leading.pk, reason="同一件事。")
    call_off(cast, call)
    assert merge(case.pk, by=cast.sven, at=AT, into_id=leading.pk, reason="同一件事。").state == CaseState.MERGED


def test_a_closed_case_that_comes_back_from_outside_has_none_either(cast):
    case = a_closed_case(cast)
    go_outside(cast, case, at=AFTER)
    call = a_call(cast, case, at=AFTER)
    route = case.routes.get()
    move_route(route.pk, by=cast.ana, at=AFTER, to=RouteState.WITHDRAWN, words="客户撤回申请。")
    with refused("close.scheduled_call_open"):
        go_on(case.pk, by=cast.ana, at=AFTER, because="route_ended", reason="客户改走内部处理。")
    call_off(cast, call, at=AFTER)
    back = go_on(case.pk, by=cast.ana, at=AFTER, because="route_ended", reason="客户改走内部处理。")
    assert back.state == CaseState.CLOSED


def test_a_case_that_has_ended_takes_no_call(cast):
    case = a_closed_case(cast)
    with refused("case.ended"):
        a_call(cast, case, at=AFTER)
    case = Complaint.objects.get(pk=case.pk)
    assert [found.code for found in why_not_schedule_call(case, by=cast.ana, at=AFTER)] == ["case.ended"]


def test_a_call_that_outlives_its_case_is_seen(cast):
    """7."""
    case = a_closed_case(cast)
    ScheduledCall.objects.create(
        case=case,
        owner=cast.ana,
        asked_for=AFTER,
        scheduled_for=AFTER,
        scheduled_by=cast.ana,
        scheduled_at=AT,
    )
    assert [(found.invariant, found.code) for found in broken_invariants(AT)] == [(7, "invariant.call_on_ended_case")]


@pytest.mark.parametrize("ending", ["close", "withdraw", "void", "merge"])
def test_the_reason_leads_to_calling_it_off(ending):
    assert registered()[f"{ending}.scheduled_call_open"].mend_at == "cancel-scheduled-call"
