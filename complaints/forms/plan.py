"""Forms of planning and carrying out."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    instant_field,
    line_field,
    words_field,
)
from casemgmt.money import amount_shown
from complaints.actions.knowing import facts_of
from complaints.forms.guides import plan_guide, remedy_choices
from complaints.forms.option_lines import OptionLines
from complaints.forms.sending import SendingForm
from complaints.forms.shared_fields import OwnedForm, apology_field
from complaints.forms.wording import look_at_words
from complaints.states import UNPAID_GRANTS
from complaints.vocabulary import Acceptance, Channel, LadderStep, OwedBy
from policies.lookup import policies_in_force
from policies.rules.remedies import remedies_that_fit


def _shown(option) -> str:
    """The remedy, and what it is worth."""
    worth = amount_shown(option.amount, option.currency) if option.amount is not None else ""
    return f"{option.get_remedy_display()} {worth}".strip()


class DraftPlanForm(OptionLines):
    """A version of the plan: explanation, up to three options, follow-up (S-UNR-15, S-SOL-21)."""

    explanation = words_field(
        _("Explanation to the customer"),
        rows=3,
        help_text=_("What happened and why, in plain words; the customer reads this first."),
    )
    follow_up = words_field(
        _("How we follow up"), rows=2, help_text=_("When and how you ask afterwards whether it is solved.")
    )
    improvement = words_field(
        _("Improvement we offer"),
        required=False,
        rows=2,
        help_text=_("What we change so that it does not happen again, if it can be promised."),
    )
    owed_by = choice_field(
        _("Owed"), OwedBy, required=False, help_text=_("What is owed may be carried out without a yes.")
    )
    deviation = words_field(
        _("Why another remedy than those that fit"),
        required=False,
        rows=2,
        help_text=_("Only if you choose one that the facts do not suggest; approvers read it."),
    )

    def prepare(self):
        """A remedy, words and an amount for each option; those that fit the facts first, with why."""
        policies = policies_in_force(self.at)
        fit = remedies_that_fit(policies.remedies.values(), facts_of(self.row, self.at))
        self.guide, remedies = plan_guide(policies, fit), remedy_choices(fit)
        self.add_options(
            remedies,
            remedy_help=_("What we would do; what customers may choose from, the one we prefer first."),
            amount_help=_("Only if money is part of it; it still needs its own request and approval."),
        )


class OfferPlanForm(SendingForm):
    """Putting the plan before the customer."""

    channel = choice_field(
        _("Channel"), Channel, help_text=_("How the plan reaches the customer; what they asked for comes first.")
    )
    words = words_field(
        _("What is written or said to the customer"),
        help_text=_("Just as it goes out; each promise in it becomes binding when accepted."),
    )
    outcome = choice_field(
        _("Outcome"),
        [("delivered", _("delivered or talked")), ("no_answer", _("no answer"))],
        initial="delivered",
        help_text=_("Whether the customer got it; only what arrived is on offer."),
    )
    apology = apology_field()
    on_offer_until = instant_field(
        _("On offer until"), required=False, help_text=_("Empty: as long as the policy gives.")
    )
    breach_reason = line_field(
        _("Reason for calling outside the rules"), required=False, help_text=_("Only if a calling rule was broken.")
    )

    def prepare(self):
        """The customer's own channel first."""
        case = self.row.case
        if not self.is_bound:
            self.fields["channel"].initial = (case.customer and case.customer.preferred_channel) or case.channel
        self.offer_sending(case)
        look_at_words(self, case, "words", plan_id=self.row.pk)


class AcceptPlanForm(ActionForm):
    """The customer's yes (S-SOL-22)."""

    acceptance = choice_field(
        _("What makes it accepted"),
        Acceptance,
        initial=Acceptance.SAID_YES,
        help_text=_("What counts as the yes; an application that asks for just this is one."),
    )
    chosen = forms.TypedMultipleChoiceField(
        label=_("Chosen"),
        coerce=int,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=_("What the customer chose; each choice becomes a promise with a date."),
    )
    words = words_field(
        _("The customer's words"),
        required=False,
        rows=2,
        help_text=_("The yes in the customer's own words, so that nobody argues later."),
    )

    def prepare(self):
        """The options of the plan."""
        self.fields["chosen"].choices = [(option.pk, _shown(option)) for option in self.row.options.all()]
        if self.row.options.count() == 1 and not self.is_bound:
            self.fields["chosen"].initial = [self.row.options.get().pk]


class WordsOfCustomerForm(ActionForm):
    """The customer's own words."""

    words = words_field(
        _("The customer's words"), help_text=_("As the customer said it; the next plan starts from here.")
    )


class LadderForm(ActionForm):
    """A step of the ladder of non-acceptance (S-SOL-24)."""

    step = choice_field(_("Step"), LadderStep, help_text=_("The steps go in their order; a refusal needs all of them."))
    words = words_field(_("What came of it"), rows=3, help_text=_("What was tried and how the customer answered."))


class AcceptForm(OwnedForm):
    """Carrying out: until when, and by whom."""

    field_order = ("due_at", "owner_id", "department_id")

    due_at = instant_field(
        _("To be done by"),
        help_text=_("The day that the customer was told; it is watched, and late promises go to a superior."),
    )


class ConcludeForm(ActionForm):
    """Why the case can go to its follow-up without a plan."""

    because = choice_field(
        _("Because"),
        [
            ("took_explanation", _("the customer took the explanation")),
            ("asked_for_nothing", _("the customer asked for nothing")),
            ("silent", _("the customer is silent past the deadline")),
        ],
        help_text=_("Why nothing is owed any more; a standing demand takes another way."),
    )
    words = words_field(
        _("The customer's words"),
        required=False,
        rows=2,
        help_text=_("What the customer said at the end; not needed when the customer is silent."),
    )


class ReplanForm(ActionForm):
    """Why the plan cannot be carried out, and what becomes of each promise and each unpaid grant, by name."""

    reason = words_field(
        _("Why it cannot be carried out"),
        rows=2,
        help_text=_("What stands in the way; the customer is told before a new plan is offered."),
    )
    customer_words = words_field(
        _("The customer's words about what is released"),
        required=False,
        rows=2,
        help_text=_("A promise is released in the customer's own words alone."),
    )

    def prepare(self):
        """A choice for each open promise and unpaid grant."""
        fates = [("keep", _("keep")), ("release", _("release"))]
        help_text = _("Keep what still holds; release what the customer no longer wants.")
        for promise in self.row.commitments.pending():
            self.fields[f"commitment_{promise.pk}"] = choice_field(str(promise.what)[:80], fates, help_text=help_text)
        fates = [("keep", _("keep")), ("cancel", _("cancel"))]
        for grant in self.row.grants.filter(state__in=UNPAID_GRANTS):
            self.fields[f"grant_{grant.pk}"] = choice_field(
                _("Grant %(amount)s") % {"amount": amount_shown(grant.amount, grant.currency)},
                fates,
                help_text=_("Keep it if it is owed whatever the new plan says; else cancel it."),
            )

    def clean(self):
        """The fates by number."""
        data = super().clean()
        for kind in ("commitment", "grant"):
            names = [name for name in list(data) if name.startswith(f"{kind}_")]
            data[f"{kind}s"] = {int(name.removeprefix(f"{kind}_")): data.pop(name) for name in names}
        return data
