"""The sweep of overdue cases: each level that fell due is raised once, and closed when its cause is gone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import F
from django.db.models.fields.json import KT

from casemgmt.ledger import signed
from casemgmt.outbox import About, Event, Word, announce, put_many
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Person
from casemgmt.setwise import insert_each, keys, read_each, update_each
from complaints.actions import causes
from complaints.actions.batches import Poison, Tally, reason_of, sweep_in_batches
from complaints.actions.reckoning import Reckoner
from complaints.actions.superiors import Superiors
from complaints.models import Clock, ComplaintSubject, Escalation, SetAside
from complaints.roles import day_of
from complaints.states import EscalationState
from policies.lookup import periods_in_force
from policies.rules.clocks import LevelMoment
from policies.rules.working_time import WorkingTime
from policies.values import EscalationSteps

ESCALATE = "escalate_overdue"
CLOSE = "close_escalations"
CASE = "complaints.complaint"
NOBODY: frozenset[int] = frozenset()


class DueClock(NamedTuple):
    """A clock whose next level has fallen due, with what is needed to raise it."""

    pk: int
    case_id: int
    kind: str
    due_at: datetime
    next_level: int
    next_level_at: datetime
    policy_id: int
    started_at: datetime
    ladder: str
    calendar: str
    days_policy_id: int
    case_number: str
    team_id: int | None
    handler_id: int | None
    backlog: bool


COLUMNS = (
    "pk", "case_id", "kind", "due_at", "next_level", "next_level_at", "policy_id", "started_at", "ladder",
    "calendar", "days_policy_id", "case__case_number", "case__team_id", "case__handler_id", "case__backlog",
)  # fmt: skip
INSTANTS = frozenset({"due_at", "next_level_at", "started_at"})


class Raised(NamedTuple):
    """One level of one clock to be raised."""

    clock: DueClock
    cause: str
    level: int
    due_at: datetime
    ladder: EscalationSteps
    named: object
    told: list
    remind_at: datetime | None


class NoticesOfARun:
    """How many notices each person got of one run: what comes after the first few is told in one."""

    def __init__(self, at: datetime):
        self.at = at
        self._told: Counter[int] = Counter()

    @cached_property
    def one_by_one(self) -> int:
        """So many as the policy says are told one by one."""
        return periods_in_force(self.at).notices_before_grouped

    def is_one_too_many(self, person: Person) -> bool:
        """Count one more for this person."""
        self._told[person.id] += 1
        return self._told[person.id] > self.one_by_one


class _Overdue:
    """What one run knows: policies, superiors and the service account, each asked for once and only when needed."""

    def __init__(self, at: datetime):
        self.at = at
        self._times: dict[tuple, tuple[EscalationSteps, WorkingTime]] = {}
        self._passed: dict[tuple, frozenset[int]] = {}
        self._remind: dict[int, datetime | None] = {}
        self._reached: dict[tuple, tuple[Person | None, list[Person]]] = {}
        self._bells = NoticesOfARun(at)

    @cached_property
    def reckoner(self):
        return Reckoner()

    @cached_property
    def superiors(self):
        return Superiors(self.at)

    @cached_property
    def service(self):
        return service_account()

    def take(self, limit: int) -> Sequence[DueClock]:
        due = Clock.objects.running().filter(next_level_at__lt=self.at)
        due = due.exclude(pk__in=SetAside.objects.kept_from(ESCALATE, self.at)).order_by("next_level_at", "pk")
        named = due.annotate(ladder=KT("working__escalation"), calendar=KT("working__calendar"))
        rows = named.select_for_update(skip_locked=True)[:limit]
        return list(map(DueClock._make, read_each(rows, COLUMNS, instants=INSTANTS)))

    def settle(self, clocks: Sequence[DueClock]) -> list[Poison]:
        about, unmoved = _subjects_of(clocks), _unmoved_by(clocks)
        raised, moved, poison = [], [], []
        for clock in clocks:
            try:
                steps, time = self._ladder(clock)
                levels, following = self._levels(clock, steps, time)
                passed_over = self._passed_over(clock, about.get(clock.case_id, ()))
                idle = unmoved.get(clock.pk, NOBODY)
                raised.extend(self._raise(clock, moment, steps, time, passed_over, idle) for moment in levels)
            except (LookupError, ArithmeticError, ValueError, TypeError) as error:
                poison.append(Poison(clock, reason_of(error)))
            else:
                moved.append((clock.pk, following and following.level, following and following.at))
        self._write(raised)
        update_each(Clock, ("next_level", "next_level_at"), moved)
        self._tell(raised)
        return poison

    def _levels(
        self, clock: DueClock, steps: EscalationSteps, time: WorkingTime
    ) -> tuple[list[LevelMoment], LevelMoment | None]:
        """The levels that have fallen due, the first at the instant the clock names, and the one that follows."""
        due: list[LevelMoment] = []
        for step in steps.steps[clock.next_level - 1 :]:
            first = step.level == clock.next_level
            moment = LevelMoment(
                step.level, clock.next_level_at if first else time.after(clock.due_at, step.after), step.to_role
            )
            if moment.at >= self.at:
                return due, moment
            due.append(moment)
        return due, None

    def _ladder(self, clock: DueClock) -> tuple[EscalationSteps, WorkingTime]:
        key = (clock.ladder, clock.calendar, clock.days_policy_id)
        if key not in self._times:
            self._times[key] = self.reckoner.ladder(*map(int, key), clock.started_at)
        return self._times[key]

    def _passed_over(self, clock: DueClock, subjects) -> frozenset[int]:
        key = (clock.handler_id, subjects)
        if key not in self._passed:
            self._passed[key] = frozenset({clock.handler_id, *subjects} - {None})
        return self._passed[key]

    def _raise(
        self,
        clock: DueClock,
        moment: LevelMoment,
        ladder: EscalationSteps,
        time: WorkingTime,
        passed_over: frozenset[int],
        unmoved: frozenset[int],
    ) -> Raised:
        question = (clock.team_id, moment.to_role, passed_over, unmoved)
        if question not in self._reached:
            self._reached[question] = self._reach(*question)
        named, told = self._reached[question]
        if ladder.policy_id not in self._remind:
            within = ladder.acknowledge_within
            self._remind[ladder.policy_id] = None if within is None else time.after(self.at, within)
        remind_at = self._remind[ladder.policy_id]
        return Raised(clock, f"clock:{clock.pk}", moment.level, moment.at, ladder, named, told, remind_at)

    def _reach(self, team_id: int | None, to_role: str, passed_over: frozenset[int], unmoved: frozenset[int]):
        named = self.superiors.named(team_id, to_role, passed_over | unmoved)
        if named is None and unmoved:
            named = self.superiors.named(team_id, to_role, passed_over)
        return named, self.superiors.told(team_id, named, passed_over)

    def _write(self, raised: Sequence[Raised]) -> None:
        with signed(by=self.service, reason="escalation.came_back", at=self.at):
            self._bring_back(raised)
        by_ladder: dict[tuple, list[Raised]] = {}
        for found in raised:
            by_ladder.setdefault((found.ladder.policy_id, found.remind_at), []).append(found)
        for (policy_id, remind_at), rows in by_ladder.items():
            self._insert(rows, policy_id=policy_id, remind_at=remind_at)

    def _insert(self, raised: Sequence[Raised], **of_the_ladder) -> None:
        insert_each(
            Escalation,
            ("case_id", "cause", "level", "due_at", "to_person_id"),
            [
                (found.clock.case_id, found.cause, found.level, found.due_at, found.named and found.named.id)
                for found in raised
            ],
            fixed={
                "version": 1,
                "state": EscalationState.OPEN,
                "raised_at": self.at,
                "raised_by_id": self.service.pk,
                "decision": "",
            }
            | of_the_ladder,
        )

    @staticmethod
    def _bring_back(raised: Sequence[Raised]) -> None:
        cases = keys({found.clock.case_id for found in raised})
        closed = Escalation.objects.filter(case_id__in=cases, state=EscalationState.CLOSED)
        known = {tuple(key): pk for pk, *key in closed.values_list("pk", "case_id", "cause", "level", "due_at")}
        if not known:
            return
        wanted = {(found.clock.case_id, found.cause, found.level, found.due_at): found.remind_at for found in raised}
        back: dict[datetime | None, list[int]] = {}
        for key in wanted.keys() & known.keys():
            back.setdefault(wanted[key], []).append(known[key])
        for remind_at, found in back.items():
            Escalation.objects.filter(pk__in=found).update(
                state=EscalationState.OPEN, closed_at=None, remind_at=remind_at, version=F("version") + 1
            )

    def _tell(self, raised: Sequence[Raised]) -> None:
        day = day_of(self.at).isoformat()
        words, facts = {}, {}
        for found in raised:
            for person in found.told:
                if not found.clock.backlog and self._bells.is_one_too_many(person):
                    key = f"notice.escalated.many:{self.at.isoformat()}:{person.id}"
                    words[key] = Word("notice.escalated.many", key, person)
                elif found.clock.backlog:
                    key = f"notice.escalated.backlog:{day}:{person.id}"
                    words[key] = Word("notice.escalated.backlog", key, person)
                else:
                    key = f"notice.escalated:{found.cause}:{found.level}:{found.due_at.isoformat()}:{person.id}"
                    words[key] = Word(
                        "notice.escalated.clock",
                        key,
                        person,
                        About(CASE, found.clock.case_id),
                        found.clock.case_number,
                        facts.setdefault(found.level, {"level": found.level}),
                    )
        put_many(words.values(), at=self.at)
        announce((_event(found) for found in raised if not found.clock.backlog), at=self.at)


def _event(found: Raised) -> Event:
    key = f"notice.escalated:{found.cause}:{found.level}:{found.due_at.isoformat()}"
    about = About(CASE, found.clock.case_id)
    return Event("notice.escalated.clock", key, about, found.clock.case_number, {"level": found.level})


def _subjects_of(clocks: Sequence[DueClock]) -> dict[int, tuple[int, ...]]:
    named: dict[int, tuple[int, ...]] = {}
    subjects = ComplaintSubject.objects.filter(
        lifted_at__isnull=True, case_id__in=keys({clock.case_id for clock in clocks})
    )
    for case_id, person_id in subjects.order_by("pk").values_list("case_id", "person_id"):
        named[case_id] = (*named.get(case_id, ()), person_id)
    return named


def _unmoved_by(clocks: Sequence[DueClock]) -> dict[int, frozenset[int]]:
    """Of each clock whom its lower levels went to without their taking note: the next one goes to somebody else."""
    higher = {f"clock:{clock.pk}": clock for clock in clocks if clock.next_level > 1}
    if not higher:
        return {}
    waiting = Escalation.objects.filter(
        case_id__in=keys({clock.case_id for clock in higher.values()}),
        state=EscalationState.OPEN,
        to_person__isnull=False,
        cause__startswith="clock:",
    )
    named: dict[int, frozenset[int]] = {}
    for cause, person_id in waiting.values_list("cause", "to_person_id"):
        if cause in higher:
            pk = higher[cause].pk
            named[pk] = named.get(pk, NOBODY) | {person_id}
    return named


def escalate_overdue(at: datetime) -> Tally:
    """Raise every level of every clock that fell due before `at`, once for ever, and tell whoever it goes to.

    After an outage each missed level is made, with the instant at which it fell due and the one at which it was
    noticed. A case that somebody is moving right now is left to the next tick. One that was closed because its
    cause was gone comes back. Notices about cases from the backlog are grouped: one a person and day (S-ESC-05).
    """
    overdue = _Overdue(at)
    return sweep_in_batches(
        ESCALATE, Clock, at=at, reason="escalation.raised", take=overdue.take, settle=overdue.settle
    )


def close_escalations(at: datetime) -> Tally:
    """Close what waits although its cause is gone: answered, paid, kept, called. The second time finds none."""

    def take(limit):
        waiting = causes.undecided().exclude(pk__in=SetAside.objects.kept_from(CLOSE, at))
        gone = causes.without_cause(waiting, at=at).order_by("pk").values_list("pk", "case_id")[:limit]
        locked = Escalation.objects.filter(pk__in=[pk for pk, _ in gone], state__in=causes.UNDECIDED)
        return list(locked.select_for_update(skip_locked=True).values_list("pk", "case_id", "case__case_number"))

    def settle(rows):
        Escalation.objects.filter(pk__in=[row[0] for row in rows]).update(
            state=EscalationState.CLOSED, closed_at=at, remind_at=None, version=F("version") + 1
        )

    return sweep_in_batches(CLOSE, Escalation, at=at, reason="escalation.cause_gone", take=take, settle=settle)
