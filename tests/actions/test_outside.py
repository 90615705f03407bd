"""Outside routes as records, waiting for them, going on, and following what was decided."""

import pytest

from complaints.actions.outside import go_on, outside_decided, wait_outside, why_not_go_on
from complaints.actions.reopening import reopen
from complaints.actions.routing import move_route
from complaints.actions.withdrawing import withdraw
from complaints.models import Clock
from complaints.states import CaseState, CommitmentState, FollowUpState, RefusalState, RouteState
from complaints.vocabulary import BodyKind, Outcome, PauseCategory, RouteKind, Side
from tests.building import a_case, a_negotiating_case, an_assessing_case, an_executing_case
from tests.cast import AT, later
from tests.money import an_approved_grant
from tests.refusals import (
    a_proposal,
    a_refused_case,
    a_route,
    a_withdrawn_case,
    an_external_case,
    go_outside,
)
from tests.saying_no import denied, refused

pytestmark = pytest.mark.django_db

WAIT = {"reason": "消协已介入。", "asked_what": "等待调解结果。"}
RULING = {"obliges": True, "promise": "三日内全额退款。", "due_at": later(days=3)}


def decide(cast, case, *, to="decided", at=AT):
    """The route of the case ends with a decision."""
    return move_route(case.routes.latest("pk").pk, by=cast.ana, at=at, to=to, words="裁决商家全额退款。")


@pytest.mark.parametrize("state", ["registered", "negotiating", "refused", "external", "voided"])
def test_a_route_is_recorded_in_any_state_and_moves_no_open_case(cast, state):
    """S-TPR-01, S-TPR-14."""
    case = a_case(cast, state)
    route = a_route(
        cast, case, by=cast.sven, kind=RouteKind.PLATFORM, body_kind=BodyKind.PLATFORM, reference_number="TB-889"
    )
    case.refresh_from_db()
    assert (route.state, case.state) == (RouteState.FILED, state)


def test_a_merged_case_has_its_routes_at_the_leading_one(cast):
    case = a_case(cast, "merged")
    with refused("route.case_merged"):
        a_route(cast, case)


def test_arbitration_names_its_basis(cast):
    """S-TPR-09, WC-49."""
    case = an_assessing_case(cast)
    arbitration = {"kind": RouteKind.ARBITRATION, "body_kind": BodyKind.ARBITRATION_BODY, "body_name": "义乌仲裁委"}
    with refused("route.arbitration_without_basis"):
        a_route(cast, case, **arbitration)
    assert a_route(cast, case, arbitration_basis="consent", **arbitration).arbitration_basis == "consent"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "duel"}, "route.kind_unknown"),
        ({"body_kind": "media"}, "route.body_does_not_fit"),
        ({"body_name": " "}, "route.body_missing"),
        ({"body_name": "法" * 121}, "route.too_long"),
        ({"reference_number": "1" * 65}, "route.too_long"),
        ({"account": " "}, "route.account_missing"),
        ({"filed_at": later(seconds=1)}, "route.filed_in_future"),
        ({"hearing_at": later(days=-1)}, "route.before_it_was_filed"),
    ],
)
def test_each_fault_of_a_route_is_said_at_its_field(cast, changes, code):
    case = an_assessing_case(cast)
    with refused(code):
        a_route(cast, case, **changes)


PATHS = [
    ["accepted", "heard", "decided", "complied"],
    ["accepted", "decided", "nothing_to_do"],
    ["decided", "nothing_to_do"],
    ["not_accepted"],
    ["settled"],
    ["accepted", "settled"],
    ["accepted", "heard", "settled"],
    ["accepted", "heard", "ended_without_agreement"],
    ["ended_without_agreement"],
    ["accepted", "withdrawn"],
]


