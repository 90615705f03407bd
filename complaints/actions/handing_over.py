"""Handing cases to the next shift, and answering for it line by line: who gives stays responsible until then."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.outbox import About, Word, put_many
from casemgmt.people.models import Person
from casemgmt.people.queries import away_on
from casemgmt.violations import RuleBroken, Violation, demand
from complaints import notices
from complaints.actions.assigning import give_to, subjects_of
from complaints.actions.stating import state_words
from complaints.models import Complaint, Handover, HandoverLine, HandoverWords
from complaints.roles import (
    STAFF,
    SUPERVISORS,
    acts_as,
    day_of,
    demand_right,
    groups_of,
    may,
    may_in_scope,
    teams_of,
)
from complaints.rules import handing_over as rules
from complaints.rules.ending import violations_in_reason
from complaints.shift_register import register_of
from complaints.states import HandoverLineState, HandoverState
from complaints.vocabulary import StatementKind
from policies.lookup import NothingInForce, assignment_in_force

WAITING = HandoverLineState.WAITING
HANDOVER = "complaints.handover"


def _locked(case_ids: Iterable[int]) -> list[Complaint]:
    rows = Complaint.objects.select_for_update(of=("self",)).filter(pk__in=set(case_ids))
    return list(rows.order_by("pk"))


def _violations_in_lines(cases, giver, receiver: Person | None, at: datetime):
    waiting = set(HandoverLine.objects.filter(case__in=cases, state=WAITING).values_list("case", flat=True))
    for case in cases:
        subjects = subjects_of(case)
        yield from rules.violations_in_line(
            rules.LineFacts(
                case_number=case.case_number,
                is_open=case.is_open,
                handler=case.handler_id,
                giver=giver.pk,
                receiver=receiver.pk if receiver else None,
                subjects=subjects,
                receiver_sees=receiver is not None and may_in_scope(receiver, "case.view", case, on=day_of(at)),
                waits_elsewhere=case.pk in waiting,
            )
        )


@transaction.atomic
def hand_over(
    _none: int | None = None,
    *,
    by,
    at: datetime,
    cases: Iterable[int],
    given_to_id: int | None = None,
    words: str = "",
    notes: Mapping[int, str] | None = None,
    giver_id: int | None = None,
) -> Handover:
    """Offer cases to a colleague, or to the own team when nobody is named; the register is kept as it stands now.

    Who has the cases may, and who leads their team for somebody else (`giver_id`). Nothing changes hands yet.
    Refused as a whole, with every reason: a case that is about the receiver or that they may not see, one that waits
    in another handover, one that is not the giver's. `notes` are what to be careful of, by case.
    """
    giver = Person.objects.select_related("team").get(pk=giver_id) if giver_id else by
    receiver = Person.objects.filter(pk=given_to_id, is_active=True, is_service=False).select_related("team").first()
    locked = _locked(cases)
    for case in locked:
        demand_right(by, "case.hand_over", case, at=at)
    policy = _policy(at)
    away = away_on(day_of(at))
    demand(
        rules.violations_in_giving(
            rules.GivingFacts(
                giver=giver.pk,
                receiver=given_to_id,
                can_handle=receiver is not None and bool(groups_of(receiver) & {STAFF, SUPERVISORS}),
                is_away=receiver is not None and receiver.pk in away,
                name=receiver.name if receiver else "",
                has_team=giver.team_id is not None,
                cases=len(locked),
            )
        ),
        _violations_in_lines(locked, giver, receiver, at),
    )
    held = Complaint.objects.open().filter(handler=giver).count()
    with signed(by=by, reason="handover.given", at=at):
        handover = Handover.objects.create(
            given_by=giver,
            given_to=receiver,
            team=giver.team,
            given_at=at,
            is_whole_shift=held == len(locked),
            words=_spoken(words, by, at),
            policy_id=policy.policy_id,
            remind_at=at + timedelta(minutes=policy.handover_reminder_minutes),
            escalate_at=at + timedelta(minutes=policy.handover_escalation_minutes),
        )
        stood = register_of(locked)
        urgent_first = sorted(locked, key=lambda case: (stood[case.pk]["due_at"] or "9999", case.pk))
        for place, case in enumerate(urgent_first, start=1):
            note = state_words(case, StatementKind.HANDOVER, (notes or {}).get(case.pk), by=by, at=at)
            HandoverLine.objects.create(
                handover=handover, place=place, case=case, as_it_stood=stood[case.pk], note=note
            )
        told = [receiver] if receiver else _of_team(giver, away)
        _tell(handover, "notice.handover_given", told, giver, len(locked), at)
    return handover


def _tell(handover: Handover, code: str, people: Iterable[Person], by: Person, n: int, at: datetime) -> None:
    words = [
        Word(
            code,
            f"{code}:{handover.pk}:{person.pk}:{at.isoformat()}",
            person,
            About(HANDOVER, handover.pk),
            params={"by": by.name, "n": n},
        )
        for person in people
    ]
    put_many(words, at=at)


def _policy(at):
    try:
        return assignment_in_force(at)
    except NothingInForce as nothing:
        raise RuleBroken([Violation("assign.no_policy")]) from nothing


def _of_team(giver, away) -> list[Person]:
    people = Person.objects.filter(team=giver.team_id, is_active=True, groups__name=STAFF).exclude(pk=giver.pk)
    return [person for person in people.order_by("pk") if person.pk not in away]


def _spoken(words, by, at) -> HandoverWords | None:
    if not words or not words.strip():
        return None
    said = HandoverWords(said_by=by, said_at=at).speak(words)
    said.save()
    return said


def receives(person, handover: Handover, *, at: datetime) -> bool:
    """Whether this person answers the lines: it was given to them, to whom they stand in for, or to their team."""
    if handover.given_to_id is not None:
        return handover.given_to_id in acts_as(person, day_of(at))
    return handover.team_id in teams_of(person, day_of(at)) and bool(groups_of(person) & {STAFF, SUPERVISORS})


def _facts(line: HandoverLine, by, at) -> rules.AnswerFacts:
    case, handover = line.case, line.handover
    return rules.AnswerFacts(
        waits=line.state == WAITING,
        by=by.pk,
        giver=handover.given_by_id,
        receives=receives(by, handover, at=at),
        handler=case.handler_id,
        is_open=case.is_open,
        subjects=subjects_of(case),
    )


def why_not_take_over(line: HandoverLine, *, by, at: datetime) -> list[Violation]:
    """What stands against taking this case over."""
    return list(rules.violations_in_accepting(_facts(line, by, at)))


def why_not_return(line: HandoverLine, *, by, at: datetime) -> list[Violation]:
    """What stands against giving this line back."""
    return list(rules.violations_in_answering(_facts(line, by, at)))


def _line(line_id: int) -> HandoverLine:
    """The line under the locks of its case, then of its handover."""
    Complaint.objects.locked(handover_lines__pk=line_id)
    line = HandoverLine.objects.select_related("case", "handover__given_by").get(pk=line_id)
    _lock_handover(line.handover_id)
    return HandoverLine.objects.select_related("case", "handover__given_by", "handover__given_to").get(pk=line_id)


def _lock_handover(handover_id: int) -> Handover:
    return Handover.objects.select_for_update(of=("self",)).get(pk=handover_id)


def _settle_if_done(handover_id: int, at: datetime) -> None:
    handover = Handover.objects.get(pk=handover_id)
    if handover.state == HandoverState.OPEN and not handover.lines.filter(state=WAITING).exists():
        handover.settle(at=at)
        handover.save()


@transaction.atomic
def take_over(line_id: int, *, by, at: datetime) -> HandoverLine:
    """The receiver answers for one line: the case is theirs, with promises and calls. The second time is refused."""
    line = _line(line_id)
    demand_right(by, "handover.answer", line.case, at=at)
    demand(why_not_take_over(line, by=by, at=at))
    take_line_over(line.case, line, by=by, at=at)
    return line


def take_line_over(case: Complaint, line: HandoverLine, *, by, at: datetime) -> None:
    """The same for who holds the lock of the case and has asked the rules."""
    _lock_handover(line.handover_id)
    with signed(by=by, reason="handover.accepted", at=at):
        line.accept(by=by, at=at)
        line.save()
        give_to(case, by)
        case.save()
        _settle_if_done(line.handover_id, at)


@transaction.atomic
def take_everything_over(handover_id: int, *, by, at: datetime) -> Handover:
    """Every line that waits and that this person can have; what moved on meanwhile lapses.

    Refused when nothing waits for them.
    """
    waiting = HandoverLine.objects.filter(handover=handover_id, state=WAITING)
    cases = {case.pk: case for case in _locked(waiting.values_list("case", flat=True))}
    handover = _lock_handover(handover_id)
    demand_right(by, "handover.answer", at=at)
    demand(_violations_in_whole(handover, by, at))
    taken = []
    with signed(by=by, reason="handover.accepted", at=at):
        for line in list(handover.lines.filter(state=WAITING, case__in=cases)):
            case = cases[line.case_id]
            if not may(by, "handover.answer", case, on=day_of(at)):
                continue
            if case.handler_id != handover.given_by_id or not case.is_open:
                line.lapse()
                line.save()
                continue
            line.accept(by=by, at=at)
            line.save()
            give_to(case, by)
            case.save()
            taken.append(case)
        _settle_if_done(handover_id, at)
        demand([] if taken else [Violation("handover.not_waiting")])
        _tell(handover, "notice.handover_accepted", [handover.given_by], by, len(taken), at)
    return Handover.objects.get(pk=handover_id)


def _violations_in_whole(handover: Handover, by, at):
    if handover.state != HandoverState.OPEN:
        yield Violation("handover.settled_already")
    elif handover.given_by_id == by.pk:
        yield Violation("handover.to_oneself")
    elif not receives(by, handover, at=at):
        yield Violation("handover.not_yours")


def why_not_take_everything(handover: Handover, *, by, at: datetime) -> list[Violation]:
    """What stands against taking the whole handover."""
    return list(_violations_in_whole(handover, by, at))


@transaction.atomic
def return_line(line_id: int, *, by, at: datetime, reason: str) -> HandoverLine:
    """Not like this: the case stays with who gave it, who hears why."""
    line = _line(line_id)
    demand_right(by, "handover.answer", line.case, at=at)
    demand(why_not_return(line, by=by, at=at), violations_in_reason(reason, code="reason.missing"))
    with signed(by=by, reason="handover.returned", at=at):
        words = state_words(line.case, StatementKind.REASON, reason, by=by, at=at)
        line.give_back(by=by, at=at, reason=words)
        line.save()
        _settle_if_done(line.handover_id, at)
        notices.queue(
            line.case,
            "notice.handover_returned",
            to=line.handover.given_by,
            at=at,
            params={"by": by.name},
            about=line,
        )
    return line


def why_not_take_back(handover: Handover, *, by, at: datetime) -> list[Violation]:
    """What stands against taking back what nobody has answered."""
    leads = SUPERVISORS in groups_of(by) and handover.team_id in teams_of(by, day_of(at))
    return list(
        rules.violations_in_taking_back(
            is_open=handover.state == HandoverState.OPEN, by=by.pk, giver=handover.given_by_id, leads=leads
        )
    )


@transaction.atomic
def take_back_handover(handover_id: int, *, by, at: datetime) -> Handover:
    """Whoever gave it, or leads them, keeps what nobody has answered; what was taken over stays taken over."""
    handover = _lock_handover(handover_id)
    demand_right(by, "case.hand_over", at=at)
    demand(why_not_take_back(handover, by=by, at=at))
    with signed(by=by, reason="handover.taken_back", at=at):
        for line in handover.lines.filter(state=WAITING):
            line.take_back()
            line.save()
        handover.take_back(at=at)
        handover.save()
    return handover
