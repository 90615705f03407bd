"""Invariants 6, 7 and 10: what fell due went up once a level, follow-ups stand on a list, clocks equal their events."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from complaints.actions import causes
from complaints.actions.reckoning import Reckoner, events_of
from complaints.invariants.breaches import Breach, Check
from complaints.models import (
    Clock,
    Commitment,
    CompensationGrant,
    Escalation,
    EvidenceRequest,
    ExternalRoute,
    FollowUpCall,
    Pause,
    ScheduledCall,
)
from complaints.states import (
    ENDED,
    OPEN,
    CaseState,
    CommitmentState,
    EscalationState,
    EvidenceRequestState,
    FollowUpState,
)

UNFINISHED = (
    *(FollowUpState.SCHEDULED, FollowUpState.DUE, FollowUpState.ASKED, FollowUpState.NO_ANSWER, FollowUpState.REACHED),
)
OUTLIVING = (causes.SAFETY, causes.LEGAL)
"""Causes that wait until somebody lowers a flag, whatever became of the case."""
CLOCKS = Clock._meta.label_lower
AT_ONCE = 2000


def unswept(at: datetime) -> Iterator[Check]:
    """6: whatever fell due before `at` was noticed: levels, promises, payments, answers, requests, pauses, calls."""
    climbing = Escalation.objects.climbing().filter(next_level_at__lt=at)
    late = {
        "invariant.level_not_raised": Clock.objects.running().filter(next_level_at__lt=at),
        "invariant.next_level_not_raised": causes.with_cause(climbing, at=at),
        "invariant.promise_not_broken": Commitment.objects.due_before(at),
        "invariant.request_not_given_up": EvidenceRequest.objects.filter(
            state=EvidenceRequestState.ASKED, due_at__lt=at
        ),
        "invariant.pause_beyond_its_cap": Pause.objects.filter(ended_at__isnull=True, cap_at__lt=at),
        "invariant.follow_up_not_on_a_list": FollowUpCall.objects.filter(
            state=FollowUpState.SCHEDULED, scheduled_for__lt=at
        ),
        "invariant.follow_up_window_over": FollowUpCall.objects.filter(state=FollowUpState.DUE, window_ends_at__lt=at),
    }
    for code, rows in late.items():
        yield Check(6, code, _unchanged_since(at, rows))


def first_levels(at: datetime) -> Iterator[Breach]:
    """6: what fell due before `at`, a promise, a payment, an answer, went up for the instant at which it did."""
    broken = Commitment.objects.filter(Exists(_swept_break()), state=CommitmentState.BROKEN, due_at__lt=at)
    unpaid = CompensationGrant.objects.filter(state__in=causes.UNPAID, pay_by__lt=at)
    unanswered = ExternalRoute.objects.filter(
        state__in=causes.RUNNING,
        ended_at__isnull=True,
        answered_at__isnull=True,
        answer_due_at__lt=at,
        case__state__in=OPEN,
    )
    for code, rows, kind, instant in (
        ("invariant.promise_not_escalated", broken, causes.COMMITMENT, "due_at"),
        ("invariant.payment_not_escalated", unpaid, causes.GRANT, "pay_by"),
        ("invariant.answer_not_escalated", unanswered, causes.ROUTE, "answer_due_at"),
    ):
        raised = Escalation.objects.filter(cause__startswith=f"{kind}:").order_by().values_list("cause", "due_at")
        known = set(raised.iterator(chunk_size=AT_ONCE))
        unnoticed = _unchanged_since(at, rows).order_by("pk")
        for pk, fell_due_at in unnoticed.values_list("pk", instant).iterator(chunk_size=AT_ONCE):
            if (causes.cause(kind, pk), fell_due_at) not in known:
                yield Breach(6, code, rows.model._meta.label_lower, pk)


def _unchanged_since(at: datetime, rows: QuerySet) -> QuerySet:
    """Without what was written after the sweep: half of a split case inherits clocks that are overdue by then."""
    return rows.exclude(Exists(rows.model.history.filter(id=OuterRef("pk"), history_at__gt=at)))


def _swept_break():
    """The promise was broken by the sweep, which raises; by hand or by a payment it is somebody's own word."""
    return Commitment.history.filter(
        id=OuterRef("pk"), state=CommitmentState.BROKEN, history_change_reason="commitment.overdue"
    )


def once_a_level(at: datetime) -> Iterator[Breach]:
    """6: for each cause and ladder the levels are raised from the first on, none left out and none twice."""
    yield from _levels_of_clocks(at)
    yield from _levels_of_ladders()


