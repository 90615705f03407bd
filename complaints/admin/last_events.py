"""What happened last to each case of a page: one statement for all of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from complaints.models import (
    CompensationGrant,
    Complaint,
    Contact,
    Escalation,
    Evidence,
    FollowUpCall,
    HandlingPlan,
    Pause,
    RefusalProposal,
    Statement,
)
from complaints.timeline import headline_of

READ = (Contact, Evidence, CompensationGrant, Escalation, FollowUpCall, HandlingPlan, Pause, RefusalProposal, Statement)
"""Whose acts are events beside those on the case itself."""


@dataclass(frozen=True, slots=True)
class LastEvent:
    """What happened last and when, in the reader's language."""

    at: datetime
    says: str


def last_events(cases: Iterable[Complaint]) -> dict[int, LastEvent]:
    """case → its last event, of the cases given; what was written last counts, whenever it happened."""
    keys = [case.pk for case in cases]
    if not keys:
        return {}
    rows = Complaint.history.filter(id__in=keys).order_by()
    parts = [rows.values_list("id", "history_date", "history_at", "history_change_reason")]
    for model in READ:
        versions = model.history.filter(case_id__in=keys).order_by()
        parts.append(versions.values_list("case_id", "history_date", "history_at", "history_change_reason"))
    found: dict[int, tuple] = {}
    for case, written_at, at, reason in parts[0].union(*parts[1:]):
        if case not in found or (written_at, at) > found[case][:2]:
            found[case] = (written_at, at, reason)
    return {case: LastEvent(at, headline_of(reason)) for case, (_written, at, reason) in found.items()}
