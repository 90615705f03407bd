"""Whether the diagram has an arrow for a move, asked before anything is written."""

from django_fsm import can_proceed

from casemgmt.violations import Violation


def violations_in_move(row, move: str):
    """One violation when the row cannot make this move from where it stands. `move` is a transition's name."""
    if not can_proceed(getattr(row, move)):
        yield Violation("case.not_possible_from", params={"state": row.get_state_display(), "move": move})
