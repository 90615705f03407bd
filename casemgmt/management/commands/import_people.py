"""`manage.py import_people staff.csv --by ADMINISTRATOR`: accounts and staff numbers from the list of the house."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casemgmt.people.joining import COLUMNS, LinesRefused, import_accounts
from casemgmt.people.models import Person
from casemgmt.sentences import say


class Command(BaseCommand):
    """All lines or none: what is wrong is told line by line, and nothing is kept then."""

    help = f"Makes accounts that are missing and says which belong to one person. Columns: {', '.join(COLUMNS)}."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="a table in CSV, in UTF-8, with a heading")
        parser.add_argument("--by", required=True, help="user name of the administrator who answers for it")

    def handle(self, *args, **options):
        by = Person.objects.filter(username=options["by"], is_active=True, is_service=False).first()
        if by is None or not by.has_perm("people.change_person"):
            raise CommandError(f"{options['by']} is no administrator.")
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as opened:
                table = csv.DictReader(opened)
                if set(table.fieldnames or ()) != set(COLUMNS):
                    raise CommandError(f"The heading must name: {', '.join(COLUMNS)}.")
                done = import_accounts(list(table), by=by, at=timezone.now())
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        except LinesRefused as refused:
            for line, found in refused.lines.items():
                self.stderr.write(f"{line}: " + " ".join(f"{each.field or ''} {say(each)}".strip() for each in found))
            raise CommandError("Nothing was imported.") from refused
        self.stdout.write(f"{done.made} accounts made, {done.numbered} staff numbers set.")
