"""Whom a case goes to by rule, and which case comes next: every answer with the figures it was made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from policies.values import AssignmentPolicy, Skill

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
FAR = datetime(9999, 1, 1, tzinfo=UTC)
SEVERITIES = ("critical", "high", "normal", "low")


@dataclass(frozen=True, slots=True)
class CaseToGive:
    """What is known of a case that waits. `due_at` is its next due instant."""

    severity: str
    channel: str
    is_safety: bool
    received_at: datetime
    due_at: datetime | None = None
    category: str = ""
    product: str = ""
    shop: str = ""
    language: str = ""

    def is_overdue(self, at: datetime) -> bool:
        """Whether a clock of it has run out."""
        return self.due_at is not None and self.due_at < at


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be given cases: how many they hold, what these weigh, and when the last one came.

    `out` names what keeps them from this very case whatever they hold: away, about, sees_not; "" for nothing.
    """

    person: int
    username: str
    cases: int
    points: int
    last_given_at: datetime | None = None
    out: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """One candidate as the rule saw them. `out`: why not, "" for who may have it; `place` counts from 1."""

    candidate: Candidate
    cap: int
    has_skill: bool
    out: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is chosen, or None, and everybody who was looked at: those who could have it in their order, then the
    others.
    """

    person: int | None
    standings: tuple[Standing, ...]


def points_of(case: CaseToGive, policy: AssignmentPolicy, *, at: datetime) -> int:
    """What a case adds to the load of whoever has it."""
    by_severity = {entry.severity: entry.points for entry in policy.points_severity}
    by_channel = {entry.channel: entry.points for entry in policy.points_channel}
    return (
        policy.points_case
        + by_severity.get(case.severity, 0)
        + by_channel.get(case.channel, 0)
        + (policy.points_safety if case.is_safety else 0)
        + (policy.points_overdue if case.is_overdue(at) else 0)
    )


def skills_asked(case: CaseToGive, policy: AssignmentPolicy) -> tuple[Skill, ...]:
    """The skills that this case asks for."""
    return tuple(skill for skill in policy.skills if _fits(skill, case))


def _fits(skill: Skill, case: CaseToGive) -> bool:
    value, found = skill.value.strip().lower(), getattr(case, skill.subject).lower()
    if skill.subject == "product":
        return value in found
    if skill.subject == "category":
        return found == value or found.startswith(f"{value}.")
    return found == value


def why_not(case: CaseToGive, candidate: Candidate, policy: AssignmentPolicy) -> str:
    """What keeps somebody from a case by rule: a code, or "" for nothing."""
    if candidate.out:
        return candidate.out
    asked = skills_asked(case, policy)
    if any(skill.is_needed and candidate.username not in skill.people for skill in asked):
        return "lacks_skill"
    return "at_cap" if candidate.cases >= policy.cap_of(candidate.username) else ""


def choose(case: CaseToGive, candidates: Iterable[Candidate], policy: AssignmentPolicy) -> Choice:
    """Whom the case goes to. Never over the cap; equal in everything: whoever was entered first. Order changes
    nothing.
    """
    asked = skills_asked(case, policy)
    seen = [
        Standing(
            candidate,
            policy.cap_of(candidate.username),
            bool(asked) and all(candidate.username in skill.people for skill in asked),
            why_not(case, candidate, policy),
        )
        for candidate in candidates
    ]
    able = sorted((standing for standing in seen if not standing.out), key=lambda one: _key(one, policy))
    others = sorted((standing for standing in seen if standing.out), key=lambda one: one.candidate.person)
    placed = [Standing(one.candidate, one.cap, one.has_skill, "", place) for place, one in enumerate(able, start=1)]
    return Choice(able[0].candidate.person if able else None, (*placed, *others))


def _key(standing: Standing, policy: AssignmentPolicy) -> tuple:
    candidate = standing.candidate
    values = {
        "skill": not standing.has_skill,
        "load": candidate.points,
        "cases": candidate.cases,
        "longest_without": candidate.last_given_at or NEVER,
    }
    return (*(values[name] for name in policy.candidates_by), candidate.person)


def urgency_of(case: CaseToGive, policy: AssignmentPolicy, *, at: datetime) -> tuple:
    """Smaller comes first: a case that waits, measured by what the policy looks at."""
    severity = SEVERITIES.index(case.severity) if case.severity in SEVERITIES else len(SEVERITIES)
    values = {
        "overdue": not case.is_overdue(at),
        "safety": not case.is_safety,
        "severity": severity,
        "due": case.due_at or FAR,
        "age": case.received_at,
    }
    return tuple(values[name] for name in policy.next_by)
