"""Forms about a person's groups."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from casemgmt.adminkit.forms import ActionForm, choice_field, line_field
from casemgmt.people.groups import NEED_A_SECOND_PERSON, GroupName
from casemgmt.people.models import NumberChangeReason

GROUP_LABELS = {
    GroupName.STAFF: _("Staff"),
    GroupName.SUPERVISORS: _("Supervisors"),
    GroupName.OPERATIONS: _("Operations"),
    GroupName.AUDITORS: _("Auditors"),
    GroupName.POLICY_EDITORS: _("Policy editors"),
    GroupName.ADMINISTRATORS: _("Administrators"),
}


class GroupsForm(ActionForm):
    """Every group the person shall hold; those that need a second person can only be kept or taken away."""

    names = forms.MultipleChoiceField(
        label=_("groups"),
        required=False,
        help_text=_("What the person may do; nobody holds two of supervisors, auditors and administrators."),
        choices=[(str(name), label) for name, label in GROUP_LABELS.items()],
        widget=UnfoldAdminCheckboxSelectMultipleWidget(),
    )

    def prepare(self):
        """Begin with what the person holds."""
        self.fields["names"].initial = list(self.row.groups.values_list("name", flat=True))

    def refuse(self, reasons):
        """The rules speak of groups; here they are one field."""
        super().refuse(reasons)
        for reason in reasons:
            if reason.field == "groups":
                self._errors.pop("__all__", None)
                self.add_error("names", forms.ValidationError(reason.says, code=reason.code))


class ProposalForm(ActionForm):
    """The group to which a second person shall appoint."""

    group_name = choice_field(
        _("group"),
        [(str(name), label) for name, label in GROUP_LABELS.items() if name in NEED_A_SECOND_PERSON],
        help_text=_("You propose; another administrator decides before it holds."),
    )


class StaffNumberForm(ActionForm):
    """The number by which the house knows the human behind the account."""

    number = line_field(
        _("staff number"),
        required=False,
        max_length=40,
        help_text=_("Accounts with the same number are one person to every rule. Empty: not known."),
    )

    def prepare(self):
        """Begin with the number that is known."""
        self.fields["number"].initial = self.row.staff_number


class NumberChangeForm(StaffNumberForm):
    """Another number, and why; a second administrator decides."""

    reason = choice_field(
        _("reason"), NumberChangeReason, help_text=_("Why the number changes. The second administrator reads it.")
    )
