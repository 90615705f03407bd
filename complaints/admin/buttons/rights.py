"""What can be done about the rights of a customer: state the facts they hang on, and write an answer down."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.acting import CaseAction
from complaints.actions import entitling, knowing
from complaints.forms import entitling as forms

RIGHTS = (
    CaseAction(
        "state-facts",
        _("State facts"),
        "case.edit_facts",
        knowing.state_facts,
        forms.StateFactsForm,
        knowing.why_not_state_facts,
        intro=_("What entitlements and remedies hang on. What is left empty is not known."),
        weight=197,
        group="seldom",
    ),
    CaseAction(
        "record-entitlement",
        _("Write down what is owed"),
        "case.handle",
        entitling.record_entitlement,
        forms.RecordEntitlementForm,
        entitling.why_not_record_entitlement,
        weight=198,
        group="seldom",
    ),
)
