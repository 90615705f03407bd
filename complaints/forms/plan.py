"""Forms of planning, carrying out, promising, and work of other departments."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    instant_field,
    line_field,
    with_empty,
    words_field,
)
from complaints.actions.planning import OptionDraft
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.forms.intake import money_in
from complaints.states import UNPAID_GRANTS
from complaints.vocabulary import Acceptance, Apology, Channel, LadderStep, OwedBy, Remedy

OPTIONS = 3


class DraftPlanForm(ActionForm):
    """A version of the plan: explanation, up to three options, follow-up (S-UNR-15, S-SOL-21)."""

    explanation = words_field(_("Explanation to the customer"), rows=3)
    follow_up = words_field(_("How we follow up"), rows=2)
    improvement = words_field(_("Improvement we offer"), required=False, rows=2)
    owed_by = choice_field(
        _("Owed"), OwedBy, required=False, help_text=_("What is owed may be carried out without a yes.")
    )

    def prepare(self):
        """A remedy, words and an amount for each option."""
        for number in range(1, OPTIONS + 1):
            label = {"number": number}
            self.fields[f"remedy_{number}"] = choice_field(_("Option %(number)s") % label, Remedy, required=number == 1)
            self.fields[f"words_{number}"] = line_field(
                _("Option %(number)s in words") % label, required=False, max_length=500
            )
            self.fields[f"amount_{number}"] = amount_field(_("Option %(number)s: amount") % label, required=False)

    def clean(self):
        """The options as the action takes them."""
        data = super().clean()
        options = []
        for number in range(1, OPTIONS + 1):
            amount = money_in(self, f"amount_{number}")
            remedy, words = data.pop(f"remedy_{number}", ""), data.pop(f"words_{number}", "")
            data.pop(f"amount_{number}", None)
            if remedy or words or amount is not None:
                options.append(OptionDraft(remedy=remedy, words=words, amount=amount))
        data["options"] = options
        return data


class OfferPlanForm(ActionForm):
    """Putting the plan before the customer."""

    channel = choice_field(_("Channel"), Channel)
    words = words_field(_("What is written or said to the customer"))
    outcome = choice_field(
        _("Outcome"), [("delivered", _("delivered or talked")), ("no_answer", _("no answer"))], initial="delivered"
    )
    apology = choice_field(_("Apology"), Apology, required=False)
    on_offer_until = instant_field(
        _("On offer until"), required=False, help_text=_("Empty: as long as the policy gives.")
    )
    breach_reason = line_field(_("Reason for calling outside the rules"), required=False)

    def prepare(self):
        """The customer's own channel first."""
        case = self.row.case
        if not self.is_bound:
            self.fields["channel"].initial = (case.customer and case.customer.preferred_channel) or case.channel


class AcceptPlanForm(ActionForm):
    """The customer's yes (S-SOL-22)."""

    acceptance = choice_field(_("What makes it accepted"), Acceptance, initial=Acceptance.SAID_YES)
    chosen = forms.TypedMultipleChoiceField(
        label=_("Chosen"), coerce=int, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget()
    )
    words = words_field(_("The customer's words"), required=False, rows=2)

    def prepare(self):
        """The options of the plan."""
        self.fields["chosen"].choices = [
            (option.pk, " ".join(filter(None, (option.get_remedy_display(), option.amount and f"¥{option.amount}"))))
            for option in self.row.options.all()
        ]
        if self.row.options.count() == 1 and not self.is_bound:
            self.fields["chosen"].initial = [self.row.options.get().pk]


class WordsOfCustomerForm(ActionForm):
    """The customer's own words."""

    words = words_field(_("The customer's words"))


class LadderForm(ActionForm):
    """A step of the ladder of non-acceptance (S-SOL-24)."""

    step = choice_field(_("Step"), LadderStep)
    words = words_field(_("What came of it"), rows=3)


class AcceptForm(ActionForm):
    """Carrying out: until when, and by whom."""

    due_at = instant_field(_("To be done by"))
    owner_id = choice_field(_("Who sees to it"), required=False, help_text=_("Empty: the handler."))
    department_id = choice_field(_("Department"), required=False)

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


class ConcludeForm(ActionForm):
    """Why the case can go to its follow-up without a plan."""

    because = choice_field(
        _("Because"),
        [
            ("took_explanation", _("the customer took the explanation")),
            ("asked_for_nothing", _("the customer asked for nothing")),
            ("silent", _("the customer is silent past the deadline")),
        ],
    )
    words = words_field(_("The customer's words"), required=False, rows=2)


class ReplanForm(ActionForm):
    """Why the plan cannot be carried out, and what becomes of each promise and each unpaid grant, by name."""

    reason = words_field(_("Why it cannot be carried out"), rows=2)
    customer_words = words_field(_("The customer's words about what is released"), required=False, rows=2)

    def prepare(self):
        """A choice for each open promise and unpaid grant."""
        fates = [("keep", _("keep")), ("release", _("release"))]
        for promise in self.row.commitments.pending():
            self.fields[f"commitment_{promise.pk}"] = choice_field(str(promise.what)[:80], fates)
        fates = [("keep", _("keep")), ("cancel", _("cancel"))]
        for grant in self.row.grants.filter(state__in=UNPAID_GRANTS):
            self.fields[f"grant_{grant.pk}"] = choice_field(_("Grant ¥%(amount)s") % {"amount": grant.amount}, fates)

    def clean(self):
        """The fates by number."""
        data = super().clean()
        for kind in ("commitment", "grant"):
            names = [name for name in list(data) if name.startswith(f"{kind}_")]
            data[f"{kind}s"] = {int(name.removeprefix(f"{kind}_")): data.pop(name) for name in names}
        return data


class PromiseForm(ActionForm):
    """A promise to the customer."""

    what = words_field(_("What is promised"), rows=2)
    due_at = instant_field(_("Until"))
    owner_id = choice_field(_("Who sees to it"), required=False, help_text=_("Empty: the handler."))
    department_id = choice_field(_("Department"), required=False)

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


class KeepForm(ActionForm):
    """How the promise was kept."""

    words = words_field(_("How it was kept"), required=False, rows=2)
    proof_id = choice_field(_("Proof"), required=False)
    done_at = instant_field(_("Done at"), required=False, help_text=_("Empty: just now."))

    def prepare(self):
        """The evidence of the case."""
        self.fields["proof_id"].choices = with_empty(choosing.evidence_of(self.row.case))

    def clean_proof_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["proof_id"])


class ReleaseForm(ActionForm):
    """Letting go of a promise: in the customer's words, or by a second person with a reason."""

    customer_words = words_field(_("The customer's words"), required=False, rows=2)
    reason = words_field(_("Reason of the second person"), required=False, rows=2)


class TaskForm(ActionForm):
    """Something for another department."""

    department_id = choice_field(_("Department"))
    what = words_field(_("What is to be done"), rows=3)
    due_at = instant_field(_("Until"))
    assignee_id = choice_field(_("Assignee"), required=False)

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

    result = words_field(_("What came of it"), rows=3)
