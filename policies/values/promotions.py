"""Big promotions (大促): when they are, and how long refunds and returns come in afterwards (S-SLA-11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from casemgmt.violations import Violation
from policies.values.parts import Label, fault

LONGEST_DAYS, LONGEST_ECHO_DAYS = 92, 92


@dataclass(frozen=True, slots=True)
class Promotion:
    """A big promotion from the first day to the last, both included; local days of the house.

    `echo_days` after the last day are still its own: that is when goods and money go back. `waiting_per_person` is
    how many refunds and returns one person can have waiting before more people are asked for, `oldest_days` how old
    one may become. It warns and shows; it decides nothing in a case.
    """

    policy_id: int
    code: str
    label: Label
    begins_on: date
    ends_on: date
    echo_days: int
    waiting_per_person: int
    oldest_days: int

    @property
    def last_day(self) -> date:
        """The last day on which its refunds and returns are watched."""
        return self.ends_on + timedelta(days=self.echo_days)

    def weighs_on(self, day: date) -> bool:
        """Whether the day lies in the promotion or its echo."""
        return self.begins_on <= day <= self.last_day

    def violations_in_itself(self) -> Iterator[Violation]:
        """Days in order, no promotion of half a year, and figures that can warn of something."""
        if self.ends_on < self.begins_on:
            yield fault("policy.end_before_start", "ends_on")
        elif (self.ends_on - self.begins_on).days >= LONGEST_DAYS:
            yield fault("policy.too_long", "ends_on", longest=LONGEST_DAYS, unit="days")
        if self.echo_days < 0:
            yield fault("policy.below_zero", "echo_days")
        elif self.echo_days > LONGEST_ECHO_DAYS:
            yield fault("policy.too_long", "echo_days", longest=LONGEST_ECHO_DAYS, unit="days")
        for name in ("waiting_per_person", "oldest_days"):
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
