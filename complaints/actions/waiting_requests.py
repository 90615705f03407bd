"""A request waits nowhere unseen: whoever may decide is reminded once, then it goes up, level after level."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from casemgmt import sweeps
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.accounts import service_account
from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.escalating import raise_escalation
from complaints.actions.overdue import CASE
from complaints.actions.superiors import Superiors
from complaints.models import Complaint, ComplaintSubject, Escalation, SetAside
from policies.lookup import periods_in_force, working_time_in_force
from policies.rules.working_time import WorkingTime
from policies.values import Length, PeriodPolicy

REMIND = "remind_of_requests"
ESCALATE = "escalate_requests"
MINUTES = "working_minutes"
ONE_BY_ONE = 100


class Request(NamedTuple):
    """A request that waits, with what is needed to tell of it."""

    pk: int
    case_id: int
    case_number: str
    team_id: int | None
    handler_id: int | None
    asked_by: int
    asked_at: datetime


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
    reminded = sum(_remind(kind, periods, time, since=since, at=at) for kind in causes.REQUESTS)
    tally = Tally(reminded, reminded)
    for kind in causes.REQUESTS:
        tally += _escalate(kind, periods, time, at=at)
    return tally


def _requests(kind: str) -> Iterator[Request]:
    waiting = causes.WAITING[kind]
    rows = waiting.rows().filter(on_case__isnull=False).order_by(waiting.asked_at, "pk")
    cases = Complaint.objects.filter(pk__in=rows.order_by().values("on_case"))
    known = {row[0]: row for row in cases.values_list("pk", "case_number", "team_id", "handler_id")}
    for pk, on_case, asked_by, asked_at in rows.values_list("pk", "on_case", waiting.asked_by, waiting.asked_at):
        if on_case in known:
            yield Request(pk, *known[on_case], asked_by, asked_at)


def _remind(kind: str, periods: PeriodPolicy, time: WorkingTime, *, since: datetime | None, at: datetime) -> int:
    """Those that fell due after the sweep began last; the key of each notice makes it one for ever anyhow."""
    length = Length(periods.request_reminder_minutes, MINUTES)
    due = [
        request
        for request in _requests(kind)
        if (moment := time.after(request.asked_at, length)) <= at and (since is None or moment > since)
    ]
    if not due:
        return 0
    subjects: dict[int, set[int]] = {}
    named = ComplaintSubject.objects.filter(case__in=[request.case_id for request in due], lifted_at__isnull=True)
    for case_id, person_id in named.values_list("case_id", "person_id"):
        subjects.setdefault(case_id, set()).add(person_id)
    superiors = Superiors(at)
    words = []
    for request in due:
        passed_over = {request.asked_by, request.handler_id, *subjects.get(request.case_id, ())} - {None}
        for person in superiors.told(request.team_id, None, frozenset(passed_over)):
            key = f"notice.request_waits:{kind}:{request.pk}:{request.asked_at.isoformat()}:{person.pk}"
            about = About(CASE, request.case_id)
            words.append(Word(f"notice.request_waits.{kind}", key, person, about, request.case_number))
    put_many(words, at=at)
    return len(due)


def _escalate(kind: str, periods: PeriodPolicy, time: WorkingTime, *, at: datetime) -> Tally:
    """The first level; the ladder of the policy raises those above while it still waits."""
    waiting = causes.WAITING[kind]

    def due() -> dict[int, datetime]:
        moments = {request.pk: to_be_decided_by(request.asked_at, periods, time) for request in _requests(kind)}
        late = {pk: moment for pk, moment in moments.items() if moment < at}
        codes = [causes.cause(kind, pk) for pk in late]
        raised = set(Escalation.objects.filter(cause__in=codes, level=1).values_list("cause", "due_at"))
        return {pk: moment for pk, moment in late.items() if (causes.cause(kind, pk), moment) not in raised}

    def take(limit: int) -> Sequence[tuple]:
        moments = due()
        rows = waiting.rows().filter(pk__in=moments).exclude(pk__in=SetAside.objects.kept_from(ESCALATE, at))
        rows = rows.order_by(waiting.asked_at, "pk").select_for_update(skip_locked=True, of=("self",))
        return [(pk, case_id, moments[pk]) for pk, case_id in rows.values_list("pk", "on_case")[:limit]]

    def settle(rows: Sequence[tuple]) -> None:
        service = service_account()
        cases = Complaint.objects.in_bulk({case_id for _pk, case_id, _moment in rows})
        for pk, case_id, moment in rows:
            cause = causes.cause(kind, pk)
            raise_escalation(cases[case_id], cause=cause, level=1, due_at=moment, by=service, at=at)

    return sweep_in_batches(
        ESCALATE, waiting.model, at=at, reason="request.overdue", take=take, settle=settle, size=ONE_BY_ONE
    )
