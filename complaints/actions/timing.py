"""Starting, stopping, pausing and restarting the clocks of a case.

Every function runs inside the caller's `signed` and transaction, with the case locked. They write the clocks
and set `case.next_due_at`; saving the case is the caller's.
"""

from collections.abc import Iterable
from datetime import datetime

from complaints.models import Clock, Complaint
from policies.lookup import PoliciesInForce, policies_in_force, policies_over_time, policy_by_id
from policies.rules import clocks as rules
from policies.rules.working_time import WorkingTime, working_time_of
from policies.values import ClockPolicy

REGISTERED = "case.registered"
REOPENED = "case.reopened"
JUDGED = "case.judged"


def start_clocks(case: Complaint, event: str, *, at: datetime, round_number: int | None = None) -> list[Clock]:
    """Start every clock that the event starts, by the policies in force at `at`. Returns the new clocks.

    A live case counts from its receipt, a case from the backlog from its registration (design, import).
    """
    clocks = clocks_to_start(case, event, at=at, policies=policies_in_force(at), round_number=round_number)
    Clock.objects.bulk_create(clocks)
    _note_next_due(case)
    return clocks


def clocks_to_start(
    case: Complaint, event: str, *, at: datetime, policies: PoliciesInForce, round_number: int | None = None
) -> list[Clock]:
    """The clocks that an event starts, not yet saved; asks nothing of the database, so that thousands can be made."""
    started_at = case.received_at if event == REGISTERED and not case.backlog else at
    applying = rules.clocks_that_apply(policies.clocks.values(), event, **what_clocks_ask(case))
    number = round_number or case.reopened + 1
    return [_clock(case, policy, started_at, policies, number) for policy in applying.values()]


def what_clocks_ask(case: Complaint) -> dict[str, str | None]:
    """What the choice among the rows of a clock looks at; the region is that of the shop."""
    return {
        "severity": case.severity,
        "category": case.category or None,
        "region": (case.shop.region or None) if case.shop_id else None,
    }


def _clock(case, policy: ClockPolicy, started_at, policies, number):
    time = policies.working_time(policy.calendar)
    due = rules.due_at(policy, started_at, time)
    clock = Clock(
        case=case,
        kind=policy.clock,
        round=number,
        policy_id=policy.policy_id,
        started_at=started_at,
        due_at=due,
        first_due_at=due,
    )
    _set_moments(clock, policy, time, policies)
    return clock


def _set_moments(clock: Clock, policy: ClockPolicy, time: WorkingTime, policies: PoliciesInForce) -> None:
    steps = policies.escalations[policy.escalation]
    moments = rules.level_moments(steps, clock.due_at, policies.working_time(steps.calendar))
    clock.warn_at = rules.warning_at(policy, clock.started_at, clock.due_at, time)
    clock.warned_at = None
    clock.next_level = moments[0].level if moments else None
    clock.next_level_at = moments[0].at if moments else None
    clock.provisional = time.is_provisional_between(clock.started_at, clock.due_at)
    clock.working = {
        "policy": policy.policy_id,
        "calendar": time.calendar.policy_id,
        "escalation": steps.policy_id,
    }


def stop_clock(case: Complaint, kind: str, *, at: datetime) -> None:
    """The event that the clock waited for has happened, in time or late. Stopping a stopped clock changes nothing."""
    for clock in case.clocks.filter(kind=kind, stopped_at__isnull=True):
        clock.stopped_late = at > clock.due_at
        _stop(clock, at)
    _note_next_due(case)


def end_clocks(case: Complaint, *, at: datetime) -> None:
    """The case has ended: whatever still runs ends, neither in time nor late."""
    for clock in case.clocks.filter(stopped_at__isnull=True):
        _stop(clock, at)
    _note_next_due(case)


def _stop(clock: Clock, at: datetime) -> None:
    clock.stopped_at = at
    clock.paused_at = None
    clock.next_level = clock.next_level_at = None
    clock.save()


def unstop_clocks(case: Complaint, *, at: datetime) -> None:
    """Run on as if never stopped: the clocks that ended with the case, after unmerge, unvoid or go on."""
    policies = policies_over_time()
    for clock in case.clocks.filter(stopped_at__isnull=False, stopped_late__isnull=True):
        clock.stopped_at = None
        _recompute(clock, case, policies.on(clock.started_at))
    _note_next_due(case)


