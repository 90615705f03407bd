"""Deadlines under a draft: every clock worked out again from its own events, with the draft in place of its row."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import zip_longest

from complaints.actions.reckoning import Reckoner, events_of
from complaints.actions.timing import what_clocks_ask
from complaints.models import Clock
from complaints.states import OPEN
from policies.dry_running import Comparison, Effect
from policies.in_force import PolicyBook
from policies.rules import clocks as rules
from policies.values import ClockPolicy


def clocks_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each clock whose due instant the draft moves, makes or takes away.

    `before` is what its own rows and events make of it, as it is shown on the case; `after` the same with the draft
    at the beginning of the clock. Pauses and extensions stay as they happened.
    """
    clocks = _clocks_of(case_ids)
    pauses, extensions = events_of(clocks)
    reckoner = Reckoner(comparison.before)
    seen: dict[tuple, set[str]] = {}
    for clock in clocks:
        seen.setdefault(_began(clock), set()).add(clock.kind)
    told = set()
    for clock in clocks:
        held = pauses.get(clock.case_id, [])
        more = extensions.get(clock.pk, [])
        before = reckoner.due(clock, held, more)
        chosen = _chosen(comparison.after, clock)
        policy = chosen.get(clock.kind)
        after = None if policy is None else _due_under(comparison, reckoner, clock, policy, held, more, before)
        if policy is None:
            if clock.kind in _chosen(comparison.before, clock):
                yield _effect(clock, "disappears", before, None)
        elif before != after:
            yield _effect(clock, _verdict(clock, before, after, comparison.at), before, after)
        if _began(clock) not in told:
            told.add(_began(clock))
            yield from _new_clocks(comparison, clock, seen[_began(clock)], held)


def _clocks_of(case_ids) -> list[Clock]:
    clocks = Clock.objects.filter(case_id__in=case_ids).select_related("case__shop", "route")
    return list(clocks.order_by("case_id", "pk"))


def _began(clock: Clock) -> tuple:
    return clock.case_id, clock.started_on, clock.started_at, clock.route_id, clock.evidence_request_id


def _chosen(book: PolicyBook, clock: Clock) -> dict[str, ClockPolicy]:
    asks = what_clocks_ask(clock.case)
    if clock.route is not None:
        asks |= {"route": clock.route.kind, "body": clock.route.body_kind}
    return rules.clocks_that_apply(book.on(clock.started_at).clocks.values(), clock.started_on, **asks)


def _due_under(comparison, reckoner, clock, policy, pauses, extensions, before) -> datetime | None:
    """The due instant by the row that the draft's book chooses. What was adopted from a merged case still wins."""
    pauses, extensions = reckoner.events_behind(clock, list(pauses), extensions)
    if comparison.kind == "clock" and policy.calendar == reckoner.policy(clock).calendar:
        time = reckoner.time_of(clock)
    else:
        time = comparison.after.on(clock.started_at).working_time(policy.calendar)
    due = rules.due_at(policy, clock.started_at, time, pauses, extensions)
    if clock.working.get("adopted") and before is not None and due is not None:
        own = rules.due_at(reckoner.policy(clock), clock.started_at, reckoner.time_of(clock), pauses, extensions)
        return due if own == before else min(due, before)
    return due


def _verdict(clock: Clock, before: datetime | None, after: datetime | None, at: datetime) -> str:
    until = clock.stopped_at or at
    was_late = before is not None and before < until
    is_late = after is not None and after < until
    if was_late != is_late:
        late = "overdue_now" if clock.stopped_at is None else "late_after_all"
        return late if is_late else "in_time_after_all"
    if before is None or after is None:
        return "later" if after is None else "earlier"
    return "earlier" if after < before else "later"


def _new_clocks(comparison: Comparison, clock: Clock, known: set[str], pauses) -> Iterator[Effect]:
    """Clocks that would have started with this one and did not."""
    before = _chosen(comparison.before, clock)
    for name, policy in _chosen(comparison.after, clock).items():
        if name not in known and name not in before:
            time = comparison.after.on(clock.started_at).working_time(policy.calendar)
            due = rules.due_at(policy, clock.started_at, time, pauses)
            yield _effect(clock, "appears", None, due, name=name)


def ladders_moved(comparison: Comparison, case_ids: Sequence[int]) -> Iterator[Effect]:
    """Each running clock whose first different step of escalation the draft moves."""
    for clock in _clocks_of(case_ids):
        policies = comparison.before.on(clock.started_at)
        policy = comparison.before.by_id(clock.policy_id)
        if clock.stopped_at is not None or policy.escalation != comparison.key:
            continue
        before = _levels(policies, comparison.key, clock.due_at)
        after = _levels(comparison.after.on(clock.started_at), comparison.key, clock.due_at)
        old, new = next(((old, new) for old, new in zip_longest(before, after) if old != new), (None, None))
        if old is None and new is None:
            continue
        is_earlier = old is None or (new is not None and new.at < old.at)
        verdict = "escalates_earlier" if is_earlier else "escalates_later"
        yield _effect(clock, verdict, old and old.at, new and new.at)


def _levels(policies, code: str, due: datetime):
    steps = policies.escalations.get(code)
    return [] if steps is None else list(rules.level_moments(steps, due, policies.working_time(steps.calendar)))


def _effect(clock: Clock, verdict: str, before: datetime | None, after: datetime | None, *, name: str = "") -> Effect:
    return Effect(
        case_id=clock.case_id,
        case_number=clock.case.case_number,
        is_open=clock.case.state in OPEN,
        what="due",
        name=name or clock.kind,
        verdict=verdict,
        before=before.isoformat() if before else "",
        after=after.isoformat() if after else "",
    )
