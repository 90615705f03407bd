"""What waits in the rooms of the house: each registers how its due rows are found, and what is worth counting.

The page of the running house and the metrics ask here, so that this room needs to know no noun of the domain.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import QuerySet
from django.utils.functional import Promise

COUNTED_TO = 1000


@dataclass(frozen=True, slots=True)
class Probe:
    """Rows that a sweep should have taken by now: since when each of them is due, the oldest first."""

    name: str
    label: str | Promise
    moments: Callable[[datetime], Iterable[datetime]]


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number worth watching; `url_name` leads to the rows that it counts, for who has the `right`.

    `is_bad`: any is a reason to look.
    """

    name: str
    label: str | Promise
    rows: Callable[[], QuerySet]
    url_name: str = ""
    right: str = ""
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class DueNow:
    """What a probe found: how many rows are due, counted to a thousand, and since when the oldest is."""

    probe: Probe
    count: int
    oldest: datetime | None


_PROBES: dict[str, Probe] = {}
_GAUGES: dict[str, Gauge] = {}


def in_column(moment: str, due: Callable[[datetime], QuerySet]) -> Callable[[datetime], Iterable[datetime]]:
    """The moments of a probe whose rows say in one column since when each is due; at most a thousand are read."""
    return lambda at: due(at).order_by(moment).values_list(moment, flat=True)[: COUNTED_TO + 1]


def register_probe(probe: Probe) -> None:
    """Add a probe; registering a name again replaces it."""
    _PROBES[probe.name] = probe


def register_gauge(gauge: Gauge) -> None:
    """Add a gauge; registering a name again replaces it."""
    _GAUGES[gauge.name] = gauge


def due_now(at: datetime) -> list[DueNow]:
    """Every probe, no further than a thousand rows."""
    found = []
    for probe in _PROBES.values():
        moments = list(islice(probe.moments(at), COUNTED_TO + 1))
        found.append(DueNow(probe, len(moments), moments[0] if moments else None))
    return found


def counted() -> list[tuple[Gauge, int]]:
    """Every gauge with its number, one query each."""
    return [(gauge, gauge.rows().count()) for gauge in _GAUGES.values()]
