"""Departments, teams, shops and who stands in for whom."""

from django.contrib import admin

from casemgmt.adminkit.audited import AuditedAdmin
from casemgmt.people.models import Department, Shop, Substitution, Team


@admin.register(Department)
class DepartmentAdmin(AuditedAdmin):
    """Departments that can be given tasks."""

    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    fields = ["name", "kind"]


@admin.register(Team)
class TeamAdmin(AuditedAdmin):
    """Teams and their leads."""

    list_display = ["name", "department", "lead"]
    list_filter = ["department"]
    list_select_related = ["department", "lead"]
    search_fields = ["name"]
    fields = ["name", "department", "lead"]
    autocomplete_fields = ["department", "lead"]


@admin.register(Shop)
class ShopAdmin(AuditedAdmin):
    """Shops and the team that handles each."""

    list_display = ["name", "platform", "team"]
    list_filter = ["platform", "team"]
    list_select_related = ["team"]
    search_fields = ["name"]
    fields = ["name", "platform", "team"]
    autocomplete_fields = ["team"]


@admin.register(Substitution)
class SubstitutionAdmin(AuditedAdmin):
    """Who stands in for whom; a mistake is ended by its last day, never deleted."""

    list_display = ["person", "stands_in_for", "starts_on", "ends_on"]
    list_select_related = ["person", "stands_in_for"]
    search_fields = ["person__name", "stands_in_for__name"]
    fields = ["person", "stands_in_for", "starts_on", "ends_on"]
    autocomplete_fields = ["person", "stands_in_for"]
