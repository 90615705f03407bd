"""Forms around a call: its plan, its moment, and what the customer wants."""

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    instant_field,
    line_field,
    with_empty,
    words_field,
    yes_field,
)
from casemgmt.money import amount_shown
from complaints.actions.planning_calls import newest_plan, own_limit
from complaints.actions.scheduling_calls import moment_instead
from complaints.forms.intake import likely_purpose
from complaints.vocabulary import Channel, ConsentDecision, ConsentScope, ContactPurpose


class CallPlanForm(ActionForm):
    """The plan of the next call."""

    authority = words_field(
        _("What may I give at most?"),
        rows=2,
        help_text=_("Your limit and what is left of it; what needs nobody else's word."),
    )
    demands = words_field(
        _("What may the customer demand?"), rows=3, help_text=_("One a line, with your answer behind it.")
    )
    fallbacks = words_field(
        _("Fallback plans"), rows=3, help_text=_("One a line, the first one first; several, so that you can adjust.")
    )
    bottom_line = words_field(
        _("Bottom line"), rows=2, help_text=_("What you do not go beyond. The customer never reads this.")
    )
    beyond = words_field(
        _("What if a demand goes beyond my authority?"),
        rows=2,
        help_text=_("Who steps in, by when, and what you say until then."),
    )

    def prepare(self):
        """The newest plan to go on from, or the own limit."""
        if self.is_bound:
            return
        plan = newest_plan(self.row)
        if plan is not None:
            for name in self.fields:
                self.fields[name].initial = getattr(plan, name).words
            return
        limit = own_limit(self.person, self.at)
        if limit is not None:
            self.fields["authority"].initial = _("One grant: %(one)s; this case: %(case)s.") % {
                "one": amount_shown(limit.per_grant, limit.currency),
                "case": amount_shown(limit.per_case, limit.currency),
            }


class ScheduleCallForm(ActionForm):
    """A call that is planned or promised."""

    wanted_at = instant_field(
        _("When"), help_text=_("Where the rules forbid it, the call moves to the next moment that is allowed.")
    )
    exactly = yes_field(
        _("At this very time: it is promised to the customer"),
        help_text=_("Then nothing is moved: outside the rules it is refused."),
    )
    purpose = choice_field(_("Purpose"), ContactPurpose, help_text=_("What the call is for."))
    what = words_field(_("What it is about"), required=False, rows=2, help_text=_("Whoever calls reads this first."))

    def prepare(self):
        """The next moment that is allowed."""
        if self.is_bound:
            return
        self.fields["purpose"].initial = likely_purpose(self.row)
        found = moment_instead(self.row, self.at, at=self.at)
        if found.at is not None:
            self.fields["wanted_at"].initial = f"{localtime(found.at):%Y-%m-%dT%H:%M}"


class CancelScheduledCallForm(ActionForm):
    """A scheduled call that is called off."""

    scheduled_call_id = choice_field(_("Which call"), help_text=_("By the moment that it stands at."))
    reason = words_field(_("Reason"), rows=2, help_text=_("Why nobody has to call any more."))

    def prepare(self):
        """The calls that wait."""
        rows = self.row.scheduled_calls.filter(ended_at__isnull=True)
        self.fields["scheduled_call_id"].choices = with_empty(
            [(row.pk, date_format(localtime(row.scheduled_for), "SHORT_DATETIME_FORMAT")) for row in rows]
        )

    def clean_scheduled_call_id(self):
        """As a key."""
        return int(self.cleaned_data["scheduled_call_id"])


class ConsentForm(ActionForm):
    """What the customer says about being contacted."""

    channel = choice_field(_("Channel"), Channel, help_text=_("Each channel has a yes or no of its own."))
    scope = choice_field(
        _("For"),
        ConsentScope,
        help_text=_("A no to invitations leaves the complaint to be answered; a no to everything does not."),
    )
    decision = choice_field(_("The customer says"), ConsentDecision, help_text=_("The newest word counts."))
    words = words_field(
        _("The customer's own words"), rows=2, help_text=_("As said or written, and where it can be found.")
    )
    said_at = instant_field(_("Said at"), required=False, help_text=_("Empty: just now."))

    def prepare(self):
        """The phone first: that is what most customers mean."""
        if not self.is_bound:
            self.fields["channel"].initial = Channel.PHONE
            self.fields["scope"].initial = ConsentScope.EVERYTHING
            self.fields["decision"].initial = ConsentDecision.REFUSED


def _time_field(label, help_text):
    return forms.TimeField(
        label=label,
        required=False,
        help_text=help_text,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "time"}),
        input_formats=["%H:%M", "%H:%M:%S"],
    )


class WishesForm(ActionForm):
    """How and when the customer wants to be reached."""

    preferred_channel = choice_field(
        _("Wants to be reached by"), Channel, required=False, help_text=_("Composers offer it first.")
    )
    language = choice_field(
        _("Language"),
        settings.LANGUAGES,
        required=False,
        help_text=_("Templates are offered in it; empty is the language of the house."),
    )
    call_from = _time_field(_("Calls from"), _("In the customer's own time; both or none."))
    call_until = _time_field(_("Calls until"), _("From this time on nobody dials."))
    call_zone = line_field(
        _("Time zone"),
        required=False,
        max_length=40,
        help_text=_("Only where the customer lives in another one, such as Europe/London."),
    )
    words = words_field(
        _("The customer's own words"), rows=2, help_text=_("As said or written, and where it can be found.")
    )

    def prepare(self):
        """As it is known."""
        customer = self.row.customer
        if self.is_bound or customer is None:
            return
        self.fields["preferred_channel"].initial = customer.preferred_channel
        self.fields["language"].initial = customer.language
        self.fields["call_zone"].initial = customer.call_zone
        for name in ("call_from", "call_until"):
            known = getattr(customer, name)
            self.fields[name].initial = f"{known:%H:%M}" if known else ""
