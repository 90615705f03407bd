"""Where the customer went outside, rung by rung: recorded in any state of the case, and moved on (W-10, S-TPR)."""

from datetime import datetime

from django.db import transaction
from django_fsm import can_proceed

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.stating import state_words
from complaints.actions.timing import start_further_clocks, stop_clocks
from complaints.models import Complaint, ExternalRoute
from complaints.roles import demand_right
from complaints.rules import outside as rules
from complaints.states import CaseState, RouteState
from complaints.vocabulary import Side, StatementKind

WITH_DECISION = (RouteState.NOT_ACCEPTED, RouteState.DECIDED, RouteState.SETTLED)


@transaction.atomic
def record_route(
    case_id: int,
    *,
    by,
    at: datetime,
    kind: str,
    body_kind: str,
    body_name: str,
    account: str,
    filed_at: datetime,
    reference_number: str = "",
    arbitration_basis: str = "",
    hearing_at: datetime | None = None,
    answer_due_at: datetime | None = None,
) -> ExternalRoute:
    """Record a rung of the external ladder, in any state of the case; the next rung is a new row (S-TPR-01).

    Arbitration names its basis: a clause, or the agreement of both sides (S-TPR-09). The case does not move.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "route", case, at=at)
    facts = rules.RouteFacts(
        kind=kind,
        body_kind=body_kind,
        body_name=body_name,
        account=account,
        filed_at=filed_at,
        at=at,
        reference_number=reference_number,
        arbitration_basis=arbitration_basis,
        hearing_at=hearing_at,
        answer_due_at=answer_due_at,
    )
    demand(_violations_in_recording(case), rules.violations_in_route(facts))
    with signed(by=by, reason="route.recorded", at=at):
        route = ExternalRoute.objects.create(
            case=case,
            kind=kind,
            body_kind=body_kind,
            body_name=body_name.strip(),
            reference_number=reference_number.strip(),
            filed_at=filed_at,
            recorded_by=by,
            account=state_words(case, StatementKind.ACCOUNT, account, by=by, at=at),
            arbitration_basis=arbitration_basis if kind == "arbitration" else "",
            hearing_at=hearing_at,
            answer_due_at=answer_due_at,
        )
        start_further_clocks(case, "route.filed", at=at, started_at=filed_at, route=route)
        case.save()
        notices.queue(case, "notice.route_recorded", to={case.handler} - {None, by}, at=at, about=route)
    return route


def _violations_in_recording(case):
    if case.state == CaseState.MERGED:
        yield Violation("route.case_merged", params={"leading": case.merged_into.case_number})


def _promise_open(route) -> bool:
    return route.commitments.pending().exists()


def violations_in_step(route: ExternalRoute, to: str):
    """One violation when the route has no arrow to this state."""
    move = rules.MOVES.get(to)
    if move is not None and not can_proceed(getattr(route, move)):
        yield Violation("route.not_possible_from", field="to", params={"state": route.get_state_display()})


@transaction.atomic
def move_route(
    route_id: int,
    *,
    by,
    at: datetime,
    to: str,
    words: str = "",
    hearing_at: datetime | None = None,
    answer_due_at: datetime | None = None,
    penalty_points: int | None = None,
) -> ExternalRoute:
    """Note the next step of a route: accepted, heard, decided, settled, ended, complied with …

    A decision, a settlement and a no to the application are told in words. Complied with, or nothing to do:
    then every promise that the ruling made is dealt with (S-TPR-05). The same step twice is refused.
    """
    case = Complaint.objects.locked(routes__pk=route_id)
    route = case.routes.get(pk=route_id)
    demand_right(by, "route", case, at=at)
    demand(
        violations_in_step(route, to),
        rules.violations_in_route_move(
            to=to, words=words, promise_open=_promise_open(route), penalty_points=penalty_points
        ),
    )
    with signed(by=by, reason=f"route.{to}", at=at):
        said = state_words(case, StatementKind.DECISION, words, by=by, at=at, side=Side.THIRD_PARTY)
        _step(route, RouteState(to), at, said)
        route.hearing_at = hearing_at or route.hearing_at
        route.answer_due_at = answer_due_at or route.answer_due_at
        route.penalty_points = penalty_points if penalty_points is not None else route.penalty_points
        route.save()
        _set_clocks(case, route, at)
        notices.queue(case, "notice.route_moved", to={case.handler} - {None, by}, at=at, about=route)
    return route


def _set_clocks(case, route, at):
    """What the step of the route stops and starts; how it ended makes no difference to its clocks."""
    event = f"route.{route.state}" if route.state in (RouteState.ACCEPTED, RouteState.HEARD) else "route.ended"
    stop_clocks(case, event, at=at, route=route)
    if route.state == RouteState.ACCEPTED:
        start_further_clocks(case, event, at=at, route=route)
    case.save()


def _step(route, to, at, said):
    move = getattr(route, rules.MOVES[to])
    if to in WITH_DECISION:
        move(at=at, decision=said)
    elif to in (RouteState.ACCEPTED, RouteState.HEARD):
        move()
    else:
        move(at=at)
