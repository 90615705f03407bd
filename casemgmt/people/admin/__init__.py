"""The admin pages of people: for administrators to keep, for auditors to read."""

from casemgmt.people.admin.absences import AbsenceAdmin
from casemgmt.people.admin.landing import landing_of
from casemgmt.people.admin.numbers import NumberChangeAdmin
from casemgmt.people.admin.organisation import DepartmentAdmin, ShopAdmin, SubstitutionAdmin, TeamAdmin
from casemgmt.people.admin.persons import PersonAdmin
from casemgmt.people.admin.places import sidebar_of
from casemgmt.people.admin.rights import RightsChangeAdmin

__all__ = [
    "AbsenceAdmin",
    "DepartmentAdmin",
    "NumberChangeAdmin",
    "PersonAdmin",
    "RightsChangeAdmin",
    "ShopAdmin",
    "SubstitutionAdmin",
    "TeamAdmin",
    "landing_of",
    "sidebar_of",
]
