"""What promises do to the agreement they carry out: one broken breaks it, the last one kept fulfils it (S-EXE-08)."""

from datetime import datetime

from complaints.models import Commitment
from complaints.states import AgreementState, CommitmentState

BROKEN = (CommitmentState.BROKEN, CommitmentState.KEPT_LATE)


def note_in_agreement(commitment: Commitment, *, at: datetime) -> None:
    """Let what became of a promise end its agreement. Inside the caller's lock and signature, after the save."""
    agreement = commitment.agreement
    if agreement is None or agreement.state != AgreementState.SIGNED:
        return
    states = set(agreement.commitments.values_list("state", flat=True))
    if states & set(BROKEN):
        agreement.break_(at=at)
        agreement.save()
    elif CommitmentState.OPEN not in states:
        agreement.fulfil(at=at)
        agreement.save()
