"""What to do next with a row of the landing page: one link, found without a query for each row."""

from datetime import datetime

from django.utils.translation import gettext as _

from casemgmt.adminkit.pages import Link
from complaints.admin.base import action_url, case_url
from complaints.models import Clock, Complaint
from complaints.roles import day_of, may_in_scope
from complaints.states import CaseState

STEP_OF = {
    CaseState.ASSESSING: ("judge", "case.handle"),
    CaseState.INVESTIGATING: ("establish", "case.handle"),
    CaseState.NEGOTIATING: ("draft-plan", "case.handle"),
    CaseState.EXECUTING: ("complete", "case.handle"),
    CaseState.REFUSED: ("write-refusal", "case.handle"),
    CaseState.FOLLOWING_UP: ("close", "case.handle"),
}
"""state → the step that usually follows, and the right to it. What it still lacks, its dialog says."""

IN_PASSING = ("write-message", "assign-case")
"""After these somebody goes on with the next case; after a step or after taking a case, with the same."""


def open_case(case_id: int) -> Link:
    """The page of the case."""
    return Link(_("Open the case"), case_url(case_id))


def deed_on(row, name: str, label: str) -> Link:
    """The dialog of an action on a row; it leads to the case."""
    return Link(label, action_url(row, name), sheet=True)


def deed_in_passing(row, name: str, label: str) -> Link:
    """The same, and then back to the desk: what is done with one row leads to the next."""
    return Link(label, f"{action_url(row, name)}?back=desk", sheet=True)


def next_deed(request, case: Complaint, at: datetime, kind: str) -> Link:
    """What the clock that runs out first asks for, else the usual next step; looking, for who may do neither.

    `kind` is the kind of that clock, "" when none runs. The case must be one that the viewer may see.
    """
    name, right, label = "", "", ""
    if case.handler_id is None and case.state == CaseState.REGISTERED:
        name, right, label = "take-case", "case.take", _("Take it")
        if not may_in_scope(request.user, right, case, on=day_of(at)):
            name, right, label = "assign-case", "case.assign", _("Assign it")
    elif kind == Clock.Kind.FIRST_RESPONSE:
        name, right, label = "write-message", "contact.record", _("Answer the customer")
    elif case.state in STEP_OF:
        (name, right), label = STEP_OF[case.state], words_of_step(case.state)
    if name and may_in_scope(request.user, right, case, on=day_of(at)):
        return deed_in_passing(case, name, label) if name in IN_PASSING else deed_on(case, name, label)
    return open_case(case.pk)


def words_of_step(state: str) -> str:
    """The next step in two or three words, as a button says it."""
    return {
        CaseState.ASSESSING: _("Judge it"),
        CaseState.INVESTIGATING: _("Establish facts"),
        CaseState.NEGOTIATING: _("Draft a plan"),
        CaseState.EXECUTING: _("Finish it"),
        CaseState.REFUSED: _("Tell the refusal"),
        CaseState.FOLLOWING_UP: _("Close it"),
    }[state]
