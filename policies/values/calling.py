"""How customers are called: when and how often, what follows an attempt, when a plan is needed, what a talk needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Literal
from zoneinfo import available_timezones

from casemgmt.violations import Violation
from policies.rules.filling import has_broken_braces, unknown_variables
from policies.values.parts import Label, Length, NamedDay, WorkingRange, below_zero, fault

MailedChannel = Literal["parcel", "letter", "sms", "email", "online_chat", "qianniu", "platform"]
CallOutcome = Literal["no_answer", "busy", "switched_off", "wrong_number", "call_later", "declined"]
CallDeed = Literal["call_again", "other_channel", "write_once", "check_number", "stop_calling"]
STEPS_OF_A_TALK = ("introduce", "reason", "listen", "propose", "negotiate", "adjust", "apologise")
"""The seven steps of a call, in their order (W-03)."""


@dataclass(frozen=True, slots=True)
class CallingWindow:
    """When and how often a customer may be called (S-COM-11 to S-COM-14).

    `closes` itself is outside. Inside the hours, `quiet_hours` are left out. `calls_in_days` calls are allowed within
    any `days` days ending today. Where mailed items count, what was sent by `mailed_channels` counts like a call.
    `penalty_points` is what the platform takes for harassment that is upheld. Weekdays count Monday as 0.
    """

    policy_id: int
    code: str
    zone: str
    opens: time
    closes: time
    calls_a_day: int
    gap_minutes: int
    calls_in_days: int
    days: int
    mailed_items_count: bool
    quiet_weekdays: tuple[int, ...] = ()
    quiet_dates: tuple[NamedDay, ...] = ()
    quiet_hours: tuple[WorkingRange, ...] = ()
    mailed_channels: tuple[MailedChannel, ...] = ("parcel",)
    penalty_points: int = 0

    @property
    def counted_channels(self) -> tuple[str, ...]:
        """What counts like a call beside calls."""
        return self.mailed_channels if self.mailed_items_count else ()

    @property
    def open_ranges(self) -> tuple[tuple[time, time], ...]:
        """The hours of a day in which calls are allowed, quiet hours left out."""
        found, opens = [], self.opens
        for quiet in self.quiet_hours:
            if opens < quiet.opens:
                found.append((opens, quiet.opens))
            opens = quiet.closes
        return (*found, (opens, self.closes)) if opens < self.closes else tuple(found)

    def violations_in_itself(self) -> Iterator[Violation]:
        """A window that opens, on some weekday, for at least one call; quiet hours inside it, in order."""
        if self.zone not in available_timezones():
            yield fault("policy.unknown_zone", "zone", zone=self.zone)
        if not self.opens < self.closes:
            yield fault("policy.ranges_out_of_order", "opens")
        for name in ("calls_a_day", "calls_in_days", "days"):
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
        yield from below_zero(self, "gap_minutes", "penalty_points")
        if not set(self.quiet_weekdays) < set(range(7)):
            yield fault("policy.not_a_weekday", "quiet_weekdays")
        days = [named.day for named in self.quiet_dates]
        for day in sorted({day for day in days if days.count(day) > 1}):
            yield fault("policy.day_twice", "quiet_dates", day=day.isoformat())
        if self.mailed_items_count and not self.mailed_channels:
            yield fault("policy.empty_list", "mailed_channels")
        yield from self._violations_in_quiet_hours()

    def _violations_in_quiet_hours(self) -> Iterator[Violation]:
        for number, quiet in enumerate(self.quiet_hours):
            if not quiet.opens < quiet.closes:
                yield fault("policy.ranges_out_of_order", f"quiet_hours[{number}]")
            elif not (self.opens <= quiet.opens and quiet.closes <= self.closes):
                yield fault("policy.range_outside", f"quiet_hours[{number}]")
        if any(earlier.closes > later.opens for earlier, later in pairwise(self.quiet_hours)):
            yield fault("policy.ranges_out_of_order", "quiet_hours")
        elif self.quiet_hours and not self.open_ranges:
            yield fault("policy.no_time_left", "quiet_hours")


@dataclass(frozen=True, slots=True)
class AttemptStep:
    """What follows when a call came out like this for the `attempt`-th time in a row of failed ones.

    `after` is how long to wait before the next call; none where no call follows.
    """

    outcome: CallOutcome
    attempt: int
    deed: CallDeed
    after: Length | None = None


@dataclass(frozen=True, slots=True)
class AttemptLadder:
    """What to do after no answer, busy, a wrong number and so on, attempt by attempt (S-COM-12, C-09)."""

    policy_id: int
    code: str
    calendar: str
    steps: tuple[AttemptStep, ...]

    def violations_in_itself(self) -> Iterator[Violation]:
        """Each outcome counts its attempts upwards from 1; a call again says after how long, nothing else."""
        if not self.steps:
            yield fault("policy.empty_list", "steps")
        counts: dict[str, list[int]] = {}
        for number, step in enumerate(self.steps):
            counts.setdefault(step.outcome, []).append(step.attempt)
            if (step.deed == "call_again") != (step.after is not None):
                yield fault("policy.wait_without_call", f"steps[{number}].after")
        for outcome, attempts in counts.items():
            if attempts[0] != 1 or any(later <= earlier for earlier, later in pairwise(attempts)):
                yield fault("policy.attempts_out_of_order", "steps", outcome=outcome)


@dataclass(frozen=True, slots=True)
class CallPlanPolicy:
    """When a call needs a plan before anybody dials (S-COM-09, S-COM-10, C-11): any one of these is enough.

    `states` are those of the case, in which a call is the last resort. Calls for `exempt_purposes` never need one.
    """

    policy_id: int
    code: str
    states: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    emotions: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    when_legal: bool = False
    when_opinion_risk: bool = False
    exempt_purposes: tuple[str, ...] = ()
    fallbacks_min: int = 1

    def violations_in_itself(self) -> Iterator[Violation]:
        """At least one other way out."""
        if self.fallbacks_min < 1:
            yield fault("policy.below_one", "fallbacks_min")


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One step of a talk: the words to say, what to mind, what not to do."""

    code: Literal["introduce", "reason", "listen", "propose", "negotiate", "adjust", "apologise"]
    label: Label
    say: str
    mind: tuple[Label, ...] = ()
    avoid: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class ReasonScript:
    """How the reason of a call is said for complaints of these reasons (S-COM-05)."""

    reasons: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True)
