"""What a clock starts and ends with, how it may be extended, and when a pause is reminded of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.values.parts import Length, fault

STARTS = frozenset(
    {
        "case.registered",
        "case.reopened",
        "case.judged",
        "case.executing",
        "evidence.asked",
        "return.asked",
        "return.agreed",
        "return.received",
        "route.filed",
        "route.accepted",
    }
)
"""What a clock may start with. A clock of a route is about that route alone, one of a request about that request, and
one of a return about that return."""

STOPS = frozenset(
    {
        "case.following_up",
        "case.ended",
        "customer.answered",
        "evidence.received",
        "return.decided",
        "return.sent",
        "return.received",
        "return.refunded",
        "return.exchanged",
        "return.failed",
        "route.accepted",
        "route.heard",
        "route.answered",
        "route.ended",
    }
)
"""What a clock may end with; "route.ended" is any way in which its route ends, decided, settled or dropped, and
"route.answered" our answer to the body."""

ROUTES = (
    "written_complaint",
    "platform",
    "mediation",
    "administrative_complaint",
    "arbitration",
    "litigation",
    "media_exposure",
)
"""The rungs of the external ladder that policies may name (W-10)."""


@dataclass(frozen=True, slots=True)
class ExtensionTerms:
    """Whether a clock may be given more time: how often, how much at a time, and by whose word.

    The asker never approves. `tell_customer_hours`: so many hours later the customer must know the new date.
    """

    times: int
    longest: Length
    approved_by: Literal["supervisor", "team_lead"]
    tell_customer_hours: int | None = None

    def violations_in_itself(self) -> Iterator[Violation]:
        """At least once, for some time, and told in some time."""
        if self.times < 1:
            yield fault("policy.below_one", "extension.times")
        if self.longest.amount < 1:
            yield fault("policy.no_length", "extension.longest")
        if self.tell_customer_hours is not None and self.tell_customer_hours < 1:
            yield fault("policy.below_one", "extension.tell_customer_hours")


@dataclass(frozen=True, slots=True)
class PauseReminder:
    """One step of the ladder while somebody is waited for: who is reminded, so many hours after the pause began."""

    after_hours: int
    to_role: Literal["handler", "team_lead"]

    def violations_in_itself(self) -> Iterator[Violation]:
        """Not before the pause."""
        if self.after_hours < 1:
            yield fault("policy.below_one", "after_hours")
