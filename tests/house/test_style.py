"""The code in one style, and the migrations as the models say."""

import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.house.reading import ROOT


@pytest.mark.parametrize("how", [("check",), ("format", "--check")], ids=" ".join)
def test_ruff_finds_nothing(how):
    done = subprocess.run(
        [sys.executable, "-m", "ruff", *how, "--no-cache", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db
def test_no_migration_is_missing(settings):
    """The tests make their tables from the models, which hides every migration; here they count again."""
    settings.MIGRATION_MODULES = {}
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
