"""Working out when clocks are due, from the rows and events they name; the same answer whoever asks, and when.

Every move of a due instant is written down with its cause; nothing moves silently.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from complaints.models import Clock, ClockExtension, Complaint, DueChange, Pause
from complaints.states import ExtensionState
from policies.lookup import PolicyBook, policies_over_time
from policies.rules import clocks as rules
from policies.rules.calendars import with_days_of
from policies.rules.working_time import WorkingTime, working_time_of
from policies.values import ClockPolicy, EscalationSteps


class Reckoner:
    """Answers for any number of clocks from one reading of the policies."""

    def __init__(self, book: PolicyBook | None = None):
        self.book = book or policies_over_time()

    def policy(self, clock: Clock) -> ClockPolicy:
        """The row of the clock."""
        return self.book.by_id(clock.policy_id)

    def time(self, calendar_id: int, days_id: int) -> WorkingTime:
        """The hours of one edition of a calendar on the days of another."""
        return working_time_of(with_days_of(self.book.by_id(calendar_id), self.book.by_id(days_id)))

    def time_of(self, clock: Clock) -> WorkingTime:
        """The working time by which the clock counts."""
        return self.time(clock.working["calendar"], clock.days_policy_id)

    def ladder(self, steps_id: int, calendar_id: int, days_id: int, started_at: datetime):
        """The escalation steps of a clock and the working time they count in."""
        steps: EscalationSteps = self.book.by_id(steps_id)
        if steps.calendar == self.book.by_id(calendar_id).code:
            return steps, self.time(calendar_id, days_id)
        return steps, self.book.on(started_at).working_time(steps.calendar)

    def due(
        self, clock: Clock, pauses: Iterable[rules.Pause], extensions: Iterable[rules.Extension] = ()
    ) -> datetime | None:
        """When the clock is due by its own events, those of merged cases among them; None while it stands still.

        Asks the database only for clocks of merged cases.
        """
        pauses = list(pauses)
        own, extensions = self.events_behind(clock, pauses, extensions)
        due = rules.due_at(self.policy(clock), clock.started_at, self.time_of(clock), own, extensions)
        for adopted in clock.working.get("adopted", ()):
            theirs = self._due_of_merged(adopted, clock, pauses)
            due = min(due, max(theirs, clock.started_at)) if due and theirs else due
        return due

    def events_behind(
        self, clock: Clock, pauses: list[rules.Pause], extensions: Iterable[rules.Extension]
    ) -> tuple[list[rules.Pause], list[rules.Extension]]:
        """What moves the clock: of one taken over from a merged case the events there, and ours since the merge."""
        taken = clock.working.get("taken_over")
        if taken is None:
            return pauses, list(extensions)
        theirs = Clock.objects.get(pk=taken["clock"])
        return _since_the_merge(taken, theirs, pauses), [*extensions_of(theirs), *extensions]

    def _due_of_merged(self, adopted: dict, clock: Clock, pauses: list[rules.Pause]) -> datetime | None:
        """The other case's clock, as its own events and, since the merge, the pauses of the leading case make it."""
        theirs = Clock.objects.get(pk=adopted["clock"])
        time = self.time(theirs.working["calendar"], clock.days_policy_id)
        moved = _since_the_merge(adopted, theirs, pauses)
        return rules.due_at(self.policy(theirs), theirs.started_at, time, moved, extensions_of(theirs))

    def set_moments(self, clock: Clock) -> None:
        """When to warn and to escalate, after the due instant was set; what was warned of is warned of again."""
        steps, time = self.ladder(
            clock.working["escalation"], clock.working["calendar"], clock.days_policy_id, clock.started_at
        )
        moments = rules.level_moments(steps, clock.due_at, time)
        clock.warn_at = rules.warning_at(self.policy(clock), clock.started_at, clock.due_at, self.time_of(clock))
        clock.warned_at = None
        clock.next_level = moments[0].level if moments else None
        clock.next_level_at = moments[0].at if moments else None

    def set_provisional(self, clock: Clock) -> None:
        """Whether the due instant hangs on a year whose holidays nobody has announced."""
        clock.provisional = rules.is_provisional(
            self.policy(clock), clock.started_at, clock.due_at, self.time_of(clock)
        )

    def fit_to_pauses(self, clock: Clock, pauses: Iterable[rules.Pause], *, at: datetime) -> None:
        """A new clock on a case that waited or waits already: its first due instant counts these pauses."""
        due = self.due(clock, pauses)
        if due is None:
            clock.paused_at = at
        elif due != clock.due_at:
            clock.due_at = clock.first_due_at = due
            self.set_provisional(clock)
            self.set_moments(clock)

    def recompute(
        self,
        clock: Clock,
        pauses: Iterable[rules.Pause],
        extensions: Iterable[rules.Extension],
        *,
        cause: str,
        policy_id: int,
        at: datetime,
    ) -> DueChange | None:
        """Set what follows from the events of the clock; nothing is saved. The move, when there was one.

        A clock that stands still keeps its due instant until it runs on.
        """
        due = self.due(clock, pauses, extensions)
        if due is None:
            clock.paused_at = clock.paused_at or at
            return None
        clock.paused_at = None
        before, clock.due_at = clock.due_at, due
        self.set_provisional(clock)
        if before == due:
            return None
        self.set_moments(clock)
        return DueChange(
            case_id=clock.case_id,
            clock=clock,
            cause=cause,
            due_before=before,
            due_after=due,
            policy_id=policy_id,
            changed_at=at,
        )


