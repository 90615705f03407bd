"""Forms of the composer: a message, a call and a note are three different things and look it (S-COM-01, 02)."""

import json

from django import forms
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    LONGEST_WORDS,
    ActionForm,
    choice_field,
    instant_field,
    line_field,
    words_field,
    yes_field,
)
from casemgmt.money import amount_shown
from complaints.actions.calling import follow_up_to_call, proposed_call
from complaints.actions.mentioning import people_to_mention
from complaints.forms.call_outlook import CallOutlook
from complaints.forms.intake import likely_purpose
from complaints.forms.sending import SendingForm
from complaints.forms.shared_fields import apology_field, mood_field
from complaints.forms.wording import look_at_words
from complaints.places import language_of
from complaints.roles import day_of, may
from complaints.rules.calling_again import CALL_AGAIN
from complaints.rules.mentioning import LETTER, begins_like_a_letter
from complaints.states import GrantState, OverrideState
from complaints.template_values import names, values_of
from complaints.vocabulary import WRITTEN_CHANNELS, Channel, ContactOutcome, ContactPurpose
from policies.lookup import call_guide_in_force, templates_in_force
from policies.rules.filling import filled

PAYMENT_TOLD = "compensation_told"
"""The template that tells of a payment."""

MESSAGE_CHANNELS = (*WRITTEN_CHANNELS, Channel.FACE_TO_FACE)


class TemplatedForm(ActionForm):
    """A form whose words may begin as a template of the policies, filled from the case."""

    template_channels: tuple[str, ...] = ()

    @property
    def case(self):
        """The case that the words are about."""
        return self.row

    def offer_templates(self) -> None:
        """Offer the templates in force for the channels of this form, each already filled; writing comes first."""
        self.fields["words"].widget.attrs["data-autofocus"] = ""
        values = values_of(self.case, person=self.person, at=self.at)
        language = get_language() or "zh-hans"
        theirs = language_of(self.case.customer)
        self.templates = [
            {
                "id": template.policy_id,
                "label": template.label.in_language(language),
                "channels": list(template.channels),
                "purpose": template.purpose,
                "apology": "" if template.apology == "none" else template.apology,
                "form": template.form,
                "text": filled(template.texts.in_language(theirs), values, names()),
            }
            for template in templates_in_force(self.at).values()
            if set(template.channels) & set(self.template_channels)
        ]
        choices = [(template["id"], template["label"]) for template in self.templates]
        self.fields["template_id"].choices = [("", _("Without a template")), *choices]

    def clean_template_id(self):
        """As a key, or none."""
        return int(self.cleaned_data["template_id"]) if self.cleaned_data["template_id"] else None


def conduct_in_writing(at) -> list[str]:
    """What every message to a customer needs, by the guide in force."""
    language = get_language() or "zh-hans"
    return [label.in_language(language) for label in call_guide_in_force(at).in_writing]


def _template_field():
    return choice_field(
        _("Template"),
        required=False,
        help_text=_("Fills the text from the case. Change the words: no customer wants to read a form letter."),
    )


