"""What a policy says, as plain frozen values: one class a kind, read from the body of a dated row.

Every value carries the id of its row, so that a decision can cite what made it. Pure: no Django, no clock.
The figures themselves stand in the packs, never here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from policies.values.catalogue import Category, UploadPolicy
from policies.values.decisions import AuthorityLimits, CompensationKind, LegalReference, RefusalGround
from policies.values.parts import Label, Length, NamedDay, WorkingRange
from policies.values.templates import Template
from policies.values.times import (
    Calendar,
    CallingWindow,
    ClockPolicy,
    EscalationStep,
    EscalationSteps,
    FollowUpPolicy,
    PauseCap,
    PeriodPolicy,
)

__all__ = [
    "KINDS",
    "AuthorityLimits",
    "Calendar",
    "CallingWindow",
    "Category",
    "ClockPolicy",
    "CompensationKind",
    "EscalationStep",
    "EscalationSteps",
    "FollowUpPolicy",
    "Label",
    "LegalReference",
    "Length",
    "NamedDay",
    "PauseCap",
    "PeriodPolicy",
    "RefusalGround",
    "Template",
    "UploadPolicy",
    "WorkingRange",
]

KINDS: Mapping[str, type] = MappingProxyType(
    {
        "calendar": Calendar,
        "clock": ClockPolicy,
        "escalation": EscalationSteps,
        "calling_window": CallingWindow,
        "follow_up": FollowUpPolicy,
        "limit": AuthorityLimits,
        "compensation_kind": CompensationKind,
        "refusal_ground": RefusalGround,
        "category": Category,
        "legal_reference": LegalReference,
        "period": PeriodPolicy,
        "upload": UploadPolicy,
        "template": Template,
    }
)
