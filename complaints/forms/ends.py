"""Forms of outside routes, ways out and back, pauses, escalations, follow-ups, and closing."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import (
    ActionForm,
    choice_field,
    day_field,
    instant_field,
    line_field,
    number_field,
    with_empty,
    words_field,
    yes_field,
)
from complaints.forms import choosing
from complaints.forms.facts import YES_NO, optional_key, yes_no
from complaints.states import UNPAID_GRANTS, RouteState
from complaints.vocabulary import (
    Apology,
    BodyKind,
    Channel,
    Emotion,
    EscalationDecision,
    MeasureKind,
    PauseCategory,
    RouteKind,
    Side,
    VoidReason,
)


class RouteForm(ActionForm):
    """Where the customer went outside (W-10)."""

    kind = choice_field(_("Route"), RouteKind)
    body_kind = choice_field(_("Kind of body"), BodyKind)
    body_name = line_field(_("Body"), max_length=120)
    account = words_field(_("What it is about"), rows=3)
    filed_at = instant_field(_("Filed at"))
    reference_number = line_field(_("Reference number"), required=False, max_length=64)
    arbitration_basis = choice_field(
        _("Basis of arbitration"),
        [("", "—"), ("clause", _("clause in the contract")), ("consent", _("agreement of both sides"))],
        required=False,
    )
    hearing_at = instant_field(_("Hearing at"), required=False)
    answer_due_at = instant_field(_("Our answer is due at"), required=False)


class MoveRouteForm(ActionForm):
    """The next step of a route."""

    to = choice_field(_("Next step"), [choice for choice in RouteState.choices if choice[0] != RouteState.FILED])
    words = words_field(_("In words"), required=False, rows=3, help_text=_("A decision or settlement needs its words."))
    hearing_at = instant_field(_("Hearing at"), required=False)
    answer_due_at = instant_field(_("Our answer is due at"), required=False)
    penalty_points = number_field(_("Penalty points"), required=False, least=0, most=100)


class WaitOutsideForm(ActionForm):
    """Waiting for somebody outside."""

    reason = words_field(_("Why we do nothing but wait"), rows=2)
    asked_what = words_field(_("What is waited for"), rows=2)


class GoOnForm(ActionForm):
    """Why we go on."""

    because = choice_field(
        _("Because"),
        [("route_ended", _("the route ended without a decision")), ("we_act_again", _("we act again"))],
    )
    reason = words_field(_("Reason"), rows=2)


class OutsideDecidedForm(ActionForm):
    """What was decided outside, and what it asks of us."""

    route_id = choice_field(_("Route"))
    to = choice_field(
        _("Goes on with"),
        [
            ("negotiating", _("negotiating a plan")),
            ("executing", _("carrying out the plan")),
            ("following_up", _("follow-up")),
        ],
    )
    obliges = yes_field(_("It obliges us to do something"))
    promise = words_field(_("What we have to do"), required=False, rows=2)
    due_at = instant_field(_("Until"), required=False)
    owner_id = choice_field(_("Who sees to it"), required=False)

    def prepare(self):
        """The routes of the case, and people."""
        self.fields["route_id"].choices = with_empty(
            (route.pk, f"{route.get_kind_display()} · {route.body_name} · {route.get_state_display()}")
            for route in self.row.routes.all()
        )
        self.fields["owner_id"].choices = with_empty(choosing.colleagues())

    def clean_route_id(self):
        """As a key."""
        return int(self.cleaned_data["route_id"])

    def clean_owner_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["owner_id"])


class WithdrawForm(ActionForm):
    """The customer takes it back."""

    words = words_field(_("The customer's own words"))

    def prepare(self):
        """The customer's words for each open promise, and the unpaid grants by name."""
        for promise in self.row.commitments.pending():
            self.fields[f"released_{promise.pk}"] = words_field(
                _("The customer's words about: %(promise)s") % {"promise": str(promise.what)[:60]},
                required=False,
                rows=2,
            )
        grants = list(self.row.grants.filter(state__in=UNPAID_GRANTS))
        self.fields["cancelled"] = forms.TypedMultipleChoiceField(
            label=_("Grants that are cancelled"),
            coerce=int,
            required=False,
            choices=[(grant.pk, f"¥{grant.amount} · {grant.get_state_display()}") for grant in grants],
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

    why = choice_field(_("Why"), VoidReason)
    reason = words_field(_("Reason"), rows=2)


class MergeForm(ActionForm):
    """Which case leads."""

    into_id = choice_field(_("Leading case"), help_text=_("Open cases of the same customer or order."))
    reason = words_field(_("Reason"), rows=2)

    def prepare(self):
        """The cases that could lead."""
        self.fields["into_id"].choices = with_empty(choosing.leading_cases_for(self.row, self.person, self.at))

    def clean_into_id(self):
        """As a key."""
        return int(self.cleaned_data["into_id"])


class PauseForm(ActionForm):
    """Waiting, for whom, for what, how long."""

    category = choice_field(_("Category"), PauseCategory)
    reason = words_field(_("Reason"), rows=2)
    asked_of = choice_field(_("Waiting for"), Side, initial=Side.CUSTOMER)
    asked_what = words_field(_("What was asked"), rows=2)
    until = instant_field(_("Until"), required=False, help_text=_("Empty: as long as the policy gives."))


class EscalateForm(ActionForm):
    """Going up by hand."""

    reason = words_field(_("Reason"), rows=3)
    level = choice_field(_("Level"), [("1", "1"), ("2", "2"), ("3", "3")], initial="1")

    def clean_level(self):
        """As a number."""
        return int(self.cleaned_data["level"])


class DecideEscalationForm(ActionForm):
    """A superior's answer (S-ESC-03)."""

    decision = choice_field(_("Decision"), [choice for choice in EscalationDecision.choices if choice[0]])
    answer = words_field(_("Answer"))


class ScheduleForm(ActionForm):
    """When to follow up."""

    channel = choice_field(
        _("Channel"),
        [choice for choice in Channel.choices if choice[0] not in ("parcel", "face_to_face", "platform")],
        initial="phone",
    )
    not_before = instant_field(_("Not before"), required=False, help_text=_("Empty: as soon as the policy says."))


class AttemptForm(ActionForm):
    """What came of trying."""

    outcome = choice_field(
        _("Outcome"),
        [
            ("delivered", _("reached")),
            ("no_answer", _("no answer")),
            ("wrong_number", _("wrong number or address")),
            ("declined", _("customer does not want to talk")),
        ],
    )
    words = words_field(_("What was said"), required=False, rows=3)
    apology = choice_field(_("Apology"), Apology, required=False)
    emotion = choice_field(_("How the customer feels"), Emotion, required=False)
    occurred_at = instant_field(_("Happened at"), required=False, help_text=_("Empty: just now."))
    breach_reason = line_field(_("Reason for calling outside the rules"), required=False)


class CameFirstForm(ActionForm):
    """The customer came first."""

    words = words_field(_("What the customer said"))
    channel = choice_field(_("Channel"), Channel, initial=Channel.PHONE)


class FollowUpResultForm(ActionForm):
    """What the follow-up showed (S-FUP-02, 03)."""

    satisfaction = choice_field(
        _("Satisfaction"), [("5", "5"), ("4", "4"), ("3", "3"), ("2", "2"), ("1", "1")], required=False
    )
    solved = choice_field(_("Thoroughly solved"), YES_NO, required=False)
    experience = words_field(_("Use experience"), required=False, rows=2)
    suggestion = words_field(_("Suggestions"), required=False, rows=2)

    def clean_satisfaction(self):
        """As a number, or none."""
        return optional_key(self.cleaned_data["satisfaction"])

    def clean_solved(self):
        """Yes, no, or not known."""
        return yes_no(self.cleaned_data["solved"])


class DissatisfiedForm(ActionForm):
    """What is newly wrong."""

    what = words_field(_("What is newly wrong, in the customer's words"))


class SummaryForm(ActionForm):
    """What was learnt (S-CLO-01)."""

    lesson = words_field(_("What was learnt"), rows=3)
    root_cause = words_field(_("Root cause"), rows=2)
    process = words_field(_("What to improve in the flow"), required=False, rows=2)
    difficulty = words_field(_("Difficulties met while handling"), required=False, rows=2)


class ImprovementForm(ActionForm):
    """A measure against recurrence (S-CLO-02)."""

    kind = choice_field(_("Kind"), MeasureKind)
    what = words_field(_("Measure"), rows=2, help_text=_("If none is needed: why."))
    owner_id = choice_field(_("Owner"), required=False, help_text=_("Empty: you."))
    person_concerned_id = choice_field(_("Member of staff concerned"), required=False)
    due_on = day_field(_("Due on"), required=False)

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
