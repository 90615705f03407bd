"""The people who handle complaints, and how they are organised."""

from casemgmt.people.models.absences import Absence
from casemgmt.people.models.numbers import NumberChange, NumberChangeReason, NumberChangeState
from casemgmt.people.models.organisation import Department, DepartmentKind, Shop, ShopPlatform, Team
from casemgmt.people.models.person import Person
from casemgmt.people.models.rights import RightsChange, RightsChangeState
from casemgmt.people.models.substitution import Substitution

__all__ = [
    "Absence",
    "Department",
    "DepartmentKind",
    "NumberChange",
    "NumberChangeReason",
    "NumberChangeState",
    "Person",
    "RightsChange",
    "RightsChangeState",
    "Shop",
    "ShopPlatform",
    "Substitution",
    "Team",
]
