"""When an action has to do with a row at all; beside the point, the page keeps quiet about it."""

from casemgmt.violations import Violation
from complaints.actions import (
    assigning,
)
from complaints.states import CaseState


def only_while_open(case, *, by, at) -> list[Violation]:
    """Beside the point once the case has ended."""
    return [] if case.is_open else [Violation("case.not_possible_from", params={"state": case.get_state_display()})]


def only_in(*states):
    """Beside the point in any other state of the row."""

    def why_not(row, *, by, at) -> list[Violation]:
        if row.state in states:
            return []
        return [Violation("case.not_possible_from", params={"state": row.get_state_display()})]

    return why_not


def only_untaken(case, *, by, at) -> list[Violation]:
    """Beside the point once somebody has it."""
    if case.handler_id is not None or not case.is_open:
        return [Violation("case.not_possible_from", params={"state": case.get_state_display()})]
    return assigning.why_not_take_case(case, by=by, at=at)


def only_waiting(case, *, by, at) -> list[Violation]:
    """Beside the point once somebody has it, whoever asks."""
    if case.handler_id is not None or not case.is_open:
        return [Violation("case.not_possible_from", params={"state": case.get_state_display()})]
    return []


PLANNING = (CaseState.INVESTIGATING, CaseState.NEGOTIATING, CaseState.EXECUTING)