def _levels_of_clocks(at: datetime) -> Iterator[Breach]:
    overdue = Clock.objects.overdue(at).order_by("pk").values_list("pk", "due_at", "next_level")
    levels: defaultdict[str, list[tuple[datetime, int]]] = defaultdict(list)
    raised = Escalation.objects.filter(cause__startswith=f"{causes.CLOCK}:")
    for cause, due_at, level in raised.order_by().values_list("cause", "due_at", "level").iterator(chunk_size=AT_ONCE):
        levels[cause].append((due_at, level))
    for pk, due_at, next_level in overdue.iterator(chunk_size=AT_ONCE):
        found = sorted(level for fell_due_at, level in levels[causes.cause(causes.CLOCK, pk)] if fell_due_at >= due_at)
        expected = found[: next_level - 1] if next_level is not None else found
        if expected != list(range(1, len(expected) + 1)) or len(set(found)) != len(found):
            shown = ", ".join(map(str, found)) or "–"
            yield Breach(6, "invariant.levels_of_clock", CLOCKS, pk, {"levels": shown})


def _levels_of_ladders() -> Iterator[Breach]:
    by_ladder = Q()
    for kind in causes.CLIMBING:
        by_ladder |= Q(cause=kind) | Q(cause__startswith=f"{kind}:")
    below = Escalation.objects.filter(case=OuterRef("case"), cause=OuterRef("cause"), level=OuterRef("level") - 1)
    above = Escalation.objects.filter(by_ladder, level__gt=1).exclude(Exists(below))
    yield from Check(6, "invariant.level_left_out", above, ("cause", "level")).breaches()


def waiting_on_closed() -> Iterator[Check]:
    """6: nobody waits for a superior on a closed case, but for a flag that outlives it."""
    waiting = Escalation.objects.filter(state__in=causes.UNDECIDED, case__state=CaseState.CLOSED)
    yield Check(6, "invariant.escalation_on_closed_case", waiting.exclude(cause__in=OUTLIVING), ("cause",))
    dated = Escalation.objects.filter(state=EscalationState.CLOSED, closed_at__isnull=True)
    yield Check(6, "invariant.escalation_closed_undated", dated)


def follow_ups() -> Iterator[Check]:
    """7: a follow-up that is due stands on one list, of somebody who works here; none is open on ended cases."""
    open_ones = FollowUpCall.objects.filter(state__in=UNFINISHED)
    yield Check(7, "invariant.follow_up_on_ended_case", open_ones.filter(case__state__in=ENDED))
    to_make = ScheduledCall.objects.filter(ended_at__isnull=True, case__state__in=ENDED)
    yield Check(7, "invariant.call_on_ended_case", to_make)
    due = open_ones.filter(state=FollowUpState.DUE)
    yield Check(7, "invariant.follow_up_on_nobodys_list", due.filter(owner__is_active=False), ("owner",))
    other = open_ones.filter(case=OuterRef("case"), pk__lt=OuterRef("pk"))
    yield Check(7, "invariant.follow_up_twice", open_ones.filter(Exists(other)))


def clocks() -> Iterator[Breach]:
    """10: a clock is due when its start, its policy, its pauses and its extensions say, and stands still as they say.

    What stands behind it is read from the ids that it keeps, so an old edition of a policy answers as it did.
    """
    reckoner = Reckoner()
    alive = Clock.objects.filter(stopped_at__isnull=True).select_related("case").order_by("pk")
    chunk: list[Clock] = []
    for clock in alive.iterator(chunk_size=AT_ONCE):
        chunk.append(clock)
        if len(chunk) == AT_ONCE:
            yield from _clocks_of(chunk, reckoner)
            chunk = []
    yield from _clocks_of(chunk, reckoner)


def _clocks_of(chunk: list[Clock], reckoner: Reckoner) -> Iterator[Breach]:
    pauses, extensions = events_of(chunk)
    for clock in chunk:
        waits = pauses.get(clock.case_id, ())
        try:
            due = reckoner.due(clock, waits, extensions.get(clock.pk, ()))
        except LookupError:
            yield Breach(10, "invariant.clock_of_unknown_policy", CLOCKS, clock.pk)
            continue
        if clock.paused_at is not None and all(pause.ended_at for pause in waits):
            yield Breach(10, "invariant.clock_stands_still", CLOCKS, clock.pk)
        elif due != clock.due_at and (clock.paused_at is None or due is not None):
            shown = {"due": clock.due_at, "worked_out": due or "–"}
            yield Breach(10, "invariant.clock_of_other_events", CLOCKS, clock.pk, shown)
