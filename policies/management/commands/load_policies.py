"""Loads released packs of policies, and those that they need; running it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.sentences import say
from casemgmt.violations import RuleBroken
from policies.actions import load_packs
from policies.actions.loading import violations_in_packs
from policies.models import PolicyState
from policies.packs import PackRefused, pack_names, read_packs


class Command(BaseCommand):
    """Signed by the service account: the release is the second person."""

    help = "Load what is new in released packs of policies. Rows that are active are never touched."

    def add_arguments(self, parser):
        parser.add_argument(
            "packs",
            nargs="*",
            metavar="PACK",
            help="of these: " + ", ".join(pack_names()) + " (none named: those of POLICY_PACKS)",
        )

        parser.add_argument("--check", action="store_true", help="only check the packs; load and change nothing")

    def handle(self, *args, packs, check=False, **options):
        if check:
            self._check(packs or settings.POLICY_PACKS)
            return
        by, at = service_account(), timezone.now()
        try:
            with signed(by=by, reason="policy.loaded", at=at, source="command"):
                loaded = load_packs(packs or settings.POLICY_PACKS, by, at)
        except PackRefused as refused:
            raise CommandError(str(refused)) from refused
        except RuleBroken as broken:
            raise CommandError("\n".join(say(violation) for violation in broken.violations)) from broken
        for pack, rows in loaded.items():
            waiting = [row for row in rows if row.state == PolicyState.DRAFTED]
            self.stdout.write(f"{pack}: {len(rows) - len(waiting)} policies switched on.")
            for row in waiting:
                self.stdout.write(f"Waiting as a draft, because the shop has its own: {row.kind} {row.key}")

    def _check(self, names):
        """Every fault with its file and line; the packs alone are asked, no database."""
        try:
            packs = read_packs(names)
        except PackRefused as refused:
            raise CommandError(str(refused)) from refused
        faults = list(dict.fromkeys(say(violation) for violation in violations_in_packs(*packs)))
        if faults:
            raise CommandError("\n".join(faults))
        for pack in packs:
            self.stdout.write(f"{pack.name}: {len(pack.rows)} rows and {len(pack.cases)} cases are in order.")