@pytest.mark.parametrize("path", PATHS)
def test_a_route_goes_its_way(cast, path):
    route = a_route(cast, an_assessing_case(cast))
    for to in path:
        route = move_route(route.pk, by=cast.ana, at=AT, to=to, words="…", penalty_points=2)
        assert route.state == to
    assert route.history.latest("history_id").history_change_reason == f"route.{path[-1]}"
    assert route.penalty_points == 2
    with refused("route.not_possible_from"):
        move_route(route.pk, by=cast.ana, at=AT, to="accepted", words="…")


@pytest.mark.parametrize("to", ["decided", "settled", "not_accepted"])
def test_what_a_body_says_is_written_down(cast, to):
    route = a_route(cast, an_assessing_case(cast))
    with refused("route.words_missing"):
        move_route(route.pk, by=cast.ana, at=AT, to=to, words=" ")
    assert move_route(route.pk, by=cast.ana, at=AT, to=to, words="不予支持。").decision.side == Side.THIRD_PARTY


def test_an_unknown_step_is_refused(cast):
    route = a_route(cast, an_assessing_case(cast))
    with refused("route.step_unknown"):
        move_route(route.pk, by=cast.ana, at=AT, to="won")
    with refused("route.points_below_zero"):
        move_route(route.pk, by=cast.ana, at=AT, to="accepted", penalty_points=-1)


@pytest.mark.parametrize("state", ["registered", "assessing", "investigating", "negotiating", "executing", "refused"])
def test_waiting_outside_pauses_and_remembers_where_it_was(cast, state):
    """W-10."""
    case = a_case(cast, state)
    by = cast.ana if case.handler else cast.sven
    a_route(cast, case, by=by)
    outside = wait_outside(case.pk, by=by, at=AT, **WAIT)
    assert (outside.state, outside.state_before_external) == (CaseState.EXTERNAL, state)
    pause = outside.pauses.get()
    assert (pause.category, pause.asked_of, pause.ended_at) == (PauseCategory.OUTSIDE_BODY, Side.THIRD_PARTY, None)
    assert outside.clocks.get(kind=Clock.Kind.RESOLUTION).paused_at == AT
    with refused("case.not_possible_from"):
        wait_outside(case.pk, by=by, at=AT, **WAIT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"reason": " "}, "outside.reason_missing"), ({"asked_what": ""}, "outside.asked_what_missing")],
)
def test_waiting_says_why_and_for_what(cast, changes, code):
    case = a_negotiating_case(cast)
    a_route(cast, case)
    with refused(code):
        wait_outside(case.pk, by=cast.ana, at=AT, **WAIT | changes)


def test_nobody_waits_for_nobody(cast):
    case = a_negotiating_case(cast)
    with refused("outside.no_route"):
        wait_outside(case.pk, by=cast.ana, at=AT, **WAIT)
    a_route(cast, case)
    decide(cast, case)
    with refused("outside.no_route"):
        wait_outside(case.pk, by=cast.ana, at=AT, **WAIT)


def test_money_on_its_way_is_more_than_waiting(cast):
    case = a_negotiating_case(cast)
    a_route(cast, case)
    an_approved_grant(cast, case)
    with refused("outside.money_pending"):
        wait_outside(case.pk, by=cast.ana, at=AT, **WAIT)


def test_a_pending_refusal_ends_and_the_way_back_is_negotiating(cast):
    refusal = a_proposal(cast)
    case = go_outside(cast, refusal.case)
    refusal.refresh_from_db()
    assert refusal.state == RefusalState.WITHDRAWN
    back = go_on(case.pk, by=cast.ana, at=later(days=1), because="we_act_again", reason="客户改口。")
    assert back.state == CaseState.NEGOTIATING


