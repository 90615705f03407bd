"""Cases find their handlers by rule: given to who has the least, or handed out as the next one (S-ESC-14, S-ESC-16).

What the rule saw is kept with every case, so that the choice can be made again years later.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, When

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.people.queries import away_on
from casemgmt.violations import RuleBroken, Violation, demand
from complaints import notices
from complaints.actions.assigning import give_to, subjects_of
from complaints.actions.batches import Tally, sweep_in_batches
from complaints.actions.handing_over import take_line_over
from complaints.actions.loads import Load, handlers_of, loads_of, lock_people
from complaints.models import Assignment, Complaint, HandoverLine
from complaints.places import language_of
from complaints.roles import cases_visible_to, day_of, demand_right, teams_of
from complaints.rules import sharing_out as rules
from complaints.states import HandoverLineState, HandoverState
from policies.lookup import NothingInForce, assignment_in_force, policy_by_id
from policies.rules.assigning import (
    SEVERITIES,
    Candidate,
    CaseToGive,
    Choice,
    choose,
    skills_asked,
    urgency_of,
)
from policies.values import AssignmentPolicy

LOOKED_AT = 200
"""How many waiting cases are read at a time; more only when all of these are held by others."""
GIVEN_AT_MOST = 500
"""Cases that one run of the sweep gives away; the next minute goes on."""

How = Assignment.How


def policy_or_refusal(at: datetime) -> AssignmentPolicy:
    """The policy in force, or RuleBroken with the sentence that none is."""
    try:
        return assignment_in_force(at)
    except NothingInForce as nothing:
        raise RuleBroken([Violation("assign.no_policy")]) from nothing


def facts_of(case: Complaint) -> CaseToGive:
    """What the rule looks at in a case that was read with shop, product and customer."""
    return CaseToGive(
        severity=case.severity,
        channel=case.channel,
        is_safety=case.safety_flag,
        received_at=case.received_at,
        due_at=case.next_due_at,
        category=case.category,
        product=str(case.product or ""),
        shop=str(case.shop or ""),
        language=language_of(case.customer),
    )


def _with_names(cases):
    return cases.select_related("shop", "product", "customer")


def candidates_of(
    people: Sequence, loads: Mapping[int, Load], away: Container[int], subjects: Container[int]
) -> list[Candidate]:
    """These people as the rule looks at them, for a case about `subjects`."""
    return [
        Candidate(
            person=person.pk,
            username=person.username,
            cases=loads[person.pk].cases,
            points=loads[person.pk].points,
            last_given_at=loads[person.pk].last_given_at,
            out="about" if person.pk in subjects else "away" if person.pk in away else "",
        )
        for person in people
    ]


def why_not_assign_by_rule(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against giving this case by rule, whoever would get it."""
    handler = str(case.handler) if case.handler_id else ""
    return list(rules.violations_in_giving(is_open=case.is_open, state=case.get_state_display(), handler=handler))


@transaction.atomic
def assign_by_rule(case_id: int, *, by, at: datetime) -> Complaint:
    """Give a case that nobody has to whom the policy names; a registered one moves into its first assessment.

    Supervisors of the team and the system may. Everybody who could get it is locked first, so that runs side by side
    count what the others gave and nobody goes over the cap. Refused: somebody has it, or nobody is free.
    """
    policy = policy_or_refusal(at)
    seen = Complaint.objects.only("team_id").get(pk=case_id)
    people = list(handlers_of(seen.team_id))
    lock_people(person.pk for person in people)
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.assign", case, at=at)
    demand(why_not_assign_by_rule(case, by=by, at=at))
    loads = loads_of([person.pk for person in people], policy, at=at)
    candidates = candidates_of(people, loads, away_on(day_of(at)), subjects_of(case))
    choice = choose(facts_of(case), candidates, policy)
    chosen = next((person for person in people if person.pk == choice.person), None)
    demand([] if chosen is not None else [Violation("assign.nobody_free", params={"people": len(people)})])
    with signed(by=by, reason="case.assigned_by_rule", at=at):
        seen_then = {"case": _as_json(facts_of(case)), "candidates": [_as_json(one) for one in candidates]}
        _keep(case, chosen, How.RULE, policy, seen_then, at)
        give_to(case, chosen)
        case.save()
        if chosen.pk != by.pk:
            notices.queue(case, "notice.case_assigned", to=chosen, at=at)
    return case


def _keep(case, person, how, policy, facts, at) -> Assignment:
    return Assignment.objects.create(case=case, person=person, how=how, at=at, policy_id=policy.policy_id, facts=facts)


def _as_json(facts: CaseToGive | Candidate) -> dict:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(facts).items()}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _case_in(facts: dict) -> CaseToGive:
    instants = {name: _instant(facts[name]) for name in ("received_at", "due_at")}
    return CaseToGive(**facts | instants)


def replay(assignment: Assignment) -> Choice:
    """The choice of an assignment by rule made again, from the facts that were kept and the policy of that time."""
    policy = policy_by_id(assignment.policy_id)
    people = [
        Candidate(**known | {"last_given_at": _instant(known["last_given_at"])})
        for known in assignment.facts["candidates"]
    ]
    return choose(_case_in(assignment.facts["case"]), people, policy)


def replay_order(assignment: Assignment) -> bool:
    """Whether a case that was handed out as the next one comes first again, from the facts that were kept."""
    policy = policy_by_id(assignment.policy_id)
    first, second = assignment.facts["case"], assignment.facts["runner_up"]
    return second is None or urgency_of(_case_in(first), policy, at=assignment.at) <= urgency_of(
        _case_in(second), policy, at=assignment.at
    )


