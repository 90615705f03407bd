"""The doorbell of the outbox."""

from celery import shared_task
from django.utils import timezone

from casemgmt import relaying, sweeps


@shared_task
def relay_outbox():
    """Send what is due. Twice is harmless: each message is in one hand at a time, and a sent one is done."""
    at = timezone.now()
    with sweeps.recorded("relay_outbox", at=at) as sweep:
        sweep.selected, sweep.done = relaying.relay_due(at)