def test_going_on_ends_the_pause_and_the_clocks_run_on(cast):
    case = a_negotiating_case(cast)
    due = case.clocks.get(kind=Clock.Kind.RESOLUTION).due_at
    go_outside(cast, case)
    move_route(case.routes.get().pk, by=cast.ana, at=later(days=14), to="ended_without_agreement")
    back = go_on(case.pk, by=cast.ana, at=later(days=14), because="route_ended", reason="调解未达成一致。")
    assert back.state == CaseState.NEGOTIATING
    assert back.pauses.get().ended_at == later(days=14)
    clock = back.clocks.get(kind=Clock.Kind.RESOLUTION)
    assert (clock.paused_at, clock.first_due_at) == (None, due)
    assert clock.due_at > due
    assert back.next_due_at is not None
    with refused("case.not_possible_from"):
        go_on(case.pk, by=cast.ana, at=later(days=14), because="route_ended", reason="…")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"because": ""}, "outside.because_missing"),
        ({"because": "route_ended"}, "outside.route_still_runs"),
        ({"reason": " "}, "outside.reason_missing"),
    ],
)
def test_each_clause_of_going_on_alone_refuses(cast, changes, code):
    case = an_external_case(cast)
    with refused(code):
        go_on(case.pk, by=cast.ana, at=AT, **{"because": "we_act_again", "reason": "客户改口。"} | changes)


@pytest.mark.parametrize("to", ["decided", "settled"])
def test_a_decision_has_a_way_of_its_own(cast, to):
    case = an_external_case(cast)
    decide(cast, case, to=to)
    assert [found.code for found in why_not_go_on(case, by=cast.ana, at=AT)] == ["outside.decision_waits"]
    with refused("outside.decision_waits"):
        go_on(case.pk, by=cast.ana, at=AT, because="route_ended", reason="…")


def test_a_ruling_is_a_promise_with_a_due_date(cast):
    """WC-48, S-TPR-05: and the route is complied with only after it was kept."""
    case = an_external_case(cast)
    route = decide(cast, case)
    carried_out = outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="executing", **RULING)
    assert (carried_out.state, carried_out.outcome) == (CaseState.EXECUTING, Outcome.RULED)
    promise = carried_out.commitments.get()
    assert (promise.route, promise.due_at, promise.owner) == (route, later(days=3), cast.ana)
    assert carried_out.pauses.get().ended_at == AT
    assert carried_out.next_due_at is not None
    with refused("route.promise_open"):
        move_route(route.pk, by=cast.ana, at=AT, to="complied")
    with refused("case.not_possible_from"):
        outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="executing", **RULING)


def test_a_settlement_outside_goes_the_same_way(cast):
    case = an_external_case(cast)
    route = decide(cast, case, to="settled")
    settled = outside_decided(
        case.pk, by=cast.ana, at=AT, route_id=route.pk, to="executing", owner_id=cast.olga.pk, **RULING
    )
    assert settled.outcome == Outcome.SETTLED_OUTSIDE
    assert settled.commitments.get().owner == cast.olga


def test_a_decision_for_us_goes_to_the_follow_up(cast):
    case = go_outside(cast, a_refused_case(cast))
    route = decide(cast, case)
    told = outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="following_up", obliges=False)
    assert (told.state, told.outcome) == (CaseState.FOLLOWING_UP, Outcome.RULED)
    assert told.refusals.get().state == RefusalState.LAPSED
    assert told.clocks.get(kind=Clock.Kind.RESOLUTION).stopped_at == AT
    assert told.follow_ups.get().state == FollowUpState.SCHEDULED


def test_a_decision_may_have_to_be_negotiated(cast):
    case = an_external_case(cast)
    route = decide(cast, case)
    open_again = outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="negotiating", obliges=False)
    assert (open_again.state, open_again.outcome) == (CaseState.NEGOTIATING, "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"to": "closed"}, "outside.to_unknown"),
        ({"promise": " "}, "outside.promise_missing"),
        ({"due_at": None}, "outside.due_missing"),
        ({"due_at": AT}, "outside.due_in_past"),
        ({"owner_id": 987654}, "outside.owner_unknown"),
        ({"obliges": False}, "outside.nothing_to_carry_out"),
        ({"to": "following_up"}, "outside.something_is_owed"),
    ],
)
def test_each_clause_of_a_decision_alone_refuses(cast, changes, code):
    case = an_external_case(cast)
    route = decide(cast, case)
    typed = RULING | {"route_id": route.pk, "to": "executing"} | changes
    with refused(code):
        outside_decided(case.pk, by=cast.ana, at=AT, **typed)


