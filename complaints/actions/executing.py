"""From the accepted plan to its end: carried out, planned anew, or completed (S-EXE)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.people.models import Department
from casemgmt.violations import Violation, demand
from complaints.actions import committing as promises
from complaints.actions.following_up import schedule_follow_up_if_none
from complaints.actions.keeping import release, release_facts
from complaints.actions.moving import violations_in_move
from complaints.actions.open_returns import (
    violations_in_giving_up,
    violations_in_open_returns,
    violations_in_untold_promises,
)
from complaints.actions.requesting_evidence import unconfirmed_evidence
from complaints.actions.stating import state_words
from complaints.actions.telling import told_facts
from complaints.actions.telling_payments import violations_in_untold_payments
from complaints.actions.ticking import violations_in_checklists
from complaints.actions.timing import EXECUTING, FOLLOWING_UP, start_further_clocks, stop_clocks
from complaints.models import Commitment, Complaint, HandlingPlan
from complaints.roles import demand_right
from complaints.rules import executing
from complaints.rules.committing import violations_in_releasing
from complaints.rules.paperwork import violations_in_due_moment, violations_in_required_words
from complaints.rules.telling import violations_in_telling
from complaints.states import UNPAID_GRANTS, CommitmentState, PlanState, RouteState
from complaints.vocabulary import ContactPurpose, Outcome, StatementKind
from policies.lookup import categories_in_force

PENDING = (CommitmentState.OPEN, CommitmentState.BROKEN)


@dataclass(frozen=True, slots=True)
class PromiseTerms:
    """What differs for one chosen option: until when, who sees to it, which department carries it out."""

    due_at: datetime | None = None
    owner_id: int | None = None
    department_id: int | None = None


def accepted_plan(case: Complaint) -> HandlingPlan | None:
    """The plan that the customer accepted and that is in force."""
    return case.plans.filter(state=PlanState.ACCEPTED).order_by("number").last()


def why_not_accept(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What keeps the plan from being carried out."""
    impossible = list(violations_in_move(case, "accept"))
    if impossible:
        return impossible
    states = set(case.plans.values_list("state", flat=True))
    category = categories_in_force(case.registered_at).get(case.category)
    return list(
        executing.violations_in_accepting(
            executing.AcceptingFacts(
                drafted=PlanState.DRAFTED in states,
                offered=PlanState.OFFERED in states,
                accepted=PlanState.ACCEPTED in states,
                unconfirmed=unconfirmed_evidence(case, category) if category is not None else (),
            )
        )
    )


