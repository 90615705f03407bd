"""Forms of assigning, noting, being in touch, importing and revealing."""

from decimal import Decimal

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    instant_field,
    line_field,
    with_empty,
    words_field,
)
from casemgmt.amounts import amount_in
from complaints.actions.noting import FACTS
from complaints.forms import choosing
from complaints.forms.shared_fields import (
    affects_others_field,
    apology_field,
    claim_type_field,
    demanded_amount_field,
    demanded_remedy_field,
    emotion_field,
    mood_field,
    occurred_at_field,
    return_branch_field,
    simple_matter_field,
)
from complaints.states import CaseState
from complaints.vocabulary import (
    Channel,
    ContactOutcome,
    ContactPurpose,
    Direction,
    Reason,
    StatementKind,
)

LIKELY_PURPOSES = {
    CaseState.ASSESSING: ContactPurpose.FIRST_ANSWER,
    CaseState.INVESTIGATING: ContactPurpose.ENQUIRY,
    CaseState.REFUSED: ContactPurpose.REFUSAL,
    CaseState.FOLLOWING_UP: ContactPurpose.OUTCOME,
}


def likely_purpose(case) -> ContactPurpose:
    """What somebody most likely writes to the customer about, as the case stands."""
    if case.state == CaseState.EXECUTING:
        return ContactPurpose.PROGRESS if case.commitments.pending().exists() else ContactPurpose.OUTCOME
    return LIKELY_PURPOSES.get(case.state, ContactPurpose.GENERAL)


def money_in(form: ActionForm, name: str) -> Decimal | None:
    """An optional amount as typed, or an error at its field."""
    text = (form.cleaned_data.get(name) or "").strip()
    if not text:
        return None
    amount = amount_in(text)
    if amount is None or amount.as_tuple().exponent < -2 or abs(amount) >= Decimal(10) ** 10:
        form.add_error(name, _("This is not an amount of money with at most two places."))
        return None
    return amount


class AssignForm(ActionForm):
    """Who is to handle the case, and why."""

    handler_id = choice_field(
        _("Handler"), help_text=_("Who answers for the case from now on; promises and calls go along.")
    )
    reason = words_field(_("Reason"), rows=2, help_text=_("Why it changes hands; the new handler reads it first."))

    def prepare(self):
        """Everybody who can handle cases."""
        self.fields["handler_id"].choices = with_empty(choosing.handlers())

    def clean_handler_id(self):
        """As a key."""
        return int(self.cleaned_data["handler_id"])


class FactForm(ActionForm):
    """A further fact in words."""

    kind = choice_field(
        _("Kind"), [(kind.value, kind.label) for kind in FACTS], help_text=_("Where the text belongs on the case page.")
    )
    words = words_field(
        _("Words"),
        help_text=_("What is known, and from whom; it cannot be changed later, only corrected by a new text."),
    )


class CorrectForm(ActionForm):
    """A correction: the first words stay."""

    statement_id = choice_field(
        _("Which text"), help_text=_("The text that was wrong; it stays readable beside the correction.")
    )
    words = words_field(_("What is right"), help_text=_("The whole text as it should read."))

    def prepare(self):
        """The texts that can be corrected, newest first."""
        rows = self.row.statements.exclude(kind=StatementKind.FILE_NAME).filter(corrections__isnull=True)
        self.fields["statement_id"].choices = with_empty(
            (row.pk, f"{row.get_kind_display()} · {(row.words or '')[:40]}") for row in rows.order_by("-said_at")[:60]
        )

    def clean_statement_id(self):
        """As a key."""
        return int(self.cleaned_data["statement_id"])


