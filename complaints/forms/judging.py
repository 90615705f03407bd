"""Forms of the two judgements: at first sight, and after the facts."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    with_empty,
    words_field,
    yes_field,
)
from complaints.forms import choosing
from complaints.forms.facts import YES_NO, yes_no
from complaints.forms.shared_fields import (
    affects_others_field,
    claim_type_field,
    return_branch_field,
    simple_matter_field,
    unreasonable_definition_field,
)
from complaints.vocabulary import (
    Judgement,
    Reason,
    Severity,
    UnreasonableCause,
    UnreasonableType,
    Verdict,
)
from policies.lookup import categories_in_force


class JudgeForm(ActionForm):
    """The first judgement (S-TRI)."""

    reason = choice_field(_("Reason"), Reason, help_text=_("Why the customer complains."))
    category = choice_field(_("Category"), help_text=_("It decides what has to be found out and how fast."))
    severity = choice_field(
        _("Severity"), Severity, help_text=_("How much harm is or may be done; grave cases go to a superior at once.")
    )
    judgement = choice_field(
        _("At first sight"), Judgement, help_text=_("Only on what is at hand; the investigation may reverse it.")
    )
    authentic = choice_field(
        _("Believed authentic"),
        YES_NO,
        required=False,
        help_text=_("Whether what was sent in looks genuine so far; leave it open when you cannot tell."),
    )
    basis = words_field(
        _("Basis of the judgement (internal)"),
        required=False,
        rows=2,
        help_text=_("What you looked at and why you judge so; customers never see it."),
    )
    simple_matter = simple_matter_field()
    affects_others = affects_others_field()
    claim_type = claim_type_field()
    return_branch = return_branch_field()
    real_need = words_field(
        _("Real need, as found in talking"),
        required=False,
        rows=2,
        help_text=_("What would truly help, if it differs from what was asked for; it guides the plan."),
    )
    unreasonable_type = choice_field(
        _("Type, if unreasonable"),
        UnreasonableType,
        required=False,
        help_text=_("Only when you judge it unreasonable; it decides how one talks with the customer."),
    )
    unreasonable_definition = unreasonable_definition_field()
    unreasonable_cause = choice_field(
        _("Cause, if unreasonable"),
        UnreasonableCause,
        required=False,
        help_text=_("Where it came from: often an expectation that we could have set right earlier."),
    )
    strongly_subjective = yes_field(
        _("Strongly subjective"), help_text=_("Tick it when the demand rests on feeling more than on facts.")
    )
    emotional_expression = yes_field(
        _("Excessive expression"), help_text=_("Tick it when words go beyond the matter; calm first, facts later.")
    )
    no_clear_purpose = yes_field(
        _("No clear purpose"),
        help_text=_("Tick it when the customer does not say what would help; ask before you plan."),
    )

    def prepare(self):
        """The categories in force, and what is known already."""
        self.fields["category"].choices = with_empty(choosing.categories(categories_in_force(self.row.registered_at)))
        if not self.is_bound:
            for name in (
                "reason",
                "category",
                "severity",
                "simple_matter",
                "affects_others",
                "claim_type",
                "return_branch",
            ):
                value = getattr(self.row, name)
                if value not in ("", Reason.NOT_STATED):
                    self.fields[name].initial = value

    def clean_authentic(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["authentic"])


class EstablishForm(ActionForm):
    """The verdict after the facts (S-TRI-03)."""

    verdict = choice_field(
        _("Verdict"),
        Verdict,
        help_text=_("What the facts show now; it may reverse the first judgement, in either direction."),
    )
    category = choice_field(
        _("Category"), required=False, help_text=_("Choose another one if the facts put the case there.")
    )
    basis = words_field(
        _("Basis"),
        required=False,
        help_text=_("Which findings and evidence carry it; whoever approves money or a refusal reads this."),
    )
    unreasonable_type = choice_field(
        _("Type, if unreasonable"),
        UnreasonableType,
        required=False,
        help_text=_("Only when the facts do not bear the complaint out."),
    )
    unreasonable_definition = unreasonable_definition_field()
    unreasonable_cause = choice_field(
        _("Cause, if unreasonable"),
        UnreasonableCause,
        required=False,
        help_text=_("Where it came from; what we could have told earlier belongs into the summary."),
    )

    def prepare(self):
        """The categories of the day of registration, and the one judged at first sight."""
        known = choosing.categories(categories_in_force(self.row.registered_at))
        self.fields["category"].choices = with_empty(known)
        self.fields["category"].initial = self.row.category
