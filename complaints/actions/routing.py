"""Where the customer went outside, rung by rung: recorded in any state of the case, and moved on (W-10, S-TPR)."""

from datetime import datetime

from django.db import transaction
from django_fsm import can_proceed

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions import causes
from complaints.actions.committing import person_or_handler, violations_in_owner, write_commitment
from complaints.actions.escalating import raise_escalation
from complaints.actions.outside import ENDED_BEFORE, come_back_if_ended
from complaints.actions.stating import state_words
from complaints.actions.timing import start_further_clocks, stop_clocks
from complaints.models import Complaint, ExternalRoute
from complaints.roles import demand_right
from complaints.rules import outside as rules
from complaints.states import CaseState, RouteState
from complaints.vocabulary import RouteKind, Side, StatementKind

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
    clause: str = "",
    represented: str = "",
    hearing_at: datetime | None = None,
    answer_due_at: datetime | None = None,
) -> ExternalRoute:
    """Record a rung of the external ladder, in any state of the case; the next rung is a new row (S-TPR-01).

    Arbitration names its basis: a clause, or the agreement of both sides, and may hold its words with the rules that
    were agreed (S-TPR-09). `represented` says who acts for the customer (S-TPR-13). An open case does not move; one
    that is closed or withdrawn is open again, outside, so that its clocks run. The press goes up at once.
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
    demand(why_not_record_route(case, by=by, at=at), rules.violations_in_route(facts))
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
            clause=state_words(case, StatementKind.CLAUSE, clause, by=by, at=at),
            represented=state_words(case, StatementKind.REPRESENTED, represented, by=by, at=at, side=Side.CUSTOMER),
            hearing_at=hearing_at,
            answer_due_at=answer_due_at,
        )
        come_back_if_ended(case, route.account, by=by, at=at)
        start_further_clocks(case, "route.filed", at=at, started_at=filed_at, route=route)
        case.save()
        notices.queue(case, "notice.route_recorded", to={case.handler} - {None, by}, at=at, about=route)
    if kind == RouteKind.MEDIA_EXPOSURE and case.is_open:
        about = causes.cause(causes.MEDIA, route.pk)
        raise_escalation(case, cause=about, level=1, due_at=at, by=by, at=at, reason=route.account)
    return route


def why_not_record_route(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Recorded in any state; that of a merged case at the leading one."""
    if case.state == CaseState.MERGED:
        return [Violation("route.case_merged", params={"leading": case.merged_into.case_number})]
    return []


def _promise_open(route) -> bool:
    return route.commitments.pending().exists()


def violations_in_step(route: ExternalRoute, to: str):
    """One violation when the route has no arrow to this state."""
    move = rules.MOVES.get(to)
    if move is not None and not can_proceed(getattr(route, move)):
        yield Violation("route.not_possible_from", field="to", params={"state": route.get_state_display()})


def why_not_move(route: ExternalRoute, *, by, at: datetime, to: str) -> list[Violation]:
    """What stands against this step, whatever is typed: no arrow, or an order that is not carried out."""
    if found := list(violations_in_step(route, to)):
        return found
    asks = to in (RouteState.COMPLIED, RouteState.NOTHING_TO_DO)
    return list(rules.violations_in_route_move(to=to, words="-", promise_open=asks and _promise_open(route)))


def why_not_set_dates(route: ExternalRoute, *, by, at: datetime) -> list[Violation]:
    """Dates of a route that runs alone."""
    return [] if route.is_running else [Violation("route.runs_no_more")]


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
    obliges: bool = False,
    promise: str = "",
    due_at: datetime | None = None,
    owner_id: int | None = None,
) -> ExternalRoute:
    """Note the next step of a route: accepted, heard, decided, settled, ended, complied with …

    A decision, a settlement and a no to the application are told in words. What a decision or settlement orders
    (`obliges`) becomes a promise with a due date at once, of the handler unless somebody is named (S-TPR-05, S-TPR-10,
    WC-48); on a case that has ended it comes back. Complied with, or nothing to do: then every promise that the ruling
    made is dealt with. The same step twice is refused.
    """
    case = Complaint.objects.locked(routes__pk=route_id)
    route = case.routes.get(pk=route_id)
    demand_right(by, "route", case, at=at)
    owner = person_or_handler(case, owner_id) if obliges else None
    demand(
        violations_in_step(route, to),
        rules.violations_in_route_move(
            to=to, words=words, promise_open=_promise_open(route), penalty_points=penalty_points
        ),
        rules.violations_in_ruling(rules.RulingFacts(to, obliges, promise, due_at, at)),
        violations_in_owner(case, owner) if obliges else (),
        _violations_in_coming_back(case) if obliges else (),
    )
    with signed(by=by, reason=f"route.{to}", at=at):
        said = state_words(case, StatementKind.DECISION, words, by=by, at=at, side=Side.THIRD_PARTY)
        _step(route, RouteState(to), at, said)
        _set_dates(route, hearing_at, answer_due_at)
        route.penalty_points = penalty_points if penalty_points is not None else route.penalty_points
        route.save()
        if to in rules.ORDERING:
            come_back_if_ended(case, said, by=by, at=at)
        _set_clocks(case, route, at)
        if obliges:
            write_commitment(case, by=by, at=at, what=promise, due_at=due_at, owner=owner, route=route)
        notices.queue(case, "notice.route_moved", to={case.handler} - {None, by}, at=at, about=route)
    return route


def _violations_in_coming_back(case):
    if not case.is_open and case.state not in ENDED_BEFORE:
        yield Violation("case.ended", params={"state": case.get_state_display()})


def _set_dates(route, hearing_at, answer_due_at):
    """A date that moves is warned of again."""
    if hearing_at is not None and hearing_at != route.hearing_at:
        route.hearing_at, route.hearing_warned_at = hearing_at, None
    if answer_due_at is not None and answer_due_at != route.answer_due_at:
        route.answer_due_at, route.answer_warned_at = answer_due_at, None


@transaction.atomic
def set_route_dates(
    route_id: int,
    *,
    by,
    at: datetime,
    hearing_at: datetime | None = None,
    answer_due_at: datetime | None = None,
    reference_number: str = "",
) -> ExternalRoute:
    """The body summons, moves a date, or gives its number; the route stays where it is. What is empty stays."""
    case = Complaint.objects.locked(routes__pk=route_id)
    route = case.routes.get(pk=route_id)
    demand_right(by, "route", case, at=at)
    number = reference_number.strip()
    dates = rules.DateFacts(route.is_running, route.filed_at, hearing_at, answer_due_at, number)
    demand(rules.violations_in_dates(dates))
    with signed(by=by, reason="route.dates_set", at=at):
        _set_dates(route, hearing_at, answer_due_at)
        route.reference_number = number or route.reference_number
        route.save()
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
