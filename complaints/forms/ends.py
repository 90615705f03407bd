"""Forms of ways out and back, pauses, escalations, follow-ups, and closing."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    amount_field,
    choice_field,
    day_field,
    instant_field,
    with_empty,
    words_field,
)
from casemgmt.money import amount_shown
from complaints.forms import choosing
from complaints.forms.facts import YES_NO, optional_key, yes_no
from complaints.states import UNPAID_GRANTS
from complaints.vocabulary import (
    Channel,
    EscalationDecision,
    MeasureKind,
    PauseCategory,
    Side,
    VoidReason,
)


class WithdrawForm(ActionForm):
    """The customer takes it back."""

    words = words_field(
        _("The customer's own words"),
        help_text=_("As said or written, and where it can be found; nobody else can take a complaint back."),
    )

    def prepare(self):
        """The customer's words for each open promise, and the unpaid grants by name."""
        for promise in self.row.commitments.pending():
            self.fields[f"released_{promise.pk}"] = words_field(
                _("The customer's words about: %(promise)s") % {"promise": str(promise.what)[:60]},
                required=False,
                rows=2,
                help_text=_("A promise is released in the customer's own words alone."),
            )
        grants = list(self.row.grants.filter(state__in=UNPAID_GRANTS))
        self.fields["cancelled"] = forms.TypedMultipleChoiceField(
            label=_("Grants that are cancelled"),
            coerce=int,
            required=False,
            choices=[
                (grant.pk, f"{amount_shown(grant.amount, grant.currency)} · {grant.get_state_display()}")
                for grant in grants
            ],
            help_text=_("Tick what is not paid any more; what is left unticked has to be settled first."),
            widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        )

    def clean(self):
        """The released promises by number."""
        data = super().clean()
        names = [name for name in list(data) if name.startswith("released_")]
        data["released"] = {
            int(name.removeprefix("released_")): words for name in names if (words := data.pop(name)).strip()
        }
        return data


class VoidForm(ActionForm):
    """Entered in error, and why."""

    why = choice_field(
        _("Why"), VoidReason, help_text=_("Only what never was a complaint; a bothersome one is none of these.")
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("How you know; it can be undone, and an auditor looks at each.")
    )


class MergeForm(ActionForm):
    """Which case leads."""

    into_id = choice_field(_("Leading case"), help_text=_("Open cases of the same customer or order."))
    reason = words_field(
        _("Reason"), rows=2, help_text=_("Why both are one matter; every text stays, the earliest deadline counts.")
    )

    def prepare(self):
        """The cases that could lead."""
        self.fields["into_id"].choices = with_empty(choosing.leading_cases_for(self.row, self.person, self.at))

    def clean_into_id(self):
        """As a key."""
        return int(self.cleaned_data["into_id"])


class PauseForm(ActionForm):
    """Waiting, for whom, for what, how long."""

    category = choice_field(
        _("Category"),
        PauseCategory,
        help_text=_("What is waited for; the policy says which clocks it may stop and for how long."),
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("Why nothing can be done meanwhile; supervisors look at long pauses.")
    )
    asked_of = choice_field(
        _("Waiting for"), Side, initial=Side.CUSTOMER, help_text=_("Whose turn it is; the pause ends when they answer.")
    )
    asked_what = words_field(
        _("What was asked"), rows=2, help_text=_("Just what was asked, so that one can see when it is there.")
    )
    request_id = choice_field(
        _("Request that is waited for"),
        required=False,
        help_text=_("When it is answered, the pause ends by itself, whoever was asked."),
    )
    until = instant_field(_("Until"), required=False, help_text=_("Empty: as long as the policy gives."))

    def prepare(self):
        """The requests that wait for an answer."""
        self.fields["request_id"].choices = with_empty(choosing.open_requests_of(self.row))

    def clean_request_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["request_id"])


class EscalateForm(ActionForm):
    """Going up by hand."""

    reason = words_field(_("Reason"), rows=3, help_text=_("What you cannot decide yourself, and what you propose."))
    level = choice_field(
        _("Level"),
        [("1", "1"), ("2", "2"), ("3", "3")],
        initial="1",
        help_text=_("1 is your supervisor; higher only when that did not help."),
    )

    def clean_level(self):
        """As a number."""
        return int(self.cleaned_data["level"])


