"""What can be pressed, as data: one tuple of actions for each kind of row, in the order of a case's life."""

from complaints.admin.buttons.cases import CASE
from complaints.admin.buttons.paperwork import (
    COMMITMENT,
    ESCALATION,
    EVIDENCE,
    EVIDENCE_REQUEST,
    FOLLOW_UP,
    GRANT,
    IMPROVEMENT,
    PLAN,
    REFUSAL,
    ROUTE,
    SUBJECT,
    TASK,
)

__all__ = [
    "CASE",
    "COMMITMENT",
    "ESCALATION",
    "EVIDENCE",
    "EVIDENCE_REQUEST",
    "FOLLOW_UP",
    "GRANT",
    "IMPROVEMENT",
    "PLAN",
    "REFUSAL",
    "ROUTE",
    "SUBJECT",
    "TASK",
]
