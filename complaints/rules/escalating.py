"""Who hears of what went wrong, and who may answer it (S-ESC-01 to 05)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casemgmt.violations import Violation
from complaints.rules.duties import violations_in_decision, violations_in_handling

ROLES_UPWARDS = ("team_lead", "supervisor", "department_supervisor")
LEVELS = (1, 2, 3)


def role_of_level(level: int) -> str:
    """Whom a level goes to where no policy says otherwise; beyond the last it stays at the top."""
    return ROLES_UPWARDS[min(max(level, 1), len(ROLES_UPWARDS)) - 1]


def person_to_tell(role: str, rungs: Mapping[str, tuple[int, ...]], passed_over: frozenset[int]) -> int | None:
    """The first person on the rung of this role, or on a higher one, who is not passed over; None: nobody is named.

    `rungs` name the people of each role in order, absent ones replaced by their deputies. Passed over are
    those whom the complaint is about, and whoever let it become late.
    """
    for rung in ROLES_UPWARDS[ROLES_UPWARDS.index(role) :]:
        for person in rungs.get(rung, ()):
            if person not in passed_over:
                return person
    return None


@dataclass(frozen=True, slots=True)
class RaisingFacts:
    """Somebody asks for help by hand."""

    case_is_open: bool
    reason: str
    level: int
    waits_already: bool


def violations_in_raising(facts: RaisingFacts) -> Iterator[Violation]:
    """A reason, a level that exists, an open case, and no other of one's own still waiting for an answer."""
    if not facts.case_is_open:
        yield Violation("escalation.case_ended")
    if facts.waits_already:
        yield Violation("escalation.already_raised")
    if not facts.reason.strip():
        yield Violation("escalation.reason_missing", "reason")
    if facts.level not in LEVELS:
        yield Violation("escalation.level_unknown", "level", {"levels": ", ".join(map(str, LEVELS))})


@dataclass(frozen=True, slots=True)
class DecidingFacts:
    """Somebody answers an escalation. `about` are the handler and whoever else it says was late, `by` is every account
    of whoever answers.
    """

    waits: bool
    by: frozenset[int]
    raised_by: int
    about: frozenset[int]
    subjects: frozenset[int]


def violations_in_acknowledging(facts: DecidingFacts) -> Iterator[Violation]:
    """Not by the person it is about, and not by a subject of the complaint (roles.md)."""
    if not facts.waits:
        yield Violation("escalation.not_open")
    if facts.by & facts.about:
        yield Violation("escalation.about_oneself")
    if facts.by & facts.subjects:
        yield Violation("duty.subject_decides")


def violations_in_deciding(facts: DecidingFacts) -> Iterator[Violation]:
    """Nobody decides what they raised themselves, or what is about themselves."""
    if not facts.waits:
        yield Violation("escalation.not_undecided")
    if facts.by & facts.about and facts.raised_by not in facts.by:
        yield Violation("escalation.about_oneself")
    yield from violations_in_decision(asked_by=facts.raised_by, decided_by=facts.by, subjects=facts.subjects)


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What is answered, in a code and in words, and by which account."""

    decision: str
    decisions: frozenset[str]
    answer: str
    by: int
    subjects: frozenset[int]
    case_is_open: bool


def violations_in_answer(facts: AnswerFacts) -> Iterator[Violation]:
    """A decision of the list, in words; and whoever takes over must be able to handle the case (S-ESC-03)."""
    if facts.decision not in facts.decisions:
        yield Violation("escalation.decision_missing", "decision")
    if not facts.answer.strip():
        yield Violation("escalation.answer_missing", "answer")
    if facts.decision == "take_over":
        if not facts.case_is_open:
            yield Violation("escalation.cannot_take_over", "decision")
        yield from (Violation(found.code, "decision") for found in violations_in_handling(facts.by, facts.subjects))
