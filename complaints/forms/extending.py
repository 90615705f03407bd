"""Forms of more time for a deadline."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, choice_field, number_field, with_empty, words_field
from casemgmt.adminkit.templatetags.desk import instant
from complaints.actions.extending import clocks_to_extend
from complaints.clock_words import amount_in_words, clock_name
from policies.lookup import policy_by_id


class ExtensionForm(ActionForm):
    """For which deadline, how much more, and why."""

    clock_id = choice_field(_("Deadline"), help_text=_("Those to which the policy gives more time."))
    amount = number_field(_("How much more"), help_text=_("In the unit of the deadline, as its line above says."))
    reason = words_field(
        _("Reason"), rows=3, help_text=_("What is missing and when it will be there; a second person decides by it.")
    )
    explanation = words_field(
        _("What the customer is told"),
        required=False,
        rows=3,
        help_text=_("The new date and why. After the yes it is your promise to tell them."),
    )

    def prepare(self):
        """The clocks of the case that can be given more time now, with their dates and the longest they can get."""
        self.fields["clock_id"].choices = with_empty(
            [(clock.pk, self._line(clock)) for clock in clocks_to_extend(self.row, at=self.at)]
        )

    def _line(self, clock) -> str:
        longest = policy_by_id(clock.policy_id).extension.longest
        return _("%(clock)s, due %(due)s: up to %(longest)s more") % {
            "clock": clock_name(clock),
            "due": instant(clock.due_at, self.at),
            "longest": amount_in_words(longest.amount, longest.unit),
        }

    def clean_clock_id(self):
        """As a key."""
        return int(self.cleaned_data["clock_id"])


class ApproveExtensionForm(ActionForm):
    """A yes, with a remark if there is one."""

    remark = words_field(_("Remark"), required=False, rows=2, help_text=_("It stands in the history beside the yes."))
