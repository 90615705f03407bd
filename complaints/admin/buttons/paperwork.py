"""What can be done with the paperwork of a case: grants, refusals, plans, promises, evidence and the rest."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from casemgmt.violations import Violation
from complaints.actions import (
    approving,
    entering_payees,
    escalating,
    evidencing,
    following_up,
    granting,
    improving,
    keeping,
    paying,
    planning,
    refusing,
    requesting_evidence,
    routing,
    subjecting,
    tasking,
)
from complaints.forms import ends, facts, money, plan
from complaints.states import CommitmentState, EvidenceState, PlanState, TaskState


def only_in(*states):
    """Beside the point in any other state of the row."""

    def why_not(row, *, by, at) -> list[Violation]:
        if row.state in states:
            return []
        return [Violation("case.not_possible_from", params={"state": row.get_state_display()})]

    return why_not


def _route_runs(route, *, by, at) -> list[Violation]:
    if route.is_pending:
        return []
    return [Violation("case.not_possible_from", params={"state": route.get_state_display()})]


def _not_lifted(subject, *, by, at) -> list[Violation]:
    return [] if subject.lifted_at is None else [Violation("case.not_possible_from", params={"state": "—"})]


GRANT = (
    CaseAction(
        "submit-grant",
        _("Hand in"),
        "grant.ask",
        granting.submit_grant,
        ActionForm,
        granting.why_not_submit_grant,
        weight=10,
    ),
    CaseAction(
        "enter-payee",
        _("Enter the payee"),
        "payee.enter",
        entering_payees.enter_payee,
        money.PayeeForm,
        entering_payees.why_not_enter_payee,
        weight=11,
    ),
    CaseAction(
        "approve-grant",
        _("Approve"),
        "grant.approve",
        approving.approve_grant,
        money.SeenForm,
        approving.why_not_approve_grant,
        weight=12,
        checks_version=True,
    ),
    CaseAction(
        "reject-grant",
        _("Reject"),
        "grant.approve",
        approving.reject_grant,
        facts.ReasonForm,
        approving.why_not_reject_grant,
        weight=13,
    ),
    CaseAction(
        "return-grant",
        _("Send back"),
        "grant.approve",
        approving.return_grant,
        facts.ReasonForm,
        approving.why_not_return_grant,
        weight=14,
    ),
    CaseAction(
        "pay-grant",
        _("Record the payment"),
        "grant.pay",
        paying.pay_grant,
        money.PayForm,
        paying.why_not_pay_grant,
        weight=15,
    ),
    CaseAction(
        "bounce-grant",
        _("The payment came back"),
        "grant.bounce",
        paying.bounce_grant,
        facts.ReasonForm,
        paying.why_not_bounce_grant,
        weight=16,
    ),
    CaseAction(
        "retry-grant",
        _("Pay it again"),
        "grant.bounce",
        paying.retry_grant,
        facts.ReasonForm,
        paying.why_not_retry_grant,
        weight=17,
    ),
    CaseAction(
        "redraft-grant",
        _("Pay to somebody else"),
        "payee.enter",
        paying.redraft_grant,
        money.PayeeForm,
        paying.why_not_redraft_grant,
        weight=18,
    ),
    CaseAction(
        "change-grant",
        _("Change"),
        "grant.ask",
        granting.change_grant,
        money.GrantForm,
        granting.why_not_change_grant,
        weight=19,
        checks_version=True,
    ),
    CaseAction(
        "change-payee",
        _("Change the payee"),
        "payee.enter",
        entering_payees.change_payee,
        money.PayeeForm,
        entering_payees.why_not_change_payee,
        weight=20,
    ),
    CaseAction(
        "cancel-grant",
        _("Cancel"),
        "grant.cancel",
        granting.cancel_grant,
        facts.ReasonForm,
        granting.why_not_cancel_grant,
        weight=21,
    ),
)

REFUSAL = (
    CaseAction(
        "approve-refusal",
        _("Approve the refusal"),
        "refusal.decide",
        refusing.approve_refusal,
        money.RemarkForm,
        refusing.why_not_approve_refusal,
        weight=10,
        checks_version=True,
    ),
    CaseAction(
        "send-back-refusal",
        _("Send back"),
        "refusal.decide",
        refusing.send_back_refusal,
        money.RemarkForm,
        refusing.why_not_send_back_refusal,
        weight=11,
    ),
    CaseAction(
        "take-back-refusal",
        _("Take back"),
        "refusal.propose",
        refusing.take_back_refusal,
        ActionForm,
        refusing.why_not_take_back_refusal,
        weight=12,
    ),
)

PLAN = (
    CaseAction(
        "offer-plan",
        _("Offer it"),
        "case.handle",
        planning.offer_plan,
        plan.OfferPlanForm,
        planning.why_not_offer_plan,
        weight=10,
    ),
    CaseAction(
        "accept-plan",
        _("The customer accepts"),
        "case.handle",
        planning.accept_plan,
        plan.AcceptPlanForm,
        planning.why_not_accept_plan,
        weight=11,
    ),
    CaseAction(
        "reject-plan",
        _("The customer declines"),
        "case.handle",
        planning.reject_plan,
        plan.WordsOfCustomerForm,
        only_in(PlanState.OFFERED),
        weight=12,
    ),
)

COMMITMENT = (
    CaseAction(
        "keep-commitment",
        _("Kept"),
        "commitment.keep",
        keeping.keep_commitment,
        plan.KeepForm,
        keeping.why_not_keep_commitment,
        weight=10,
    ),
    CaseAction(
        "release-commitment",
        _("Release"),
        "commitment.release",
        keeping.release_commitment,
        plan.ReleaseForm,
        only_in(CommitmentState.OPEN, CommitmentState.BROKEN),
        weight=11,
    ),
    CaseAction(
        "break-commitment",
        _("Not kept"),
        "commitment.keep",
        keeping.break_commitment,
        ActionForm,
        keeping.why_not_break_commitment,
        weight=12,
    ),
)

TASK = (
    CaseAction(
        "finish-task",
        _("Done"),
        "task.do",
        tasking.finish_task,
        plan.ResultForm,
        tasking.why_not_finish_task,
        weight=10,
    ),
    CaseAction(
        "cancel-task",
        _("Cancel"),
        "task.make",
        tasking.cancel_task,
        facts.ReasonForm,
        only_in(TaskState.OPEN),
        weight=11,
    ),
)

EVIDENCE = (
    CaseAction(
        "verify-evidence",
        _("Verify"),
        "evidence.judge",
        evidencing.verify_evidence,
        ActionForm,
        only_in(EvidenceState.RECEIVED, EvidenceState.DISPUTED),
        weight=10,
    ),
    CaseAction(
        "dispute-evidence",
        _("Dispute"),
        "evidence.judge",
        evidencing.dispute_evidence,
        facts.ReasonForm,
        only_in(EvidenceState.RECEIVED, EvidenceState.VERIFIED),
        weight=11,
    ),
    CaseAction(
        "exclude-evidence",
        _("Exclude"),
        "evidence.judge",
        evidencing.exclude_evidence,
        facts.ReasonForm,
        only_in(EvidenceState.RECEIVED, EvidenceState.VERIFIED, EvidenceState.DISPUTED),
        weight=12,
    ),
)

EVIDENCE_REQUEST = (
    CaseAction(
        "answer-evidence-request",
        _("Answered"),
        "case.handle",
        requesting_evidence.answer_evidence_request,
        ActionForm,
        requesting_evidence.why_not_answer_evidence_request,
        weight=10,
    ),
    CaseAction(
        "give-up-evidence-request",
        _("Not answered"),
        "case.handle",
        requesting_evidence.give_up_evidence_request,
        ActionForm,
        requesting_evidence.why_not_give_up_evidence_request,
        weight=11,
    ),
)

FOLLOW_UP = (
    CaseAction(
        "record-attempt",
        _("Record the attempt"),
        "follow_up.record",
        following_up.record_attempt,
        ends.AttemptForm,
        following_up.why_not_record_attempt,
        weight=10,
    ),
    CaseAction(
        "record-result",
        _("Write down the result"),
        "follow_up.record",
        following_up.record_result,
        ends.FollowUpResultForm,
        following_up.why_not_record_result,
        weight=11,
    ),
    CaseAction(
        "customer-came-first",
        _("The customer came first"),
        "follow_up.record",
        following_up.customer_came_first,
        ends.CameFirstForm,
        following_up.why_not_customer_came_first,
        weight=12,
    ),
    CaseAction(
        "cancel-follow-up",
        _("Cancel"),
        "follow_up.record",
        following_up.cancel_follow_up,
        facts.ReasonForm,
        following_up.why_not_cancel_follow_up,
        weight=13,
    ),
)

ESCALATION = (
    CaseAction(
        "acknowledge-escalation",
        _("Acknowledge"),
        "escalation.decide",
        escalating.acknowledge_escalation,
        ActionForm,
        escalating.why_not_acknowledge_escalation,
        weight=10,
    ),
    CaseAction(
        "decide-escalation",
        _("Decide"),
        "escalation.decide",
        escalating.decide_escalation,
        ends.DecideEscalationForm,
        escalating.why_not_decide_escalation,
        weight=11,
    ),
)

ROUTE = (
    CaseAction("move-route", _("Next step"), "route", routing.move_route, ends.MoveRouteForm, _route_runs, weight=10),
)

SUBJECT = (
    CaseAction(
        "find-conduct",
        _("Conduct found"),
        "case.handle",
        subjecting.find_conduct,
        facts.ConductForm,
        _not_lifted,
        weight=10,
    ),
    CaseAction(
        "lift-subject",
        _("Not about this person"),
        "case.handle",
        subjecting.lift_subject,
        facts.ReasonForm,
        _not_lifted,
        weight=11,
    ),
)

IMPROVEMENT = (
    CaseAction(
        "finish-improvement",
        _("Carried out"),
        "case.handle",
        improving.finish_improvement,
        plan.ResultForm,
        improving.why_not_finish_improvement,
        weight=10,
    ),
    CaseAction(
        "cancel-improvement",
        _("Give up"),
        "case.handle",
        improving.cancel_improvement,
        plan.ResultForm,
        improving.why_not_finish_improvement,
        weight=11,
    ),
)
