"""The days of a calendar changed: running deadlines are worked out anew, the old date beside the new one.

Only days are taken over, for they are facts that somebody announces: which ones are holidays, which work instead,
which years are official. Lengths and hours stay those that held when the clock started (decision 10).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import F, Min, OuterRef, Subquery
from django.utils.timezone import localtime

from casemgmt.outbox import About, Word, put_many
from casemgmt.people.models import Person
from casemgmt.setwise import insert_each, keys, update_each
from complaints.actions.batches import Poison, Tally, reason_of, sweep_in_batches
from complaints.actions.overdue import CASE
from complaints.actions.reckoning import Reckoner, events_of
from complaints.models import Clock, Complaint, DueChange, SetAside
from complaints.vocabulary import DueChangeCause
from policies.lookup import PolicyBook

RECOMPUTE = "recompute_clocks"
WRITTEN = ("days_policy_id", "due_at", "warn_at", "warned_at", "next_level", "next_level_at", "provisional")


class StaleClock(NamedTuple):
    """A running clock that counts the days of an older edition."""

    pk: int
    case_id: int
    clock: Clock


class _Recomputing:
    """What one run knows; the policies are read once, and in full only when something is stale."""

    def __init__(self, at: datetime):
        self.at = at
        self.newer = PolicyBook(["calendar"]).superseded("calendar", at)

    @cached_property
    def reckoner(self) -> Reckoner:
        return Reckoner()

    def take(self, limit: int) -> Sequence[StaleClock]:
        """Running clocks with their cases, both locked; those that somebody holds are left to the next tick."""
        if not self.newer:
            return []
        stale = Clock.objects.filter(stopped_at__isnull=True, days_policy_id__in=list(self.newer))
        stale = stale.exclude(pk__in=SetAside.objects.kept_from(RECOMPUTE, self.at)).select_related("case")
        rows = stale.order_by("days_policy_id", "pk").select_for_update(skip_locked=True, of=("self", "case"))
        return [StaleClock(clock.pk, clock.case_id, clock) for clock in rows[:limit]]

    def settle(self, rows: Sequence[StaleClock]) -> list[Poison]:
        """Work out every clock from its events, and write what came of it set by set."""
        pauses, extensions = events_of([row.clock for row in rows])
        changes, written, poison = [], [], []
        for row in rows:
            clock = row.clock
            newer = clock.days_policy_id = self.newer[clock.days_policy_id]
            try:
                change = self.reckoner.recompute(
                    clock,
                    pauses.get(clock.case_id, ()),
                    extensions.get(clock.pk, ()),
                    cause=DueChangeCause.CALENDAR,
                    policy_id=newer,
                    at=self.at,
                )
            except (LookupError, ArithmeticError, ValueError, TypeError) as error:
                poison.append(Poison(row, reason_of(error)))
                continue
            written.append((clock.pk, *(getattr(clock, name) for name in WRITTEN)))
            if change is not None:
                changes.append(change)
        update_each(Clock, WRITTEN, written)
        self._write(changes)
        self._tell(changes, {row.pk: row.clock for row in rows})
        return poison

    def _write(self, changes: Sequence[DueChange]) -> None:
        columns = ("case_id", "clock_id", "due_before", "due_after", "policy_id")
        rows = [tuple(getattr(change, name) for name in columns) for change in changes]
        insert_each(DueChange, columns, rows, fixed={"cause": DueChangeCause.CALENDAR, "changed_at": self.at})
        running = Clock.objects.running().filter(case=OuterRef("pk")).order_by()
        earliest = running.values("case").annotate(earliest=Min("due_at")).values("earliest")
        moved = Complaint.objects.filter(pk__in=keys({change.case_id for change in changes}))
        if changes:
            moved.update(next_due_at=Subquery(earliest), version=F("version") + 1)

    def _tell(self, changes: Sequence[DueChange], clocks: dict[int, Clock]) -> None:
        handlers = Person.objects.in_bulk({clocks[change.clock_id].case.handler_id for change in changes} - {None})
        words = []
        for change in changes:
            case = clocks[change.clock_id].case
            if case.handler_id is None:
                continue
            words.append(
                Word(
                    "notice.clock_recomputed",
                    f"notice.clock_recomputed:{change.clock_id}:{change.policy_id}:{case.handler_id}",
                    handlers[case.handler_id],
                    About(CASE, case.pk),
                    case.case_number,
                    {"before": _told(change.due_before), "after": _told(change.due_after)},
                )
            )
        put_many(words, at=self.at)


def _told(instant: datetime) -> str:
    return f"{localtime(instant):%Y-%m-%d %H:%M}"


def recompute_clocks(at: datetime) -> Tally:
    """Let every running clock count the days of the calendar edition in force at `at` (S-SLA-12).

    Each move is on the case with its reason and the edition behind it, and the handler is told; the first due date
    stays. What is recomputed is not stale any more, so twice, late and in parallel come to the same.
    """
    run = _Recomputing(at)
    return sweep_in_batches(RECOMPUTE, Clock, at=at, reason="clock.recomputed", take=run.take, settle=run.settle)
