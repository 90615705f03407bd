"""Writes docs/lifecycle.md from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from complaints.lifecycles import as_markdown


class Command(BaseCommand):
    """`manage.py draw_lifecycles`"""

    help = "Write docs/lifecycle.md from the transitions that the models declare."
    requires_system_checks = ()

    def handle(self, *args, **options):
        """Write the page; the second time changes nothing."""
        with translation.override("en"):
            (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(as_markdown(), encoding="utf-8")
