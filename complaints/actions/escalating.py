"""Going up: raised by rule or by hand, seen, answered by a superior, closed when the cause is gone (S-ESC)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Department
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions import causes
from complaints.actions.assigning import pass_on_work, subjects_of
from complaints.actions.empowering import amount_typed, give_authority, violations_in_authority
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.tasking import violations_in_task_of_a_superior, write_task
from complaints.models import Complaint, Escalation, Statement
from complaints.roles import demand_right
from complaints.rules import escalating as rules
from complaints.states import CaseState, EscalationState
from complaints.vocabulary import EscalationDecision, StatementKind
from policies.lookup import escalation_steps_in_force, working_time_in_force
from policies.values import EscalationSteps

WAITING = causes.UNDECIDED
DECISIONS = frozenset(decision.value for decision in EscalationDecision if decision.value)


def raise_escalation(
    case: Complaint,
    *,
    cause: str,
    level: int,
    due_at: datetime,
    by,
    at: datetime,
    reason: Statement | None = None,
    ladder: EscalationSteps | None = None,
    since: datetime | None = None,
    asked_by=None,
    unmoved: frozenset[int] = frozenset(),
) -> Escalation:
    """Raise it once for ever per case, cause, level and due instant, and tell whoever it goes to by rule.

    For holders of the case's lock, inside their transaction. The second time gives back the first one; one
    that was closed comes back. `due_at` is when it fell due, `at` when it was noticed; raised by hand, the
    instant of the act. Higher levels name the `ladder` of the first one, the instant `since` which its distances
    count, `asked_by`, who raised it by hand, and those who were `unmoved` by a lower one: it goes to somebody else.
    """
    known = case.escalations.filter(cause=cause, level=level, due_at=due_at).first()
    if known is not None and known.state != EscalationState.CLOSED:
        return known
    steps = ladder or ladder_in_force(cause, at)
    if known is not None:
        with signed(by=by, reason="escalation.came_back", at=at):
            known.come_back()
            known.remind_at = reminded_at(steps, at)
            known.save()
        escalation = known
    else:
        named = _named(case, cause, level, steps, unmoved, at)
        with signed(by=by, reason="escalation.raised", at=at):
            escalation = Escalation.objects.create(
                case=case,
                cause=cause,
                level=level,
                due_at=due_at,
                raised_at=at,
                raised_by=asked_by or by,
                to_person=named,
                policy_id=steps.policy_id if steps else None,
                reason=reason,
                next_level_at=_next_level_at(cause, level, steps, since or due_at, at),
                remind_at=reminded_at(steps, at),
            )
    _tell(case, escalation, at)
    return escalation


def ladder_in_force(cause: str, at: datetime) -> EscalationSteps | None:
    """The ladder of this cause; that of late cases where the policy has none of its own."""
    ladders = escalation_steps_in_force(at)
    return ladders.get(causes.ladder_of(cause)) or ladders.get(causes.OVERDUE)


def reminded_at(steps: EscalationSteps | None, at: datetime) -> datetime | None:
    """When whoever hears of it at the instant `at` is reminded, if they take no note until then."""
    if steps is None or steps.acknowledge_within is None:
        return None
    return working_time_in_force(at, steps.calendar).after(at, steps.acknowledge_within)


def _named(case, cause, level, steps, unmoved, at):
    roles = {step.level: step.to_role for step in steps.steps} if steps else {}
    passed_over = subjects_of(case) | causes.people_concerned(case, cause)
    role, superiors = roles.get(level, rules.role_of_level(level)), Superiors(at)
    named = superiors.named(case.team_id, role, passed_over | unmoved)
    return named or superiors.named(case.team_id, role, passed_over)


def _next_level_at(cause, level, steps, since, at) -> datetime | None:
    """When the level above falls due; None at the top, and for causes whose levels are raised elsewhere."""
    if causes.kind_of(cause) not in causes.CLIMBING or steps is None:
        return None
    above = next((step for step in steps.steps if step.level > level), None)
    return above and working_time_in_force(at, steps.calendar).after(since, above.after)


def _tell(case, escalation, at):
    passed_over = subjects_of(case) | causes.people_concerned(case, escalation.cause)
    notices.queue(
        case,
        f"notice.escalated.{causes.kind_of(escalation.cause)}",
        to=Superiors(at).told(case.team_id, escalation.to_person, passed_over),
        at=at,
        params={"level": escalation.level},
        about=escalation,
    )


def why_not_raise_by_hand(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against raising one now, whatever is typed."""
    typed_well = rules.RaisingFacts(case.is_open, "reason", 1, _waits_already(case, by))
    return list(rules.violations_in_raising(typed_well))


def _waits_already(case, by):
    return case.escalations.filter(cause=causes.cause(causes.BY_HAND, by.pk), state__in=WAITING).exists()


