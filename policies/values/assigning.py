"""Who is given the next case: how much each case weighs, how many somebody holds at most, and who knows what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.values.parts import below_zero, fault

Subject = Literal["category", "product", "shop", "language"]
Ranking = Literal["skill", "load", "cases", "longest_without"]
Urgency = Literal["overdue", "safety", "severity", "due", "age"]


@dataclass(frozen=True, slots=True)
class SeverityPoints:
    """What a case of this severity adds to the load of whoever has it."""

    severity: Literal["low", "normal", "high", "critical"]
    points: int

    def violations_in_itself(self) -> Iterator[Violation]:
        """Load is never taken away."""
        yield from below_zero(self, "points")


@dataclass(frozen=True, slots=True)
class ChannelPoints:
    """What a case that came this way adds to the load."""

    channel: str
    points: int

    def violations_in_itself(self) -> Iterator[Violation]:
        """Load is never taken away."""
        yield from below_zero(self, "points")


@dataclass(frozen=True, slots=True)
class PersonCap:
    """How many open cases one person holds at most; `person` is the user name."""

    person: str
    cases: int

    def violations_in_itself(self) -> Iterator[Violation]:
        """Nought keeps somebody out."""
        yield from below_zero(self, "cases")


@dataclass(frozen=True, slots=True)
class Skill:
    """Who knows a kind of case, by user names: a category, goods by a part of their name, a shop, or a language.

    `is_needed`: such a case goes to nobody else; otherwise they come first where the order says so.
    """

    subject: Subject
    value: str
    people: tuple[str, ...]
    is_needed: bool = False

    def violations_in_itself(self) -> Iterator[Violation]:
        """Somebody knows it, and it is something."""
        if not self.people:
            yield fault("policy.empty_list", "people")
        if not self.value.strip():
            yield fault("policy.empty_list", "value")


@dataclass(frozen=True, slots=True)
class AssignmentPolicy:
    """How cases find their handlers.

    Points add up over the open cases of a person; `cases_max` bounds how many somebody holds by rule, `caps` do for
    single people. `candidates_by` orders people, the first entry first; equal ones by the time they came to the shop.
    `next_by` orders cases that wait. With `assigns_itself` the system gives away what waited `wait_minutes`.
    A handover that nobody answers is reminded of and goes up after so many minutes.
    """

    policy_id: int
    code: str
    points_case: int
    points_safety: int
    points_overdue: int
    points_severity: tuple[SeverityPoints, ...]
    cases_max: int
    candidates_by: tuple[Ranking, ...]
    next_by: tuple[Urgency, ...]
    assigns_itself: bool
    wait_minutes: int
    handover_reminder_minutes: int
    handover_escalation_minutes: int
    points_channel: tuple[ChannelPoints, ...] = ()
    caps: tuple[PersonCap, ...] = ()
    skills: tuple[Skill, ...] = ()

    def violations_in_itself(self) -> Iterator[Violation]:
        """Each person and each degree once, something to order by, and a reminder before it goes up."""
        yield from below_zero(self, "points_case", "points_safety", "points_overdue", "wait_minutes")
        for name in ("cases_max", "handover_reminder_minutes"):
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
        if self.handover_escalation_minutes <= self.handover_reminder_minutes:
            yield fault("policy.goes_up_before_reminded", "handover_escalation_minutes")
        for name in ("candidates_by", "next_by"):
            entries = getattr(self, name)
            if not entries:
                yield fault("policy.empty_list", name)
            if len(set(entries)) < len(entries):
                yield fault("policy.named_twice", name)
        for name, of in (("points_severity", "severity"), ("points_channel", "channel"), ("caps", "person")):
            named = [getattr(entry, of) for entry in getattr(self, name)]
            if len(set(named)) < len(named):
                yield fault("policy.named_twice", name)

    def cap_of(self, username: str) -> int:
        """How many open cases this person holds at most by rule."""
        return next((cap.cases for cap in self.caps if cap.person == username), self.cases_max)
