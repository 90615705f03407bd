"""What a policy says, as plain frozen values: one class a kind, read from the body of a dated row.

Every value carries the id of its row, so that a decision can cite what made it. Pure: no Django, no clock.
The figures themselves stand in the packs, never here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from policies.values.assigning import AssignmentPolicy, ChannelPoints, PersonCap, SeverityPoints, Skill
from policies.values.calling import (
    AttemptLadder,
    AttemptStep,
    CallGuide,
    CallingWindow,
    CallPlanPolicy,
    GuideStep,
    ReasonScript,
)
from policies.values.catalogue import Category, UploadPolicy
from policies.values.clock_terms import ExtensionTerms, PauseReminder
from policies.values.decisions import AuthorityLimits, CompensationKind, LegalReference, RefusalGround
from policies.values.entitlements import Entitlement, ResaleCheck
from policies.values.knowledge import Checklist, ChecklistItem, Knowledge
from policies.values.outside import OutsideBody, OutsidePolicy
from policies.values.parts import Label, Length, NamedDay, WorkingRange
from policies.values.phrases import Phrase
from policies.values.promotions import Promotion
from policies.values.refusing import CompanyRule, RefusalBar
from policies.values.remedies import Condition, RemedyRule
from policies.values.templates import Template, Texts
from policies.values.times import (
    Calendar,
    ClockPolicy,
    EscalationStep,
    EscalationSteps,
    FollowUpPolicy,
    PauseCap,
    PeriodPolicy,
)

__all__ = [
    "KINDS",
    "AssignmentPolicy",
    "AttemptLadder",
    "AttemptStep",
    "AuthorityLimits",
    "Calendar",
    "CallGuide",
    "CallPlanPolicy",
    "CallingWindow",
    "Category",
    "ChannelPoints",
    "Checklist",
    "ChecklistItem",
    "ClockPolicy",
    "CompanyRule",
    "CompensationKind",
    "Condition",
    "Entitlement",
    "EscalationStep",
    "EscalationSteps",
    "ExtensionTerms",
    "FollowUpPolicy",
    "GuideStep",
    "Knowledge",
    "Label",
    "LegalReference",
    "Length",
    "NamedDay",
    "OutsideBody",
    "OutsidePolicy",
    "PauseCap",
    "PauseReminder",
    "PeriodPolicy",
    "PersonCap",
    "Phrase",
    "Promotion",
    "ReasonScript",
    "RefusalBar",
    "RefusalGround",
    "RemedyRule",
    "ResaleCheck",
    "SeverityPoints",
    "Skill",
    "Template",
    "Texts",
    "UploadPolicy",
    "WorkingRange",
]

KINDS: Mapping[str, type] = MappingProxyType(
    {
        "calendar": Calendar,
        "clock": ClockPolicy,
        "escalation": EscalationSteps,
        "calling_window": CallingWindow,
        "attempt_ladder": AttemptLadder,
        "call_plan": CallPlanPolicy,
        "call_guide": CallGuide,
        "follow_up": FollowUpPolicy,
        "limit": AuthorityLimits,
        "compensation_kind": CompensationKind,
        "refusal_ground": RefusalGround,
        "refusal_bar": RefusalBar,
        "company_rule": CompanyRule,
        "entitlement": Entitlement,
        "remedy": RemedyRule,
        "category": Category,
        "legal_reference": LegalReference,
        "period": PeriodPolicy,
        "assignment": AssignmentPolicy,
        "upload": UploadPolicy,
        "template": Template,
        "checklist": Checklist,
        "knowledge": Knowledge,
        "phrase": Phrase,
        "outside_body": OutsideBody,
        "outside": OutsidePolicy,
        "promotion": Promotion,
    }
)
