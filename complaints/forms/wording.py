"""Forms about words that need a second person's yes, and the fields whose words are looked at while they are typed."""

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, choice_field, words_field
from complaints.models import Complaint
from complaints.vocabulary import Channel


def look_at_words(form: Form, case: Complaint, *names: str, channel: str = "", plan_id: int | None = None) -> None:
    """Let the page check these fields when typing pauses, and carry words over to the request for a yes."""
    url = reverse("admin:complaints_complaint_wording", args=[case.pk])
    for name in names:
        attrs = form.fields[name].widget.attrs
        attrs["data-wording"] = url
        attrs["data-wording-channel"] = channel
        if plan_id is not None:
            attrs["data-wording-plan"] = str(plan_id)


class AskWordingForm(ActionForm):
    """Asking a supervisor to agree to very words before the customer reads them."""

    words = words_field(
        _("Text to the customer"),
        rows=8,
        help_text=_("A yes covers just these words; change one and it has to be asked for again."),
    )
    channel = choice_field(_("Channel"), Channel, required=False, help_text=_("Where the customer will read it."))
    reason = words_field(
        _("Why these words are needed"), rows=3, help_text=_("Whoever decides knows only what stands here.")
    )

    def prepare(self):
        """The words are looked at here too."""
        look_at_words(self, self.row, "words")


class DecideWordingForm(ActionForm):
    """A yes or no to words, and why."""

    remark = words_field(
        _("Reason of the decision"), rows=3, help_text=_("Whoever asked, and an auditor, must understand it alone.")
    )
