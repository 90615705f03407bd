"""The form of the letter by which a customer learns of a refusal (S-REF-06, 07)."""

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import choice_field, instant_field, line_field, words_field, yes_field
from complaints.forms.sending import SendingForm
from complaints.forms.shared_fields import apology_field
from complaints.forms.wording import look_at_words
from complaints.places import language_of
from complaints.states import RefusalState
from complaints.template_values import names, values_of
from complaints.vocabulary import WRITTEN_CHANNELS, Apology, Channel, ContactPurpose
from policies.lookup import templates_in_force
from policies.rules.filling import filled

ENCLOSED = "{{enclosed}}"


class WriteRefusalForm(SendingForm):
    """The letter to the customer, made from the refusal that was approved, with copies of its evidence."""

    channel = choice_field(
        _("Channel"),
        [(channel.value, channel.label) for channel in WRITTEN_CHANNELS],
        help_text=_("Where the customer reads it; the one they prefer comes first."),
    )
    template_id = choice_field(
        _("Letter"), required=False, help_text=_("Made from what was approved, in each language that there is.")
    )
    words = words_field(
        _("Text to the customer"),
        rows=16,
        help_text=_("The customer reads every word. It rests on what was approved; explain, do not reproach."),
    )
    evidence_ids = forms.TypedMultipleChoiceField(
        label=_("Copies that go along"),
        coerce=int,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=_("All that the refusal rests on; each copy is noted in the custody log."),
    )
    showed_policy = yes_field(
        _("Rule and law stand in the letter, or go along"),
        help_text=_("The customer can read for themselves what it rests on."),
    )
    apology = apology_field()
    occurred_at = instant_field(_("Sent at"), required=False, help_text=_("Empty: just now."))
    breach_reason = line_field(
        _("Why it was sent all the same"),
        required=False,
        help_text=_("Only if the customer does not want it, or never agreed to it."),
    )

    def prepare(self):
        """The letter in each language, in that of the customer first; every copy ticked."""
        customer = self.row.customer
        self.whom = str(customer) if customer else gettext("the customer")
        self.offer_sending(self.row)
        refusal = self.row.refusals.filter(state=RefusalState.APPROVED).order_by("decided_at", "pk").last()
        links = refusal.evidence_links.select_related("evidence__file_name").order_by("pk") if refusal else []
        self.fields["evidence_ids"].choices = [
            (link.evidence_id, f"{link.evidence.get_evidence_type_display()} · {link.evidence.file_name}")
            for link in links
        ]
        self.templates = letters_of(self.row, person=self.person, at=self.at) if refusal else []
        letters = [(letter["id"], letter["label"]) for letter in self.templates]
        self.fields["template_id"].choices = [("", gettext("Without a template")), *letters]
        look_at_words(self, self.row, "words")
        if not self.is_bound:
            preferred = (customer and customer.preferred_channel) or self.row.channel
            self.fields["channel"].initial = preferred if preferred in WRITTEN_CHANNELS else Channel.EMAIL
            self.fields["evidence_ids"].initial = [link.evidence_id for link in links]
            self.fields["showed_policy"].initial = True
            self.fields["apology"].initial = Apology.FOR_EXPERIENCE
            if self.templates:
                self.fields["words"].initial = self.templates[0]["text"]
                self.fields["template_id"].initial = self.templates[0]["id"]

    def inputs(self) -> dict:
        """The letter; which one it began as is of no concern to what was sent."""
        data = self.with_sending(self.cleaned_data)
        return {name: value for name, value in data.items() if name != "template_id"}


def letters_of(case, *, person, at) -> list[dict]:
    """Letters of refusal in force, filled from the case, in each language they are kept in; the customer's first."""
    theirs = "zh" if language_of(case.customer).lower().startswith("zh") else "en"
    names_of_languages = {"zh": gettext("Chinese"), "en": gettext("English")}
    reader = get_language() or "zh-hans"
    letters = [
        {
            "id": f"{template.policy_id}-{language}",
            "label": f"{template.label.in_language(reader)} · {names_of_languages[language]}",
            "channels": list(template.channels),
            "purpose": template.purpose,
            "apology": "" if template.apology == "none" else template.apology,
            "form": template.form,
            "text": filled(text, values_of(case, person=person, at=at, language=language), names()),
            "order": (ENCLOSED not in text, language != theirs),
        }
        for template in templates_in_force(at).values()
        if template.purpose == ContactPurpose.REFUSAL
        for language, text in template.texts.each()
    ]
    return sorted(letters, key=lambda letter: letter.pop("order"))
