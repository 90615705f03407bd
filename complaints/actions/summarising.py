"""Summing a case up: what was learnt, why it happened, what to improve in the flow (S-CLO-01, 11)."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints.actions.stating import state_words
from complaints.models import CaseSummary, Complaint
from complaints.roles import demand_right
from complaints.rules.closing import violations_in_summary
from complaints.states import CaseState
from complaints.vocabulary import StatementKind

NOT_JUDGED = (CaseState.REGISTERED, CaseState.ASSESSING, CaseState.VOIDED, CaseState.MERGED)


def why_not_write_summary(case: Complaint, *, by, at: datetime) -> list[Violation]:
    """What stands against summing up, whatever is written."""
    return list(violations_in_summary(was_judged=case.state not in NOT_JUDGED, lesson="·", root_cause="·"))


@transaction.atomic
def write_summary(
    case_id: int, *, by, at: datetime, lesson: str, root_cause: str, process: str = "", difficulty: str = ""
) -> CaseSummary:
    """Write the summary of this round of the case; what met with difficulty reaches the reports (S-CLO-11).

    A second summary is a new row, and the newest counts.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.handle", case, at=at)
    was_judged = case.state not in NOT_JUDGED
    demand(violations_in_summary(was_judged=was_judged, lesson=lesson, root_cause=root_cause))
    with signed(by=by, reason="summary.written", at=at):
        return CaseSummary.objects.create(
            case=case,
            round=case.reopened + 1,
            lesson=state_words(case, StatementKind.LESSON, lesson, by=by, at=at),
            root_cause=state_words(case, StatementKind.ROOT_CAUSE, root_cause, by=by, at=at),
            process=state_words(case, StatementKind.IMPROVEMENT, process, by=by, at=at),
            difficulty=state_words(case, StatementKind.DIFFICULTY, difficulty, by=by, at=at),
            written_by=by,
            written_at=at,
        )
