"""Starting, stopping, pausing and restarting the clocks of a case.

Every function runs inside the caller's `signed` and transaction, with the case locked. They write the clocks
and set `case.next_due_at`; saving the case is the caller's. Which event starts and stops a clock is policy.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from complaints.actions.reckoning import Reckoner, pauses_of, recompute_and_save
from complaints.models import Clock, ClockExtension, Complaint, EvidenceRequest, ExternalRoute, ReturnRequest
from complaints.states import ExtensionState
from complaints.vocabulary import DueChangeCause
from policies.lookup import PoliciesInForce, policies_by_id, policies_in_force
from policies.rules import clocks as rules
from policies.values import ClockPolicy

REGISTERED = "case.registered"
REOPENED = "case.reopened"
JUDGED = "case.judged"
EXECUTING = "case.executing"
FOLLOWING_UP = "case.following_up"
CUSTOMER_ANSWERED = "customer.answered"
EVIDENCE_ASKED = "evidence.asked"
EVIDENCE_RECEIVED = "evidence.received"

FITTED = (REGISTERED, REOPENED)
"""Events whose clocks follow severity and category: what applies may change while the case is looked into."""


def start_clocks(case: Complaint, event: str, *, at: datetime, round_number: int | None = None) -> list[Clock]:
    """Start every clock that the event starts, by the policies in force at `at`. Returns the new clocks.

    A live case counts from its receipt, a case from the backlog from its registration (design, import).
    """
    clocks = clocks_to_start(case, event, at=at, policies=policies_in_force(at), round_number=round_number)
    return _write(case, clocks, at)


def _write(case: Complaint, clocks: list[Clock], at: datetime) -> list[Clock]:
    pauses = pauses_of(case) if clocks else []
    if pauses or any(clock.started_at < at for clock in clocks):
        reckoner = Reckoner()
        for clock in clocks:
            _take_newest_days(clock, reckoner, at)
            reckoner.fit_to_pauses(clock, pauses, at=at)
    Clock.objects.bulk_create(clocks)
    note_next_due(case)
    return clocks


def clocks_to_start(
    case: Complaint, event: str, *, at: datetime, policies: PoliciesInForce, round_number: int | None = None
) -> list[Clock]:
    """The clocks that an event starts, not yet saved; asks nothing of the database, so that thousands can be made."""
    started_at = case.received_at if event == REGISTERED and not case.backlog else at
    applying = rules.clocks_that_apply(policies.clocks.values(), event, **what_clocks_ask(case))
    number = round_number or case.reopened + 1
    return [_clock(case, policy, event, started_at, policies, number) for policy in applying.values()]


def start_further_clocks(
    case: Complaint,
    event: str,
    *,
    at: datetime,
    started_at: datetime | None = None,
    route: ExternalRoute | None = None,
    request: EvidenceRequest | None = None,
    returned: ReturnRequest | None = None,
) -> list[Clock]:
    """Start what an event in the course of the case starts, by the policies in force when it happened.

    What is about a route, a request or a return is about that one alone; another one gets clocks of its own. A clock
    of that kind that runs already is not started again. On a case that has ended none is started. `started_at`: when
    it happened, where it is written down later.
    """
    if not case.is_open:
        return []
    started_at = started_at or at
    policies = policies_in_force(started_at)
    asks = what_clocks_ask(case) | ({"route": route.kind, "body": route.body_kind} if route is not None else {})
    applying = rules.clocks_that_apply(policies.clocks.values(), event, **asks)
    if not applying:
        return []
    known = dict(case.clocks.order_by().values_list("kind").annotate(newest=Max("round")))
    about = {"route": route, "evidence_request": request, "return_request": returned}
    same = case.clocks.filter(stopped_at__isnull=True, **about)
    running = set(same.values_list("kind", flat=True))
    clocks = [
        _clock(case, policy, event, started_at, policies, known.get(name, 0) + 1)
        for name, policy in applying.items()
        if name not in running
    ]
    for clock in clocks:
        clock.route, clock.evidence_request, clock.return_request = route, request, returned
    return _write(case, clocks, at)


def what_clocks_ask(case: Complaint) -> dict[str, str | None]:
    """What the choice among the rows of a clock looks at; the region is that of the shop."""
    return {
        "severity": case.severity,
        "category": case.category or None,
        "region": (case.shop.region or None) if case.shop_id else None,
        "reason": case.reason,
    }


def _clock(case, policy: ClockPolicy, event, started_at, policies: PoliciesInForce, number):
    time = policies.working_time(policy.calendar)
    due = rules.due_at(policy, started_at, time)
    steps = policies.escalations[policy.escalation]
    moments = rules.level_moments(steps, due, policies.working_time(steps.calendar))
    return Clock(
        case=case,
        kind=policy.clock,
        round=number,
        policy_id=policy.policy_id,
        days_policy_id=time.calendar.policy_id,
        started_on=event,
        started_at=started_at,
        due_at=due,
        first_due_at=due,
        warn_at=rules.warning_at(policy, started_at, due, time),
        next_level=moments[0].level if moments else None,
        next_level_at=moments[0].at if moments else None,
        provisional=rules.is_provisional(policy, started_at, due, time),
        working={"calendar": time.calendar.policy_id, "escalation": steps.policy_id},
    )


def stop_clocks(
    case: Complaint,
    event: str,
    *,
    at: datetime,
    route: ExternalRoute | None = None,
    request: EvidenceRequest | None = None,
    returned: ReturnRequest | None = None,
) -> list[Clock]:
    """The event has happened, in time or late: whatever its policy lets it stop, stops. The second time changes
    nothing. What is about a route, a request or a return stops with that one alone. Gives what was stopped.
    """
    about = {"route": route, "evidence_request": request, "return_request": returned}
    running = list(case.clocks.filter(stopped_at__isnull=True, **about))
    policies = policies_by_id({clock.policy_id for clock in running})
    stopped = [clock for clock in running if event in policies[clock.policy_id].stops_on]
    for clock in stopped:
        clock.stopped_late = at > clock.due_at
        _stop(clock, at)
    note_next_due(case)
    return stopped


def stop_clock(case: Complaint, kind: str, *, at: datetime) -> None:
    """One clock has what it waited for, whatever its policy says. Stopping a stopped clock changes nothing."""
    for clock in case.clocks.filter(kind=kind, stopped_at__isnull=True):
        clock.stopped_late = at > clock.due_at
        _stop(clock, at)
    note_next_due(case)


def end_clocks(case: Complaint, *, at: datetime) -> None:
    """The case has ended: whatever still runs ends, neither in time nor late."""
    for clock in case.clocks.filter(stopped_at__isnull=True):
        _stop(clock, at)
    note_next_due(case)


def _stop(clock: Clock, at: datetime) -> None:
    clock.stopped_at = at
    clock.paused_at = None
    clock.next_level = clock.next_level_at = None
    clock.save()
    for asked in ClockExtension.objects.filter(clock=clock, state=ExtensionState.ASKED):
        asked.take_back()
        asked.save()


def unstop_clocks(case: Complaint, *, at: datetime) -> None:
    """Run on as if never stopped: the clocks that ended with the case, after unmerge, unvoid or go on."""
    reckoner = Reckoner()
    for clock in case.clocks.filter(stopped_at__isnull=False, stopped_late__isnull=True):
        if clock.working.get("gave_back"):
            continue
        clock.stopped_at = None
        _take_newest_days(clock, reckoner, at)
        reckoner.set_moments(clock)
        recompute_and_save(clock, case, cause=DueChangeCause.RAN_ON, at=at, reckoner=reckoner)
    note_next_due(case)


def restart_clocks(case: Complaint, *, at: datetime) -> list[Clock]:
    """New clocks in a new round, from `at`; the old ones and their first dates stay (design, *reopen*)."""
    newest = max(case.clocks.values_list("round", flat=True), default=0)
    return start_clocks(case, REOPENED, at=at, round_number=newest + 1)


def refit_clocks(case: Complaint, *, at: datetime) -> None:
    """Fit the clocks to severity and category after these changed; each keeps its start and first due date.

    Another row of the same clock moves it; a clock that only now applies starts where its round began; one that no
    longer applies ends, neither in time nor late.
    """
    reckoner = Reckoner()
    fitted = case.clocks.filter(started_on__in=FITTED, stopped_at__isnull=True)
    running = [clock for clock in fitted if "taken_over" not in clock.working]
    rounds = {(clock.round, clock.started_on, clock.started_at) for clock in running}
    known = set(case.clocks.values_list("kind", "round"))
    for number, event, started_at in sorted(rounds):
        in_force = reckoner.book.on(case.registered_at if event == REGISTERED else started_at)
        applying = rules.clocks_that_apply(in_force.clocks.values(), event, **what_clocks_ask(case))
        for clock in running:
            if (clock.round, clock.started_on, clock.started_at) == (number, event, started_at):
                _refit(clock, case, applying.get(clock.kind), in_force, reckoner, at)
        missing = [policy for name, policy in applying.items() if (name, number) not in known]
        _write(case, [_clock(case, policy, event, started_at, in_force, number) for policy in missing], at)
    note_next_due(case)


def _refit(clock, case, policy: ClockPolicy | None, in_force: PoliciesInForce, reckoner: Reckoner, at) -> None:
    if policy is None:
        _stop(clock, at)
    elif policy.policy_id != clock.policy_id:
        clock.policy_id = policy.policy_id
        clock.working = clock.working | {
            "calendar": in_force.calendars[policy.calendar].policy_id,
            "escalation": in_force.escalations[policy.escalation].policy_id,
        }
        clock.days_policy_id = clock.working["calendar"]
        _take_newest_days(clock, reckoner, at)
        recompute_and_save(clock, case, cause=DueChangeCause.REFITTED, at=at, reckoner=reckoner)


def _take_newest_days(clock: Clock, reckoner: Reckoner, at: datetime) -> None:
    newer = reckoner.book.superseded("calendar", at)
    clock.days_policy_id = newer.get(clock.days_policy_id, clock.days_policy_id)


def pause_clocks(case: Complaint, category: str, *, at: datetime) -> None:
    """Stand still where the policy lets a pause of this category stop the clock. The Pause row is written already."""
    running = list(case.clocks.running())
    policies = policies_by_id({clock.policy_id for clock in running})
    for clock in running:
        if category in policies[clock.policy_id].paused_by:
            clock.paused_at = at
            clock.save()
    note_next_due(case)


def resume_clocks(case: Complaint, *, at: datetime) -> None:
    """Run on; each due instant is computed anew from its start and every pause. The Pause row has its end already."""
    reckoner = Reckoner()
    for clock in case.clocks.filter(paused_at__isnull=False, stopped_at__isnull=True):
        recompute_and_save(clock, case, cause=DueChangeCause.PAUSE, at=at, reckoner=reckoner)
    note_next_due(case)


def adopt_clocks(leading: Complaint, follower: Complaint, *, at: datetime) -> None:
    """The follower's clocks run on at the leading case: of two of a kind the earlier due instant wins, and one that
    the leading case does not have becomes its own, with the same dates.

    Not taken over is what the leading case has done since the follower's clock began, for it was done for both, and
    what waits for a route, a request or a return of the follower. Called before the follower's own clocks end. What
    was adopted is noted, so that it can be explained and undone.
    """
    reckoner = Reckoner()
    for theirs in follower.clocks.running():
        ours = leading.clocks.filter(kind=theirs.kind, stopped_at__isnull=True).first()
        adopted = {"case": follower.pk, "clock": theirs.pk, "merged_at": at.isoformat()}
        if ours is None:
            _take_over(leading, theirs, adopted, reckoner)
        elif theirs.due_at < ours.due_at:
            ours.working = ours.working | {"adopted": [*ours.working.get("adopted", ()), adopted]}
            recompute_and_save(ours, leading, cause=DueChangeCause.MERGED, at=at, reckoner=reckoner)
    note_next_due(leading)


def _take_over(leading: Complaint, theirs: Clock, adopted: dict, reckoner: Reckoner) -> None:
    same = leading.clocks.filter(kind=theirs.kind)
    done_since = same.filter(stopped_late__isnull=False, stopped_at__gte=theirs.started_at).exists()
    if done_since or theirs.route_id or theirs.evidence_request_id or theirs.return_request_id:
        return
    clock = Clock(
        case=leading,
        kind=theirs.kind,
        round=(same.aggregate(newest=Max("round"))["newest"] or 0) + 1,
        policy_id=theirs.policy_id,
        days_policy_id=theirs.days_policy_id,
        started_on=theirs.started_on,
        started_at=theirs.started_at,
        due_at=theirs.due_at,
        first_due_at=theirs.first_due_at,
        provisional=theirs.provisional,
        working=theirs.working | {"taken_over": adopted},
    )
    reckoner.set_moments(clock)
    clock.save()


def return_clocks(leading: Complaint, follower: Complaint, *, at: datetime) -> None:
    """Undo `adopt_clocks` when the follower is a case of its own again."""
    reckoner = Reckoner()
    for clock in leading.clocks.filter(stopped_at__isnull=True):
        if clock.working.get("taken_over", {}).get("case") == follower.pk:
            clock.working = clock.working | {"gave_back": True}
            _stop(clock, at)
            continue
        adopted = clock.working.get("adopted", [])
        kept = [found for found in adopted if found["case"] != follower.pk]
        if kept != adopted:
            clock.working = clock.working | {"adopted": kept}
            recompute_and_save(clock, leading, cause=DueChangeCause.UNMERGED, at=at, reckoner=reckoner)
    note_next_due(leading)


def note_next_due(case: Complaint) -> None:
    """Keep the earliest due instant of the running clocks on the case; saving it is the caller's."""
    case.next_due_at = case.clocks.running().order_by("due_at").values_list("due_at", flat=True).first()


def earliest_due(clocks: Iterable[Clock]) -> datetime | None:
    """The earliest due instant of clocks not yet saved, for those who write many cases at once."""
    return min((clock.due_at for clock in clocks), default=None)
