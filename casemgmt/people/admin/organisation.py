"""Departments, teams, shops and who stands in for whom."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from casemgmt.adminkit.audited import AuditedAdmin
from casemgmt.adminkit.forms import OfferingInput
from casemgmt.people.models import Department, Shop, Substitution, Team
from casemgmt.people.regions import REGIONS, region_in_words


@admin.register(Department)
class DepartmentAdmin(AuditedAdmin):
    """Departments that can be given tasks."""

    empty_words = _(
        "No department yet. Add customer service and operations first: somebody has to answer, somebody to pay."
    )
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    fields = ["name", "kind"]
    help_texts = {
        "name": _("As colleagues call it; tasks are given to a department by this name."),
        "kind": _("What it does for a case; payments belong to operations."),
    }


@admin.register(Team)
class TeamAdmin(AuditedAdmin):
    """Teams and their leads."""

    empty_words = _("No team yet. Add one to a department; people and shops belong to teams.")
    list_display = ["name", "department", "lead"]
    list_filter = ["department"]
    list_select_related = ["department", "lead"]
    search_fields = ["name"]
    fields = ["name", "department", "lead"]
    help_texts = {
        "name": _("As colleagues call it; it stands beside every case of the team."),
        "department": _("Where the team belongs; it sees the tasks of its department."),
        "lead": _("Who is asked first when the team is late; escalations begin there."),
    }
    autocomplete_fields = ["department", "lead"]


@admin.register(Shop)
class ShopAdmin(AuditedAdmin):
    """Shops and the team that handles each."""

    empty_words = _("No shop yet. Add one and say which team answers for it.")
    list_display = ["name", "platform", "team", "region_told"]
    list_filter = ["platform", "team"]
    list_select_related = ["team"]
    search_fields = ["name"]
    fields = ["name", "platform", "team", "region", "enquiries"]
    help_texts = {
        "name": _("As it stands on the platform, so that imports find it."),
        "platform": _("The marketplace; its own rules and deadlines follow from it."),
        "team": _("Who gets the shop's complaints."),
        "enquiries": _("Hotline or service window with its hours; messages about refunds name it."),
        "region": _(
            "A code such as CN-ZJ, offered by name; its deadlines and rights hold for the shop."
            " Empty: the country's alone."
        ),
    }
    autocomplete_fields = ["team"]

    @admin.display(description=_("region"), ordering="region")
    def region_told(self, shop):
        """The region by its name."""
        return region_in_words(shop.region)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Regions are offered by name; any other code may be typed."""
        if db_field.name == "region":
            kwargs["widget"] = OfferingInput(REGIONS)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Substitution)
class SubstitutionAdmin(AuditedAdmin):
    """Who stands in for whom; a mistake is ended by its last day, never deleted."""

    empty_words = _("Nobody stands in for anybody. Add a row before somebody goes on holiday.")
    list_display = ["person", "stands_in_for", "starts_on", "ends_on"]
    list_select_related = ["person", "stands_in_for"]
    search_fields = ["person__name", "stands_in_for__name"]
    fields = ["person", "stands_in_for", "starts_on", "ends_on"]
    help_texts = {
        "person": _("Who looks after the other team's cases meanwhile."),
        "stands_in_for": _("Who is away; their authority and limits are not lent."),
        "starts_on": _("From this day on, the whole day."),
        "ends_on": _("The last day, itself included; afterwards the sight ends by itself."),
    }
    autocomplete_fields = ["person", "stands_in_for"]
