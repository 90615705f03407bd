"""What can be done about words that need a second person's yes."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from complaints.actions import overriding
from complaints.admin.wording_told import told_before_deciding
from complaints.forms import wording

ASK_WORDING = (
    CaseAction(
        "ask-wording",
        _("Ask for a yes to words"),
        "wording.ask",
        overriding.ask_for_wording,
        wording.AskWordingForm,
        intro=_("For promises and the like that may go out once a supervisor agreed to these very words."),
        submit=_("Ask a supervisor"),
        weight=117,
        group="hidden",
    ),
)

WORDING = (
    CaseAction(
        "approve-wording",
        _("Agree to the words"),
        "wording.decide",
        overriding.approve_wording,
        wording.DecideWordingForm,
        overriding.why_not_approve_wording,
        effects=told_before_deciding,
        weight=10,
    ),
    CaseAction(
        "reject-wording",
        _("Do not agree"),
        "wording.decide",
        overriding.reject_wording,
        wording.DecideWordingForm,
        overriding.why_not_decide_wording,
        effects=told_before_deciding,
        weight=11,
    ),
)
