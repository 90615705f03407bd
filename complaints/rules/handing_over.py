"""What may be handed to whom, and who answers it: nobody gets a case about themselves, or one they may not see."""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgmt.violations import Violation


@dataclass(frozen=True, slots=True)
class GivingFacts:
    """Somebody hands over. Without `receiver` it goes to the team of the giver; `can_handle` is the receiver's role."""

    giver: int
    receiver: int | None
    can_handle: bool
    is_away: bool
    name: str
    has_team: bool
    cases: int


def violations_in_giving(facts: GivingFacts) -> Iterator[Violation]:
    """To a colleague who handles cases and is there, or to the own team; at least one case."""
    if facts.cases == 0:
        yield Violation("handover.no_case", "cases")
    if facts.receiver is None:
        if not facts.has_team:
            yield Violation("handover.no_team", "given_to_id")
        return
    if facts.receiver == facts.giver:
        yield Violation("handover.to_oneself", "given_to_id")
    elif not facts.can_handle:
        yield Violation("handler.cannot_handle", "given_to_id")
    elif facts.is_away:
        yield Violation("handler.is_away", "given_to_id", {"name": facts.name})


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One case of a handover. `handler` has it now; `receiver` would get it, None: whoever of the team."""

    case_number: str
    is_open: bool
    handler: int | None
    giver: int
    receiver: int | None
    subjects: frozenset[int]
    receiver_sees: bool
    waits_elsewhere: bool


def violations_in_line(facts: LineFacts) -> Iterator[Violation]:
    """An open case that is the giver's and waits in no other handover, for somebody who may see and handle it."""
    number = {"case": facts.case_number}
    if not facts.is_open:
        yield Violation("handover.case_ended", "cases", number)
    if facts.handler != facts.giver:
        yield Violation("handover.not_the_givers", "cases", number)
    if facts.waits_elsewhere:
        yield Violation("handover.waits_already", "cases", number)
    if facts.receiver is not None and facts.receiver in facts.subjects:
        yield Violation("handover.receiver_is_subject", "given_to_id", number)
    elif facts.receiver is not None and not facts.receiver_sees:
        yield Violation("handover.receiver_sees_not", "given_to_id", number)


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """Somebody answers a line. `receives`: it was given to them, or to a team they act for."""

    waits: bool
    by: int
    giver: int
    receives: bool
    handler: int | None
    is_open: bool
    subjects: frozenset[int]
    is_away: bool = False


def violations_in_answering(facts: AnswerFacts) -> Iterator[Violation]:
    """While it waits, by who receives it."""
    if not facts.waits:
        yield Violation("handover.not_waiting")
    if facts.by == facts.giver:
        yield Violation("handover.to_oneself")
    elif not facts.receives:
        yield Violation("handover.not_yours")


def violations_in_accepting(facts: AnswerFacts) -> Iterator[Violation]:
    """The same, and the case is still the giver's, open, and not about who takes it."""
    yield from violations_in_answering(facts)
    if facts.waits and (facts.handler != facts.giver or not facts.is_open):
        yield Violation("handover.case_moved_on")
    if facts.by in facts.subjects:
        yield Violation("duty.subject_handles")


def violations_in_taking_back(*, is_open: bool, by: int, giver: int, leads: bool) -> Iterator[Violation]:
    """While a line waits; by who gave it, or who leads them."""
    if not is_open:
        yield Violation("handover.settled_already")
    if by != giver and not leads:
        yield Violation("handover.not_given_by_you")
