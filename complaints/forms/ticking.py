"""The form of checklists: one box for each item, as the policies have them."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import ActionForm
from complaints.actions.ticking import checklists_for, ticks_on


class TickForm(ActionForm):
    """The checklists that fit the case now, with what is ticked already."""

    def prepare(self):
        """A field for each checklist."""
        language, done = get_language() or "zh-hans", ticks_on(self.row)
        self.checklists = {f"items_{found.code}": found for found in checklists_for(self.row, at=self.at)}
        for name, checklist in self.checklists.items():
            self.fields[name] = forms.MultipleChoiceField(
                label=checklist.label.in_language(language),
                choices=[(item.code, item.label.in_language(language)) for item in checklist.items],
                required=False,
                initial=[item.code for item in checklist.items if (checklist.code, item.code) in done],
                widget=UnfoldAdminCheckboxSelectMultipleWidget(),
                help_text=_("Needed before the next step.")
                if checklist.needed_for
                else _("Tick what is done; it is kept with your name and the time."),
            )

    def inputs(self) -> dict:
        """The ticked items by checklist."""
        return {"ticked": {found.code: self.cleaned_data[name] for name, found in self.checklists.items()}}
