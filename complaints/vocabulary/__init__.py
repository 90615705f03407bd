"""The field's terms as codes with translated words: channels, causes, remedies and the like.

What a shop may change (categories, grounds, kinds of compensation) is policy, not vocabulary.
"""

from complaints.vocabulary.ending import (
    BodyKind,
    Outcome,
    RouteKind,
    VoidReason,
)
from complaints.vocabulary.intake import (
    WRITTEN_CHANNELS,
    CaseSource,
    Channel,
    ClaimType,
    ComplainantKind,
    Emotion,
    Reason,
    ReturnBranch,
    Severity,
    SignedBy,
)
from complaints.vocabulary.judging import (
    DamageCause,
    EvidenceType,
    Judgement,
    ResponsibleParty,
    Side,
    UnreasonableCause,
    UnreasonableDefinition,
    UnreasonableType,
    Verdict,
)
from complaints.vocabulary.outside import AdviceCause, LetterDirection, RemovalGround
from complaints.vocabulary.relating import COUNTED_TOGETHER, LinkKind
from complaints.vocabulary.settling import (
    Acceptance,
    EscalationDecision,
    GrantPurpose,
    LadderStep,
    MeasureKind,
    OwedBy,
    PauseCategory,
    Remedy,
)
from complaints.vocabulary.speaking import (
    COMMERCIAL,
    Apology,
    ConsentDecision,
    ConsentScope,
    ContactOutcome,
    ContactPurpose,
    Direction,
    StatementKind,
)
from complaints.vocabulary.timing import DueChangeCause, PauseEnd

__all__ = [
    "COMMERCIAL",
    "COUNTED_TOGETHER",
    "WRITTEN_CHANNELS",
    "Acceptance",
    "AdviceCause",
    "Apology",
    "BodyKind",
    "CaseSource",
    "Channel",
    "ClaimType",
    "ComplainantKind",
    "ConsentDecision",
    "ConsentScope",
    "ContactOutcome",
    "ContactPurpose",
    "DamageCause",
    "Direction",
    "DueChangeCause",
    "Emotion",
    "EscalationDecision",
    "EvidenceType",
    "GrantPurpose",
    "Judgement",
    "LadderStep",
    "LetterDirection",
    "LinkKind",
    "MeasureKind",
    "Outcome",
    "OwedBy",
    "PauseCategory",
    "PauseEnd",
    "Reason",
    "Remedy",
    "RemovalGround",
    "ResponsibleParty",
    "ReturnBranch",
    "RouteKind",
    "Severity",
    "Side",
    "SignedBy",
    "StatementKind",
    "UnreasonableCause",
    "UnreasonableDefinition",
    "UnreasonableType",
    "Verdict",
    "VoidReason",
]
