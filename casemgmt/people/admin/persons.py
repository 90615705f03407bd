"""Accounts: made, described and given groups by administrators; never deleted."""

from django.contrib import admin, messages
from django.contrib.auth.forms import UsernameField
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from casemgmt.adminkit.acting import CaseAction
from casemgmt.adminkit.audited import AuditedAdmin
from casemgmt.adminkit.doing import CaseActionsMixin
from casemgmt.people.actions import propose_rights_change, set_groups
from casemgmt.people.admin.forms import GROUP_LABELS, GroupsForm, NumberChangeForm, ProposalForm, StaffNumberForm
from casemgmt.people.joining import set_staff_number
from casemgmt.people.models import Person
from casemgmt.people.one_person import likely_twins
from casemgmt.people.passwords import OneTimePassword, give_new_password
from casemgmt.people.renumbering import propose_number_change, why_not_propose_number, why_not_set_number


class PersonForm(ModelForm):
    """A person without groups and password: both have actions of their own."""

    class Meta:
        model = Person
        fields = ["username", "name", "email", "team", "language", "is_active"]
        field_classes = {"username": UsernameField}
        widgets = {"username": UnfoldAdminTextInputWidget}


@admin.register(Person)
class PersonAdmin(CaseActionsMixin, AuditedAdmin):
    """People of the house. Groups change by "Set groups", some by two people; passwords are random."""

    empty_words = _("Nobody here. Add a person, put them into a team, and give them a role.")
    list_display = ["name", "username", "staff_number", "team", "groups_held", "is_active"]
    list_filter = ["is_active", "team"]
    list_select_related = ["team"]
    search_fields = ["name", "username", "staff_number"]
    form = PersonForm
    fields = ["username", "name", "email", "team", "language", "is_active"]
    help_texts = {
        "username": _("For signing in; it stays the same even when the name changes."),
        "name": _("As it stands in the history and as colleagues read it; customers do not see it."),
        "email": _("Notices and new passwords go there; it must be the person's own."),
        "team": _("Whose cases the person sees; who handles cases and has no team sees only those that nobody has."),
        "language": _("The language of the pages; the person can change it at any time."),
        "is_active": _("Untick it when somebody leaves; people are never deleted."),
    }
    autocomplete_fields = ["team"]
    change_form_before_template = "people/offers.html"
    case_actions = (
        CaseAction("set-groups", _("Set groups"), "people.change_person", set_groups, GroupsForm, weight=10),
        CaseAction(
            "propose-rights-change",
            _("Propose for Supervisors or Auditors"),
            "people.add_rightschange",
            propose_rights_change,
            ProposalForm,
            weight=20,
        ),
        CaseAction(
            "set-staff-number",
            _("Staff number"),
            "people.change_person",
            set_staff_number,
            StaffNumberForm,
            why_not=why_not_set_number,
            intro=_("Accounts with one staff number belong to one person, who never decides what he or she asked for."),
            weight=25,
        ),
        CaseAction(
            "propose-staff-number",
            _("Propose another staff number"),
            "people.add_numberchange",
            propose_number_change,
            NumberChangeForm,
            why_not=why_not_propose_number,
            intro=_("Another administrator decides. Until then the account stays whose it is."),
            weight=26,
        ),
        CaseAction("new-password", _("Give a new password"), "people.change_person", give_new_password, weight=30),
    )

    def get_queryset(self, request):
        """With teams and groups, in two queries."""
        return super().get_queryset(request).prefetch_related("groups")

    def get_readonly_fields(self, request, obj=None):
        """Nobody switches themselves off; the service account stays as it is."""
        if obj is not None and obj.is_service:
            return self.fields
        return ["is_active"] if obj is not None and obj.pk == request.user.pk else []

    def save_model(self, request, obj, form, change):
        """A new person may open the admin, and gets a password by an action."""
        if not change:
            obj.is_staff = True
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    def url_after(self, request, row, result):
        """A new password is shown this once."""
        if isinstance(result, OneTimePassword):
            messages.warning(request, _("The new password, shown once: %(password)s") % {"password": result})
        return super().url_after(request, row, result)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """With the actions that this viewer may take."""
        row = self.get_object(request, object_id) if object_id else None
        offers = self.offers(request, row) if row is not None else []
        accounts = {"offers": offers, **(_accounts_of_one(row) if row is not None else {})}
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), **accounts})

    @admin.display(description=_("groups"))
    def groups_held(self, person):
        """The groups by their names in the reader's language."""
        return _(", ").join(str(GROUP_LABELS.get(group.name, group.name)) for group in person.groups.all())


def _accounts_of_one(person: Person) -> dict[str, list[Person]]:
    """The other accounts of the same human, and those that look as if they were."""
    others = Person.objects.exclude(pk=person.pk).order_by("username")
    number = person.staff_number
    return {
        "same_person": list(others.filter(staff_number=number)) if number else [],
        "likely_twins": list(likely_twins(person).exclude(pk=person.pk)) if person.is_active else [],
    }
