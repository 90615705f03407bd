"""The groups by name, and which of them nobody holds together (roles.md)."""

from enum import StrEnum


class GroupName(StrEnum):
    """The names under which the groups stand in the database; pages show them translated."""

    STAFF = "Staff"
    SUPERVISORS = "Supervisors"
    OPERATIONS = "Operations"
    AUDITORS = "Auditors"
    POLICY_EDITORS = "Policy editors"
    ADMINISTRATORS = "Administrators"


HELD_ALONE = frozenset({GroupName.SUPERVISORS, GroupName.AUDITORS, GroupName.ADMINISTRATORS})
"""Nobody holds two of these."""

NEED_A_SECOND_PERSON = frozenset({GroupName.SUPERVISORS, GroupName.AUDITORS})
"""Nobody puts a person into these alone."""
