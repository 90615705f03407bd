"""Forms of bulk runs: to whom, where to, which tag, and in which words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import ActionForm, choice_field, with_empty, words_field
from casemgmt.people.models import Team
from complaints.forms import choosing
from complaints.models import Incident, Tag
from complaints.rules.bulk import MOST_HANDLERS
from complaints.states import IncidentState


def handlers_field(help_text, *, required=True) -> forms.TypedMultipleChoiceField:
    """A field for the people among whom the cases are shared out."""
    return forms.TypedMultipleChoiceField(
        label=_("New handlers"),
        coerce=int,
        required=required,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=help_text,
    )


class ChoiceForm(ActionForm):
    """What every kind shares: the choice made last is shown again."""

    def prepare(self):
        """Fill in what was chosen before, when the maker comes back to change it."""
        before = {
            "handler_ids": [str(key) for key in self.row.handler_ids],
            "team_id": self.row.to_team_id,
            "tag_id": self.row.tag_id,
            "incident_id": self.row.incident_id,
            "words": str(self.row.words) if self.row.words else "",
        }
        for name, value in before.items():
            if name in self.fields and value:
                self.fields[name].initial = value

    def _key(self, name) -> int | None:
        return int(self.cleaned_data[name]) if self.cleaned_data[name] else None

    def clean_handler_ids(self):
        """No more people than a run is shared out among."""
        chosen = self.cleaned_data["handler_ids"]
        if len(chosen) > MOST_HANDLERS:
            raise forms.ValidationError(_("At most %(most)s people."), params={"most": MOST_HANDLERS})
        return chosen


class AssignManyForm(ChoiceForm):
    """Who takes the cases over, and why."""

    handler_ids = handlers_field(_("Several people share the cases out evenly; whom a case is about never gets it."))
    words = words_field(_("Reason"), rows=2, help_text=_("Written into the history of each case."))

    def prepare(self):
        """Everybody who can handle cases."""
        self.fields["handler_ids"].choices = choosing.handlers()
        super().prepare()


class MoveManyForm(ChoiceForm):
    """To which team, to whom there, and why."""

    team_id = choice_field(_("New team"), help_text=_("Whose queue the cases join."))
    handler_ids = handlers_field(
        _("Needed for cases that somebody handles; without, only cases that nobody has taken move."), required=False
    )
    words = words_field(_("Reason"), rows=2, help_text=_("Written into the history of each case."))

    def prepare(self):
        """The teams, and everybody who can handle cases."""
        self.fields["team_id"].choices = with_empty(list(Team.objects.values_list("pk", "name")))
        self.fields["handler_ids"].choices = choosing.handlers()
        super().prepare()

    def clean_team_id(self):
        """As a key."""
        return self._key("team_id")


class TagManyForm(ChoiceForm):
    """Which tag."""

    tag_id = choice_field(_("Tag"), help_text=_("Supervisors keep the list of tags."))

    def prepare(self):
        """Tags in use; one no longer used can still be taken off."""
        tags = Tag.objects.all() if self.row.kind == self.row.Kind.UNTAG else Tag.objects.filter(retired=False)
        self.fields["tag_id"].choices = with_empty(list(tags.values_list("pk", "name")))
        super().prepare()

    def clean_tag_id(self):
        """As a key."""
        return self._key("tag_id")


class RemindManyForm(ChoiceForm):
    """A line to each handler."""

    words = words_field(
        _("Line to the handlers"),
        rows=2,
        help_text=_("Stands on each case as an internal note; a notice leads each handler there. No personal data."),
    )


class LinkManyForm(ChoiceForm):
    """To which incident, and why."""

    incident_id = choice_field(_("Incident"), help_text=_("Only incidents that are not closed; each case is in one."))
    words = words_field(
        _("Reason"), rows=2, help_text=_("What shows that these cases have this cause; it stands on each of them.")
    )

    def prepare(self):
        """The incidents that cases may join."""
        rows = Incident.objects.exclude(state=IncidentState.CLOSED)
        self.fields["incident_id"].choices = with_empty(list(rows.values_list("pk", "title")))
        super().prepare()

    def clean_incident_id(self):
        """As a key."""
        return self._key("incident_id")