class MessageForm(SendingForm, TemplatedForm):
    """What was written to the customer."""

    template_channels = MESSAGE_CHANNELS
    channel = choice_field(
        _("Channel"),
        [(channel.value, channel.label) for channel in MESSAGE_CHANNELS],
        help_text=_("Where the customer reads it; the one they prefer comes first."),
    )
    template_id = _template_field()
    words = words_field(
        _("Text to the customer"),
        rows=8,
        help_text=_("The customer reads every word. Say sorry, say thanks, say what happens next."),
    )
    read_through = yes_field(
        _("I have read it through; it fits this customer"),
        help_text=_("Needed when the template goes out as it stands. Nothing is sent unread."),
    )
    purpose = choice_field(
        _("Purpose"), ContactPurpose, help_text=_("Steps ask for it: a plan must have been offered, an outcome told.")
    )
    apology = apology_field()
    occurred_at = instant_field(_("Sent at"), required=False, help_text=_("Empty: just now."))
    breach_reason = line_field(
        _("Why it was sent all the same"),
        required=False,
        help_text=_("Only if the customer does not want it, or never agreed to it."),
    )

    def prepare(self):
        """The customer's channel, the likely purpose, the templates."""
        customer = self.row.customer
        preferred = (customer and customer.preferred_channel) or self.row.channel
        if not self.is_bound:
            self.fields["channel"].initial = preferred if preferred in MESSAGE_CHANNELS else Channel.QIANNIU
            self.fields["purpose"].initial = likely_purpose(self.row)
        self.whom = str(customer) if customer else gettext("the customer")
        self.conduct = conduct_in_writing(self.at)
        self.offer_sending(self.row)
        recorded, sent = gettext("Record as sent to %(whom)s (%(channel)s)"), gettext("Send to %(whom)s (%(channel)s)")
        self.send_labels = {
            channel.value: (sent if channel in self.sendable else recorded)
            % {"whom": self.whom, "channel": channel.label}
            for channel in MESSAGE_CHANNELS
        }
        self.offer_templates()
        look_at_words(self, self.case, "words")
        self._begin_with_agreed_words()
        self._begin_with_a_payment()

    @property
    def needs_a_yes(self) -> bool:
        """Whether the words were refused for want of a supervisor's yes."""
        return any(reason.code == "wording.needs_approval" for reason in self.reasons)

    @property
    def ask_url(self) -> str:
        """Where that yes is asked for."""
        return reverse("admin:complaints_complaint_do", args=[self.row.pk, "ask-wording"])

    def _begin_with_agreed_words(self):
        """The words that a supervisor agreed to, when the page was opened to send them."""
        wanted = str(self.initial.get("agreed", "")) if not self.is_bound else ""
        if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 16):
            return
        agreed = self.row.wording_overrides.filter(pk=int(wanted), state=OverrideState.APPROVED).first()
        if agreed is not None:
            self.initial["words"] = agreed.words.words
            self.initial["channel"] = agreed.channel

    def _begin_with_a_payment(self):
        """The template of a payment with its amount, when the page was opened to tell of one."""
        wanted = str(self.initial.get("tell", "")) if not self.is_bound else ""
        if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 16):
            return
        grant = self.row.grants.filter(pk=int(wanted), state=GrantState.PAID).first()
        template = templates_in_force(self.at).get(PAYMENT_TOLD)
        if grant is None or template is None:
            return
        values = values_of(self.case, person=self.person, at=self.at)
        values["amount"] = amount_shown(grant.amount, grant.currency)
        text = template.texts.in_language(language_of(self.case.customer))
        self.initial |= {
            "words": filled(text, values, names()),
            "template_id": template.policy_id,
            "purpose": template.purpose,
        }

    @property
    def chosen_channel(self) -> str:
        """The channel that is chosen as the form is drawn."""
        chosen = self["channel"].value()
        return chosen if chosen in self.send_labels else Channel.QIANNIU.value

    @property
    def send_labels_as_json(self) -> str:
        """What the button says on each channel, for the script that follows the choice."""
        return json.dumps({value: [str(Channel(value).label), label] for value, label in self.send_labels.items()})

    @property
    def send_label(self) -> str:
        """What the button says: whom and by what."""
        return self.send_labels[self.chosen_channel]

    @property
    def chosen_label(self) -> str:
        """The channel in words."""
        return str(Channel(self.chosen_channel).label)


