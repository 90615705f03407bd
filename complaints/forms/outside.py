"""Forms of outside routes, and of waiting for them."""

from django.utils.translation import gettext_lazy as _

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
from complaints.forms import choosing
from complaints.forms.facts import optional_key
from complaints.vocabulary import (
    BodyKind,
    RouteKind,
)


class RouteForm(ActionForm):
    """Where the customer went outside (W-10)."""

    kind = choice_field(
        _("Route"),
        RouteKind,
        help_text=_("Mediation, authority, arbitration, court or platform: each has its own next steps."),
    )
    body_kind = choice_field(
        _("Kind of body"), BodyKind, help_text=_("Who deals with it; it decides what is sent there.")
    )
    body_name = line_field(_("Body"), max_length=120, help_text=_("The office in full, with its town."))
    account = words_field(
        _("What it is about"),
        rows=3,
        help_text=_("What the customer claims there; it may be more than was claimed from us."),
    )
    filed_at = instant_field(_("Filed at"), help_text=_("The day on their paper; their deadlines run from it."))
    reference_number = line_field(
        _("Reference number"),
        required=False,
        max_length=64,
        help_text=_("Their own number; every letter to them needs it."),
    )
    arbitration_basis = choice_field(
        _("Basis of arbitration"),
        [("", "—"), ("clause", _("clause in the contract")), ("consent", _("agreement of both sides"))],
        required=False,
        help_text=_("Only for arbitration: without clause or agreement there is none."),
    )
    clause = words_field(
        _("Clause, institution and rules"),
        required=False,
        rows=2,
        help_text=_("Only for arbitration: the words of the clause or agreement, with what both sides chose."),
    )
    represented = words_field(
        _("Who acts for the customer"),
        required=False,
        rows=1,
        help_text=_("A lawyer, legal aid or somebody else; empty when the customer acts alone."),
    )
    hearing_at = instant_field(
        _("Hearing at"), required=False, help_text=_("When we have to be there; it stands in the clocks of the case.")
    )
    answer_due_at = instant_field(
        _("Our answer is due at"),
        required=False,
        help_text=_("When our answer has to be in; missing it may decide the matter."),
    )


class RouteStepForm(ActionForm):
    """A step that needs no words."""

    hearing_at = instant_field(
        _("Hearing at"), required=False, help_text=_("When we have to be there; you are reminded before.")
    )
    answer_due_at = instant_field(
        _("Our answer is due at"),
        required=False,
        help_text=_("When our answer has to be in; missing it may decide the matter."),
    )


class RouteDatesForm(RouteStepForm):
    """Dates and the number that the body gave later."""

    reference_number = line_field(
        _("Reference number"),
        required=False,
        max_length=64,
        help_text=_("Their own number; every letter to them needs it."),
    )


class RouteWordsForm(ActionForm):
    """A step in the body's own words."""

    words = words_field(_("In words"), rows=3, help_text=_("What the body said, as it said it."))


class RouteEndForm(ActionForm):
    """An end that may be told in words."""

    words = words_field(_("In words"), required=False, rows=2, help_text=_("How it ended, as far as it is known."))


class RulingForm(ActionForm):
    """A decision or settlement, what it orders, and what the platform takes from us."""

    words = words_field(
        _("In words"), rows=4, help_text=_("The decision or settlement, word for word where it orders.")
    )
    obliges = yes_field(
        _("It obliges us to do something"),
        help_text=_("Tick it when we have to pay or do something; it becomes a promise with a date."),
    )
    promise = words_field(
        _("What we have to do"), required=False, rows=2, help_text=_("Just what the decision says, no less.")
    )
    due_at = instant_field(_("Until"), required=False, help_text=_("The day that the decision sets."))
    owner_id = choice_field(
        _("Who sees to it"), required=False, help_text=_("Who answers for it; the handler if you choose nobody.")
    )
    penalty_points = number_field(
        _("Penalty points"),
        required=False,
        least=0,
        most=100,
        help_text=_("Points that the platform took from the shop; leave it empty if none."),
    )

    def prepare(self):
        """People who may see to it."""
        self.fields["owner_id"].choices = with_empty(choosing.colleagues())

    def clean_owner_id(self):
        """As a key, or none."""
        return optional_key(self.cleaned_data["owner_id"])


class WaitOutsideForm(ActionForm):
    """Waiting for somebody outside."""

    reason = words_field(
        _("Why we do nothing but wait"),
        rows=2,
        help_text=_("Why acting beside the outside body would do harm; the clocks stand still meanwhile."),
    )
    asked_what = words_field(
        _("What is waited for"), rows=2, help_text=_("The letter, ruling or hearing that ends the waiting.")
    )


class GoOnForm(ActionForm):
    """Why we go on."""

    because = choice_field(
        _("Because"),
        [("route_ended", _("the route ended without a decision")), ("we_act_again", _("we act again"))],
        help_text=_("What ends the waiting; the clocks run on from now."),
    )
    reason = words_field(
        _("Reason"), rows=2, help_text=_("What happened there, in a sentence; it stands in the history.")
    )


class OutsideDecidedForm(ActionForm):
    """What was decided outside, and what it asks of us."""

    route_id = choice_field(
        _("Route"), help_text=_("Which of the routes ended; its decision has to be recorded there first.")
    )
    to = choice_field(
        _("Goes on with"),
        [
            ("negotiating", _("negotiating a plan")),
            ("executing", _("carrying out the plan")),
            ("following_up", _("follow-up")),
        ],
        help_text=_("Where the case stands after the decision."),
    )
    obliges = yes_field(
        _("It obliges us to do something"),
        help_text=_("Tick it when we have to pay or do something; it becomes a promise with a date."),
    )
    promise = words_field(
        _("What we have to do"), required=False, rows=2, help_text=_("Just what the decision says, no less.")
    )
    due_at = instant_field(_("Until"), required=False, help_text=_("The day that the decision sets."))
    owner_id = choice_field(
        _("Who sees to it"), required=False, help_text=_("Who answers for it; the handler if you choose nobody.")
    )

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