@transaction.atomic
def raise_by_hand(case_id: int, *, by, at: datetime, reason: str, level: int = 1) -> Escalation:
    """Somebody asks a superior for help: beyond the own authority, or the customer still says no (S-ESC-01, 02).

    The second time, while the first waits for an answer, is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "escalation.raise", case, at=at)
    demand(rules.violations_in_raising(rules.RaisingFacts(case.is_open, reason, level, _waits_already(case, by))))
    with signed(by=by, reason="escalation.raised_by_hand", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        return raise_escalation(
            case, cause=causes.cause(causes.BY_HAND, by.pk), level=level, due_at=at, by=by, at=at, reason=words
        )


def _facts(case, escalation, by, *, waits):
    return rules.DecidingFacts(
        waits=waits,
        by=accounts_of(by),
        raised_by=escalation.raised_by_id,
        about=causes.people_concerned(case, escalation.cause),
        subjects=subjects_of(case),
    )


def why_not_acknowledge_escalation(escalation: Escalation, *, by, at: datetime) -> list[Violation]:
    """What stands against taking note of this escalation."""
    facts = _facts(escalation.case, escalation, by, waits=escalation.state == EscalationState.OPEN)
    return list(rules.violations_in_acknowledging(facts))


@transaction.atomic
def acknowledge_escalation(escalation_id: int, *, by, at: datetime) -> Escalation:
    """A supervisor has seen it and takes it on. The second time is refused; it still waits for an answer."""
    case = Complaint.objects.locked(escalations__pk=escalation_id)
    escalation = case.escalations.get(pk=escalation_id)
    demand_right(by, "escalation.decide", case, at=at)
    demand(why_not_acknowledge_escalation(escalation, by=by, at=at))
    with signed(by=by, reason="escalation.acknowledged", at=at):
        escalation.acknowledge(by=by, at=at)
        _goes_no_higher_unnoticed(escalation)
        escalation.save()
        Escalation.objects.below(escalation).filter(state=EscalationState.OPEN).update(remind_at=None)
    return escalation


def why_not_decide_escalation(escalation: Escalation, *, by, at: datetime) -> list[Violation]:
    """What stands against answering this escalation, whatever the answer."""
    facts = _facts(escalation.case, escalation, by, waits=escalation.state in WAITING)
    return list(rules.violations_in_deciding(facts))


@transaction.atomic
def decide_escalation(
    escalation_id: int,
    *,
    by,
    at: datetime,
    decision: str,
    answer: str,
    amount: Decimal | str | None = None,
    valid_until: datetime | None = None,
    department_id: int | None = None,
    due_at: datetime | None = None,
) -> Escalation:
    """The superior's answer, in words: a better solution, more authority or resources, or back (S-ESC-03, 04).

    The answer has its effect at once. Whoever takes over is the handler from now on. More authority lets the handler
    grant up to `amount` in all on this case until `valid_until`, within the superior's own limits. More resources are
    a task of the department, to be done until `due_at`, that says what the answer says. Lower levels of the same
    cause, and earlier alarms of this level, are answered by it too. Never by the person it is about, by a subject of
    the complaint, or by whoever raised it.
    """
    case = Complaint.objects.locked(escalations__pk=escalation_id)
    escalation = case.escalations.get(pk=escalation_id)
    demand_right(by, "escalation.decide", case, at=at)
    answered = rules.AnswerFacts(decision, DECISIONS, answer, by.pk, subjects_of(case), case.is_open)
    department = Department.objects.filter(pk=department_id).first() if department_id is not None else None
    amount, wrong = amount_typed(amount), []
    if decision == EscalationDecision.MORE_AUTHORITY:
        wrong = violations_in_authority(case, by=by, at=at, amount=amount, valid_until=valid_until)
    elif decision == EscalationDecision.MORE_RESOURCES:
        wrong = violations_in_task_of_a_superior(department, due_at, at)
    demand(why_not_decide_escalation(escalation, by=by, at=at), rules.violations_in_answer(answered), wrong)
    handler_before = case.handler
    with signed(by=by, reason="escalation.decided", at=at):
        words = state_words(case, StatementKind.DECISION, answer, by=by, at=at)
        escalation.decide(by=by, at=at, decision=decision, answer=words)
        _goes_no_higher_unnoticed(escalation)
        escalation.save()
        if decision == EscalationDecision.TAKE_OVER:
            _take_over(case, by)
        elif decision == EscalationDecision.MORE_AUTHORITY:
            give_authority(escalation, case, by=by, at=at, amount=amount, valid_until=valid_until)
        elif decision == EscalationDecision.MORE_RESOURCES:
            task = state_words(case, StatementKind.TASK, answer, by=by, at=at)
            write_task(case, department, task, by=by, at=at, due_at=due_at, escalation=escalation)
    with signed(by=by, reason="escalation.answered_higher_up", at=at):
        for lower in Escalation.objects.below(escalation).filter(state__in=WAITING):
            lower.close(at=at)
            lower.save()
    notices.queue(
        case,
        "notice.escalation_decided",
        to={handler_before, case.handler} - {by, None},
        at=at,
        params={"decision": decision},
        about=escalation,
    )
    return escalation


def _goes_no_higher_unnoticed(escalation: Escalation) -> None:
    """Somebody took note: what goes up only because nobody did stays where it is."""
    if causes.kind_of(escalation.cause) not in causes.CLIMBING:
        escalation.next_level_at = None


def _take_over(case, by):
    former = case.handler
    if case.state == CaseState.REGISTERED:
        case.take(handler=by)
    else:
        case.handler = by
        case.team = by.team or case.team
    case.save()
    if former is not None:
        pass_on_work(case, former, by)


def close_escalations_without_cause(case: Complaint, *, by, at: datetime) -> int:
    """Close those of this case that wait although their cause is gone; returns how many.

    For holders of the case's lock, after the case was saved. The second time finds none.
    """
    gone = list(causes.without_cause(causes.undecided().filter(case=case), at=at))
    with signed(by=by, reason="escalation.cause_gone", at=at):
        for escalation in gone:
            escalation.close(at=at)
            escalation.save()
    return len(gone)