@transaction.atomic
def accept(
    case_id: int,
    *,
    by,
    at: datetime,
    due_at: datetime | None = None,
    owner_id: int | None = None,
    department_id: int | None = None,
    terms: Mapping[int, PromiseTerms] | None = None,
) -> Complaint:
    """Carry out the accepted plan: each chosen option becomes a promise with owner and moment (S-EXE-02).

    `terms` names, by option, what differs from the common moment, owner and department. A grant that carries
    out an option is linked to its promise. For whoever handles the case; a second call finds it executing.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "accept"))
    plan = accepted_plan(case)
    options = list(plan.options.filter(chosen=True)) if plan is not None else []
    common = PromiseTerms(due_at, owner_id, department_id)
    agreed = [(option, _terms(common, (terms or {}).get(option.pk))) for option in options]
    demand(why_not_accept(case, by=by, at=at), _violations_in_terms(case, agreed, at))
    with signed(by=by, reason="case.accepted", at=at):
        for option, term in agreed:
            _promise(case, option, term, by=by, at=at)
        case.accept(plan=plan)
        start_further_clocks(case, EXECUTING, at=at)
        case.save()
    return case


def _promise(case, option, term, *, by, at):
    """A promise for the option; the one to pay that an approval made already becomes it, with its own moment.

    A signed agreement made it already.
    """
    if option.commitments.pending().exists():
        return
    grant = promises.grant_for(case, option)
    to_pay = grant.commitments.pending().first() if grant is not None else None
    if to_pay is not None:
        to_pay.option = option
        to_pay.save()
        return
    promises.write_commitment(
        case,
        by=by,
        at=at,
        what=(option.words.words if option.words is not None else None) or option.get_remedy_display(),
        due_at=term.due_at,
        owner=promises.person_or_handler(case, term.owner_id),
        department_id=term.department_id,
        option=option,
        grant=grant,
    )


def _terms(common, own):
    if own is None:
        return common
    return PromiseTerms(
        own.due_at or common.due_at,
        own.owner_id if own.owner_id is not None else common.owner_id,
        own.department_id if own.department_id is not None else common.department_id,
    )


def _violations_in_terms(case, agreed, at):
    found = {}
    for _option, term in agreed:
        violations = [
            *violations_in_due_moment(term.due_at, at, code="promise.due_in_past", field="due_at"),
            *promises.violations_in_owner(case, promises.person_or_handler(case, term.owner_id)),
        ]
        if term.department_id is not None and not Department.objects.filter(pk=term.department_id).exists():
            violations.append(Violation("promise.department_unknown", field="department_id"))
        found.update({violation.code: violation for violation in violations})
    return found.values()


def why_not_replan(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """Only the state; reason and fates are typed."""
    return list(violations_in_move(case, "replan"))


@transaction.atomic
def replan(
    case_id: int,
    *,
    by,
    at: datetime,
    reason: str,
    commitments: Mapping[int, str],
    grants: Mapping[int, str],
    customer_words: str = "",
) -> Complaint:
    """The plan cannot be carried out, and why; back to negotiating.

    `commitments` says of every promise not yet kept, by its number, "keep" or "release"; `grants` of every
    unpaid grant "keep" or "cancel". A release takes the customer's words or a second person, as ever.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(violations_in_move(case, "replan"))
    pending = {row.pk: row for row in case.commitments.pending()}
    unpaid = {row.pk: row for row in case.grants.filter(state__in=UNPAID_GRANTS)}
    demand(
        violations_in_required_words(reason, code="replan.reason_missing", field="reason"),
        executing.violations_in_replanning(commitments=commitments, pending=pending, grants=grants, unpaid=unpaid),
        _violations_in_letting_go(case, pending, commitments, by, customer_words, reason, at),
    )
    with signed(by=by, reason="case.replanned", at=at):
        why = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        for number, fate in commitments.items():
            if fate == "release":
                release(case, pending[number], by=by, at=at, customer_words=customer_words, reason=reason)
        for number, fate in grants.items():
            if fate == "cancel":
                demand_right(by, "grant.cancel", case, at=at)
                demand(violations_in_giving_up(unpaid[number]))
                unpaid[number].cancel(reason=why)
                unpaid[number].save()
        for plan in case.plans.filter(state=PlanState.ACCEPTED):
            plan.supersede()
            plan.save()
        case.act_reason = why
        case.replan()
        case.save()
    return case


def _violations_in_letting_go(case, pending, commitments, by, customer_words, reason, at):
    found = {}
    for number, fate in commitments.items():
        if fate == "release" and number in pending:
            facts = release_facts(case, pending[number], by=by, customer_words=customer_words, reason=reason)
            found.update({violation.code: violation for violation in violations_in_releasing(facts, at)})
    return found.values()


def why_not_complete(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What is not done or not told yet."""
    impossible = list(violations_in_move(case, "complete"))
    if impossible:
        return impossible
    return [
        *executing.violations_in_completing(
            pending=case.commitments.pending().values_list("pk", flat=True),
            unpaid=case.grants.filter(state__in=UNPAID_GRANTS).values_list("pk", flat=True),
        ),
        *violations_in_telling(told_facts(case, ContactPurpose.OUTCOME)),
        *violations_in_untold_payments(case),
        *violations_in_untold_promises(case),
        *violations_in_open_returns(case),
        *violations_in_checklists(case, "complete", at=at),
    ]


@transaction.atomic
def complete(case_id: int, *, by, at: datetime) -> Complaint:
    """Everything promised is kept or released, everything granted is paid, and the customer knows (S-EXE-06).

    The resolution clock stops here. A second call finds the case in follow-up and is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    demand(why_not_complete(case, by=by, at=at))
    with signed(by=by, reason="case.completed", at=at):
        case.complete(outcome=_outcome_of(case))
        enter_follow_up(case, by=by, at=at)
        case.save()
    return case


def _outcome_of(case):
    if Commitment.objects.filter(case=case, route__isnull=False).exists():
        return Outcome.RULED
    if case.routes.filter(state=RouteState.SETTLED).exists():
        return Outcome.SETTLED_OUTSIDE
    return Outcome.REMEDIED


def enter_follow_up(case: Complaint, *, by, at: datetime) -> None:
    """What every way into the follow-up brings: resolution clocks stop, and a follow-up is on somebody's list.

    Under the caller's lock and signature; the caller saves the case.
    """
    stop_clocks(case, FOLLOWING_UP, at=at)
    schedule_follow_up_if_none(case, by=by, at=at)
