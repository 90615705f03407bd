"""How stories are told: act by act in the order of time, with the sweeps ringing in between as they would."""

import heapq
from collections.abc import Callable, Generator, Iterable
from datetime import datetime, timedelta

from complaints.actions import (
    advising,
    awaiting,
    climbing,
    keeping_in_touch,
    overdue,
    progress,
    quiet_customers,
    reminding_of_escalations,
    reminding_of_handovers,
    reminding_of_returns,
    reminding_of_routes,
    sweeping,
    waiting_requests,
    watching_tasks,
)
from complaints.actions.importing import register_staged
from complaints.demo.days import Days
from complaints.demo.house import House
from complaints.demo.supervising import answer_what_went_up, read_what_came
from complaints.demo.tale import Tale

Story = Callable[[Tale], Generator]
"""A story yields the moment of what comes next, and then lets it happen. What would be later than now has not
happened yet: there the story stops."""

SWEEPS = (
    register_staged,
    overdue.escalate_overdue,
    watching_tasks.warn_of_tasks,
    reminding_of_escalations.remind_of_escalations,
    climbing.climb_escalations,
    overdue.close_escalations,
    sweeping.put_follow_ups_on_lists,
    progress.owe_progress,
    keeping_in_touch.keep_in_touch,
    quiet_customers.remind_of_quiet_customers,
    sweeping.warn_of_commitments,
    sweeping.warn_of_clocks,
    sweeping.warn_of_payments,
    reminding_of_returns.remind_of_refund_only,
    sweeping.end_capped_pauses,
    awaiting.remind_of_pauses,
    waiting_requests.remind_of_requests,
    sweeping.give_up_evidence_requests,
    advising.advise_of_routes,
    reminding_of_routes.remind_of_routes,
    reminding_of_routes.remind_of_reviews,
    reminding_of_handovers.remind_of_handovers,
    reminding_of_handovers.tell_of_absences,
)
"""What beat and worker do every minute."""


def ring(at: datetime) -> None:
    """Let every sweep see what has fallen due at this instant."""
    for sweep in SWEEPS:
        sweep(at)


def tell(stories: Iterable[Story], house: House, days: Days, *, swept: bool = True) -> list[Tale]:
    """Tell them side by side up to `days.now`; each gets a tale of its own, which is given back.

    Signed by the people who act. Without `swept` no sweep rings, and what falls due by itself does not.
    """
    tales, waiting = [], []
    for number, story in enumerate(stories):
        tale = Tale(house, days)
        tales.append(tale)
        _queue(waiting, number, tale, story(tale), days)
    swept_until = waiting[0][0] if waiting else days.now
    while waiting:
        at, number, tale, story = heapq.heappop(waiting)
        if swept:
            _let_pass(days, swept_until, at)
        swept_until = max(swept_until, at)
        tale.at = at
        _queue(waiting, number, tale, story, days)
    if swept:
        _let_pass(days, swept_until, days.now)
        ring(days.now)
        overdue.escalate_overdue(days.now)  # what has just climbed because nobody took note, as a minute later
    return tales


def _let_pass(days: Days, first: datetime, last: datetime) -> None:
    for at, by_people in days.beats_between(first, last):
        if by_people:
            answer_what_went_up(at)
            read_what_came(at)
        else:
            ring(at)


def _queue(waiting, number, tale, story, days):
    moment = next(story, None)
    if moment is None:
        tale.is_complete = True
        return
    at = days.instant(moment)
    if tale.at is not None:
        at = max(at, tale.at + timedelta(minutes=1))
    if at <= days.now:
        heapq.heappush(waiting, (at, number, tale, story))
