"""Opens the demo shop in an empty house and prints the passwords of its people, once."""

import unicodedata

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from complaints.demo.house import House
from complaints.demo.shop import CannotOpen, is_open, open_shop
from policies.lookup import NothingInForce

HEADINGS = ("User name", "Name", "Role", "Password")
BETWEEN = "  "


class Command(BaseCommand):
    """Signed by the service account and the people of the demo, whole or not at all; the second time changes nothing.

    The passwords stand in the output of the first run and nowhere else.
    """

    help = "Open the demo shop in an empty house: people, shops, and cases told by running the actions."

    def handle(self, *args, **options):
        if is_open():
            self.stdout.write("The demo shop is open already; nothing was changed.")
            return
        try:
            opened = open_shop(at=timezone.now())
        except CannotOpen as reason:
            raise CommandError(str(reason)) from reason
        except NothingInForce as missing:
            raise CommandError(f"Load the policies first (manage.py load_policies): {missing}") from missing
        self.stdout.write(f"The demo shop is open, with {opened.cases} cases. Its people, shown this once:")
        for line in table(opened.house):
            self.stdout.write(line)


def table(house: House) -> list[str]:
    """Who can log in, with the password in clear: to be shown once and kept nowhere."""
    rows = [
        HEADINGS,
        *((username, name, str(group), str(house.passwords[username])) for username, name, group in house.roles()),
    ]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [BETWEEN.join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return [lines[0], BETWEEN.join("-" * width for width in widths), *lines[1:]]


def _width(text):
    """How many columns of a terminal the text takes; Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _padded(text, width):
    return text + " " * (width - _width(text))
