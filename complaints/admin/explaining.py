"""The page that says why a deadline is when it is: a strip of days, the same as a table, and as text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.telling_clocks import Told
from policies.rules.working_time import Stretch

MOST_DAYS = 31
WIDTH = 96
MINUTES_OF_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a day, in units of the picture."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class StripDay:
    """One day of the strip. `mark` says in a word that it is off, or works instead of another."""

    day: str
    weekday: str
    mark: str
    is_off: bool
    segments: tuple[Segment, ...]
    due_x: float | None
    now_x: float | None


def strip_of(told: Told, at: datetime) -> tuple[StripDay, ...]:
    """The days from the start to the deadline as a picture; nothing when there are too many to be seen."""
    if not told.pieces:
        return ()
    first = localtime(told.pieces[0].began_at).date()
    last = localtime(told.pieces[-1].ended_at - timedelta(microseconds=1)).date()
    count = (last - first).days + 1
    if count > MOST_DAYS:
        return ()
    return tuple(_day(first + timedelta(days=number), told, at) for number in range(count))


def _day(day, told: Told, at: datetime) -> StripDay:
    begins = localtime(told.started).replace(
        year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
    )
    ends = begins + timedelta(days=1)
    pieces = [piece for piece in told.pieces if piece.began_at < ends and piece.ended_at > begins]
    is_off = bool(pieces) and all(piece.kind in ("day_off", "holiday") for piece in pieces)
    works_instead = any(piece.make_up for piece in pieces)
    return StripDay(
        day=f"{day:%m-%d}",
        weekday=date_format(day, "D"),
        mark=_("off") if is_off else pgettext("day", "works") if works_instead else "",
        is_off=is_off,
        segments=tuple(_segments(pieces, begins, ends)),
        due_x=_place(told.due, begins, ends),
        now_x=_place(at, begins, ends),
    )


def _segments(pieces: Iterable[Stretch], begins: datetime, ends: datetime):
    for piece in pieces:
        if piece.kind not in ("off_hours", "start_day"):
            since, until = max(piece.began_at, begins), min(piece.ended_at, ends)
            yield Segment(_units(since - begins), _units(until - since), piece.kind.replace("_", "-"))


def _place(instant: datetime | None, begins: datetime, ends: datetime) -> float | None:
    if instant is None or not begins < instant <= ends:
        return None
    return min(_units(instant - begins), WIDTH - 2)


def _units(span: timedelta) -> float:
    return round(span.total_seconds() / 60 * WIDTH / MINUTES_OF_A_DAY, 2)
