"""Forms of follow-ups in writing, messages of progress and regular contact: words that are read before they go."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    day_field,
    instant_field,
    line_field,
    number_field,
    words_field,
    yes_field,
)
from complaints.actions.following_up import policy_of
from complaints.actions.telling_progress import channel_for, draft_of
from complaints.forms.ends import FollowUpResultForm
from complaints.forms.sending import SendingForm
from complaints.forms.shared_fields import apology_field
from complaints.forms.wording import look_at_words
from complaints.places import language_of
from complaints.rules.following_up import CALL_LATER
from complaints.template_values import names, values_of
from complaints.vocabulary import WRITTEN_CHANNELS, Channel, ContactOutcome
from policies.lookup import policy_by_id, templates_in_force
from policies.rules.filling import filled


def read_field():
    """That somebody read the words of a template."""
    return yes_field(
        _("I have read it through; it fits this customer"),
        help_text=_("Needed when the template goes out as it stands. Nothing is sent unread."),
    )


def against_the_wish():
    """Why it goes out although a rule of reaching is broken."""
    return line_field(
        _("Why it was sent all the same"),
        required=False,
        help_text=_("Only if the customer does not want it, or was reached too often."),
    )


class AskInWritingForm(SendingForm):
    """A follow-up by e-mail or message, begun as the template of the policy."""

    words = words_field(
        _("Text to the customer"), rows=8, help_text=_("Ask how it goes, for a mark from 1 to 5, and for suggestions.")
    )
    read_through = read_field()
    apology = apology_field()
    breach_reason = against_the_wish()
    template_id = None

    def prepare(self):
        """The words of the policy's template, filled from the case, in the language of the customer."""
        case = self.row.case
        template = templates_in_force(self.at).get(policy_by_id(self.row.policy_id).template)
        look_at_words(self, case, "words", channel=self.row.channel)
        self.offer_sending(case, channel=self.row.channel)
        if template is None:
            return
        self.template_id = template.policy_id
        if not self.is_bound:
            values = values_of(case, person=self.person, at=self.at)
            text = template.texts.in_language(language_of(case.customer))
            self.initial["words"] = filled(text, values, names())
            self.initial["apology"] = "" if template.apology == "none" else template.apology

    def inputs(self) -> dict:
        """With the template that the words began as."""
        data = self.with_sending(self.cleaned_data, channel=self.row.channel)
        return data | {"template_id": self.template_id}


class AnswerForm(FollowUpResultForm):
    """What the customer wrote back, and the result that stands in it."""

    words = words_field(
        _("What the customer wrote"), rows=4, help_text=_("As it came; the result below is read from it.")
    )
    occurred_at = instant_field(_("Answered at"), required=False, help_text=_("Empty: just now."))
    field_order = ["words", "occurred_at", "satisfaction", "solved", "experience", "suggestion"]


class ProgressForm(SendingForm):
    """The message of the day to a customer who waits, drafted from what is known."""

    channel = choice_field(
        _("Channel"),
        [(channel.value, channel.label) for channel in WRITTEN_CHANNELS],
        help_text=_("Where the customer reads it; the one they prefer comes first."),
    )
    words = words_field(
        _("Text to the customer"),
        rows=8,
        help_text=_("What happened since the last message, what comes next, and when they hear from you again."),
    )
    read_through = read_field()
    apology = apology_field()
    breach_reason = against_the_wish()

    def prepare(self):
        """Drafted; one click sends it."""
        case = self.row.case
        look_at_words(self, case, "words")
        self.offer_sending(case)
        if self.is_bound:
            return
        words, template = draft_of(self.row, person=self.person, at=self.at)
        channel = channel_for(case, at=self.at)
        self.initial |= {"words": words, "channel": channel or Channel.QIANNIU}
        if template is not None and template.apology != "none":
            self.initial["apology"] = template.apology


class AgreeForm(ActionForm):
    """Regular contact that the customer agreed to."""

    words = words_field(
        _("What the customer agreed to, in their words"),
        rows=2,
        help_text=_("It is their consent: without their own words nobody is contacted again and again."),
    )
    channel = choice_field(
        _("Channel"),
        [choice for choice in Channel.choices if choice[0] not in ("parcel", "face_to_face", "platform", "letter")],
        help_text=_("The yes holds for this channel alone."),
    )
    every_days = number_field(_("Every so many days"), least=1, most=730, help_text=_("As the policy says, or rarer."))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Empty: as the policy says. It ends by itself."))

    def prepare(self):
        """The pace of the policy, on the channel that the customer prefers."""
        if not self.is_bound:
            customer = self.row.customer
            preferred = (customer and customer.preferred_channel) or Channel.PHONE
            self.initial |= {"channel": preferred, "every_days": policy_of(self.row, at=self.at).regular_every_days}


class RegularForm(SendingForm):
    """One regular contact: made, or tried."""

    outcome = choice_field(
        _("What came of it"),
        [
            (outcome.value, outcome.label)
            for outcome in ContactOutcome
            if outcome not in (ContactOutcome.IMPOSSIBLE, ContactOutcome.AUTOMATIC, CALL_LATER)
        ],
        help_text=_("Not reached: it comes again tomorrow. Declined: the regular contact ends."),
    )
    words = words_field(
        _("What was said or written"), required=False, rows=4, help_text=_("Needed when somebody was reached.")
    )
    suggestion = words_field(
        _("Suggestions"), required=False, rows=2, help_text=_("What we should do better, in the customer's words.")
    )
    breach_reason = against_the_wish()

    def prepare(self):
        """In writing it leaves from here where it can."""
        look_at_words(self, self.row.case, "words", channel=self.row.channel)
        self.offer_sending(self.row.case, channel=self.row.channel)

    def inputs(self) -> dict:
        """On the channel of the series."""
        return self.with_sending(self.cleaned_data, channel=self.row.channel)
