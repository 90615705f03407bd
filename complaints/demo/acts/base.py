"""What every act leans on: who is acting, on which case, when."""

from datetime import datetime, timedelta

from casemgmt.people.models import Person
from complaints.demo.days import Days
from complaints.demo.house import House
from complaints.models import Complaint


class Acting:
    """One case as its story goes on. `at` is the moment of the story; acts without a name are the handler's."""

    def __init__(self, house: House, days: Days):
        self.house = house
        self.days = days
        self.at: datetime | None = None
        self.case_id: int | None = None
        self.handler: Person | None = None
        self.is_complete = False

    @property
    def case(self) -> Complaint:
        """The case as it stands now."""
        return Complaint.objects.get(pk=self.case_id)

    def person(self, who: str | None) -> Person:
        """The person of this user name, or the handler."""
        return self.house.people[who] if who else self.handler

    def acting(self, who: str | None = None) -> dict:
        """Who acts, and when, as every action wants it."""
        return {"by": self.person(who), "at": self.at}

    def after(self, **span) -> datetime:
        """The moment of the story and so much time after it."""
        return self.at + timedelta(**span)
