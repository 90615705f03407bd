"""What can be done with returns and settlement agreements, and with a case to begin one."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from complaints.actions import agreeing, asking_returns, receiving_returns, refunding, returning
from complaints.forms import agreeing as agreeing_forms
from complaints.forms import facts
from complaints.forms import returning as forms

ASK_RETURN = (
    CaseAction(
        "ask-return",
        _("Record a return"),
        "case.handle",
        asking_returns.ask_return,
        forms.AskReturnForm,
        asking_returns.why_not_ask_return,
        intro=_("What the customer asks to give back, and by which right. Nothing is decided yet."),
        weight=150,
        group="work",
        icon="assignment_return",
    ),
    CaseAction(
        "draft-agreement",
        _("Draft a settlement agreement"),
        "case.handle",
        agreeing.draft_agreement,
        agreeing_forms.DraftAgreementForm,
        agreeing.why_not_draft_agreement,
        intro=_("The text is made from the plan, in the customer's language, and checked as a whole."),
        weight=151,
        group="seldom",
    ),
)

RETURN = (
    CaseAction(
        "agree-return",
        _("Agree to the return"),
        "case.handle",
        returning.agree_return,
        forms.AgreeReturnForm,
        returning.why_not_agree_return,
        weight=10,
        checks_version=True,
    ),
    CaseAction(
        "decline-return",
        _("Decline the return"),
        "case.handle",
        returning.decline_return,
        forms.DeclineReturnForm,
        returning.why_not_decline_return,
        intro=_("What the law gives, or may give while facts are missing, cannot be declined."),
        weight=11,
        checks_version=True,
    ),
    CaseAction(
        "note-sent",
        _("Goods sent"),
        "return.receive",
        returning.note_sent,
        forms.SentForm,
        returning.why_not_send_return,
        weight=12,
    ),
    CaseAction(
        "note-freight",
        _("Freight the customer paid"),
        "case.handle",
        refunding.note_freight,
        forms.FreightForm,
        refunding.why_not_note_freight,
        intro=_("What the shop bears is given back as a sum of its own, asked for when the goods are taken."),
        weight=18,
    ),
    CaseAction(
        "receive-return",
        _("Goods received"),
        "return.receive",
        receiving_returns.receive_return,
        forms.ReceivedForm,
        receiving_returns.why_not_receive_return,
        weight=13,
    ),
    CaseAction(
        "inspect-return",
        _("Inspect"),
        "return.receive",
        receiving_returns.inspect_return,
        forms.InspectForm,
        receiving_returns.why_not_inspect_return,
        intro=_("Every line is answered; what fails needs words and a photo."),
        weight=14,
    ),
    CaseAction(
        "accept-return",
        _("Accept the goods"),
        "case.handle",
        receiving_returns.accept_return,
        forms.AcceptGoodsForm,
        receiving_returns.why_not_accept_return,
        weight=15,
    ),
    CaseAction(
        "fail-return",
        _("Do not accept the goods"),
        "case.handle",
        receiving_returns.fail_return,
        forms.DeclineReturnForm,
        receiving_returns.why_not_fail_return,
        weight=16,
    ),
    CaseAction(
        "send-goods-back",
        _("Sent back to the customer"),
        "return.receive",
        receiving_returns.send_goods_back,
        forms.SentBackForm,
        receiving_returns.why_not_send_back,
        weight=17,
    ),
    CaseAction(
        "lose-return",
        _("Lost on the way"),
        "case.handle",
        receiving_returns.lose_return,
        forms.LostForm,
        receiving_returns.why_not_lose_return,
        weight=18,
    ),
    CaseAction(
        "ask-again-for-refund",
        _("Ask for the refund again"),
        "grant.ask",
        refunding.ask_again_for_refund,
        ActionForm,
        refunding.why_not_ask_again,
        weight=19,
    ),
    CaseAction(
        "cancel-return",
        _("Return taken back"),
        "case.handle",
        returning.cancel_return,
        forms.CancelReturnForm,
        returning.why_not_cancel_return,
        weight=20,
    ),
)

AGREEMENT = (
    CaseAction(
        "sign-agreement",
        _("Record a signature"),
        "case.handle",
        agreeing.sign_agreement,
        agreeing_forms.SignForm,
        agreeing.why_not_sign_agreement,
        weight=10,
        checks_version=True,
    ),
    CaseAction(
        "drop-agreement",
        _("Drop it"),
        "case.handle",
        agreeing.drop_agreement,
        facts.ReasonForm,
        agreeing.why_not_drop_agreement,
        weight=11,
    ),
)
