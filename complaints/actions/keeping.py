"""What becomes of promises: kept with proof, broken when due and not done, released in two ways (S-PRO)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.agreement_ends import note_in_agreement
from complaints.actions.committing import GRANT_KINDS, grant_for
from complaints.actions.moving import violations_in_move
from complaints.actions.receiving_returns import note_exchange_kept
from complaints.actions.stating import state_words
from complaints.actions.tasking import department_of
from complaints.models import Commitment, Complaint
from complaints.roles import STAFF, SUPERVISORS, demand_right, groups_of
from complaints.rules import committing
from complaints.states import CommitmentState, EvidenceState, GrantState
from complaints.vocabulary import (
    WRITTEN_CHANNELS,
    Acceptance,
    ContactOutcome,
    ContactPurpose,
    Direction,
    OwedBy,
    Side,
    StatementKind,
)
from complaints.vocabulary.returning import ReturnKind


def why_not_keep_commitment(commitment: Commitment, *, by, at: datetime) -> list[Violation]:
    """Why it cannot be kept from where it stands, and whether money is still missing."""
    found = list(_violations_in_keep_move(commitment))
    if not found and _grant_paid(commitment, _grant_of(commitment)) is False:
        found.append(Violation("keep.grant_unpaid"))
    return found


def _violations_in_keep_move(commitment):
    if commitment.state not in (CommitmentState.OPEN, CommitmentState.BROKEN):
        yield from violations_in_move(commitment, "keep")


def _grant_of(commitment):
    if commitment.grant_id is not None:
        return commitment.grant
    return grant_for(commitment.case, commitment.option) if commitment.option_id is not None else None


def _grant_paid(commitment, grant):
    """None when no money belongs to the promise."""
    if grant is not None:
        return grant.state == GrantState.PAID
    if commitment.option_id is not None and commitment.option.remedy in GRANT_KINDS:
        return False
    if commitment.return_request_id is not None and commitment.return_request.kind != ReturnKind.EXCHANGE:
        return False
    return None


@transaction.atomic
def keep_commitment(
    commitment_id: int,
    *,
    by,
    at: datetime,
    proof_id: int | None = None,
    words: str = "",
    done_at: datetime | None = None,
) -> Commitment:
    """It was done: shown by a piece of evidence, or told in words. `done_at`: when, if not now.

    After its moment it counts as kept late, unless evidence proves that it was done in time and it was not
    yet noted as broken. A promise of money is kept by its payment.
    """
    case = Complaint.objects.locked(commitments__pk=commitment_id)
    demand_right(by, "commitment.keep", case, at=at)
    commitment = case.commitments.get(pk=commitment_id)
    _demand_own_promise(commitment, by)
    proof = case.evidence.filter(pk=proof_id).first()
    grant = _grant_of(commitment)
    done = done_at or at
    demand(_violations_in_keep_move(commitment))
    demand(
        committing.violations_in_keeping(
            committing.KeepingFacts(
                has_proof=proof_id is not None,
                proof_of_this_case=proof is not None,
                proof_counts=proof is not None and proof.state != EvidenceState.EXCLUDED,
                words=words or ("paid" if grant is not None else ""),
                made_at=commitment.made_at,
                done_at=done,
                grant_paid=_grant_paid(commitment, grant),
            ),
            at,
        )
    )
    in_time = commitment.state == CommitmentState.OPEN and committing.is_in_time(
        due_at=commitment.due_at, done_at=done, at=at, has_proof=proof is not None
    )
    with signed(by=by, reason="commitment.kept" if in_time else "commitment.kept_late", at=at):
        told = state_words(case, StatementKind.ANSWER, words, by=by, at=at)
        commitment.grant = grant
        if in_time:
            commitment.keep(by=by, at=done, proof=proof, words=told)
        else:
            _break_first(commitment)
            commitment.keep_late(by=by, at=done, proof=proof, words=told)
        commitment.save()
        note_in_agreement(commitment, at=at)
        note_exchange_kept(commitment, at=at)
    if case.handler_id is not None and case.handler_id != by.pk:
        notices.queue(case, "notice.promise_kept_tell_customer", to=case.handler, at=at, about=commitment)
    return commitment


def _demand_own_promise(commitment, by):
    """Whoever carries promises out for others keeps those of the own department alone (roles.md)."""
    if by.is_superuser or by.pk == commitment.owner_id or groups_of(by) & {STAFF, SUPERVISORS}:
        return
    if commitment.department_id is None or department_of(by) != commitment.department_id:
        raise PermissionDenied("commitment.keep")


def _break_first(commitment):
    """What is kept late was broken first: each arrow of the diagram is a row of the history."""
    if commitment.state == CommitmentState.OPEN:
        commitment.break_()
        commitment.save()


def why_not_break_commitment(commitment: Commitment, *, by, at: datetime) -> list[Violation]:
    """Why it does not count as broken."""
    found = list(violations_in_move(commitment, "break_"))
    return found or list(
        committing.violations_in_breaking(
            kept=commitment.state == CommitmentState.KEPT,
            proof_fell=commitment.proof is not None and commitment.proof.state == EvidenceState.EXCLUDED,
            due_at=commitment.due_at,
            at=at,
        )
    )


@transaction.atomic
def break_commitment(commitment_id: int, *, by, at: datetime) -> Commitment:
    """It was due and is not done, or the proof of it fell. It stays to be kept late or released."""
    case = Complaint.objects.locked(commitments__pk=commitment_id)
    if not by.is_service:
        demand_right(by, "commitment.keep", case, at=at)
    commitment = case.commitments.get(pk=commitment_id)
    demand(why_not_break_commitment(commitment, by=by, at=at))
    with signed(by=by, reason="commitment.broken", at=at):
        commitment.break_()
        commitment.save()
        note_in_agreement(commitment, at=at)
    return commitment


def release_facts(
    case: Complaint, commitment: Commitment, *, by, customer_words: str, reason: str
) -> committing.ReleaseFacts:
    """What decides whether this promise may be let go by this person."""
    plan = commitment.option.plan if commitment.option_id is not None else None
    owed = plan is not None and (plan.owed_by != OwedBy.NOTHING or plan.acceptance == Acceptance.OWED)
    return committing.ReleaseFacts(
        owner=commitment.owner_id,
        released_by=accounts_of(by),
        customer_words=customer_words or "",
        reason=reason or "",
        owed=owed,
        on_offer_until=plan.on_offer_until if plan is not None else None,
        offered_in_writing=owed and offered_in_writing(case),
    )


def offered_in_writing(case: Complaint) -> bool:
    """Whether an offer or outcome reached the customer on a channel that can be read again."""
    return case.contacts.filter(
        direction=Direction.OUTGOING,
        channel__in=WRITTEN_CHANNELS,
        purpose__in=[ContactPurpose.OFFER, ContactPurpose.OUTCOME],
        outcome=ContactOutcome.DELIVERED,
    ).exists()


@transaction.atomic
def release_commitment(
    commitment_id: int, *, by, at: datetime, customer_words: str = "", reason: str = ""
) -> Commitment:
    """Let a promise go: in the customer's own words, or by a second person with a reason.

    What is owed and nobody collects may go only after its date on offer, which was given in writing.
    """
    case = Complaint.objects.locked(commitments__pk=commitment_id)
    demand_right(by, "commitment.release", case, at=at)
    commitment = case.commitments.get(pk=commitment_id)
    demand(violations_in_move(commitment, "release"))
    facts = release_facts(case, commitment, by=by, customer_words=customer_words, reason=reason)
    demand(committing.violations_in_releasing(facts, at))
    with signed(by=by, reason="commitment.released", at=at):
        release(case, commitment, by=by, at=at, customer_words=customer_words, reason=reason)
    return commitment


def release(case: Complaint, commitment: Commitment, *, by, at: datetime, customer_words: str, reason: str) -> None:
    """Write the release under the caller's lock and signature; the rules were asked."""
    commitment.release(
        by=by,
        words=state_words(
            case, StatementKind.ANSWER, customer_words, by=by, at=at, side=Side.CUSTOMER, customer=case.customer
        ),
        reason=state_words(case, StatementKind.REASON, reason, by=by, at=at),
    )
    commitment.save()
    note_in_agreement(commitment, at=at)