def restart_clocks(case: Complaint, *, at: datetime) -> list[Clock]:
    """New clocks in a new round, from `at`; the old ones and their first dates stay (design, *reopen*)."""
    newest = max(case.clocks.values_list("round", flat=True), default=0)
    return start_clocks(case, REOPENED, at=at, round_number=newest + 1)


def refit_clocks(case: Complaint) -> None:
    """Recompute the running clocks after severity or category changed; each keeps its start and first due date."""
    policies = policies_over_time()
    for clock in case.clocks.filter(stopped_at__isnull=True):
        in_force = policies.on(clock.started_at)
        applying = rules.clocks_that_apply(
            in_force.clocks.values(),
            REGISTERED if clock.round == 1 else REOPENED,
            **what_clocks_ask(case),
        )
        if clock.kind in applying and applying[clock.kind].policy_id != clock.policy_id:
            clock.policy_id = applying[clock.kind].policy_id
            _recompute(clock, case, in_force)
    _note_next_due(case)


def pause_clocks(case: Complaint, category: str, *, at: datetime) -> None:
    """Stand still where the policy lets a pause of this category stop the clock. The Pause row is written already."""
    for clock in case.clocks.running():
        if category in policy_by_id(clock.policy_id).paused_by:
            clock.paused_at = at
            clock.save()
    _note_next_due(case)


def resume_clocks(case: Complaint, *, at: datetime) -> None:
    """Run on; each due instant is computed anew from its start and every pause. The Pause row has its end already."""
    policies = policies_over_time()
    for clock in case.clocks.filter(paused_at__isnull=False, stopped_at__isnull=True):
        _recompute(clock, case, policies.on(clock.started_at))
    _note_next_due(case)


def adopt_clocks(leading: Complaint, follower: Complaint, *, at: datetime) -> None:
    """The follower's clocks run on at the leading case: of two of a kind the earlier due instant wins.

    Called before the follower's own clocks end. What was adopted is noted, so that it can be explained and undone.
    """
    for theirs in follower.clocks.running():
        ours = leading.clocks.filter(kind=theirs.kind, stopped_at__isnull=True).first()
        if ours is not None and theirs.due_at < ours.due_at:
            ours.working = ours.working | {
                "adopted": {"case": follower.pk, "due_at": theirs.due_at.isoformat()},
                "own_due_at": ours.due_at.isoformat(),
            }
            ours.due_at = max(theirs.due_at, ours.started_at)
            ours.next_level_at = min(ours.due_at, ours.next_level_at or ours.due_at)
            ours.next_level = ours.next_level or 1
            ours.save()
    _note_next_due(leading)


def return_clocks(leading: Complaint, follower: Complaint, *, at: datetime) -> None:
    """Undo `adopt_clocks` when the follower is a case of its own again."""
    policies = policies_over_time()
    for clock in leading.clocks.filter(stopped_at__isnull=True):
        if clock.working.get("adopted", {}).get("case") == follower.pk:
            _recompute(clock, leading, policies.on(clock.started_at))
    _note_next_due(leading)


def pauses_of(case: Complaint) -> list[rules.Pause]:
    """The pauses of the case as its clocks see them."""
    return [rules.Pause(*pause) for pause in case.pauses.values_list("category", "began_at", "ended_at")]


def _recompute(clock: Clock, case: Complaint, policies: PoliciesInForce) -> None:
    policy = policy_by_id(clock.policy_id)
    time = working_time_of(policies.calendars[policy.calendar])
    due = rules.due_at(policy, clock.started_at, time, pauses_of(case))
    if due is None:
        clock.save()
        return
    clock.paused_at = None
    moved = due != clock.due_at
    clock.due_at = due
    if moved or clock.next_level is None:
        _set_moments(clock, policy, time, policies)
    clock.save()


def _note_next_due(case: Complaint) -> None:
    case.next_due_at = case.clocks.running().order_by("due_at").values_list("due_at", flat=True).first()


def earliest_due(clocks: Iterable[Clock]) -> datetime | None:
    """The earliest due instant of clocks not yet saved, for those who write many cases at once."""
    return min((clock.due_at for clock in clocks), default=None)
