"""An approved grant is a promise with a payout date, carried by whoever pays (S-CMP-12, WC-01)."""

from datetime import datetime

from casemgmt.people.models import Department, DepartmentKind, Person
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.committing import link_to_promise
from complaints.models import Commitment, CompensationGrant, Complaint
from complaints.roles import OPERATIONS
from policies.lookup import PoliciesInForce
from policies.values import Length


def promise_payment(grant: CompensationGrant, case: Complaint, policies: PoliciesInForce, *, by, at: datetime) -> None:
    """Set the payout date of a grant that was just approved, save it, and promise the payment.

    For holders of the lock, inside `signed`. A promise that an earlier approval made stays as it was given, and
    one that the accepted plan made becomes the promise to pay.
    """
    kind = policies.compensation_kinds[grant.kind]
    time = policies.working_time(policies.periods["default"].calendar)
    grant.pay_by = time.after(at, Length(kind.payout_working_days, "working_days"))
    grant.save()
    payers = _payers(grant, case)
    owner = payers[0] if payers else grant.asked_by
    if link_to_promise(grant) is None:
        Commitment.objects.create(
            case=case,
            made_for=case,
            what=grant.basis,
            grant=grant,
            owner=owner,
            department=_department_of(owner),
            made_by=by,
            made_at=at,
            due_at=grant.pay_by,
        )
    notices.queue(
        case,
        "notice.grant_to_be_paid",
        to=payers,
        at=at,
        params={"amount": str(grant.amount), "currency": grant.currency},
        about=grant,
    )


def _payers(grant, case) -> list[Person]:
    passed_over = subjects_of(case) | {grant.asked_by_id, grant.approved_by_id, grant.second_approved_by_id}
    able = Person.objects.filter(groups__name=OPERATIONS, is_active=True).select_related("team__department")
    return [person for person in able.order_by("pk") if person.pk not in passed_over]


def _department_of(owner) -> Department | None:
    if owner.team_id is not None:
        return owner.team.department
    return Department.objects.filter(kind=DepartmentKind.OPERATIONS).order_by("pk").first()