def waiting_for(person, *, at: datetime):
    """The cases that this person could be handed: of their teams, that nobody has, or that somebody put down there.

    Never one about the person, and none that they put down themselves.
    """
    on = day_of(at)
    teams = teams_of(person, on)
    offered = HandoverLine.objects.filter(
        state=HandoverLineState.WAITING,
        handover__state=HandoverState.OPEN,
        handover__given_to__isnull=True,
        handover__team__in=teams,
    ).exclude(handover__given_by=person)
    nobody = Q(handler__isnull=True) & (Q(team__isnull=True) | Q(team__in=teams))
    return cases_visible_to(person, on=on).open().filter(nobody | Q(pk__in=offered.values("case")))


def why_not_take_next(person, *, at: datetime) -> list[Violation]:
    """What keeps this person from taking any case by the button."""
    policy = policy_or_refusal(at)
    load = loads_of([person.pk], policy, at=at)[person.pk]
    is_away = person.pk in away_on(day_of(at))
    return list(rules.violations_in_taking_next(cases=load.cases, cap=policy.cap_of(person.username), is_away=is_away))


@transaction.atomic
def take_next_case(_none: int | None = None, *, by, at: datetime) -> Complaint:
    """Take the case that is most urgent by the policy: not the one somebody would pick.

    Staff may, within their cap. Who presses at the same moment gets another case: what one is taking, the next one
    steps over. RuleBroken when nothing waits, or the cap is reached.
    """
    demand_right(by, "case.take", at=at)
    policy = policy_or_refusal(at)
    lock_people([by.pk])
    demand(why_not_take_next(by, at=at))
    found = _first_free(by, policy, at)
    demand([] if found else [Violation("next.nothing_waits")])
    case, facts, after = found
    seen = {
        "case": _as_json(facts),
        "runner_up": _as_json(after) if after else None,
        "waiting": waiting_for(by, at=at).count(),
        "cases": loads_of([by.pk], policy, at=at)[by.pk].cases,
        "cap": policy.cap_of(by.username),
    }
    with signed(by=by, reason="case.next_taken", at=at):
        _keep(case, by, How.NEXT, policy, seen, at)
        if case.handler_id is None:
            give_to(case, by)
            case.save()
            return case
    line = case.handover_lines.filter(state=HandoverLineState.WAITING).select_related("handover").get()
    take_line_over(case, line, by=by, at=at)
    return case


def in_order(cases, policy: AssignmentPolicy, at: datetime):
    """The cases as the policy orders them, the most urgent first; equal ones by their numbers."""
    ways = {
        "overdue": Case(When(next_due_at__lt=at, then=0), default=1),
        "safety": Case(When(safety_flag=True, then=0), default=1),
        "severity": Case(
            *(When(severity=code, then=place) for place, code in enumerate(SEVERITIES)), default=len(SEVERITIES)
        ),
        "due": F("next_due_at").asc(nulls_last=True),
        "age": F("received_at").asc(),
    }
    return _with_names(cases).order_by(*(ways[name] for name in policy.next_by), "pk")


def _that_fit(person, policy: AssignmentPolicy, at: datetime) -> Iterator[tuple[int, CaseToGive]]:
    """Keys and facts of what waits, in order; without what asks for a skill the person lacks."""
    rows, begin = in_order(waiting_for(person, at=at), policy, at), 0
    while found := list(rows[begin : begin + LOOKED_AT]):
        for case in found:
            facts = facts_of(case)
            if all(person.username in skill.people for skill in skills_asked(facts, policy) if skill.is_needed):
                yield case.pk, facts
        begin += LOOKED_AT


def _first_free(person, policy, at) -> tuple[Complaint, CaseToGive, CaseToGive | None] | None:
    """The first case that nobody else is taking at this moment, locked, with the facts of it and of the one after."""
    ordered = _that_fit(person, policy, at)
    for pk, facts in ordered:
        rows = waiting_for(person, at=at).filter(pk=pk)
        case = rows.select_for_update(skip_locked=True, of=("self",)).first()
        if case is not None:
            after = next(ordered, None)
            return case, facts, after and after[1]
    return None


def assign_waiting(at: datetime) -> Tally:
    """Give away what waited as long as the policy says, where it says that the system does (roles.md, by rule).

    Twice or in parallel is harmless: who has a case keeps it. What nobody is free for goes on waiting.
    """
    try:
        policy = assignment_in_force(at)
    except NothingInForce:
        return Tally()
    if not policy.assigns_itself:
        return Tally()
    waited = Complaint.objects.unassigned().filter(registered_at__lte=at - timedelta(minutes=policy.wait_minutes))
    left = iter([(case.pk, case.pk, _asked(case, policy)) for case in in_order(waited, policy, at)[:GIVEN_AT_MOST]])
    full: set[tuple] = set()
    service = service_account()

    def give(taken):
        for case_id, _same, asked in taken:
            if asked in full:
                continue
            try:
                assign_by_rule(case_id, by=service, at=at)
            except RuleBroken as refused:
                if any(found.code == "assign.nobody_free" for found in refused.violations):
                    full.add(asked)

    return sweep_in_batches(
        "assign_waiting",
        Complaint,
        at=at,
        reason="case.assigned_by_rule",
        take=lambda limit: [row for row in (next(left, None),) if row],
        settle=give,
        size=1,
    )


def _asked(case: Complaint, policy: AssignmentPolicy) -> tuple:
    """What decides who could have it at all: when nobody is free for one such case, nobody is for the next."""
    needed = (skill for skill in skills_asked(facts_of(case), policy) if skill.is_needed)
    return case.team_id, *((skill.subject, skill.value) for skill in needed)
