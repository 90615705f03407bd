"""Whom a complaint is about: named, found at fault or not, and lifted when it was a mistake."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Person
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import pass_on_work, subjects_of
from complaints.actions.stating import state_words
from complaints.models import Complaint, ComplaintSubject
from complaints.roles import STAFF, SUPERVISORS, demand_right, groups_of
from complaints.rules.duties import violations_in_handling
from complaints.rules.paperwork import violations_in_required_words, violations_in_writing
from complaints.states import EscalationState
from complaints.vocabulary import StatementKind, Verdict

WAITING_ESCALATIONS = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


@transaction.atomic
def name_subject(
    case_id: int, *, by, at: datetime, person_id: int, new_handler_id: int | None = None, reason: str = ""
) -> ComplaintSubject:
    """The complaint is about this person, who from now on neither sees nor handles nor decides it.

    When the handler is named, the case goes to `new_handler_id` in the same act, with the promises and calls
    that the person named had to see to. The second naming of the same person is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    person = Person.objects.filter(pk=person_id, is_service=False).first()
    handler = Person.objects.filter(pk=new_handler_id, is_active=True, is_service=False).first()
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        _violations_in_naming(case, person, handler, new_handler_id),
    )
    with signed(by=by, reason="subject.named", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        if handler is not None:
            case.handler = handler
            case.team = handler.team or case.team
            case.save()
            notices.queue(case, "notice.case_assigned", to=handler, at=at)
        _pass_on(case, person, case.handler)
        return ComplaintSubject.objects.create(case=case, person=person, named_by=by, named_at=at, reason=words)


def _violations_in_naming(case, person, handler, new_handler_id):
    subjects = subjects_of(case)
    if person is None:
        yield Violation("subject.unknown", field="person_id")
        return
    if person.pk in subjects:
        yield Violation("subject.already_named", field="person_id")
    if new_handler_id is None:
        if case.handler_id in accounts_of(person):
            yield Violation("subject.handles_it", field="new_handler_id")
        return
    if handler is None or not groups_of(handler) & {STAFF, SUPERVISORS}:
        yield Violation("handler.cannot_handle", field="new_handler_id")
        return
    for found in violations_in_handling(handler.pk, subjects | accounts_of(person)):
        yield Violation(found.code, field="new_handler_id")


def _pass_on(case, person, handler):
    """What the person had to see to goes to the handler; escalations to them go to every supervisor of the team."""
    accounts = accounts_of(person)
    for account in Person.objects.filter(pk__in=accounts) if handler is not None else ():
        pass_on_work(case, account, handler)
    for row in case.escalations.filter(to_person__in=accounts, state__in=WAITING_ESCALATIONS):
        row.to_person = None
        row.save()


@transaction.atomic
def find_conduct(subject_id: int, *, by, at: datetime, finding: str) -> ComplaintSubject:
    """Whether the complaint about this person's conduct proved true (S-INV-16). A later finding replaces it."""
    case = Complaint.objects.locked(subjects__pk=subject_id)
    demand_right(by, "case.handle", case, at=at)
    subject = case.subjects.get(pk=subject_id)
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        _violations_in_lifted(subject),
        _violations_in_finding(finding),
    )
    with signed(by=by, reason="subject.conduct_found", at=at):
        subject.finding = finding
        subject.save()
    return subject


def _violations_in_finding(finding):
    if finding not in Verdict.values:
        yield Violation("subject.finding_missing", field="finding")


def _violations_in_lifted(subject):
    if subject.lifted_at is not None:
        yield Violation("subject.already_lifted")


@transaction.atomic
def lift_subject(subject_id: int, *, by, at: datetime, reason: str) -> ComplaintSubject:
    """The complaint is not about this person after all; somebody else says so, with the reason."""
    case = Complaint.objects.locked(subjects__pk=subject_id)
    subject = case.subjects.get(pk=subject_id)
    demand_right(by, "case.handle", case, at=at)
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        _violations_in_lifted(subject),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason="subject.lifted", at=at):
        subject.reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        subject.lifted_at = at
        subject.lifted_by = by
        subject.save()
    return subject