def _since_the_merge(adopted: dict, theirs: Clock, pauses: list[rules.Pause]) -> list[rules.Pause]:
    """The pauses of the merged case, and those of the leading one as far as they lie after the merge."""
    merged_at = datetime.fromisoformat(adopted["merged_at"])
    since = [
        pause._replace(began_at=max(pause.began_at, merged_at))
        for pause in pauses
        if pause.ended_at is None or pause.ended_at > merged_at
    ]
    return [*pauses_of(theirs.case), *since]


def recompute_and_save(
    clock: Clock, case: Complaint, *, cause: str, at: datetime, reckoner: Reckoner, policy_id: int | None = None
) -> None:
    """Recompute one clock of a case and write its move; for holders of the case's lock, inside `signed`."""
    change = reckoner.recompute(
        clock, pauses_of(case), extensions_of(clock), cause=cause, policy_id=policy_id or clock.policy_id, at=at
    )
    clock.save()
    if change is not None:
        change.save()


def pauses_of(case: Complaint) -> list[rules.Pause]:
    """The pauses of the case as its clocks see them."""
    return [rules.Pause(*pause) for pause in case.pauses.values_list("category", "began_at", "ended_at")]


def extensions_of(clock: Clock) -> list[rules.Extension]:
    """What was added to the clock."""
    granted = clock.extensions.filter(state=ExtensionState.APPROVED)
    return [rules.Extension(*given) for given in granted.values_list("amount", "decided_at")]


def events_of(clocks: Sequence[Clock]) -> tuple[dict[int, list[rules.Pause]], dict[int, list[rules.Extension]]]:
    """The pauses by case and the extensions by clock of many clocks, in two statements."""
    pauses: dict[int, list[rules.Pause]] = {}
    cases = {clock.case_id for clock in clocks}
    for case_id, *pause in Pause.objects.filter(case_id__in=cases).values_list(
        "case_id", "category", "began_at", "ended_at"
    ):
        pauses.setdefault(case_id, []).append(rules.Pause(*pause))
    extensions: dict[int, list[rules.Extension]] = {}
    granted = ClockExtension.objects.filter(clock_id__in=[clock.pk for clock in clocks], state=ExtensionState.APPROVED)
    for clock_id, *given in granted.values_list("clock_id", "amount", "decided_at"):
        extensions.setdefault(clock_id, []).append(rules.Extension(*given))
    return pauses, extensions
