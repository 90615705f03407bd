"""Signs of life: what works without being asked says now and then that it is there."""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import DatabaseError

from casemgmt.models import Pulse

logger = logging.getLogger(__name__)

BEAT = "beat"
RELAY = "relay"
EVERY = 20.0
SILENT_AFTER = timedelta(minutes=2)
_last: dict[str, float] = {}


def note(name: str, at: datetime) -> bool:
    """Write a sign of life down, at most every twenty seconds a process; True when it was written.

    A database that is away is no reason to die: the sign is only missing.
    """
    clock = time.monotonic()
    if clock - _last.get(name, -EVERY) < EVERY:
        return False
    _last[name] = clock
    try:
        if not Pulse.objects.filter(pk=name).update(at=at):
            Pulse.objects.bulk_create([Pulse(name=name, at=at)], ignore_conflicts=True)
    except DatabaseError:
        logger.warning("no sign of life of %s: the database does not take it", name)
        return False
    return True


def last_heard() -> Mapping[str, datetime]:
    """When each was heard last."""
    return dict(Pulse.objects.values_list("name", "at"))
