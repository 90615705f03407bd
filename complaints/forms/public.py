"""Forms of letters to bodies, of counsel, of routes that are named, and of public reviews."""

from django.forms import TypedMultipleChoiceField
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    instant_field,
    line_field,
    number_field,
    with_empty,
    words_field,
    yes_field,
)
from casemgmt.people.models import ShopPlatform
from complaints.actions.advising import routes_in_words
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.forms.sending import SendingForm
from complaints.forms.wording import look_at_words
from complaints.vocabulary import WRITTEN_CHANNELS, Channel, LetterDirection, RemovalGround


def _evidence_field(help_text):
    return TypedMultipleChoiceField(
        label=_("Evidence enclosed"),
        required=False,
        coerce=int,
        help_text=help_text,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )


class LetterForm(ActionForm):
    """A letter to or from a body outside."""

    direction = choice_field(_("Direction"), LetterDirection, help_text=_("Whether it came from them or goes to them."))
    words = words_field(
        _("Text of the letter"),
        rows=6,
        help_text=_("What it says; facts and evidence, no blame. It is checked as typed."),
    )
    is_answer = yes_field(
        _("With it we have answered the body"), help_text=_("Their deadlines for our answer stop with it.")
    )
    evidence_ids = _evidence_field(_("What went with it; add files to the case first."))
    occurred_at = instant_field(_("Sent or received at"), required=False, help_text=_("Empty: just now."))

    def prepare(self):
        """The evidence of the case; while we owe an answer, the letter is one."""
        self.fields["evidence_ids"].choices = choosing.evidence_of(self.row.case)
        if self.row.is_running and self.row.answered_at is None:
            self.fields["direction"].initial = LetterDirection.SENT
        look_at_words(self, self.row.case, "words", channel=Channel.LETTER)


class EngageCounselForm(ActionForm):
    """Counsel for a case or one of its routes."""

    who = words_field(_("Counsel"), rows=1, help_text=_("Name and firm."))
    instructions = words_field(
        _("Instructions"), rows=4, help_text=_("What they are to do and what they were given; few people read this.")
    )
    route_id = choice_field(
        _("Route"), required=False, help_text=_("Which route it is about; empty for the case as a whole.")
    )
    legal_dispute = yes_field(
        _("It is a legal dispute"), help_text=_("Marks the case; a legal dispute is not settled directly.")
    )

    def prepare(self):
        """The routes of the case."""
        self.fields["route_id"].choices = with_empty(
            [("", _("the case as a whole"))]
            + [(route.pk, f"{route.get_kind_display()} · {route.body_name}") for route in self.row.routes.all()]
        )

    def clean_route_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["route_id"])


class CounselWordForm(ActionForm):
    """What counsel said."""

    words = words_field(_("What counsel said"), rows=4, help_text=_("Odds, cost and advice; few people read this."))


class NameRoutesForm(SendingForm):
    """The message that tells a customer where else to turn."""

    channel = choice_field(
        _("Channel"),
        [(channel.value, channel.label) for channel in (*WRITTEN_CHANNELS, Channel.PHONE)],
        help_text=_("Where the customer was told."),
    )
    words = words_field(
        _("Text to the customer"), rows=12, help_text=_("Made from the bodies in force for the region of the shop.")
    )
    occurred_at = instant_field(_("Sent at"), required=False, help_text=_("Empty: just now."))

    def prepare(self):
        """The generated message, in the customer's language."""
        self.fields["words"].initial = routes_in_words(self.row, at=self.at)
        self.offer_sending(self.row)
        customer = self.row.customer
        preferred = (customer and customer.preferred_channel) or self.row.channel
        if preferred in {value for value, _label in self.fields["channel"].choices}:
            self.fields["channel"].initial = preferred
        look_at_words(self, self.row, "words")


class ReviewForm(ActionForm):
    """A public review of a case that is known."""

    platform = choice_field(_("Platform"), ShopPlatform, help_text=_("Where it stands for all to read."))
    link = line_field(
        _("Link"), required=False, max_length=500, help_text=_("The address of the page, so that others find it.")
    )
    stars = number_field(_("Stars"), least=1, most=5, help_text=_("From 1 to 5."))
    words = words_field(_("What it says"), rows=4, help_text=_("Copied as it stands there."))
    written_at = instant_field(_("Written at"), help_text=_("When the customer wrote it."))

    def prepare(self):
        """The platform of the shop."""
        if self.row.shop_id:
            self.fields["platform"].initial = self.row.shop.platform


class NewReviewForm(ReviewForm):
    """A public review of somebody whom no case is about yet."""

    shop_id = choice_field(_("Shop"), help_text=_("The shop that it is about; its team gets the case."))
    platform = choice_field(
        _("Platform"), ShopPlatform, required=False, help_text=_("Empty: the platform of the shop.")
    )
    unknown_because = words_field(
        _("Why the customer is unknown"), rows=1, help_text=_("Such as: the review shows no order.")
    )
    field_order = ["shop_id", "platform", "link", "stars", "words", "written_at", "unknown_because"]

    def prepare(self):
        """The shops."""
        self.fields["shop_id"].choices = with_empty(choosing.shops())

    def clean_shop_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["shop_id"])


class AnswerReviewForm(ActionForm):
    """The public answer."""

    answer = words_field(
        _("Public answer"), rows=6, help_text=_("Everybody reads it: thanks, facts, what was done. No personal data.")
    )

    def prepare(self):
        """The check of the wording."""
        look_at_words(self, self.row.case, "answer")


class RemarkForm(ActionForm):
    """Why an answer goes back."""

    remark = words_field(_("Remark"), rows=2, help_text=_("What should be different; its writer reads it."))


class RemovalForm(ActionForm):
    """What the platform is asked."""

    ground = choice_field(_("Ground"), RemovalGround, help_text=_("A review that is merely bad stays; it is answered."))
    words = words_field(_("What is wrong with it"), rows=4, help_text=_("Which sentence is untrue, and what shows it."))
    evidence_ids = _evidence_field(_("What shows it; without evidence the platform is not asked."))
    nothing_given = yes_field(
        _("Nobody was given, promised or threatened anything for it"),
        help_text=_("Bought or forced reviews break the law and the rules of every platform."),
    )

    def prepare(self):
        """The evidence of the case."""
        self.fields["evidence_ids"].choices = choosing.evidence_of(self.row.case)
        look_at_words(self, self.row.case, "words")


class PlatformDecisionForm(ActionForm):
    """What the platform decided about a review."""

    removed = choice_field(
        _("The platform"),
        [("yes", _("removed the review")), ("no", _("keeps the review"))],
        help_text=_("What it did, whatever it wrote."),
    )
    words = words_field(_("In words"), required=False, rows=2, help_text=_("What it wrote to us."))

    def clean_removed(self):
        """Yes or no."""
        return self.cleaned_data["removed"] == "yes"


class ImprovedForm(ActionForm):
    """What the customer made of the review later."""

    stars = number_field(_("Stars now"), least=1, most=5, help_text=_("More than before."))
    words = words_field(_("What it says now"), required=False, rows=3, help_text=_("Copied as it stands there."))
