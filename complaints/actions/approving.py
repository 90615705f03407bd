"""Somebody else's word on money: yes, no, or not like this. Each yes is bound to what was seen (T3, T5)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.one_person import accounts_of
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.counting_money import GRANTED, lock_grant, spent_beside
from complaints.actions.open_returns import violations_in_giving_up
from complaints.actions.promising_money import promise_payment
from complaints.actions.stating import state_words
from complaints.actions.weighing_authority import with_approval
from complaints.actions.weighing_money import (
    digest_of,
    violations_in_case_for_money,
    violations_in_grant_move,
    violations_in_reason,
)
from complaints.models import CompensationGrant, Complaint
from complaints.roles import day_of, demand_right, groups_of, may
from complaints.rules import granting as rules
from complaints.rules.duties import violations_in_decision
from complaints.states import GrantState
from complaints.vocabulary import StatementKind
from policies.lookup import policies_in_force

AWAITING = GrantState.AWAITING_APPROVAL


def _violations_in_deciding(grant: CompensationGrant, case: Complaint, by):
    yield from violations_in_grant_move(grant, AWAITING)
    yield from violations_in_decision(
        asked_by=grant.asked_by_id, decided_by=accounts_of(by), subjects=subjects_of(case), handler=case.handler_id
    )


def _limit(grant, case, policies, by, at):
    spent = spent_beside(grant, case, GRANTED, requester=grant.asked_by_id, approver=by.pk, at=at)
    return rules.limit_for_approver(
        grant.amount,
        grant.currency,
        spent,
        policies.limits.values(),
        approvals=grant.approvals_needed,
        roles=groups_of(by),
        on=day_of(at),
    )


def why_not_approve_grant(
    grant: CompensationGrant, *, by, at: datetime, seen_digest: str | None = None
) -> list[Violation]:
    """What stands against this person's yes. Without `seen_digest`, what the page shows is what is seen."""
    case = grant.case
    policies = policies_in_force(at)
    found = [*_violations_in_deciding(grant, case, by), *violations_in_case_for_money(case)]
    if grant.state != AWAITING:
        return found
    facts = rules.ApprovalFacts(
        decided_by=accounts_of(by),
        first_approver=grant.approved_by_id,
        payee_entered_by=grant.payee.reason.said_by_id if grant.payee_id and grant.payee.reason_id else None,
        seen_digest=grant.content_digest if seen_digest is None else seen_digest,
        submitted_digest=grant.content_digest,
        digest_now=digest_of(grant, case, policies),
    )
    found.extend(rules.violations_in_approval(facts))
    found.extend(_limit(grant, case, policies, by, at)[1])
    return found


@transaction.atomic
def approve_grant(grant_id: int, *, by, at: datetime, seen_digest: str) -> CompensationGrant:
    """Say yes to the content that was seen. The last yes makes the promise to pay, with its date.

    `seen_digest` is the `content_digest` that the page showed; whatever changed since is refused. Limits are
    counted again, of the case, the customer and the approver's day. Where two supervisors are needed the first
    yes waits for the second. Saying yes twice is refused.
    """
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.approve", case, at=at)
    demand(why_not_approve_grant(grant, by=by, at=at, seen_digest=seen_digest))
    policies = policies_in_force(at)
    limit, _ = _limit(grant, case, policies, by, at)
    grant.weighed = with_approval(grant, case, policies, by=by, at=at)
    if grant.approvals_needed == 2 and grant.approved_by_id is None:
        with signed(by=by, reason="grant.approved_first_of_two", at=at):
            grant.approve_first_of_two(by=by, at=at)
            grant.save()
        return grant
    with signed(by=by, reason="grant.approved", at=at):
        grant.approve(by=by, at=at, limit_policy_id=limit.policy_id)
        promise_payment(grant, case, policies, by=by, at=at)
    _tell_asker(case, grant, "notice.grant_approved", at)
    return grant


def why_not_reject_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against this person's no."""
    return [*_violations_in_deciding(grant, grant.case, by), *violations_in_giving_up(grant)]


@transaction.atomic
def reject_grant(grant_id: int, *, by, at: datetime, reason: str) -> CompensationGrant:
    """Say no, and why. The same is not asked for again by this grant; a better request is a new one."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.approve", case, at=at)
    demand(why_not_reject_grant(grant, by=by, at=at), violations_in_reason(reason))
    with signed(by=by, reason="grant.rejected", at=at):
        grant.reject(reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        grant.save()
    _tell_asker(case, grant, "notice.grant_rejected", at)
    return grant


def why_not_return_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against sending the grant back to be reworked. Its asker may always fetch it back."""
    return list(violations_in_grant_move(grant, AWAITING, GrantState.APPROVED))


@transaction.atomic
def return_grant(grant_id: int, *, by, at: datetime, reason: str) -> CompensationGrant:
    """Not like this: back to a draft, with a reason. Whatever was approved lapses."""
    case, grant = lock_grant(grant_id, by=by)
    if grant.asked_by_id != by.pk or not may(by, "grant.ask", case, on=day_of(at)):
        demand_right(by, "grant.approve", case, at=at)
    demand(why_not_return_grant(grant, by=by, at=at), violations_in_reason(reason))
    with signed(by=by, reason="grant.returned", at=at):
        grant.reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        grant.lapse()
        grant.save()
    if by.pk != grant.asked_by_id:
        _tell_asker(case, grant, "notice.grant_returned", at)
    return grant


def _tell_asker(case, grant, code, at):
    notices.queue(
        case,
        code,
        to=grant.asked_by,
        at=at,
        params={"amount": str(grant.amount), "currency": grant.currency},
        about=grant,
    )
