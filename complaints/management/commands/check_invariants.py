"""Says which invariants are broken, for the night, after a restore, and after anything strange."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casemgmt import sweeps
from complaints.invariants import broken_invariants


class Command(BaseCommand):
    """`manage.py check_invariants`; ends with an error when any is broken. It reads alone."""

    help = "Check the invariants 1 to 10 of the page of roles and name every row that breaks one."

    def handle(self, *args, **options):
        """List the breaches; what fell due since the last sweep is not late yet."""
        swept_at = sweeps.last_start("escalate_overdue") or timezone.now() - timedelta(minutes=5)
        found = 0
        for breach in broken_invariants(swept_at):
            found += 1
            self.stdout.write(f"{breach.invariant} {breach.code}: {breach.what}")
        if found:
            raise CommandError(f"{found} broken")
        self.stdout.write("all invariants hold")
