"""Says which files of evidence are missing, changed, or named by no row."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.actions.checking_evidence import EXTRA, go_on, sweep_away
from complaints.models import EvidenceCheck


class Command(BaseCommand):
    """`manage.py verify_evidence`: one line a finding; ends with an error when anything is missing or changed.

    Reads every stored byte, block by block. With `--sweep`, files that no row names and that are older than a day
    are deleted, however many there are; the nightly look deletes a few alone.
    """

    help = "Compare every row of evidence with its stored bytes, and find files that no row names."

    def add_arguments(self, parser):
        """Whether to delete what no row names."""
        parser.add_argument("--sweep", action="store_true", help="delete files older than a day that no row names")

    def handle(self, *args, **options):
        """The whole look at once; its result is kept and shown as that of the night is."""
        at = timezone.now()
        check = EvidenceCheck.objects.create(started_at=at)
        findings = go_on(check, at=at, sweeping=False, span=None)
        for found in findings:
            self.stdout.write(f"{found.kind}: {found.path}" + (f" (evidence {found.key})" if found.key else ""))
        if options["sweep"]:
            extra = [found for found in findings if found.kind == EXTRA]
            check.swept = sweep_away(extra, at=at, at_most=None)
            check.save()
            self.stdout.write(f"{check.swept} files that no row names were deleted")
        self.stdout.write(
            f"{check.pieces} pieces, {check.size} bytes:"
            f" {check.missing} missing, {check.changed} changed, {check.extra} without a row"
        )
        if not check.is_well:
            raise CommandError(f"{check.missing + check.changed} pieces of evidence are not as they were sealed")
