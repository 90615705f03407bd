"""The doorbells of the outbox and of the nightly look at the history."""

from celery import shared_task
from django.utils import timezone

from casemgmt import checking_ledger, relaying, sweeps


@shared_task
def relay_outbox():
    """Send what is due. Twice is harmless: each message is in one hand at a time, and a sent one is done."""
    at = timezone.now()
    with sweeps.recorded("relay_outbox", at=at) as sweep:
        sweep.selected, sweep.done = relaying.relay_due(at)


@shared_task
def check_ledger():
    """Once a night. Twice is harmless: it only reads, and one finding has one notice a day."""
    checking_ledger.check_if_due(timezone.now())
