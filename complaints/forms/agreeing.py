"""Forms of settlement agreements: drawn from a plan, signed by each side."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import ActionForm, choice_field, file_field, instant_field, with_empty, words_field
from casemgmt.money import amount_shown
from complaints.actions.agreeing import TOLD
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.forms.shared_fields import OwnedForm
from complaints.states import PlanState
from complaints.vocabulary.returning import SigningSide, SigningWay


class DraftAgreementForm(OwnedForm):
    """What is put in writing, and until when."""

    field_order = ("plan_id", "chosen", "due_at", "words", "owner_id", "department_id")

    plan_id = choice_field(_("Plan"), help_text=_("The plan that is before the customer, or was accepted."))
    chosen = forms.TypedMultipleChoiceField(
        label=_("Chosen"),
        coerce=int,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=_("Of a plan that is only offered: what both sides agree on. None ticked: all of it."),
    )
    due_at = instant_field(_("Until"), help_text=_("Each item becomes a promise with this date once both have signed."))
    words = words_field(
        _("Further terms"),
        required=False,
        rows=2,
        help_text=_("Only if needed. The whole text is checked; what takes rights away is refused."),
    )

    def prepare(self):
        """The plans that the customer knows, and what they offer."""
        super().prepare()
        plans = list(self.row.plans.filter(state__in=TOLD).order_by("-number").prefetch_related("options__words"))
        self.fields["plan_id"].choices = [
            (plan.pk, _("Version %(number)s: %(state)s") % {"number": plan.number, "state": plan.get_state_display()})
            for plan in plans
        ]
        offered = [option for plan in plans if plan.state == PlanState.OFFERED for option in plan.options.all()]
        if offered:
            self.fields["chosen"].choices = [(option.pk, _shown(option)) for option in offered]
        else:
            del self.fields["chosen"]

    def clean_plan_id(self):
        """As a key."""
        return int(self.cleaned_data["plan_id"])


def _shown(option) -> str:
    amount = amount_shown(option.amount, option.currency) if option.amount is not None else ""
    return " ".join(filter(None, (option.get_remedy_display(), amount, str(option.words) if option.words else "")))


class SignForm(ActionForm):
    """One side's signature."""

    side = choice_field(_("Who signed"), SigningSide, help_text=_("Each side signs once; the second makes it binding."))
    how = choice_field(_("How"), SigningWay, help_text=_("On paper, electronically, or in a written message."))
    file = file_field(_("Signed copy"), help_text=_("A scan or the signed file; it is sealed among the evidence."))
    evidence_id = choice_field(
        _("Or a file of the case"), required=False, help_text=_("If the signed copy is among the evidence already.")
    )
    signed_at = instant_field(_("Signed at"), required=False, help_text=_("Empty: just now."))
    words = words_field(
        _("Who signed for the customer"),
        required=False,
        rows=1,
        help_text=_("If it was not the customer: who, and by what authority."),
    )

    def prepare(self):
        """The side that has not signed, and the evidence of the case."""
        self.fields["file"].required = False
        self.fields["evidence_id"].choices = with_empty(choosing.evidence_of(self.row.case))
        missing = [side for side in SigningSide.values if not self.row.signed_by(side)]
        self.fields["side"].initial = next(iter(missing), None)

    def clean_evidence_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["evidence_id"])
