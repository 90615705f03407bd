"""What can be pressed, as data: one tuple of actions for each kind of row, in the order of a case's life."""

from complaints.admin.buttons.calls import CALLS
from complaints.admin.buttons.decisions import GRANT, PLAN, REFUSAL
from complaints.admin.buttons.extensions import ASK, EXTENSION
from complaints.admin.buttons.holds import HOLD, SET_HOLD
from complaints.admin.buttons.incidents import INCIDENT, INCIDENT_MEMBER, INCIDENT_PLAN, PUBLIC_NOTICE
from complaints.admin.buttons.keeping_in_touch import AGREE, IN_WRITING, PROGRESS, REGULAR
from complaints.admin.buttons.linking import CASE_LINK, LINKING
from complaints.admin.buttons.more import MORE
from complaints.admin.buttons.outside import COUNSEL, REVIEW, ROUTE
from complaints.admin.buttons.paperwork import (
    CALLED_BACK,
    COMMITMENT,
    ESCALATION,
    EVIDENCE,
    EVIDENCE_REQUEST,
    IMPROVEMENT,
    SUBJECT,
    TASK,
)
from complaints.admin.buttons.returns import AGREEMENT, ASK_RETURN, RETURN
from complaints.admin.buttons.steps import STEPS
from complaints.admin.buttons.wording import ASK_WORDING, WORDING
from complaints.admin.buttons.work import WORK

CASE = (*STEPS, *WORK, *AGREE, *ASK_RETURN, ASK, *ASK_WORDING, *CALLS, *LINKING, *MORE, SET_HOLD)
FOLLOW_UP = (*IN_WRITING, *CALLED_BACK)

__all__ = [
    "AGREEMENT",
    "CASE",
    "CASE_LINK",
    "COMMITMENT",
    "COUNSEL",
    "ESCALATION",
    "EVIDENCE",
    "EVIDENCE_REQUEST",
    "EXTENSION",
    "FOLLOW_UP",
    "GRANT",
    "HOLD",
    "IMPROVEMENT",
    "INCIDENT",
    "INCIDENT_MEMBER",
    "INCIDENT_PLAN",
    "PLAN",
    "PROGRESS",
    "PUBLIC_NOTICE",
    "REFUSAL",
    "REGULAR",
    "RETURN",
    "REVIEW",
    "ROUTE",
    "SUBJECT",
    "TASK",
    "WORDING",
]
