"""Compensation asked for: drafted with its grounds, changed, handed in, and taken off the table (S-CMP)."""

from datetime import datetime

from django.db import transaction

from casemgmt.amounts import amount_in
from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.assigning import subjects_of
from complaints.actions.counting_money import ASKED_OR_GRANTED, lock_for_money, lock_grant, spent_beside
from complaints.actions.empowering import limits_on
from complaints.actions.open_returns import violations_in_giving_up
from complaints.actions.promising_money import promise_payment
from complaints.actions.stating import state_words
from complaints.actions.superiors import Superiors
from complaints.actions.weighing_authority import weighed_to_keep
from complaints.actions.weighing_money import (
    GrantRequest,
    digest_of,
    grant_facts,
    is_owed_by_return,
    violations_in_case_for_money,
    violations_in_grant_move,
    violations_in_reason,
    violations_in_request,
)
from complaints.models import CompensationGrant, Complaint
from complaints.roles import day_of, demand_right, groups_of
from complaints.rules import granting as rules
from complaints.states import GrantState
from complaints.vocabulary import StatementKind
from policies.lookup import policies_in_force


def why_not_draft_grant(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against asking for money on this case, whatever is asked for."""
    return list(violations_in_case_for_money(case))


@transaction.atomic
def draft_grant(case_id: int, *, by, at: datetime, **request) -> CompensationGrant:
    """Write down what is to be asked for, and on which grounds; nobody is asked yet (S-CMP-01 to 04).

    `request` holds the fields of GrantRequest. A second call drafts a second grant; what waits and what is
    granted counts together when it is handed in.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "grant.ask", case, at=at)
    typed = GrantRequest(**request)
    grant = CompensationGrant(case=case, asked_by=by, asked_at=at)
    demand(why_not_draft_grant(case, by=by, at=at), violations_in_request(typed, grant, case, at=at))
    with signed(by=by, reason="grant.drafted", at=at):
        _write(grant, case, typed, by=by, at=at)
    return grant


@transaction.atomic
def ask_for_grant(case_id: int, *, by, at: datetime, hand_in: bool = False, **request) -> CompensationGrant:
    """Draft a grant, and hand it in at once if that is wished: both or neither."""
    if hand_in:
        lock_for_money(case_id, [by.pk])
    grant = draft_grant(case_id, by=by, at=at, **request)
    return submit_grant(grant.pk, by=by, at=at) if hand_in else grant


def _write(grant, case, request, *, by, at):
    grant.kind = request.kind
    grant.amount = amount_in(request.amount)
    grant.purpose = request.purpose
    grant.fault = request.fault
    grant.currency = request.currency
    grant.goodwill = request.goodwill
    grant.legal_reference = request.legal_reference
    if request.payee_id is not None:
        grant.payee_id = request.payee_id
    grant.basis = state_words(case, StatementKind.BASIS, request.basis, by=by, at=at)
    grant.order_of_offers_reason = state_words(case, StatementKind.REASON, request.order_of_offers, by=by, at=at)
    grant.save()


def why_not_change_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against changing this grant, whatever the change."""
    changeable = (GrantState.DRAFTED, GrantState.AWAITING_APPROVAL, GrantState.APPROVED)
    found = [*violations_in_grant_move(grant, *changeable), *violations_in_case_for_money(grant.case)]
    if grant.asked_by_id != by.pk:
        found.append(Violation("grant.not_the_asker"))
    if is_owed_by_return(grant, grant.case):
        found.append(Violation("return.refund_is_exact"))
    return found


@transaction.atomic
def change_grant(grant_id: int, *, by, at: datetime, **request) -> CompensationGrant:
    """Ask for something else (fields of GrantRequest). Whatever was approved lapses; it is handed in anew."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.ask", case, at=at)
    typed = GrantRequest(**request)
    demand(why_not_change_grant(grant, by=by, at=at), violations_in_request(typed, grant, case, at=at))
    with signed(by=by, reason="grant.changed", at=at):
        if grant.state != GrantState.DRAFTED:
            grant.lapse()
        _write(grant, case, typed, by=by, at=at)
    return grant


def why_not_submit_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What is missing before anybody decides: the request's own faults, its proof, its payee, and too high a sum."""
    case = grant.case
    found = [*violations_in_grant_move(grant, GrantState.DRAFTED), *violations_in_case_for_money(case)]
    if grant.asked_by_id != by.pk:
        found.append(Violation("grant.not_the_asker"))
    policies = policies_in_force(at)
    facts = grant_facts(grant, case, policies)
    wrong = list(rules.violations_in_submission(facts))
    found.extend(wrong)
    if not any(fault.field in ("amount", "currency", "kind") for fault in wrong):
        authority = _route(grant, case, facts, policies, at)
        if authority.limit is None:
            found.extend(authority.why)
    return found


def _route(grant, case, facts, policies, at):
    spent = spent_beside(grant, case, ASKED_OR_GRANTED, requester=grant.asked_by_id, at=at)
    roles = groups_of(grant.asked_by)
    limits = limits_on(case, grant.asked_by, policies, at=at)
    return rules.route_of(facts, spent, limits, roles=roles, on=day_of(at))


@transaction.atomic
def submit_grant(grant_id: int, *, by, at: datetime) -> CompensationGrant:
    """Hand the request in. Within the asker's own authority it is approved at once and cites the limit row;
    above it one supervisor decides, or two; above everything it is refused (S-CMP-05, S-CMP-06).

    What waits and what is granted to the same case, customer and order counts together, so that a sum is not
    split. The second time is refused.
    """
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.ask", case, at=at)
    demand(why_not_submit_grant(grant, by=by, at=at))
    policies = policies_in_force(at)
    authority = _route(grant, case, grant_facts(grant, case, policies), policies, at)
    grant.asked_at = at
    digest = digest_of(grant, case, policies)
    grant.weighed = weighed_to_keep(grant, case, policies, authority, at=at)
    if authority.approvers == 0:
        with signed(by=by, reason="grant.approved_within_own_authority", at=at):
            grant.approve_within_own_authority(limit_policy_id=authority.limit.policy_id, digest=digest, at=at)
            promise_payment(grant, case, policies, by=by, at=at)
        return grant
    with signed(by=by, reason="grant.submitted", at=at):
        grant.submit(digest=digest, approvals_needed=authority.approvers)
        grant.save()
    passed_over = subjects_of(case) | {by.pk, case.handler_id}
    notices.queue(
        case,
        "notice.grant_awaits_you",
        to=Superiors(at).told(case.team_id, None, passed_over),
        at=at,
        params={"amount": str(grant.amount), "currency": grant.currency},
        about=grant,
    )
    return grant


def why_not_cancel_grant(grant: CompensationGrant, *, by, at: datetime) -> list[Violation]:
    """What stands against giving the grant up."""
    unpaid = (GrantState.DRAFTED, GrantState.AWAITING_APPROVAL, GrantState.APPROVED, GrantState.BOUNCED)
    return [*violations_in_grant_move(grant, *unpaid), *violations_in_giving_up(grant)]


@transaction.atomic
def cancel_grant(grant_id: int, *, by, at: datetime, reason: str) -> CompensationGrant:
    """Not paid after all. A promise that was made with it stays, until it is released in its own way."""
    case, grant = lock_grant(grant_id, by=by)
    demand_right(by, "grant.cancel", case, at=at)
    demand(why_not_cancel_grant(grant, by=by, at=at), violations_in_reason(reason))
    with signed(by=by, reason="grant.cancelled", at=at):
        grant.cancel(reason=state_words(case, StatementKind.REASON, reason, by=by, at=at))
        grant.save()
    return grant
