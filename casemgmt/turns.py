"""Work that one worker at a time may do, because two would do it twice: whoever takes the turn has it to the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db.models import Q

from casemgmt.models import Turn


@contextmanager
def taken(name: str, *, at: datetime, lasts: timedelta) -> Iterator[bool]:
    """True for whoever takes the turn; False for whoever comes while it is in other hands, who then leaves it.

    It is given back at the end. Of a worker that died it is free after `lasts`, which no work may exceed; so is one
    that was taken in a future which the clock has left. Outside of transactions.
    """
    Turn.objects.bulk_create([Turn(name=name, until=at)], ignore_conflicts=True)
    free = Turn.objects.filter(Q(until__lte=at) | Q(until__gt=at + 2 * lasts), name=name)
    is_mine = bool(free.update(until=at + lasts))
    try:
        yield is_mine
    finally:
        if is_mine:
            Turn.objects.filter(name=name, until=at + lasts).update(until=at)
