"""A customer hears something each working day while another department works (S-SLA-09, S-TRA-02, S-ESC-07)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from casemgmt.outbox import About, Word, put_many
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Person
from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.escalating import raise_escalation
from complaints.actions.overdue import CASE
from complaints.models import Complaint, Contact, DepartmentTask, ProgressNotice, SetAside
from complaints.states import INSIDE, TaskState
from complaints.vocabulary import ContactOutcome, Direction
from policies.lookup import periods_in_force, working_time_in_force
from policies.rules.working_time import WorkingTime
from policies.values import Length, PeriodPolicy

OWE = "owe_progress"
COUNT = "count_progress"
REMIND = "remind_of_progress"
DROP = "drop_progress"
MINUTE = timedelta(minutes=1)
AT_ONCE = 500
MOST_DAYS = 400
"""More days than this nobody counts; the message says "for a long time" either way."""


class Pace(NamedTuple):
    """How often a waiting customer hears from us."""

    periods: PeriodPolicy
    time: WorkingTime

    def after(self, moment: datetime) -> datetime:
        """When the next message falls due after this moment, moved into working time."""
        raw = moment + timedelta(hours=self.periods.progress_message_hours)
        return self.time.after(raw, Length(1, "working_minutes")) - MINUTE

    def remind_at(self, due_at: datetime) -> datetime:
        """When a message that is due and not sent is asked for again."""
        return self.time.after(due_at, Length(self.periods.progress_reminder_minutes, "working_minutes"))


def pace_in_force(at: datetime) -> Pace:
    """The pace of the policy."""
    periods = periods_in_force(at)
    return Pace(periods, working_time_in_force(at, periods.calendar))


def open_notices() -> QuerySet[ProgressNotice]:
    """Messages of progress that are due and not sent."""
    return ProgressNotice.objects.filter(told_at__isnull=True, dropped_at__isnull=True)


def _open_tasks() -> QuerySet[DepartmentTask]:
    return DepartmentTask.objects.filter(case=OuterRef("pk"), state=TaskState.OPEN).order_by()


def waiting_for_a_department() -> QuerySet[Complaint]:
    """Cases in our own hands for which a department was asked to do something and has not."""
    return Complaint.objects.filter(Exists(_open_tasks()), state__in=INSIDE)


def note_progress_told(contact: Contact) -> None:
    """Whatever the customer hears from us is the message of the day. Inside the caller's transaction and signature."""
    if contact.direction != Direction.OUTGOING or contact.outcome != ContactOutcome.DELIVERED:
        return
    for notice in open_notices().filter(case=contact.case_id):
        notice.contact, notice.told_at = contact, contact.recorded_at
        notice.save()


def owe_progress(at: datetime) -> Tally:
    """Messages of progress: those that fell due, those that nobody sent, and those that nobody needs any more.

    A case owes one message at a time; each further working day counts in it, goes to the handler as a reminder, and
    from the second day on up the ladder. Twice is harmless, and after an outage one message covers every day.
    """
    pace = pace_in_force(at)
    return _drop(at) + _owe(pace, at) + _count(pace, at) + _remind(at)


def _drop(at: datetime) -> Tally:
    gone = open_notices().exclude(case__in=waiting_for_a_department())

    def take(limit: int) -> Sequence[tuple]:
        rows = gone.exclude(pk__in=SetAside.objects.kept_from(DROP, at)).order_by("pk")
        return list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "case_id")[:limit])

    def settle(rows: Sequence[tuple]) -> None:
        ProgressNotice.objects.filter(pk__in=[row[0] for row in rows]).update(dropped_at=at)

    return sweep_in_batches(
        DROP, ProgressNotice, at=at, reason="progress.dropped", take=take, settle=settle, size=AT_ONCE
    )


def _owe(pace: Pace, at: datetime) -> Tally:
    asked = _open_tasks().values("case").annotate(first=Min("made_at")).values("first")
    heard = Contact.objects.filter(
        case=OuterRef("pk"),
        direction=Direction.OUTGOING,
        outcome=ContactOutcome.DELIVERED,
        dispatch__failed_at__isnull=True,
    )
    last = heard.order_by().values("case").annotate(last=Max("occurred_at")).values("last")
    owing = waiting_for_a_department().filter(handler__isnull=False)
    owing = owing.exclude(Exists(open_notices().filter(case=OuterRef("pk")))).annotate(asked=Subquery(asked))
    owing = owing.annotate(since=Greatest("asked", Coalesce(Subquery(last), "asked")))
    owing = owing.filter(since__lte=at - timedelta(hours=pace.periods.progress_message_hours))

    def take(limit: int) -> Sequence[tuple]:
        rows = owing.exclude(pk__in=SetAside.objects.kept_from(OWE, at)).order_by("pk")
        due = {pk: pace.after(since) for pk, since in rows.values_list("pk", "since")}
        due = {pk: moment for pk, moment in due.items() if moment <= at}
        rows = Complaint.objects.filter(pk__in=list(due)[:limit]).select_for_update(skip_locked=True, of=("self",))
        found = rows.order_by("pk").values_list("pk", "pk", "case_number", "handler_id")
        return [(*row, due[row[0]]) for row in found]

    def settle(rows: Sequence[tuple]) -> None:
        made = [_made(row, pace, at) for row in rows]
        ProgressNotice.objects.bulk_create(made)
        _tell("notice.progress_due", [(row[1], row[2], row[3], row[4]) for row in rows], at)
        late = {row[1]: pace.after(row[4]) for row, notice in zip(rows, made, strict=True) if notice.days > 1}
        _escalate(late, at)

    return sweep_in_batches(OWE, Complaint, at=at, reason="progress.fell_due", take=take, settle=settle, size=AT_ONCE)


