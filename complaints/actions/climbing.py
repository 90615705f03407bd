"""The ladders of broken promises, late payments, tasks and dangers: level after level until the cause is gone."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from casemgmt.people.accounts import service_account
from complaints.actions import causes
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.escalating import raise_escalation
from complaints.models import Escalation, SetAside
from complaints.states import EscalationState
from policies.lookup import policy_by_id

CLIMB = "climb_escalations"
FORGET = "forget_levels"
ONE_BY_ONE = 100


def climb_escalations(at: datetime) -> Tally:
    """Raise the next level of every broken promise, late payment and danger that fell due before `at`, once for ever.

    After an outage each missed level is made, the lowest first, with the instant at which it fell due and the one
    at which it was noticed. What was kept, released, paid or lowered climbs no further, nor does a danger that a
    superior has answered; the ladder is that of the first level, whatever the policy says since (S-ESC-01, S-PRO-01,
    S-TRI, WC-01). What goes up only because nobody took note of it does so once. The second time finds nothing due.
    """
    due = Escalation.objects.climbing().filter(next_level_at__lt=at).order_by("next_level_at", "pk")

    def sweep(name, rows, settle):
        left = rows.exclude(pk__in=SetAside.objects.kept_from(name, at)).select_for_update(
            skip_locked=True, of=("self",)
        )
        taken = left.values_list("pk", "case_id", "case__case_number")
        return sweep_in_batches(
            name,
            Escalation,
            at=at,
            reason="escalation.raised",
            take=lambda limit: list(taken[:limit]),
            settle=settle,
            size=ONE_BY_ONE,
        )

    answered = causes.without_cause(due.filter(state=EscalationState.DECIDED), at=at)
    forgotten = sweep(FORGET, answered, _forget)
    return forgotten + sweep(CLIMB, causes.with_cause(due, at=at), lambda rows: _climb(rows, at))


def _forget(rows: Sequence[tuple]) -> None:
    """An answered escalation whose cause is gone has no next level."""
    Escalation.objects.filter(pk__in=[row[0] for row in rows]).update(next_level_at=None)


def _climb(rows: Sequence[tuple], at: datetime) -> None:
    service = service_account()
    for low in Escalation.objects.filter(pk__in=[row[0] for row in rows]).select_related("case").order_by("pk"):
        ladder = policy_by_id(low.policy_id)
        step = next(step for step in ladder.steps if step.level > low.level)
        first = Escalation.objects.filter(case=low.case_id, cause=low.cause, level=1, due_at__lte=low.due_at)
        since = first.aggregate(since=Max("due_at"))["since"] or low.due_at
        by_hand = causes.kind_of(low.cause) == causes.BY_HAND
        raise_escalation(
            low.case,
            cause=low.cause,
            level=step.level,
            due_at=low.next_level_at,
            by=service,
            at=at,
            ladder=ladder,
            since=since,
            reason=low.reason if by_hand else None,
            asked_by=low.raised_by if by_hand else None,
            unmoved=frozenset({low.to_person_id} - {None}) if low.state == EscalationState.OPEN else frozenset(),
        )
        Escalation.objects.filter(pk=low.pk).update(next_level_at=None)
