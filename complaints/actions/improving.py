"""Measures against recurrence: set before a case closes, carried out whenever it takes (S-CLO-02, 05, 06, 13)."""

from datetime import date, datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.stating import state_words
from complaints.models import Complaint, ImprovementAction
from complaints.roles import day_of, demand_right
from complaints.rules.closing import MeasureFacts, violations_in_measure
from complaints.states import TaskState
from complaints.vocabulary import MeasureKind, StatementKind

KINDS = frozenset(MeasureKind.values)


@transaction.atomic
def set_improvement(
    case_id: int,
    *,
    by,
    at: datetime,
    kind: str,
    what: str,
    owner_id: int | None = None,
    person_concerned_id: int | None = None,
    due_on: date | None = None,
) -> ImprovementAction:
    """Set a measure, in any state of the case. That none is needed is said with its reason and done at once.

    Without an owner it is the asker's own. A second call sets a second measure.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    owner = by if owner_id is None else _colleague(owner_id)
    person = _colleague(person_concerned_id)
    facts = MeasureFacts(
        kind=kind,
        kinds=KINDS,
        what=what,
        owner_known=owner is not None,
        person_known=person is not None or person_concerned_id is None,
        due_on=due_on,
        today=day_of(at),
    )
    demand(violations_in_measure(facts))
    with signed(by=by, reason="improvement.set", at=at):
        words = state_words(case, StatementKind.IMPROVEMENT, what, by=by, at=at)
        measure = ImprovementAction.objects.create(
            case=case,
            kind=kind,
            what=words,
            owner=owner,
            person_concerned=person,
            due_on=due_on,
            set_by=by,
            set_at=at,
        )
        if kind == MeasureKind.NONE_NEEDED:
            measure.finish(result=words)
            measure.save()
        notices.queue(case, "notice.improvement_set", to={owner} - {by}, at=at, about=measure)
    return measure


def _colleague(person_id):
    return Person.objects.filter(pk=person_id, is_active=True, is_service=False).first()


def why_not_finish_improvement(measure: ImprovementAction, *, by, at: datetime) -> list[Violation]:
    """What stands against ending this measure, either way."""
    return [] if measure.state == TaskState.OPEN else [Violation("improvement.not_open")]


@transaction.atomic
def finish_improvement(improvement_id: int, *, by, at: datetime, result: str) -> ImprovementAction:
    """Carried out, with what came of it; by its owner or whoever handles the case. The second time is refused."""
    return _end(improvement_id, by, at, result, "finish", "improvement.finished")


@transaction.atomic
def cancel_improvement(improvement_id: int, *, by, at: datetime, result: str) -> ImprovementAction:
    """Given up, and why; while the case is in its follow-up it then needs another one to close."""
    return _end(improvement_id, by, at, result, "cancel", "improvement.cancelled")


def _end(improvement_id, by, at, result, move, reason):
    case = Complaint.objects.locked(improvements__pk=improvement_id)
    measure = case.improvements.get(pk=improvement_id)
    if measure.owner_id != by.pk:
        demand_right(by, "case.handle", case, at=at)
    demand(
        why_not_finish_improvement(measure, by=by, at=at),
        [] if result.strip() else [Violation("improvement.result_missing", "result")],
    )
    with signed(by=by, reason=reason, at=at):
        getattr(measure, move)(result=state_words(case, StatementKind.ANSWER, result, by=by, at=at))
        measure.save()
    return measure
