"""What can be pressed, as data: one tuple of actions for each kind of row, in the order of a case's life."""

from complaints.admin.buttons.calls import CALLS
from complaints.admin.buttons.decisions import GRANT, PLAN, REFUSAL
from complaints.admin.buttons.extensions import ASK, EXTENSION
from complaints.admin.buttons.more import MORE
from complaints.admin.buttons.paperwork import (
    COMMITMENT,
    ESCALATION,
    EVIDENCE,
    EVIDENCE_REQUEST,
    FOLLOW_UP,
    IMPROVEMENT,
    ROUTE,
    SUBJECT,
    TASK,
)
from complaints.admin.buttons.steps import STEPS
from complaints.admin.buttons.wording import ASK_WORDING, WORDING
from complaints.admin.buttons.work import WORK

CASE = (*STEPS, *WORK, ASK, *ASK_WORDING, *CALLS, *MORE)

__all__ = [
    "CASE",
    "COMMITMENT",
    "ESCALATION",
    "EVIDENCE",
    "EVIDENCE_REQUEST",
    "EXTENSION",
    "FOLLOW_UP",
    "GRANT",
    "IMPROVEMENT",
    "PLAN",
    "REFUSAL",
    "ROUTE",
    "SUBJECT",
    "TASK",
    "WORDING",
]
