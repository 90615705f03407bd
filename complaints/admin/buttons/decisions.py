"""What can be done with what somebody decides: grants, refusals, plans."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from complaints.actions import (
    approving,
    entering_payees,
    granting,
    paying,
    planning,
    refusing,
)
from complaints.admin.buttons.conditions import only_in
from complaints.forms import facts, money, plan
from complaints.forms import refusing as refusing_forms
from complaints.states import PlanState

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
        effects=money.effects_of_paying,
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
        template="complaints/dialog_grant.html",
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
        refusing_forms.RemarkForm,
        refusing.why_not_approve_refusal,
        weight=10,
        checks_version=True,
    ),
    CaseAction(
        "send-back-refusal",
        _("Send back"),
        "refusal.decide",
        refusing.send_back_refusal,
        refusing_forms.RemarkForm,
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