def test_only_a_decided_route_of_this_case_decides(cast):
    case = an_external_case(cast)
    other = decide(cast, an_external_case(cast))
    with refused("outside.no_decision"):
        outside_decided(case.pk, by=cast.ana, at=AT, route_id=case.routes.get().pk, to="executing", **RULING)
    with refused("outside.route_of_another_case"):
        outside_decided(case.pk, by=cast.ana, at=AT, route_id=other.pk, to="executing", **RULING)


def test_an_open_promise_keeps_a_ruled_case_from_the_follow_up(cast):
    case = go_outside(cast, an_executing_case(cast))
    route = decide(cast, case)
    assert case.commitments.get().state == CommitmentState.OPEN
    with refused("outside.something_is_owed"):
        outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="following_up", obliges=False)
    executing = outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="executing", obliges=False)
    assert executing.commitments.count() == 1


def test_a_withdrawn_case_goes_outside_and_back_without_forgetting(cast):
    """Two memories: what the withdrawal remembered, and where the case left to go outside."""
    case = a_withdrawn_case(cast)
    outside = go_outside(cast, case)
    assert (outside.state_before, outside.state_before_external) == (CaseState.ASSESSING, CaseState.WITHDRAWN)
    with refused("outside.ended_case_is_outside"):
        go_on(case.pk, by=cast.ana, at=AT, because="we_act_again", reason="消协退回。")
    move_route(case.routes.get().pk, by=cast.ana, at=AT, to="ended_without_agreement")
    back = go_on(case.pk, by=cast.ana, at=AT, because="route_ended", reason="消协退回。")
    assert (back.state, back.next_due_at) == (CaseState.WITHDRAWN, None)
    assert reopen(case.pk, by=cast.sven, at=AT, reason="客户反悔。").state == CaseState.ASSESSING


def test_a_withdrawn_case_that_is_ruled_on_gets_new_clocks(cast):
    case = go_outside(cast, a_withdrawn_case(cast))
    route = decide(cast, case)
    ruled = outside_decided(case.pk, by=cast.ana, at=AT, route_id=route.pk, to="executing", **RULING)
    assert (ruled.state, ruled.withdrawn_at) == (CaseState.EXECUTING, None)
    assert ruled.clocks.filter(kind=Clock.Kind.RESOLUTION, stopped_at__isnull=True).get().round == 2


def test_withdrawn_while_outside_it_remembers_the_state_before(cast):
    case = go_outside(cast, an_assessing_case(cast))
    withdrawn = withdraw(case.pk, by=cast.ana, at=AT, words="不投诉了。")
    assert (withdrawn.state, withdrawn.state_before) == (CaseState.WITHDRAWN, CaseState.ASSESSING)
    assert withdrawn.pauses.get().ended_at == AT


@pytest.mark.parametrize("who", ["ben", "wen", "olga", "axel"])
def test_others_have_no_right(cast, who):
    person = getattr(cast, who)
    case = an_external_case(cast)
    route = case.routes.get()
    with denied():
        move_route(route.pk, by=person, at=AT, to="accepted")
    with denied():
        go_on(case.pk, by=person, at=AT, because="we_act_again", reason="…")
    with denied():
        outside_decided(case.pk, by=person, at=AT, route_id=route.pk, to="executing", **RULING)
    other = a_negotiating_case(cast)
    with denied():
        a_route(cast, other, by=person)
    with denied():
        wait_outside(other.pk, by=person, at=AT, **WAIT)
