"""Whose case it is: taken from the queue, or given to somebody."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.stating import state_words
from complaints.models import Complaint
from complaints.roles import STAFF, SUPERVISORS, demand_right, groups_of
from complaints.rules.duties import violations_in_handling
from complaints.states import CaseState, CommitmentState
from complaints.vocabulary import StatementKind


def subjects_of(case: Complaint) -> frozenset[int]:
    """The ids of the people whom the case is about."""
    return frozenset(case.subjects.filter(lifted_at__isnull=True).values_list("person_id", flat=True))


def why_not_take_case(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Why this person cannot take the case from the queue."""
    found = list(violations_in_handling(by.pk, subjects_of(case)))
    if case.handler_id is not None:
        found.append(Violation("case.taken_already", params={"handler": str(case.handler)}))
    elif not case.is_open:
        found.append(Violation("case.ended", params={"state": case.get_state_display()}))
    return found


@transaction.atomic
def take_case(case_id: int, *, by, at: datetime) -> Complaint:
    """Take a case that nobody has; the first assessment begins. Somebody faster is told by `case.taken_already`."""
    case = Complaint.objects.locked(pk=case_id)
    if case.handler_id is None:
        demand_right(by, "case.take", case, at=at)
    demand(why_not_take_case(case, by=by, at=at))
    with signed(by=by, reason="case.taken", at=at):
        _hand_over(case, by)
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
    demand(_violations_in_assigning(case, handler, reason))
    with signed(by=by, reason="case.assigned", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        _hand_over(case, handler)
        case.save()
        if handler.pk != by.pk:
            notices.queue(case, "notice.case_assigned", to=handler, at=at)
    return case


def _violations_in_assigning(case, handler, reason):
    if not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})
    if handler is None or not groups_of(handler) & {STAFF, SUPERVISORS}:
        yield Violation("handler.cannot_handle", field="handler_id")
        return
    yield from violations_in_handling(handler.pk, subjects_of(case))
    if handler.pk == case.handler_id:
        yield Violation("handler.has_it_already", field="handler_id")
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


def _hand_over(case: Complaint, handler: Person) -> None:
    if case.handler is not None:
        pass_on_work(case, case.handler, handler)
    if case.state == CaseState.REGISTERED:
        case.take(handler=handler)
    else:
        case.handler = handler
        case.team = handler.team or case.team
