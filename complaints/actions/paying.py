"""Paying once, and what happens when the money comes back (S-CMP-12; design section 4, CompensationGrant)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.agreement_ends import note_in_agreement
from complaints.actions.counting_money import lock_grant
from complaints.actions.entering_payees import violations_in_payee, write_payee
from complaints.actions.evidencing import write_evidence
from complaints.actions.following_up import cancel_follow_ups
from complaints.actions.refunding import note_refund_paid
from complaints.actions.stating import state_words
from complaints.actions.timing import restart_clocks
from complaints.actions.weighing_money import digest_of, violations_in_grant_move, violations_in_reason
from complaints.evidence_files import files
from complaints.models import CompensationGrant, Complaint, Evidence
from complaints.roles import demand_right
from complaints.rules.duties import violations_in_paying
from complaints.rules.paying import PaymentFacts, is_same_payment, violations_in_payment
from complaints.states import CaseState, CommitmentState, GrantState
from complaints.vocabulary import EvidenceType, Side, StatementKind
from policies.lookup import policies_in_force, uploads_in_force

BACK_TO_WORK = (CaseState.FOLLOWING_UP, CaseState.CLOSED, CaseState.WITHDRAWN)


def why_not_pay_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against this person paying this grant, whatever reference is typed."""
    case = grant.case
    found = list(violations_in_grant_move(grant, GrantState.APPROVED))
    if not case.is_open:
        found.append(Violation("grant.case_not_open", params={"state": case.get_state_display()}))
    approvers = frozenset({grant.approved_by_id, grant.second_approved_by_id} - {None})
    found.extend(violations_in_paying(payer=accounts_of(by), asked_by=grant.asked_by_id, approvers=approvers))
    if grant.state == GrantState.APPROVED and _digest_now(grant, case, at) != grant.content_digest:
        found.append(Violation("grant.content_changed"))
    return found


def _digest_now(grant, case, at):
    return digest_of(grant, case, policies_in_force(at))


class _PaidBefore(Exception):
    """This very payment was noted already; a file that came along with it again is not kept twice."""


def pay_grant(
    grant_id: int,
    *,
    by,
    at: datetime,
    payment_key: UUID | str,
    reference: str,
    proof_id: int | None = None,
    file=None,
) -> CompensationGrant:
    """Note that the grant was paid, under a reference that no other payment bears; the promise to pay is kept.

    `payment_key` is the key that the page gave out with this content. Noting the same payment again, with the
    same key and reference, changes nothing and gives the grant back; any other second payment is refused. The
    proof is a piece of evidence of the case (`proof_id`) or a `file` that becomes one; kinds may demand it. The
    handler is told, because the customer has to be told.
    """
    reference = reference.strip()
    if file is None:
        return _pay(grant_id, by=by, at=at, key=payment_key, reference=reference, proof_id=proof_id)
    demand_right(by, "grant.pay", Complaint.objects.get(grants__pk=grant_id), at=at)
    try:
        with files.kept(file, uploads_in_force(at)) as stored:
            return _pay(grant_id, by=by, at=at, key=payment_key, reference=reference, proof_id=proof_id, stored=stored)
    except _PaidBefore:
        return CompensationGrant.objects.get(pk=grant_id)


@transaction.atomic
def _pay(grant_id, *, by, at, key, reference, proof_id=None, stored=None) -> CompensationGrant:
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.pay", case, at=at)
    key_fits = str(key) == str(grant.payment_key)
    if is_same_payment(
        state=grant.state, key_fits=key_fits, paid_reference=grant.payment_reference, reference=reference
    ):
        if stored is not None:
            raise _PaidBefore
        return grant
    if grant.state == GrantState.PAID:
        demand([Violation("grant.already_paid", field="reference", params={"reference": grant.payment_reference})])
    proof = Evidence.objects.filter(pk=proof_id, case=case).first() if proof_id is not None else None
    kind = policies_in_force(at).compensation_kinds.get(grant.kind)
    facts = PaymentFacts(
        key_fits=key_fits,
        reference=reference,
        reference_used=_reference_used(case, reference),
        proof_of_case=None if proof_id is None else proof is not None,
        proof_added=stored is not None,
        needs_proof=kind is not None and kind.needs_payment_proof,
    )
    demand(why_not_pay_grant(grant, by=by, at=at), violations_in_payment(facts))
    if stored is not None:
        with signed(by=by, reason="evidence.added", at=at):
            proof = write_evidence(case, stored, EvidenceType.PROOF_OF_PAYMENT, Side.COMPANY, None, "", by=by, at=at)
    with signed(by=by, reason="grant.paid", at=at):
        grant.pay(by=by, at=at, reference=reference, proof=proof)
        _save_with_reference(grant)
        _keep_promises(grant, by=by, at=at, proof=proof)
    notices.queue(
        case,
        "notice.grant_paid_tell_customer",
        to=case.handler or grant.asked_by,
        at=at,
        params={"amount": str(grant.amount), "currency": grant.currency},
        about=grant,
    )
    return grant