class CallGuide:
    """What a talk needs: the seven steps of W-03, the reason said per issue, and conduct in calls and in writing.

    Words to say may hold {{variables}} that the case fills. `in_calls` and `in_writing` are conduct (S-COM-15 to 35).
    """

    policy_id: int
    code: str
    steps: tuple[GuideStep, ...]
    reasons: tuple[ReasonScript, ...] = ()
    in_calls: tuple[Label, ...] = ()
    in_writing: tuple[Label, ...] = ()

    def reason_for(self, reason: str) -> str:
        """What is said in the second step to somebody who complains for this reason; "" for the step's own words."""
        return next((script.say for script in self.reasons if reason in script.reasons), "")

    def violations_in_itself(self) -> Iterator[Violation]:
        """The seven steps in their order, and gaps that a case can fill."""
        if tuple(step.code for step in self.steps) != STEPS_OF_A_TALK:
            yield fault("policy.steps_of_a_talk", "steps", steps=", ".join(STEPS_OF_A_TALK))
        texts = [(f"steps[{number}].say", step.say) for number, step in enumerate(self.steps)]
        texts += [(f"reasons[{number}].say", script.say) for number, script in enumerate(self.reasons)]
        for place, text in texts:
            for name in unknown_variables(text):
                yield fault("policy.unknown_variable", place, variable=name or "{{}}")
            if has_broken_braces(text):
                yield fault("policy.braces_broken", place)
