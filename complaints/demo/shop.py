"""Opening the demo shop: its people, and everything that has happened to them so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localtime

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.people.models import Shop
from complaints.actions.recomputing import recompute_clocks
from complaints.demo.days import Days
from complaints.demo.house import FLAGSHIP, House, names_taken, open_house
from complaints.demo.stories import STORIES
from complaints.demo.tale import Tale
from complaints.demo.telling import Story, tell
from complaints.models import Complaint
from policies.demo.changes import show_day_off, show_own_clock, show_policies, show_promotion
from policies.lookup import calendar_in_force, periods_in_force

BEFORE_THE_STORIES = (-30, "09:00")
FESTIVAL = ((-8, "09:00"), (-5, "09:00"))
"""A sale just over, whose refunds and returns still come in."""
DAY_OFF = (22, "09:00")
"""Behind every deadline of the stories but the longest, so that only that one moves."""


class CannotOpen(Exception):
    """The house is not one in which the demo may be opened; the text says why, in the language of the commands."""


@dataclass(frozen=True)
class Opened:
    """The shop as it was opened: who is there, and every tale that was told."""

    house: House
    tales: list[Tale]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return Complaint.objects.count()


def is_open() -> bool:
    """Whether the demo shop stands already."""
    return Shop.objects.filter(name=FLAGSHIP).exists()


@transaction.atomic
def open_shop(*, at: datetime, stories: Iterable[Story] = STORIES) -> Opened:
    """Make the people and tell the stories, whole or not at all; `at` is the moment at which it opens.

    Raises CannotOpen where cases exist or a name is taken. Ask `is_open` first: it opens once.
    """
    if Complaint.objects.exists():
        raise CannotOpen("There are cases in this house already; the demo is for an empty one.")
    if taken := names_taken():
        raise CannotOpen(f"These user names are taken: {', '.join(taken)}.")
    with signed(by=service_account(), reason="demo.opened", at=at, source="command"):
        house = open_house(at=at)
        days = Days(at, calendar_in_force(at, periods_in_force(at).calendar))
        editors = {"drafter": house.people["fengnan"], "second": house.people["luowei"]}
        show_own_clock(**editors, at=days.instant(BEFORE_THE_STORIES))
        show_promotion(
            *(localtime(days.instant(day)).date() for day in FESTIVAL), **editors, at=days.instant(FESTIVAL[0])
        )
        tales = tell(stories, house, days)
        show_day_off(localtime(days.instant(DAY_OFF)).date(), **editors, at=at - timedelta(minutes=1))
        recompute_clocks(at)
        show_policies(drafter=house.people["fengnan"], supervisor=house.people["chenjing"], at=at)
        return Opened(house, tales)
