"""Everything that beat rings for, in the order of its schedule, at an instant that is handed in."""

from datetime import datetime
from importlib import import_module
from unittest import mock

from django.utils import timezone

from casemgmt.celery import SWEEPS

ELSEWHERE = ("scan_evidence", "verify_evidence", "register_imports", "run_policy_dry_runs", "remind_of_policy_reviews")
"""Sweeps that a journey has no work for."""


def _task(path: str):
    module, _dot, name = path.rpartition(".")
    return getattr(import_module(module), name)


RUNG = {name: _task(path) for name, path in SWEEPS.items() if name not in ELSEWHERE}


def ring(at: datetime, names=RUNG) -> None:
    """These doorbells once, as if beat had rung them at `at`."""
    with mock.patch.object(timezone, "now", return_value=at):
        for name in names:
            RUNG[name]()


def sweep_everything(at: datetime) -> None:
    """One tick, and a second one: what the first set free, a pause that ended, may be due at once."""
    ring(at)
    ring(at, ("escalate_overdue", "close_escalations"))
