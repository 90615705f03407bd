"""What can be done about a legal hold: set on a case, lifted by two people."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.forms import ActionForm
from complaints.actions import holding
from complaints.forms import facts

SET_HOLD = CaseAction(
    "set-hold",
    _("Set a legal hold"),
    "hold.set",
    holding.set_hold,
    facts.ReasonForm,
    holding.why_not_set_hold,
    intro=_("Until two people lift it, nothing of this case is erased, whatever a period of keeping says."),
    weight=217,
    group="seldom",
)

HOLD = (
    CaseAction(
        "ask-to-lift-hold",
        _("Ask to lift the hold"),
        "hold.set",
        holding.ask_to_lift,
        facts.ReasonForm,
        holding.why_not_ask_to_lift,
        weight=10,
    ),
    CaseAction(
        "lift-hold",
        _("Lift the hold"),
        "hold.decide",
        holding.lift_hold,
        ActionForm,
        holding.why_not_lift,
        intro=_("From then on the periods of keeping count again."),
        weight=11,
    ),
    CaseAction(
        "let-hold-stay",
        _("Let the hold stand"),
        "hold.decide",
        holding.let_hold_stay,
        facts.ReasonForm,
        holding.why_not_stay,
        weight=12,
    ),
)
