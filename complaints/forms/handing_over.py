"""The form of a handover: which cases, to whom, and what to be careful of with each."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import ActionForm, choice_field, line_field, with_empty, words_field
from complaints.forms import choosing
from complaints.models import HandoverLine
from complaints.roles import day_of, may
from complaints.shift_register import held_by
from complaints.states import HandoverLineState

NOTE = "note_"
NOTE_LENGTH = 500
SHOWN_AT_MOST = 200
TITLE_LENGTH = 60


class HandOverForm(ActionForm):
    """All open cases of the giver that wait in no other handover, each with a line for the next shift."""

    giver_id = forms.CharField(required=False, widget=forms.HiddenInput())
    given_to_id = choice_field(
        _("Given to"),
        required=False,
        help_text=_("Empty: whoever of the team takes them. They stay with you until somebody has answered."),
    )
    words = words_field(
        _("For the next shift"),
        required=False,
        rows=3,
        help_text=_("What concerns everything: platforms that close, parcels that stand still."),
    )
    cases = forms.TypedMultipleChoiceField(
        label=_("Cases"),
        coerce=int,
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
        help_text=_("Untick what need not be looked after meanwhile."),
    )

    def prepare(self):
        """The cases of the giver and a line for each; who may hand over for a colleague opens the page for them."""
        self.giver = self._giver()
        waiting = HandoverLine.objects.filter(state=HandoverLineState.WAITING).values("case")
        held = held_by(self.giver).exclude(pk__in=waiting)
        on = day_of(self.at)
        self.held = [case for case in held[:SHOWN_AT_MOST] if may(self.person, "case.hand_over", case, on=on)]
        self.fields["giver_id"].initial = self.giver
        handlers = [(key, name) for key, name in choosing.handlers() if key != self.giver]
        self.fields["given_to_id"].choices = with_empty(handlers)
        self.fields["cases"].choices = [(case.pk, f"{case.case_number} · {_title(case)}") for case in self.held]
        self.fields["cases"].initial = [case.pk for case in self.held]
        for case in self.held:
            self.fields[f"{NOTE}{case.pk}"] = line_field(
                _("%(case)s: to be careful of") % {"case": case.case_number}, required=False, max_length=NOTE_LENGTH
            )

    def _giver(self) -> int:
        typed = str(self.data.get("giver_id") or self.initial.get("giver") or "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else self.person.pk

    def outer_fields(self):
        """What concerns the whole handover."""
        return [self["given_to_id"], self["words"]]

    def lines(self):
        """Each case with its box and its line, for the page that draws them as a table."""
        boxes = {str(box.data["value"]): box for box in self["cases"]}
        return [(case, boxes[str(case.pk)], self[f"{NOTE}{case.pk}"]) for case in self.held]

    def inputs(self):
        """As the action takes them."""
        found = self.cleaned_data
        chosen = set(found["cases"])
        return {
            "cases": found["cases"],
            "given_to_id": int(found["given_to_id"]) if found["given_to_id"] else None,
            "words": found["words"],
            "notes": {case.pk: found[f"{NOTE}{case.pk}"] for case in self.held if case.pk in chosen},
            "giver_id": self.giver,
        }


def _title(case) -> str:
    return Truncator(case.content_words or "").chars(TITLE_LENGTH)


class ReturnLineForm(ActionForm):
    """Why it goes back."""

    reason = words_field(_("Reason"), rows=2, help_text=_("Whoever gave it reads it at once and keeps the case."))
