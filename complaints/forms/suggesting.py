"""The form in which a case teaches a policy."""

from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.forms import ActionForm, choice_field, words_field
from policies.suggesting import Aim, policies_to_choose


class SuggestPolicyForm(ActionForm):
    """Which policy, what about it, and why."""

    policy = choice_field(_("Policy"), help_text=_("The one that holds now; its editors answer."))
    aim = choice_field(_("What it aims at"), Aim, help_text=_("Policy editors read the aim first, then the words."))
    words = words_field(
        _("What should change, and why?"),
        help_text=_("Policy editors read it and see no case: write no names, phones or addresses."),
    )

    def prepare(self):
        """The policies in force."""
        self.fields["policy"].choices = [("", _("Please choose")), *policies_to_choose(self.at)]
