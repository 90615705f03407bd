"""Promises to customers: made, kept, broken, released; across departments and sites (S-PRO)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Department, Person
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.stating import state_words
from complaints.models import Commitment, CompensationGrant, Complaint, ExternalRoute, PlanOption
from complaints.roles import demand_right
from complaints.rules.paperwork import (
    violations_in_due_moment,
    violations_in_required_words,
    violations_in_writing,
)
from complaints.states import GrantState
from complaints.vocabulary import (
    Remedy,
    StatementKind,
)

GRANT_KINDS = {
    Remedy.FULL_REFUND: ("full_refund",),
    Remedy.RETURN: ("return_refund", "full_refund", "partial_refund"),
    Remedy.RETURN_IN_TRANSIT: ("return_refund", "full_refund", "partial_refund"),
    Remedy.PARTIAL_REFUND: ("partial_refund",),
    Remedy.REFUND_UNSHIPPED: ("refund_unshipped",),
    Remedy.DISCOUNT: ("discount",),
    Remedy.COUPON: ("coupon",),
    Remedy.MEMBER_BENEFIT: ("member_benefit",),
    Remedy.RED_PACKET: ("red_packet",),
    Remedy.GIFT: ("gift",),
    Remedy.EXPENSES: ("expenses",),
    Remedy.DISTRESS: ("distress",),
}
"""Remedies that money or a voucher carries out, and the kinds of grant that do it."""

DEAD_GRANTS = (GrantState.CANCELLED, GrantState.REJECTED)


def violations_in_owner(case: Complaint, owner: Person | None, *, field: str = "owner_id"):
    """Somebody who works here, and whom the complaint is not about."""
    if owner is None:
        yield Violation("promise.owner_missing", field=field)
    elif owner.pk in subjects_of(case):
        yield Violation("promise.owner_is_subject", field=field)


def person_or_handler(case: Complaint, person_id: int | None) -> Person | None:
    """The person named, or the handler when nobody is."""
    if person_id is None:
        return case.handler
    return Person.objects.filter(pk=person_id, is_active=True, is_service=False).first()


@transaction.atomic
def make_commitment(
    case_id: int,
    *,
    by,
    at: datetime,
    what: str,
    due_at: datetime,
    owner_id: int | None = None,
    department_id: int | None = None,
    grant_id: int | None = None,
) -> Commitment:
    """Note a promise, from registration on: what, until when, who sees to it (S-PRO-01). The handler by default."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "commitment.make", case, at=at)
    owner = person_or_handler(case, owner_id)
    demand(
        violations_in_writing(is_open=case.is_open, state=case.get_state_display()),
        violations_in_required_words(what, code="promise.what_missing", field="what"),
        violations_in_due_moment(due_at, at, code="promise.due_in_past", field="due_at"),
        violations_in_owner(case, owner),
        _violations_in_belongings(case, department_id, grant_id),
    )
    with signed(by=by, reason="commitment.made", at=at):
        return write_commitment(
            case,
            by=by,
            at=at,
            what=what,
            due_at=due_at,
            owner=owner,
            department_id=department_id,
            grant=case.grants.filter(pk=grant_id).first(),
        )


def _violations_in_belongings(case, department_id, grant_id):
    if department_id is not None and not Department.objects.filter(pk=department_id).exists():
        yield Violation("promise.department_unknown", field="department_id")
    if grant_id is not None and not case.grants.filter(pk=grant_id).exists():
        yield Violation("promise.grant_of_another_case", field="grant_id")


def write_commitment(
    case: Complaint,
    *,
    by,
    at: datetime,
    what: str,
    due_at: datetime,
    owner: Person,
    department_id: int | None = None,
    option: PlanOption | None = None,
    grant: CompensationGrant | None = None,
    route: ExternalRoute | None = None,
) -> Commitment:
    """Write the promise under the caller's lock and signature, and tell its owner. The caller has asked the rules."""
    commitment = Commitment.objects.create(
        case=case,
        made_for=case,
        what=state_words(case, StatementKind.PROMISE, what, by=by, at=at),
        option=option,
        grant=grant,
        route=route,
        owner=owner,
        department_id=department_id,
        made_by=by,
        made_at=at,
        due_at=due_at,
    )
    if owner.pk != by.pk:
        notices.queue(case, "notice.promise_made", to=owner, at=at, about=commitment)
    return commitment


def grant_for(case: Complaint, option: PlanOption) -> CompensationGrant | None:
    """The oldest live grant of the case that carries out this option and belongs to no other one."""
    kinds = GRANT_KINDS.get(option.remedy)
    if kinds is None:
        return None
    elsewhere = case.commitments.filter(option__isnull=False, grant__isnull=False).exclude(option=option)
    grants = case.grants.filter(kind__in=kinds).exclude(pk__in=elsewhere.values("grant"))
    grants = grants.exclude(state__in=DEAD_GRANTS)
    if option.amount is not None:
        grants = grants.filter(amount=option.amount, currency=option.currency)
    return grants.order_by("asked_at", "pk").first()


def link_to_promise(grant: CompensationGrant) -> Commitment | None:
    """Link a grant to the promise of the option that it carries out, unless one is linked to it already.

    For holders of the lock, inside `signed`. Gives the promise back, or None when the plan promised nothing like it.
    """
    if grant.commitments.pending().exists():
        return grant.commitments.pending().first()
    for commitment in grant.case.commitments.pending().filter(grant__isnull=True, option__isnull=False):
        if grant_for(grant.case, commitment.option) == grant:
            commitment.grant = grant
            commitment.save()
            return commitment
    return None