class DecideEscalationForm(ActionForm):
    """A superior's answer (S-ESC-03)."""

    decision = choice_field(
        _("Decision"),
        [choice for choice in EscalationDecision.choices if choice[0]],
        help_text=_(
            "It holds at once: taking over makes you the handler, more authority needs an amount and an end, more"
            " resources a department and a time."
        ),
    )
    answer = words_field(_("Answer"), help_text=_("What shall happen now and who does it; the handler acts on it."))
    amount = amount_field(
        _("More authority: up to"),
        required=False,
        help_text=_("What the handler may grant in all on this case without asking; within your own limit."),
    )
    valid_until = instant_field(
        _("More authority: until"), required=False, help_text=_("Afterwards the usual limits hold again.")
    )
    department_id = choice_field(
        _("More resources: department"),
        required=False,
        help_text=_("It gets a task that says what your answer says."),
    )
    due_at = instant_field(
        _("More resources: to be done until"), required=False, help_text=_("Late, the task goes up by itself.")
    )

    def prepare(self):
        """The departments that may be sent."""
        self.fields["department_id"].choices = with_empty(choosing.departments())

    def clean_department_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["department_id"])


class ScheduleForm(ActionForm):
    """When to follow up."""

    channel = choice_field(
        _("Channel"),
        [choice for choice in Channel.choices if choice[0] not in ("parcel", "face_to_face", "platform")],
        initial="phone",
        help_text=_("As the customer wishes; a call is put into the next calling window."),
    )
    not_before = instant_field(_("Not before"), required=False, help_text=_("Empty: as soon as the policy says."))


class CameFirstForm(ActionForm):
    """The customer came first."""

    words = words_field(
        _("What the customer said"),
        help_text=_("What the customer told by themselves; the planned call is then not needed."),
    )
    channel = choice_field(_("Channel"), Channel, initial=Channel.PHONE, help_text=_("How the customer came to us."))


class FollowUpResultForm(ActionForm):
    """What the follow-up showed (S-FUP-02, 03)."""

    satisfaction = choice_field(
        _("Satisfaction"),
        [("5", "5"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1")],
        required=False,
        help_text=_("5 is the best; only what the customer said, never your own guess."),
    )
    solved = choice_field(
        _("Thoroughly solved"),
        YES_NO,
        required=False,
        help_text=_("Whether the problem itself is gone, which is not the same as being content."),
    )
    experience = words_field(_("Use experience"), required=False, rows=2, help_text=_("How the goods do in use now."))
    suggestion = words_field(
        _("Suggestions"), required=False, rows=2, help_text=_("What we should do better; it goes into the measures.")
    )

    def clean_satisfaction(self):
        """As a number, or none."""
        return optional_key(self.cleaned_data["satisfaction"])

    def clean_solved(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["solved"])


class DissatisfiedForm(ActionForm):
    """What is newly wrong."""

    what = words_field(
        _("What is newly wrong, in the customer's words"),
        help_text=_("What was not known before; the case is investigated again because of it."),
    )


class SummaryForm(ActionForm):
    """What was learnt (S-CLO-01)."""

    lesson = words_field(
        _("What was learnt"), rows=3, help_text=_("What the next colleague should do differently in such a case.")
    )
    root_cause = words_field(
        _("Root cause"), rows=2, help_text=_("Why it could happen, not what happened; measures against it start here.")
    )
    process = words_field(
        _("What to improve in the flow"),
        required=False,
        rows=2,
        help_text=_("Which step of ours took too long or was missing."),
    )
    difficulty = words_field(
        _("Difficulties met while handling"),
        required=False,
        rows=2,
        help_text=_("What made it hard, so that help comes earlier next time."),
    )


class ImprovementForm(ActionForm):
    """A measure against recurrence (S-CLO-02)."""

    kind = choice_field(
        _("Kind"), MeasureKind, help_text=_("Goods, flow, training or supplier: it goes to whoever can change it.")
    )
    what = words_field(_("Measure"), rows=2, help_text=_("If none is needed: why."))
    owner_id = choice_field(_("Owner"), required=False, help_text=_("Who answers for it; empty: you."))
    person_concerned_id = choice_field(
        _("Member of staff concerned"),
        required=False,
        help_text=_("Only for talks or training with one colleague; others do not see the name."),
    )
    due_on = day_field(_("Due on"), required=False, help_text=_("Until when it shall work; it is reminded of."))

    def prepare(self):
        """Everybody who works here."""
        for name in ("owner_id", "person_concerned_id"):
            self.fields[name].choices = with_empty(choosing.colleagues())

    def clean_owner_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["owner_id"])

    def clean_person_concerned_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["person_concerned_id"])