def _made(row: tuple, pace: Pace, at: datetime) -> ProgressNotice:
    _pk, case_id, _number, handler_id, due_at = row
    days, next_at = _days_until(due_at, pace, at)
    return ProgressNotice(
        case_id=case_id,
        owner_id=handler_id,
        due_at=due_at,
        made_at=at,
        next_at=next_at,
        remind_at=pace.remind_at(due_at) if days == 1 else None,
        days=days,
        policy_id=pace.periods.policy_id,
    )


def _days_until(due_at: datetime, pace: Pace, at: datetime) -> tuple[int, datetime]:
    days, next_at = 1, pace.after(due_at)
    while next_at <= at and days < MOST_DAYS:
        days, next_at = days + 1, pace.after(next_at)
    return days, max(next_at, at + MINUTE)


def _count(pace: Pace, at: datetime) -> Tally:
    due = open_notices().filter(next_at__lte=at)

    def take(limit: int) -> Sequence[tuple]:
        rows = due.exclude(pk__in=SetAside.objects.kept_from(COUNT, at)).order_by("next_at", "pk")
        columns = ("pk", "case_id", "case__case_number", "case__handler_id", "next_at", "days", "due_at")
        return list(rows.select_for_update(skip_locked=True, of=("self",)).values_list(*columns)[:limit])

    def settle(rows: Sequence[tuple]) -> None:
        for pk, _case, _number, handler, next_at, days, _due_at in rows:
            more, following = _days_until(next_at, pace, at)
            ProgressNotice.objects.filter(pk=pk).update(
                days=days + more, next_at=following, remind_at=None, **({"owner_id": handler} if handler else {})
            )
        _tell("notice.progress_missed", [(row[1], row[2], row[3], row[4]) for row in rows], at)
        _escalate({row[1]: row[4] for row in rows if row[5] == 1}, at)

    return sweep_in_batches(
        COUNT, ProgressNotice, at=at, reason="progress.missed", take=take, settle=settle, size=AT_ONCE
    )


def _remind(at: datetime) -> Tally:
    due = open_notices().filter(remind_at__lte=at)

    def take(limit: int) -> Sequence[tuple]:
        rows = due.exclude(pk__in=SetAside.objects.kept_from(REMIND, at)).order_by("remind_at", "pk")
        columns = ("pk", "case_id", "case__case_number", "case__handler_id", "remind_at")
        return list(rows.select_for_update(skip_locked=True, of=("self",)).values_list(*columns)[:limit])

    def settle(rows: Sequence[tuple]) -> None:
        ProgressNotice.objects.filter(pk__in=[row[0] for row in rows]).update(remind_at=None)
        _tell("notice.progress_waits", [row[1:] for row in rows], at)

    return sweep_in_batches(
        REMIND, ProgressNotice, at=at, reason="progress.reminded", take=take, settle=settle, size=AT_ONCE
    )


def _tell(code: str, rows: Sequence[tuple], at: datetime) -> None:
    """One notice to each handler; rows hold the case, its number, the person and the nominal instant."""
    people = Person.objects.in_bulk({handler for _case, _number, handler, _moment in rows if handler is not None})
    words = [
        Word(code, f"{code}:{case}:{moment.isoformat()}:{handler}", people[handler], About(CASE, case), number)
        for case, number, handler, moment in rows
        if handler is not None
    ]
    put_many(words, at=at)


def _escalate(missed: dict[int, datetime], at: datetime) -> None:
    """The first level, for cases whose customer heard nothing for a whole working day more; the ladder goes on."""
    if not missed:
        return
    service = service_account()
    for notice in open_notices().filter(case__in=missed).select_related("case"):
        raise_escalation(
            notice.case,
            cause=causes.cause(causes.PROGRESS, notice.pk),
            level=1,
            due_at=missed[notice.case_id],
            by=service,
            at=at,
        )
