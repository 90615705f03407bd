"""Where customers may turn outside, and how we conduct ourselves there and under public reviews (W-10, S-PUB)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casemgmt.violations import Violation
from policies.values.clock_terms import ROUTES
from policies.values.parts import Label, fault
from policies.values.times import REGION

Spokesperson = Literal["handler", "team_lead", "supervisor"]
MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class OutsideBody:
    """A body that a customer may turn to on one rung of the ladder (W-10), for the regions named; none: everywhere.

    `answers` says by when it, or we, have to answer; `needs` what must be at hand. `advised` ones are named to
    customers. `phone` and `site` are public. The periods that are counted stand in the clocks, not here.
    """

    policy_id: int
    code: str
    label: Label
    order: int
    route: str
    body_kind: str
    answers: Label
    phone: str = ""
    site: str = ""
    needs: tuple[Label, ...] = ()
    advised: bool = True
    regions: tuple[str, ...] = ()
    law: tuple[str, ...] = ()

    def violations_in_itself(self) -> Iterator[Violation]:
        """A rung that exists, regions that are codes, and a way to reach whom customers are sent to."""
        if self.route not in ROUTES:
            yield fault("policy.not_a_choice", "route", choices=", ".join(ROUTES))
        for number, region in enumerate(self.regions):
            if not re.fullmatch(REGION, region):
                yield fault("policy.not_a_region", f"regions[{number}]", region=region)
        if self.advised and not (self.phone or self.site):
            yield fault("policy.missing_entry", "phone")


@dataclass(frozen=True, slots=True)
class OutsidePolicy:
    """How outside routes and public reviews are dealt with; one row, "default".

    `ladder` are the rungs in their order. Hours of warning stand before a hearing and before an answer is due.
    Penalty points of a platform count within `points_window_days`; from `points_alarm` on they are shown as grave.
    A review is answered within `review_answer_hours`; one with at most `review_approval_stars` stars is answered by
    two people (0: none is).
    """

    policy_id: int
    code: str
    ladder: tuple[str, ...]
    hearing_warning_hours: int
    answer_warning_hours: int
    points_window_days: int
    points_alarm: int
    media_answered_by: tuple[Spokesperson, ...]
    review_answer_hours: int
    review_approval_stars: int
    law: tuple[str, ...] = ()

    def violations_in_itself(self) -> Iterator[Violation]:
        """Every rung once and known, somebody who may speak, spans that last, stars that exist."""
        for number, rung in enumerate(self.ladder):
            if rung not in ROUTES:
                yield fault("policy.not_a_choice", f"ladder[{number}]", choices=", ".join(ROUTES))
            if rung in self.ladder[:number]:
                yield fault("policy.named_twice", f"ladder[{number}]")
        for name in ("ladder", "media_answered_by"):
            if not getattr(self, name):
                yield fault("policy.empty_list", name)
        spans = "hearing_warning_hours answer_warning_hours points_window_days points_alarm review_answer_hours"
        for name in spans.split():
            if getattr(self, name) < 1:
                yield fault("policy.below_one", name)
        if not 0 <= self.review_approval_stars <= MOST_STARS:
            yield fault("policy.not_a_choice", "review_approval_stars", choices="0, 1, 2, 3, 4, 5")
