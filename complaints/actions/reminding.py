"""Reminding whoever handles a case, with a line of words that stays on the case."""

from datetime import datetime

from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.stating import state_words
from complaints.models import Complaint, Statement
from complaints.roles import demand_right
from complaints.rules.paperwork import violations_in_required_words
from complaints.vocabulary import StatementKind


@transaction.atomic
def remind_handler(case_id: int, *, by, at: datetime, words: str) -> Statement:
    """Remind the handler of a case: the line is an internal note on the case, and a notice leads there.

    Supervisors of the case may. A second reminder is a second note.
    """
    case = Complaint.objects.locked(pk=case_id)
    demand_right(by, "case.supervise", case, at=at)
    demand(
        violations_in_reminding(case, by),
        violations_in_required_words(words, code="words.missing", field="words"),
    )
    with signed(by=by, reason="handler.reminded", at=at):
        note = state_words(case, StatementKind.NOTE, words, by=by, at=at)
        notices.queue(case, "notice.handler_reminded", to=case.handler, at=at, params={"by": by.name}, about=note)
    return note


def violations_in_reminding(case: Complaint, by):
    """Why there is nobody to remind."""
    if not case.is_open:
        yield Violation("case.ended", params={"state": case.get_state_display()})
    elif case.handler_id is None:
        yield Violation("reminder.nobody_handles")
    elif case.handler_id == by.pk:
        yield Violation("reminder.of_oneself")