def _reference_used(case, reference):
    """Whether another payment bears it, or one of this case that came back."""
    return bool(reference) and (
        CompensationGrant.objects.filter(payment_reference=reference).exists()
        or CompensationGrant.history.filter(case_id=case.pk, payment_reference=reference).exists()
    )


def _save_with_reference(grant):
    """Two payers of two grants cannot use one reference: the database lets the faster one have it."""
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as error:
        if "payment_reference" not in str(error):
            raise
        demand([Violation("grant.reference_used", field="reference")])


def _keep_promises(grant, *, by, at, proof):
    for promise in grant.commitments.pending():
        if promise.state == CommitmentState.OPEN and at > promise.due_at:
            promise.break_()
            promise.save()
        keep = promise.keep if promise.state == CommitmentState.OPEN else promise.keep_late
        keep(by=by, at=at, proof=proof)
        promise.save()
        note_in_agreement(promise, at=at)
    note_refund_paid(grant.case, grant, at=at)


def why_not_bounce_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against noting that the money came back."""
    found = list(violations_in_grant_move(grant, GrantState.PAID))
    if grant.case.state == CaseState.MERGED:
        found.append(Violation("grant.case_merged", params={"leading": grant.case.merged_into.case_number}))
    return found


@transaction.atomic
def bounce_grant(grant_id: int, *, by, at: datetime, reason: str) -> CompensationGrant:
    """The money came back, however long ago it was paid. Its promise is broken again, and a case that was as
    good as done, closed or withdrawn is carried out anew (*payment_failed*). The second time is refused.
    """
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.bounce", case, at=at)
    demand(why_not_bounce_grant(grant, by=by, at=at), violations_in_reason(reason))
    with signed(by=by, reason="grant.bounced", at=at):
        grant.bounce(reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        grant.save()
        for promise in grant.commitments.filter(state=CommitmentState.KEPT):
            promise.break_()
            promise.save()
    if case.state in BACK_TO_WORK:
        with signed(by=by, reason="case.payment_failed", at=at):
            _carry_out_again(case, by=by, at=at)
    notices.queue(
        case,
        "notice.grant_bounced",
        to={case.handler, grant.asked_by} - {None, by},
        at=at,
        params={"amount": str(grant.amount), "currency": grant.currency},
        about=grant,
    )
    return grant


def _carry_out_again(case, *, by, at):
    had_ended = not case.is_open
    case.payment_failed()
    if had_ended:
        restart_clocks(case, at=at)
    case.save()
    cancel_follow_ups(case, by=by, at=at)


def why_not_retry_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against paying the same content again."""
    found = list(violations_in_grant_move(grant, GrantState.BOUNCED))
    if not found and _digest_now(grant, grant.case, at) != grant.content_digest:
        found.append(Violation("grant.content_changed"))
    return found


@transaction.atomic
def retry_grant(grant_id: int, *, by, at: datetime, reason: str) -> CompensationGrant:
    """Let the unchanged content be paid again, under the same key and a new reference."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.bounce", case, at=at)
    demand(why_not_retry_grant(grant, by=by, at=at), violations_in_reason(reason))
    with signed(by=by, reason="grant.retried", at=at):
        grant.reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        grant.retry()
        grant.save()
    return grant


def why_not_redraft_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against another payee for money that came back."""
    return list(violations_in_grant_move(grant, GrantState.BOUNCED))


@transaction.atomic
def redraft_grant(
    grant_id: int, *, by, at: datetime, name: str, account: str, method: str, reason: str
) -> CompensationGrant:
    """Pay it to somebody else, or elsewhere: a draft again, with a new key, to be approved anew."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "payee.enter", case, at=at)
    demand(
        why_not_redraft_grant(grant, by=by, at=at),
        violations_in_payee(case, name=name, account=account, method=method),
        violations_in_reason(reason),
    )
    with signed(by=by, reason="grant.redrafted", at=at):
        grant.payee = write_payee(case, name=name, account=account, method=method, reason=reason, by=by, at=at)
        grant.redraft()
        grant.save()
    return grant
