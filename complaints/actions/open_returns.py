"""What is still on its way when a case is to end: returns, unsigned agreements, promises that nobody spoke of."""

from django.db.models import Max

from casemgmt.violations import Violation
from complaints.actions.telling import known_channels
from complaints.models import CompensationGrant, Complaint, ReturnRequest
from complaints.states import AgreementState, CommitmentState, GrantState
from complaints.vocabulary import Direction

UNSIGNED = (AgreementState.DRAFTED, AgreementState.SIGNED_BY_ONE)
KEPT = (CommitmentState.KEPT, CommitmentState.KEPT_LATE)


def violations_in_open_returns(case: Complaint):
    """One for each return whose goods or money are on their way, and for each agreement that waits for a signature."""
    for request in case.returns.select_related("refund"):
        if request.is_pending or _came_back(request):
            yield Violation("return.pending", params={"number": request.pk})
    for agreement in case.agreements.all():
        if agreement.state in UNSIGNED:
            yield Violation("agreement.unsigned", params={"number": agreement.number})


def _came_back(request: ReturnRequest) -> bool:
    """The refund was made once and did not arrive: it is owed as before."""
    return request.refunded_at is not None and request.refund is not None and request.refund.state != GrantState.PAID


def violations_in_giving_up(grant: CompensationGrant):
    """One when the money is that of goods that came back: refunded once, it is paid again until it arrives (S-RET)."""
    if any(request.refund_id == grant.pk and request.refunded_at for request in grant.case.returns.all()):
        yield Violation("return.refund_stays_owed")


def violations_in_untold_promises(case: Complaint):
    """One for each kept promise of which the customer heard nothing since it was done (S-EXE-06, S-FUP-10).

    A payment speaks for itself elsewhere; where no contact is known there is nobody to tell.
    """
    kept = [promise for promise in case.commitments.all() if promise.state in KEPT and promise.grant_id is None]
    if not kept or not known_channels(case):
        return
    spoken = case.contacts.filter(direction=Direction.OUTGOING).aggregate(last=Max("occurred_at"))["last"]
    for promise in kept:
        if spoken is None or spoken < promise.kept_at:
            yield Violation("commitment.kept_not_told", params={"number": promise.pk})
