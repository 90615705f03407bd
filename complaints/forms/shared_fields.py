"""Fields that several forms ask in the same words: what the customer states, and who sees to a promise."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, amount_field, choice_field, instant_field, with_empty, yes_field
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.vocabulary import Apology, ClaimType, Emotion, Remedy, ReturnBranch, UnreasonableDefinition


def claim_type_field():
    """What the platform calls the claim."""
    return choice_field(
        _("Platform claim"),
        ClaimType,
        required=False,
        help_text=_("What the platform calls it; its own deadlines follow from this."),
    )


def return_branch_field():
    """Whether the goods arrived, for an application to return."""
    return choice_field(
        _("Return or refund application"),
        ReturnBranch,
        required=False,
        help_text=_("Whether the goods arrived decides between a mere refund and a return."),
    )


def demanded_remedy_field():
    """The demand as one kind of remedy."""
    return choice_field(
        _("Demanded remedy"),
        Remedy,
        required=False,
        help_text=_("The demand as one kind of remedy; it makes plans and statistics comparable."),
    )


def demanded_amount_field():
    """The sum that was demanded."""
    return amount_field(
        _("Demanded amount"),
        required=False,
        help_text=_("Only if a sum was named; digits and at most two places, for instance 88.50."),
    )


def occurred_at_field():
    """When the thing itself happened."""
    return instant_field(
        _("Happened at"),
        required=False,
        help_text=_("When the thing itself happened, if that is not when it was reported."),
    )


def emotion_field():
    """How the customer sounds."""
    return choice_field(
        _("Emotion"),
        Emotion,
        required=False,
        help_text=_("How the customer sounds now; whoever calls next is prepared."),
    )


def simple_matter_field():
    """Whether it may be settled directly."""
    return yes_field(
        _("Simple or individual matter"),
        help_text=_("One person, one thing, no safety and no law in it: then it may be settled directly."),
    )


def affects_others_field():
    """Whether the same fault may sit elsewhere."""
    return yes_field(
        _("May affect other customers"),
        help_text=_("The same fault may sit in other parcels: it is then looked into for everybody."),
    )


def apology_field():
    """What we said sorry for (S-COM-19)."""
    return choice_field(
        _("Apology"),
        Apology,
        required=False,
        help_text=_("Our fault: for the error. Not our fault: for the experience."),
    )


def mood_field():
    """How the customer felt at the end of a talk, for whoever talks to them next."""
    return choice_field(
        _("How the customer feels"), Emotion, required=False, help_text=_("Whoever calls next is prepared.")
    )


def unreasonable_definition_field():
    """In what sense a complaint is unreasonable."""
    return choice_field(
        _("In what sense unreasonable"),
        UnreasonableDefinition,
        required=False,
        help_text=_("Which of the standard's senses applies; it is needed for the statistics of causes."),
    )


class OwnedForm(ActionForm):
    """A form that names who sees to a promise."""

    owner_id = choice_field(_("Who sees to it"), required=False, help_text=_("Empty: the handler."))
    department_id = choice_field(
        _("Department"),
        required=False,
        help_text=_("Choose it when another department has to do it; it then stands on their list."),
    )

    def prepare(self):
        """People and departments."""
        self.fields["owner_id"].choices = with_empty(choosing.colleagues())
        self.fields["department_id"].choices = with_empty(choosing.departments())

    def clean_owner_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["owner_id"])

    def clean_department_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["department_id"])
