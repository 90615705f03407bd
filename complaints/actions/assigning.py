"""Whose case it is: taken from the queue, given to somebody, or put into another team's queue."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person, Team
from casemgmt.people.one_person import accounts_behind
from casemgmt.people.queries import away_on
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.stating import state_words
from complaints.models import Complaint, ComplaintSubject
from complaints.roles import STAFF, SUPERVISORS, day_of, demand_right, groups_of
from complaints.rules.duties import violations_in_handling
from complaints.states import CaseState, CommitmentState
from complaints.vocabulary import StatementKind


def subjects_of(case: Complaint) -> frozenset[int]:
    """The ids of the people whom the case is about, by every account of theirs."""
    return accounts_behind(case.subjects.filter(lifted_at__isnull=True).values_list("person_id", flat=True))


def subjects_of_each(case_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The same of many cases at once, by the accounts that were named alone. One query."""
    subjects: dict[int, set[int]] = {case_id: set() for case_id in case_ids}
    named = ComplaintSubject.objects.filter(case__in=subjects, lifted_at__isnull=True)
    for case_id, person_id in named.values_list("case_id", "person_id"):
        subjects[case_id].add(person_id)
    return {case_id: frozenset(people) for case_id, people in subjects.items()}


def why_not_take_case(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Why this person cannot take the case from the queue."""
    return list(violations_in_taking(case, by, subjects_of(case)))


def violations_in_taking(case: Complaint, by, subjects: frozenset[int]):
    """The same for somebody who has read the subjects of many cases at once."""
    yield from violations_in_handling(by.pk, subjects)
    if case.handler_id is not None:
        yield Violation("case.taken_already", params={"handler": str(case.handler)})
    elif not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})


@transaction.atomic
def take_case(case_id: int, *, by, at: datetime) -> Complaint:
    """Take a case that nobody has; the first assessment begins. Somebody faster is told by `case.taken_already`."""
    case = Complaint.objects.locked(pk=case_id)
    if case.handler_id is None:
        demand_right(by, "case.take", case, at=at)
    demand(why_not_take_case(case, by=by, at=at))
    with signed(by=by, reason="case.taken", at=at):
        give_to(case, by)
        case.save()
    return case


@transaction.atomic
def assign_case(case_id: int, *, by, at: datetime, handler_id: int, reason: str) -> Complaint:
    """Give the case to somebody, in any open state; a registered one moves into its first assessment.

    Supervisors of the team may, with a reason. Giving it to whoever has it already is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.assign", case, at=at)
    handler = Person.objects.filter(pk=handler_id, is_active=True, is_service=False).select_related("team").first()
    demand(violations_in_assigning(case, handler, reason, subjects_of(case), frozenset(away_on(day_of(at)))))
    with signed(by=by, reason="case.assigned", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        give_to(case, handler)
        case.save()
        if handler.pk != by.pk:
            notices.queue(case, "notice.case_assigned", to=handler, at=at)
    return case


def violations_in_assigning(
    case: Complaint, handler: Person | None, reason: str, subjects: frozenset[int], away: frozenset[int] = frozenset()
):
    """Why the case cannot be given to this person; by ids: whom it is about, and who is away today."""
    if not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})
    if handler is None or not groups_of(handler) & {STAFF, SUPERVISORS}:
        yield Violation("handler.cannot_handle", field="handler_id")
        return
    yield from violations_in_handling(handler.pk, subjects)
    if handler.pk == case.handler_id:
        yield Violation("handler.has_it_already", field="handler_id")
    if handler.pk in away:
        yield Violation("handler.is_away", field="handler_id", params={"name": handler.name})
    if not reason.strip():
        yield Violation("reason.missing", field="reason")


@transaction.atomic
def move_to_team(case_id: int, *, by, at: datetime, team_id: int, reason: str) -> Complaint:
    """Put a case that nobody handles into another team's queue. One that somebody has is given to a person instead.

    Supervisors may, with a reason. Moving it to the team that has it is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.assign", case, at=at)
    team = Team.objects.filter(pk=team_id).first()
    demand(violations_in_moving_to(case, team, reason))
    with signed(by=by, reason="case.moved_to_team", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        case.team = team
        case.save()
        if team.lead is not None and team.lead_id != by.pk:
            notices.queue(case, "notice.case_moved_to_team", to=team.lead, at=at)
    return case


def violations_in_moving_to(case: Complaint, team: Team | None, reason: str):
    """Why the case cannot be put into this team's queue."""
    if not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})
    if team is None:
        yield Violation("team.unknown", field="team_id")
    elif case.handler_id is not None:
        yield Violation("team.case_has_a_handler", params={"handler": str(case.handler)})
    elif case.team_id == team.pk:
        yield Violation("team.has_it_already", field="team_id")
    if not reason.strip():
        yield Violation("reason.missing", field="reason")


def pass_on_work(case: Complaint, former: Person, handler: Person) -> None:
    """The promises and calls that the former handler had to see to go to the new one. Inside the caller's signature."""
    for row in case.commitments.filter(owner=former, state__in=[CommitmentState.OPEN, CommitmentState.BROKEN]):
        row.owner = handler
        row.save()
    for row in case.follow_ups.filter(owner=former, ended_at__isnull=True):
        row.owner = handler
        row.save()
    for row in case.progress_notices.filter(owner=former, told_at__isnull=True, dropped_at__isnull=True):
        row.owner = handler
        row.save()
    for row in case.regular_contacts.filter(owner=former, ended_at__isnull=True):
        row.owner = handler
        row.save()


def give_to(case: Complaint, handler: Person) -> None:
    """Make somebody the handler; what the former one had to see to goes along. For who holds the lock and signed."""
    if case.handler is not None:
        pass_on_work(case, case.handler, handler)
    if case.state == CaseState.REGISTERED:
        case.take(handler=handler)
    else:
        case.handler = handler
        case.team = handler.team or case.team
