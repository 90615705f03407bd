"""The doorbells of the policies: they decide nothing; what is due stands in the database."""

from celery import shared_task
from django.utils import timezone

from casemgmt import sweeps
from policies.actions import dry_running, reviewing


def _run(name, sweep):
    at = timezone.now()
    with sweeps.recorded(name, at=at) as diary:
        diary.selected, diary.done, diary.error = sweep(at)


@shared_task
def run_policy_dry_runs():
    """Twice is harmless: each batch of cases is looked at once, under the lock of its run."""
    _run("run_policy_dry_runs", dry_running.run_all)


@shared_task
def run_policy_dry_run(run_id: int):
    """The doorbell of one dry run, so that nobody waits for the minute. Twice is harmless, as above."""
    dry_running.run_one(run_id, at=timezone.now())


@shared_task
def remind_of_policy_reviews():
    """Twice is harmless: a notice is one for ever per row and day."""
    _run("remind_of_policy_reviews", reviewing.remind_of_reviews)
