"""A request waits nowhere unseen: whoever may decide is reminded once, then it goes up, level after level."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from django.db.models import F, QuerySet, Value

from casemgmt import sweeps
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.accounts import service_account
from complaints.actions import causes
from complaints.actions.assigning import subjects_of_each
from complaints.actions.batches import ONE_BY_ONE, Poison, Tally, sweep_in_batches, sweep_once
from complaints.actions.escalating import raise_escalation
from complaints.actions.overdue import CASE
from complaints.actions.superiors import Superiors
from complaints.models import Complaint, Escalation, SetAside
from policies.lookup import NothingInForce, periods_in_force, working_time_in_force
from policies.rules.working_time import OutsideTheCalendar, WorkingTime
from policies.values import Length, PeriodPolicy

REMIND = "remind_of_requests"
ESCALATE = "escalate_requests"
MINUTES = "working_minutes"


class Request(NamedTuple):
    """A request that waits, with what is needed to tell of it, and the moment that is asked about.

    `due_at` is None where no calendar reaches: nobody can be told when it was due.
    """

    pk: int
    case_id: int
    case_number: str
    team_id: int | None
    handler_id: int | None
    asked_by: int
    asked_at: datetime
    due_at: datetime | None


def to_be_decided_by(asked_at: datetime, periods: PeriodPolicy, time: WorkingTime) -> datetime:
    """When a request that was asked for then goes up, in working minutes of the house."""
    return time.after(asked_at, Length(periods.request_decision_minutes, MINUTES))


def remind_of_requests(at: datetime) -> Tally:
    """Remind whoever may decide of every request that waited as long as the policy says, once; and let it go up once
    it waited longer (S-SLA-02, S-ESC-01). Requests of every kind alike.

    Never the asker, the handler, or a subject of the complaint. What was decided meanwhile is told to nobody. The
    second time finds nothing due; after an outage each is told once.
    """
    periods = periods_in_force(at)
    time = working_time_in_force(at, periods.calendar)
    since = sweeps.last_start(REMIND)
    superiors = cache(partial(Superiors, at))
    tally = Tally()
    for kind in causes.REQUESTS:
        tally += _remind(kind, _requests(kind, periods.request_reminder_minutes, time, at), superiors, since, at)
        tally += _escalate(kind, periods.request_decision_minutes, time, at)
    return tally


def _requests(kind: str, minutes: int, time: WorkingTime, at: datetime) -> Iterator[Request]:
    """Those that wait for so many working minutes; what was asked for less long ago by any clock is not read."""
    waiting = causes.WAITING[kind]
    rows = _asked_by_then(kind, at - timedelta(minutes=minutes)).order_by(waiting.asked_at, "pk")
    cases = Complaint.objects.filter(pk__in=rows.order_by().values("on_case"))
    known = {row[0]: row for row in cases.values_list("pk", "case_number", "team_id", "handler_id")}
    for pk, on_case, asked_by, asked_at in rows.values_list("pk", "on_case", waiting.asked_by, waiting.asked_at):
        due_at = _after(asked_at, minutes, time)
        if on_case in known and (due_at is None or due_at <= at):
            yield Request(pk, *known[on_case], asked_by, asked_at, due_at)


def _asked_by_then(kind: str, moment: datetime) -> QuerySet:
    waiting = causes.WAITING[kind]
    return waiting.rows().filter(on_case__isnull=False, **{f"{waiting.asked_at}__lte": moment})


def _after(asked_at: datetime, minutes: int, time: WorkingTime) -> datetime | None:
    try:
        return time.after(asked_at, Length(minutes, MINUTES))
    except OutsideTheCalendar:
        return None


def _late(kind: str, minutes: int, time: WorkingTime, at: datetime) -> dict[int, Request]:
    """Those that should have been decided by now, and of which no superior knows yet."""
    late = {row.pk: row for row in _requests(kind, minutes, time, at) if row.due_at is None or row.due_at < at}
    codes = [causes.cause(kind, pk) for pk in late]
    raised = set(Escalation.objects.filter(cause__in=codes, level=1).values_list("cause", "due_at"))
    return {pk: row for pk, row in late.items() if (causes.cause(kind, pk), row.due_at) not in raised}


def late_requests(at: datetime) -> list[datetime]:
    """Since when each request of any kind should be decided of which no superior knows yet, the oldest first.

    Without policies nothing falls due.
    """
    try:
        periods = periods_in_force(at)
    except NothingInForce:
        return []
    time = working_time_in_force(at, periods.calendar)
    minutes = periods.request_decision_minutes
    rows = [
        _asked_by_then(kind, at - timedelta(minutes=minutes))
        .annotate(asked_for=Value(kind), since=F(causes.WAITING[kind].asked_at))
        .order_by()
        .values_list("asked_for", "pk", "since")
        for kind in causes.REQUESTS
    ]
    due = {
        causes.cause(kind, pk): _after(asked_at, minutes, time)
        for kind, pk, asked_at in rows[0].union(*rows[1:], all=True)
    }
    late = {(cause, moment) for cause, moment in due.items() if moment is not None and moment < at}
    known = Escalation.objects.filter(cause__in=[cause for cause, _ in late], level=1).values_list("cause", "due_at")
    return sorted(moment for _, moment in late.difference(known))


def _without_moment(rows: Iterable[Request]) -> list[Poison]:
    return [Poison(row, OutsideTheCalendar.__name__) for row in rows if row.due_at is None]


def _remind(
    kind: str, requests: Iterable[Request], superiors: Callable[[], Superiors], since: datetime | None, at: datetime
) -> Tally:
    """Those that fell due after the sweep began last; the key of each notice makes it one for ever anyhow."""
    name = f"{REMIND}.{kind}"
    again = set(SetAside.objects.tried_again(name, at).values_list("row", flat=True))
    due = [row for row in requests if row.due_at is None or since is None or row.due_at > since or row.pk in again]

    def settle(rows: Sequence[Request]) -> list[Poison]:
        told = [row for row in rows if row.due_at is not None]
        put_many(_words(kind, told, superiors()), at=at)
        return _without_moment(rows)

    return sweep_once(name, causes.WAITING[kind].model, due, settle, at=at, reason="clock.warned")


def _words(kind: str, requests: Sequence[Request], superiors: Superiors) -> Iterator[Word]:
    subjects = subjects_of_each({request.case_id for request in requests})
    for request in requests:
        passed_over = subjects[request.case_id] | ({request.asked_by, request.handler_id} - {None})
        for person in superiors.told(request.team_id, None, passed_over):
            key = f"notice.request_waits:{kind}:{request.pk}:{request.asked_at.isoformat()}:{person.pk}"
            about = About(CASE, request.case_id)
            yield Word(f"notice.request_waits.{kind}", key, person, about, request.case_number)


def _escalate(kind: str, minutes: int, time: WorkingTime, at: datetime) -> Tally:
    """The first level; the ladder of the policy raises those above while it still waits."""
    waiting = causes.WAITING[kind]
    name = f"{ESCALATE}.{kind}"

    def take(limit: int) -> Sequence[Request]:
        requests = _late(kind, minutes, time, at)
        rows = waiting.rows().filter(pk__in=requests).exclude(pk__in=SetAside.objects.kept_from(name, at))
        rows = rows.order_by(waiting.asked_at, "pk").select_for_update(skip_locked=True, of=("self",))
        return [requests[pk] for pk in rows.values_list("pk", flat=True)[:limit]]

    def settle(rows: Sequence[Request]) -> list[Poison]:
        service = service_account()
        cases = Complaint.objects.in_bulk({row.case_id for row in rows})
        for row in rows:
            if row.due_at is not None:
                about = causes.cause(kind, row.pk)
                raise_escalation(cases[row.case_id], cause=about, level=1, due_at=row.due_at, by=service, at=at)
        return _without_moment(rows)

    return sweep_in_batches(
        name, waiting.model, at=at, reason="request.overdue", take=take, settle=settle, size=ONE_BY_ONE
    )
