"""Marks that change how a case is handled: safety, legal dispute, risk of public opinion."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions import causes
from complaints.actions.escalating import raise_escalation
from complaints.actions.stating import state_words
from complaints.models import Complaint
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words
from complaints.vocabulary import StatementKind

FLAGS = {"safety": "safety_flag", "legal": "legal_flag", "opinion_risk": "opinion_risk"}
"""The flags by the name under which they are raised, and the field of the case that holds each."""


def _violations_in_flag(case, flag, *, raised):
    if flag not in FLAGS:
        yield Violation("flag.unknown", field="flag")
    elif getattr(case, FLAGS[flag]) is raised:
        yield Violation("flag.already_raised" if raised else "flag.not_raised", field="flag")


@transaction.atomic
def raise_flag(case_id: int, *, by, at: datetime, flag: str, reason: str = "") -> Complaint:
    """Mark the case, in any state of it. A safety flag goes up to a superior in the same transaction.

    Whoever sees the case may raise a flag; lowering takes a supervisor. Raising it twice is refused.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "flag.raise", case, at=at)
    demand(_violations_in_flag(case, flag, raised=True))
    with signed(by=by, reason=f"flag.{flag}_raised", at=at):
        words = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        setattr(case, FLAGS[flag], True)
        case.act_reason = words
        case.save()
    if flag == "safety":
        raise_escalation(case, cause=causes.SAFETY, level=1, due_at=at, by=by, at=at, reason=words)
    return case


@transaction.atomic
def lower_flag(case_id: int, *, by, at: datetime, flag: str, reason: str) -> Complaint:
    """Take a mark away, with the reason. The escalation of a safety flag closes with the next sweep."""
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "flag.lower", case, at=at)
    demand(
        _violations_in_flag(case, flag, raised=False),
        violations_in_required_words(reason, code="reason.missing", field="reason"),
    )
    with signed(by=by, reason=f"flag.{flag}_lowered", at=at):
        case.act_reason = state_words(case, StatementKind.REASON, reason, by=by, at=at)
        setattr(case, FLAGS[flag], False)
        case.save()
    return case
