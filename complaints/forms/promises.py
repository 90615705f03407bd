"""Forms of promises, and of the work of other departments."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    instant_field,
    with_empty,
    words_field,
)
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.forms.shared_fields import OwnedForm


class PromiseForm(OwnedForm):
    """A promise to the customer."""

    field_order = ("what", "due_at", "owner_id", "department_id")

    what = words_field(
        _("What is promised"), rows=2, help_text=_("One thing that can be checked: what, how much, to whom.")
    )
    due_at = instant_field(
        _("Until"), help_text=_("Until when the customer may count on it; late promises go to a superior.")
    )


class KeepForm(ActionForm):
    """How the promise was kept."""

    words = words_field(
        _("How it was kept"),
        required=False,
        rows=2,
        help_text=_("What was done, so that it can be told to the customer."),
    )
    proof_id = choice_field(
        _("Proof"),
        required=False,
        help_text=_("A receipt, waybill or photo among the evidence; a kept promise stands and falls with it."),
    )
    done_at = instant_field(_("Done at"), required=False, help_text=_("Empty: just now."))

    def prepare(self):
        """The evidence of the case."""
        self.fields["proof_id"].choices = with_empty(choosing.evidence_of(self.row.case))

    def clean_proof_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["proof_id"])


class ReleaseForm(ActionForm):
    """Letting go of a promise: in the customer's words, or by a second person with a reason."""

    customer_words = words_field(
        _("The customer's words"),
        required=False,
        rows=2,
        help_text=_("If the customer does not want it any more: the customer's own words."),
    )
    reason = words_field(
        _("Reason of the second person"),
        required=False,
        rows=2,
        help_text=_("If not the customer: why a second person lets it go."),
    )


class TaskForm(ActionForm):
    """Something for another department."""

    department_id = choice_field(
        _("Department"), help_text=_("Who can do it; they see this case while the task is theirs.")
    )
    what = words_field(_("What is to be done"), rows=3, help_text=_("What exactly, and how one sees that it is done."))
    due_at = instant_field(
        _("Until"), help_text=_("When you need the answer; leave yourself time to tell the customer.")
    )
    assignee_id = choice_field(
        _("Assignee"), required=False, help_text=_("Only if you know who does it; else the department shares it out.")
    )

    def prepare(self):
        """People and departments."""
        self.fields["department_id"].choices = with_empty(choosing.departments())
        self.fields["assignee_id"].choices = with_empty(choosing.colleagues())

    def clean_department_id(self):
        """As a key."""
        return int(self.cleaned_data["department_id"])

    def clean_assignee_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["assignee_id"])


class ResultForm(ActionForm):
    """What came of it."""

    result = words_field(
        _("What came of it"), rows=3, help_text=_("What was done or found; the handler tells the customer by it.")
    )