class CallForm(TemplatedForm):
    """A call of ours, and what came of it in one click."""

    template_channels = (Channel.PHONE,)
    template_id = _template_field()
    words = words_field(
        _("What was said"),
        required=False,
        rows=5,
        help_text=_("Needed when somebody was reached or declined; an unanswered call needs no words."),
    )
    apology = apology_field()
    emotion = mood_field()
    call_again_at = instant_field(
        _("Next call"),
        required=False,
        help_text=_("Kept when nobody was reached, or the customer wants a call later. Empty: none is planned."),
    )
    occurred_at = instant_field(_("Called at"), required=False, help_text=_("Empty: just now."))
    breach_reason = line_field(
        _("Reason for calling outside the rules"), required=False, help_text=_("Only if a calling rule was broken.")
    )
    proposed = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("What came of it"), choices=(), widget=forms.HiddenInput)

    def prepare(self):
        """The next call as the policy proposes it, and what each outcome would do."""
        self.follow_up = self.due_follow_up()
        self.proposal = proposed_call(self.case, at=self.at)
        self.whom = str(self.case.customer) if self.case.customer else gettext("the customer")
        self.outlook = CallOutlook(self.follow_up, self.proposal)
        self.channel_label = str(Channel(self.follow_up.channel if self.follow_up else Channel.PHONE).label)
        self.outcomes = self.outlook.outcomes()
        self.fields["outcome"].choices = [
            ("delivered", ContactOutcome.DELIVERED.label),
            *((choice.value, choice.label) for choice in self.outcomes),
        ]
        if not self.is_bound and self.proposal.at and self.outlook.is_by_phone:
            shown = f"{localtime(self.proposal.at):%Y-%m-%dT%H:%M}"
            self.fields["call_again_at"].initial = self.fields["proposed"].initial = shown
        self.offer_templates()
        channel = self.follow_up.channel if self.follow_up else Channel.PHONE
        look_at_words(self, self.case, "words", channel=channel)

    def due_follow_up(self):
        """The follow-up that this call would be an attempt at, if one is due."""
        return follow_up_to_call(self.case)

    def inputs(self) -> dict:
        """A next call only after an outcome that asks for one; what was proposed and left alone is proposed anew.

        Between opening the form and the click lies the call itself.
        """
        data = dict(self.cleaned_data)
        if data["outcome"] not in CALL_AGAIN:
            data["call_again_at"] = None
        elif data["call_again_at"] and data["proposed"] == self.data.get("call_again_at"):
            data["call_again_at"] = self.proposal.at
        del data["proposed"]
        return data


class ContactCallForm(CallForm):
    """A call on the case page: with its purpose, unless it is an attempt at a follow-up."""

    purpose = choice_field(
        _("Purpose"), ContactPurpose, help_text=_("Steps ask for it: a plan must have been offered, an outcome told.")
    )

    def prepare(self):
        """The purpose that the state of the case makes likely."""
        super().prepare()
        if not self.is_bound:
            likely = ContactPurpose.FOLLOW_UP if self.follow_up else likely_purpose(self.case)
            self.fields["purpose"].initial = likely


class AttemptForm(CallForm):
    """An attempt at a follow-up, on whatever channel it is."""

    @property
    def template_channels(self):
        """Templates for the channel of the follow-up."""
        return (self.row.channel,)

    @property
    def case(self):
        """The case of the follow-up."""
        return self.row.case

    def due_follow_up(self):
        """The follow-up itself."""
        return self.row


class NoteForm(ActionForm):
    """An internal note; who is named with @ is told."""

    words = forms.CharField(
        label=_("Note"),
        max_length=LONGEST_WORDS,
        help_text=_("Customers never see this. It cannot be changed; correct it by a new one. @ names a colleague."),
        widget=words_field("").widget,
    )
    is_note = forms.BooleanField(
        label=_("This is a note for colleagues, no letter"),
        required=False,
        help_text=_("Asked only when the text begins like a letter."),
    )
    letter = LETTER
    message_url = message_draft = ""

    def prepare(self):
        """Who can be named: whoever may see the case; and the way to the message that it should perhaps be."""
        if may(self.person, "contact.record", self.row, on=day_of(self.at)):
            self.message_url = reverse("admin:complaints_complaint_do", args=[self.row.pk, "write-message"])
            self.message_draft = f"complaints.complaint:{self.row.pk}:write-message"
        people = people_to_mention(self.row, at=self.at)
        shown = [person.name for person in people]
        self.people = [
            {
                "name": person.name,
                "username": person.username,
                "team": str(person.team or ""),
                "writes": person.name if shown.count(person.name) == 1 and " " not in person.name else person.username,
            }
            for person in people
        ]

    def clean(self):
        """A note that begins like a letter is asked about once."""
        data = super().clean()
        if begins_like_a_letter(data.get("words") or "") and not data.get("is_note"):
            self.add_error(
                "is_note",
                _("This begins like a letter to the customer, who will never read it. Say that it is a note."),
            )
        return data

    def inputs(self) -> dict:
        """The words alone."""
        return {"words": self.cleaned_data["words"]}
