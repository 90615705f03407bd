"""The options of a plan in a form: a remedy, exact words and an amount each, for one customer or for many."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, amount_field, choice_field, line_field
from complaints.actions.planning import OptionDraft
from complaints.forms.intake import money_in

OPTIONS = 3


class OptionLines(ActionForm):
    """A form whose answer holds "options", as the actions of plans take them."""

    def add_options(self, remedies: type | Sequence, *, remedy_help, amount_help) -> None:
        """Three fields for each option; the first option is needed."""
        for number in range(1, OPTIONS + 1):
            label = {"number": number}
            self.fields[f"remedy_{number}"] = choice_field(
                _("Option %(number)s") % label, remedies, required=number == 1, help_text=remedy_help
            )
            self.fields[f"words_{number}"] = line_field(
                _("Option %(number)s in words") % label,
                required=False,
                max_length=500,
                help_text=_("Exactly what the customer gets, so that it can be kept as a promise."),
            )
            self.fields[f"amount_{number}"] = amount_field(
                _("Option %(number)s: amount") % label, required=False, help_text=amount_help
            )

    def clean(self):
        """The options as the action takes them."""
        data = super().clean()
        options = []
        for number in range(1, OPTIONS + 1):
            amount = money_in(self, f"amount_{number}")
            remedy, words = data.pop(f"remedy_{number}", ""), data.pop(f"words_{number}", "")
            data.pop(f"amount_{number}", None)
            if remedy or words or amount is not None:
                options.append(OptionDraft(remedy=remedy, words=words, amount=amount))
        data["options"] = options
        return data
