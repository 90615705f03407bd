"""`manage.py relay`: sends what the outbox holds, with or without a broker."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils import timezone

from casemgmt import pulses, relaying

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Looks every few seconds and ends cleanly on SIGTERM. A database that is away for a while is waited for."""

    help = "Send what is in the outbox, and keep doing so."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="send what is due now, then end")
        parser.add_argument("--pause", type=float, default=5.0, help="seconds between two looks")

    def handle(self, *args, once, pause, **options):
        told_to_stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: told_to_stop.set())
        while not told_to_stop.is_set():
            started = time.monotonic()
            try:
                close_old_connections()
                pulses.note(pulses.RELAY, timezone.now())
                taken, sent = relaying.relay_due(timezone.now())
                if taken:
                    logger.info("outbox: %s of %s messages went out", sent, taken)
            except OperationalError:
                logger.exception("outbox: the database cannot be reached")
            if once:
                return
            told_to_stop.wait(max(0.1, pause - (time.monotonic() - started)))
