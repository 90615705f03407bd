"""What the complaints app remembers: one file per subject."""

from complaints.models.agreements import AgreementTerm, SettlementAgreement
from complaints.models.assessing import Account, Assessment, Finding
from complaints.models.assignments import Assignment
from complaints.models.bulk import BulkLine, BulkRun, BulkWords
from complaints.models.calls import CallPlan, CallStep, ScheduledCall, StartedCall
from complaints.models.case_numbers import CaseNumberSeries
from complaints.models.checklists import ChecklistTick
from complaints.models.clocks import Clock
from complaints.models.commitments import Commitment
from complaints.models.complaints import Complaint
from complaints.models.consents import ContactConsent
from complaints.models.contacts import Contact
from complaints.models.counsel import CounselEngagement, CounselWord
from complaints.models.customers import Customer, Payee
from complaints.models.dispatches import Dispatch
from complaints.models.due_changes import DueChange
from complaints.models.entitlements import EntitlementAnswer, StatedFact
from complaints.models.escalation_effects import CaseAuthority, EscalationReminder
from complaints.models.escalations import Escalation
from complaints.models.evidence import Evidence, EvidenceRequest
from complaints.models.evidence_checks import EvidenceCheck
from complaints.models.extensions import ClockExtension
from complaints.models.follow_ups import FollowUpCall
from complaints.models.grants import CompensationGrant
from complaints.models.handovers import Handover, HandoverLine, HandoverWords
from complaints.models.holds import LegalHold
from complaints.models.imports import ImportBatch, ImportMatching, ImportRow
from complaints.models.incident_plans import IncidentMessage, IncidentOption, IncidentPlan, IncidentTold
from complaints.models.incidents import Incident, IncidentMember, IncidentWords
from complaints.models.letters import LetterEvidence, RouteLetter
from complaints.models.linking import CaseLink, Citation
from complaints.models.mentions import Mention
from complaints.models.merging import Merge
from complaints.models.orders import Order, Product
from complaints.models.pauses import Pause
from complaints.models.plans import HandlingPlan, LadderRecord, PlanOption
from complaints.models.progress import ProgressNotice
from complaints.models.public_notices import PublicNotice
from complaints.models.refusals import RefusalDraft, RefusalEvidence, RefusalProposal
from complaints.models.regular_contacts import RegularContact
from complaints.models.returns import ReturnCheck, ReturnRequest
from complaints.models.reviews import Review, ReviewEvidence
from complaints.models.route_advice import RouteAdvice
from complaints.models.routes import ExternalRoute
from complaints.models.set_aside import SetAside
from complaints.models.statements import Statement
from complaints.models.subjects import ComplaintSubject
from complaints.models.summaries import CaseSummary, ImprovementAction
from complaints.models.tags import CaseTag, Tag
from complaints.models.tasks import DepartmentTask
from complaints.models.wording import WordingOverride

__all__ = [
    "Account",
    "AgreementTerm",
    "Assessment",
    "Assignment",
    "BulkLine",
    "BulkRun",
    "BulkWords",
    "CallPlan",
    "CallStep",
    "CaseAuthority",
    "CaseLink",
    "CaseNumberSeries",
    "CaseSummary",
    "CaseTag",
    "ChecklistTick",
    "Citation",
    "Clock",
    "ClockExtension",
    "Commitment",
    "CompensationGrant",
    "Complaint",
    "ComplaintSubject",
    "Contact",
    "ContactConsent",
    "CounselEngagement",
    "CounselWord",
    "Customer",
    "DepartmentTask",
    "Dispatch",
    "DueChange",
    "EntitlementAnswer",
    "Escalation",
    "EscalationReminder",
    "Evidence",
    "EvidenceCheck",
    "EvidenceRequest",
    "ExternalRoute",
    "Finding",
    "FollowUpCall",
    "HandlingPlan",
    "Handover",
    "HandoverLine",
    "HandoverWords",
    "ImportBatch",
    "ImportMatching",
    "ImportRow",
    "ImprovementAction",
    "Incident",
    "IncidentMember",
    "IncidentMessage",
    "IncidentOption",
    "IncidentPlan",
    "IncidentTold",
    "IncidentWords",
    "LadderRecord",
    "LegalHold",
    "LetterEvidence",
    "Mention",
    "Merge",
    "Order",
    "Pause",
    "Payee",
    "PlanOption",
    "Product",
    "ProgressNotice",
    "PublicNotice",
    "RefusalDraft",
    "RefusalEvidence",
    "RefusalProposal",
    "RegularContact",
    "ReturnCheck",
    "ReturnRequest",
    "Review",
    "ReviewEvidence",
    "RouteAdvice",
    "RouteLetter",
    "ScheduledCall",
    "SetAside",
    "SettlementAgreement",
    "StartedCall",
    "StatedFact",
    "Statement",
    "Tag",
    "WordingOverride",
]
