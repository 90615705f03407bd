"""An escalation that nobody takes note of is not forgotten: its person is reminded, then the next level hears of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from casemgmt.outbox import About, Word, put_many
from casemgmt.setwise import insert_each, update_each
from complaints.actions import causes
from complaints.actions.assigning import subjects_of_each
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.overdue import CASE, NoticesOfARun
from complaints.actions.superiors import Superiors
from complaints.models import Clock, Escalation, EscalationReminder, SetAside
from policies.lookup import policies_by_id, working_time_in_force
from policies.rules.clocks import reminders_due
from policies.rules.working_time import WorkingTime
from policies.values import EscalationSteps

REMIND = "remind_of_escalations"
AT_ONCE = 1000


class Unnoticed(NamedTuple):
    """An escalation of which nobody took note, with what is needed to remind of it."""

    pk: int
    case_id: int
    case_number: str
    team_id: int | None
    handler_id: int | None
    to_person_id: int | None
    raised_by_id: int
    cause: str
    level: int
    policy_id: int | None
    remind_at: datetime
    next_level_at: datetime | None
    reminded: int


def remind_of_escalations(at: datetime) -> Tally:
    """Remind whoever an escalation lies with, as often as its ladder says; then let it go one level up (S-ESC-01).

    Each reminder is one for ever, with the instant at which it fell due and the one at which it was made; those that
    an outage skipped are made afterwards and told in one notice. Somebody who is away is reminded through whoever
    stands in. At the top the reminders go on until somebody takes note. The second time finds nothing due.
    """
    return sweep_in_batches(
        REMIND,
        Escalation,
        at=at,
        reason="escalation.not_acknowledged",
        take=lambda limit: _take(limit, at),
        settle=lambda rows: _settle(rows, at),
        size=AT_ONCE,
    )


def _take(limit: int, at: datetime) -> Sequence[Unnoticed]:
    """The case is locked with it, as every action does, so that nobody takes note in between."""
    due = Escalation.objects.unnoticed().filter(remind_at__lte=at)
    due = due.exclude(pk__in=SetAside.objects.kept_from(REMIND, at)).order_by("remind_at", "pk")
    made = EscalationReminder.objects.filter(escalation=OuterRef("pk")).order_by().values("escalation")
    counted = Subquery(made.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    rows = due.annotate(reminded_so_far=Coalesce(counted, 0))
    locked = rows.select_for_update(skip_locked=True, no_key=True, of=("self", "case")).select_related("case")
    return [_unnoticed(row) for row in locked[:limit]]


def _unnoticed(row: Escalation) -> Unnoticed:
    return Unnoticed(
        row.pk,
        row.case_id,
        row.case.case_number,
        row.case.team_id,
        row.case.handler_id,
        row.to_person_id,
        row.raised_by_id,
        row.cause,
        row.level,
        row.policy_id,
        row.remind_at,
        row.next_level_at,
        row.reminded_so_far,
    )


def _settle(rows: Sequence[Unnoticed], at: datetime) -> None:
    ladders = policies_by_id({row.policy_id for row in rows} - {None})
    made, again, higher, words = [], [], [], []
    superiors = Superiors(at)
    passed_over = _passed_over(rows)
    bells = NoticesOfARun(at)
    times: dict[str, WorkingTime] = {}
    for row in rows:
        ladder = ladders.get(row.policy_id)
        if ladder is None or ladder.acknowledge_within is None:
            again.append((row.pk, None))
            continue
        if ladder.calendar not in times:
            times[ladder.calendar] = working_time_in_force(at, ladder.calendar)
        time = times[ladder.calendar]
        goes_higher = _has_a_level_above(row, ladder)
        due, following = reminders_due(row.remind_at, at, ladder, time, made=row.reminded, is_top=not goes_higher)
        numbers = range(row.reminded + 1, row.reminded + 1 + len(due))
        goes_higher = goes_higher and numbers[-1] > ladder.reminders
        made += [
            (row.pk, number, moment, goes_higher and number > ladder.reminders)
            for number, moment in zip(numbers, due, strict=True)
        ]
        again.append((row.pk, None if goes_higher else following))
        if goes_higher:
            higher.append((row, due[-1]))
        reached = superiors.reached(row.to_person_id, passed_over[row.pk])
        for person in superiors.told(row.team_id, reached, passed_over[row.pk]):
            words.append(_word(row, numbers[-1], person, at, is_one_of_many=bells.is_one_too_many(person)))
    insert_each(EscalationReminder, ("escalation_id", "number", "due_at", "goes_higher"), made, fixed={"made_at": at})
    update_each(Escalation, ("remind_at",), again)
    _bring_forward(higher, at)
    put_many({word.key: word for word in words}.values(), at=at)


def _word(row: Unnoticed, number: int, person, at: datetime, *, is_one_of_many: bool) -> Word:
    if is_one_of_many:
        return Word("notice.escalation_waits.many", f"notice.escalation_waits:{at.isoformat()}:{person.pk}", person)
    key = f"notice.escalation_waits:{row.pk}:{number}:{person.pk}"
    about = About(CASE, row.case_id)
    return Word("notice.escalation_waits", key, person, about, row.case_number, {"level": row.level})


def _passed_over(rows: Sequence[Unnoticed]) -> dict[int, frozenset[int]]:
    """Of each escalation whom it does not go to: the handler, who asked, and the subjects of the complaint."""
    subjects = subjects_of_each({row.case_id for row in rows})
    return {row.pk: subjects[row.case_id] | ({row.handler_id, row.raised_by_id} - {None}) for row in rows}


def _has_a_level_above(row: Unnoticed, ladder: EscalationSteps) -> bool:
    """Whether one more level exists, and was not raised already."""
    if row.level >= max(step.level for step in ladder.steps):
        return False
    return causes.kind_of(row.cause) not in causes.CLIMBING or row.next_level_at is not None


def _bring_forward(higher: Sequence[tuple[Unnoticed, datetime]], at: datetime) -> None:
    """The next level falls due at the last reminder instead of later: the sweep of ladders raises it.

    A clock keeps its next level itself; where that was raised meanwhile nothing is left to bring forward.
    """
    clocks = {int(row.cause.partition(":")[2]): (row, moment) for row, moment in higher if _is_of_a_clock(row)}
    running = Clock.objects.running().filter(pk__in=clocks).values_list("pk", "next_level", "next_level_at")
    sooner = []
    for pk, next_level, next_level_at in running:
        row, moment = clocks[pk]
        if next_level == row.level + 1 and next_level_at > moment:
            sooner.append((pk, moment))
    update_each(Clock, ("next_level_at",), sooner)
    rest = [
        (row.pk, moment)
        for row, moment in higher
        if not _is_of_a_clock(row) and (row.next_level_at is None or row.next_level_at > moment)
    ]
    update_each(Escalation, ("next_level_at",), rest)


def _is_of_a_clock(row: Unnoticed) -> bool:
    return causes.kind_of(row.cause) == causes.CLOCK