class EditFactsForm(ActionForm):
    """The coded facts of a case."""

    stated_reason = choice_field(
        _("Reason"), Reason, help_text=_("As the customer states it; what we found stands in the findings.")
    )
    claim_type = claim_type_field()
    return_branch = return_branch_field()
    demanded_remedy = demanded_remedy_field()
    demanded_amount = demanded_amount_field()
    occurred_at = occurred_at_field()
    emotion = emotion_field()
    simple_matter = simple_matter_field()
    affects_others = affects_others_field()
    reason = words_field(
        _("Why it is changed"),
        rows=2,
        help_text=_("What you learnt that makes the old entry wrong; it stands in the history."),
    )

    def prepare(self):
        """The facts as they are."""
        if self.is_bound:
            return
        for name in self.fields:
            if name not in ("reason", "stated_reason"):
                self.fields[name].initial = getattr(self.row, name)
        self.fields["stated_reason"].initial = self.row.reason
        if self.row.occurred_at:
            self.fields["occurred_at"].initial = localtime(self.row.occurred_at).strftime("%Y-%m-%dT%H:%M")

    def clean(self):
        """Amounts as numbers."""
        data = super().clean()
        data["demanded_amount"] = money_in(self, "demanded_amount")
        return data


class ContactForm(ActionForm):
    """An exchange with the customer, or the attempt at one."""

    direction = choice_field(
        _("Direction"),
        Direction,
        initial=Direction.OUTGOING,
        help_text=_("Who turned to whom; only what goes out can answer the customer in time."),
    )
    channel = choice_field(
        _("Channel"), Channel, help_text=_("How you were in touch; a call must lie inside the calling window.")
    )
    purpose = choice_field(
        _("Purpose"),
        ContactPurpose,
        initial=ContactPurpose.GENERAL,
        help_text=_("What it was for; the first answer and the told outcome open the next steps."),
    )
    outcome = choice_field(
        _("Outcome"),
        ContactOutcome,
        initial=ContactOutcome.DELIVERED,
        help_text=_("Whether it reached the customer; an attempt without answer counts as one too."),
    )
    words = words_field(
        _("What was said or written"),
        required=False,
        help_text=_("The customer may see what goes out. Say sorry, say thanks."),
    )
    apology = apology_field()
    emotion = mood_field()
    occurred_at = instant_field(_("Happened at"), required=False, help_text=_("Empty: just now."))
    breach_reason = line_field(
        _("Reason for calling outside the rules"), required=False, help_text=_("Only if a calling rule was broken.")
    )
    proof_id = choice_field(_("Proof"), required=False, help_text=_("For a contact that is recorded late."))

    def prepare(self):
        """The customer's channel first, and the evidence that could be proof."""
        customer = self.row.customer
        if not self.is_bound:
            self.fields["channel"].initial = (customer and customer.preferred_channel) or self.row.channel
            self.fields["purpose"].initial = likely_purpose(self.row)
        self.fields["proof_id"].choices = with_empty(choosing.evidence_of(self.row))

    def clean_proof_id(self):
        """As a key, or none."""
        return int(self.cleaned_data["proof_id"]) if self.cleaned_data["proof_id"] else None


class FlagForm(ActionForm):
    """A flag and why."""

    flag = choice_field(
        _("Flag"),
        [("safety", _("safety")), ("legal", _("legal dispute")), ("opinion_risk", _("risk of public opinion"))],
        help_text=_("What colleagues must not overlook; safety goes to a superior at once."),
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("What makes you think so; whoever lowers the flag has to answer it.")
    )


class RevealForm(ActionForm):
    """Which personal data to see, and why."""

    field = choice_field(
        _("What"),
        [
            ("phone", _("phone")),
            ("name", pgettext_lazy("person", "name")),
            ("email", _("e-mail")),
            ("address", _("address")),
            ("account", _("platform account")),
        ],
        help_text=_("Just the one value that you need now; each look is written down."),
    )
    reason = forms.CharField(
        label=_("Why you need it"),
        max_length=500,
        widget=UnfoldAdminTextInputWidget(),
        help_text=_("What you are about to do with it, for instance to call back; auditors read it."),
    )
