"""Loads released packs of policies, and those that they need; running it again changes nothing."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.sentences import say
from casemgmt.violations import RuleBroken
from policies.actions import load_packs
from policies.models import PolicyState
from policies.packs import PackRefused, pack_names


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

    def handle(self, *args, packs, **options):
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
