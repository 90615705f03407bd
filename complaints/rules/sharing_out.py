"""What stands against giving a case by rule, or taking the next one: reasons beside the policy's own figures."""

from collections.abc import Iterator

from casemgmt.violations import Violation


def violations_in_giving(*, is_open: bool, state: str, handler: str) -> Iterator[Violation]:
    """By rule only what nobody has; who has a case keeps it until a person says otherwise."""
    if handler:
        yield Violation("case.taken_already", params={"handler": handler})
    elif not is_open:
        yield Violation("case.ended", params={"state": state})


def violations_in_taking_next(*, cases: int, cap: int, is_away: bool) -> Iterator[Violation]:
    """Nobody takes more than the cap, and nobody who is away takes any."""
    if is_away:
        yield Violation("next.away")
    if cases >= cap:
        yield Violation("next.at_cap", params={"cases": cases, "cap": cap})
