"""After a new master key was put in front: wrap every key of a person by it, and make the blind indexes anew."""

from django.core.management.base import BaseCommand

from casemgmt.privacy.rotation import reindex, rewrap_keys


class Command(BaseCommand):
    """May be stopped and run again; the old master key can go when it reports nothing more to do."""

    help = "Wraps the keys of people by the newest master key and makes the blind indexes anew."

    def handle(self, *args, **options):
        self.stdout.write(f"{rewrap_keys()} keys wrapped, {reindex()} rows indexed")
