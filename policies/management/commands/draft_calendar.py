"""Drafts a new edition of a calendar with the public holidays of a year; people look at it and switch it on."""

from datetime import datetime, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.utils import timezone

from casemgmt.people.models import Person
from policies.actions import draft_policy
from policies.holiday_days import NoHolidayList, body_with_year, days_of_year
from policies.lookup import periods_in_force
from policies.models import PolicyRow, PolicyState

NOTICE = timedelta(days=2)
"""How long after the draft it begins when no instant is named: time for the second person."""


class Command(BaseCommand):
    """Signed by the person named, who therefore cannot switch the draft on."""

    help = "Draft a new edition of a calendar that holds the public holidays of a year."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="whose draft it is")
        parser.add_argument("--calendar", metavar="KEY", help="none named: that of the house")
        parser.add_argument("--official", action="store_true", help="the holidays of the year are announced")
        parser.add_argument("--valid-from", metavar="INSTANT", help="ISO 8601 with its zone; else in two days")

    def handle(self, *args, year, by, calendar, official, valid_from, **options):
        """One more draft each time; nothing that is in force changes."""
        at = timezone.now()
        calendar = calendar or periods_in_force(at).calendar
        person = Person.objects.filter(username=by, is_active=True).first()
        if person is None:
            raise CommandError(f"nobody works here as {by!r}")
        newest = PolicyRow.objects.filter(~Q(state=PolicyState.REVOKED), kind="calendar", key=calendar, closing=False)
        newest = newest.order_by("-edition").first()
        if newest is None:
            raise CommandError(f"there is no calendar {calendar!r}")
        try:
            days = days_of_year(newest.body["zone"], year)
            begins = datetime.fromisoformat(valid_from) if valid_from else at + NOTICE
        except NoHolidayList as unknown:
            raise CommandError(f"no list of holidays for {unknown}") from None
        except ValueError:
            raise CommandError(f"{valid_from!r} is no instant") from None
        if timezone.is_naive(begins):
            raise CommandError(f"{valid_from!r} names no time zone")
        if official and not days.is_announced:
            raise CommandError(f"the make-up days of {year} are not in the list yet: it cannot be official")
        row = draft_policy(
            by=person,
            at=at,
            kind="calendar",
            key=calendar,
            title={"en": newest.title_en, "zh": newest.title_zh},
            source={
                "en": f"Public holidays of {year} from the library of holidays; to be compared with the announcement.",
                "zh": f"{year}年放假安排取自节假日库，须与公布的通知核对。",
            },
            valid_from=begins,
            body=body_with_year(newest.body, days, is_official=official),
            reason=f"放假安排 {year}",
        )
        self.stdout.write(
            f"drafted {row}: {len(days.holidays)} holidays, {len(days.make_up_days)} make-up days, "
            f"{'official' if official else 'provisional'}"
        )
