"""How cases are asked for."""

from django.db import models

from casemgmt.people.one_person import accounts_of
from complaints.models.subjects import ComplaintSubject
from complaints.states import OPEN


class ComplaintQuerySet(models.QuerySet):
    """How cases are asked for."""

    def locked(self, **lookup):
        """The one case that fits, locked until the transaction ends. Raises DoesNotExist.

        SQLite has no row locks; there the transaction itself is IMMEDIATE.
        """
        return self.select_for_update(of=("self",)).get(**lookup)

    def open(self):
        """Cases in which somebody still has to act."""
        return self.filter(state__in=OPEN)

    def unassigned(self):
        """Open cases that nobody has taken."""
        return self.open().filter(handler__isnull=True)

    def overdue(self, at):
        """Open cases whose earliest running clock is past due at the instant `at`."""
        return self.open().filter(next_due_at__lt=at)

    def not_about(self, person):
        """Without the cases that are about this person, by whatever account: they do not even see them."""
        named = ComplaintSubject.objects.filter(person__in=accounts_of(person), lifted_at__isnull=True)
        return self.exclude(subjects__in=named)
