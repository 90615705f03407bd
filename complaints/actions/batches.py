"""How a sweep goes through what is due: in batches, each in its own transaction, past rows that cannot be swept."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet

from casemgmt.ledger import Refused, signed
from casemgmt.ledger.refusals import FUTURE
from casemgmt.people.accounts import service_account
from casemgmt.violations import RuleBroken
from complaints.models import SetAside

logger = logging.getLogger(__name__)

BATCH = 2000
ONE_BY_ONE = 100
"""Rows of which each takes statements of its own: so many share a transaction."""
FIRST_WAITS = (timedelta(minutes=1), timedelta(minutes=10))
"""How long a row waits after its first failures: what was wrong for a moment heals by itself."""
IN_QUARANTINE = timedelta(days=1)
"""How long from the third on, unless somebody asks: a mended program finds the row without anybody's help."""


class Tally(NamedTuple):
    """What a sweep found, what it did, and whether it had to leave something aside."""

    selected: int = 0
    done: int = 0
    error: str = ""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.selected + other.selected, self.done + other.done, self.error or other.error)


class Poison(NamedTuple):
    """A row that the sweep leaves aside, and the kind of error that it made."""

    row: Sequence
    reason: str


def sweep_in_batches(
    sweep: str,
    subject: type,
    *,
    at: datetime,
    reason: str,
    take: Callable[[int], Sequence[Sequence]],
    settle: Callable[[Sequence[Sequence]], Iterable[Poison] | None],
    size: int = BATCH,
) -> Tally:
    """Take what is due and settle it until nothing is left.

    `take(limit)` locks and returns rows that begin with their key and their case's key, leaving out what others
    hold and what is set aside; `settle(rows)` does the work and returns the rows it could not do. When a whole
    batch fails, smaller ones find the row to blame, which is set aside; the sweep goes on. After three failures a
    row is in quarantine, tried once a day or when somebody asks. Signed as the service account, source "task". An
    error of the connection, and a clock that was put back meanwhile, are passed on: no row is to blame.
    """
    service = service_account()
    retried = set(SetAside.objects.tried_again(sweep, at).values_list("row", flat=True))
    selected = done = limit = 0
    left: list[str] = []
    handled: set[int] = set()
    limit = size
    while True:
        rows: Sequence[Sequence] = ()
        try:
            with signed(by=service, reason=reason, at=at, source="task"), transaction.atomic():
                rows = take(limit)
                if not rows:
                    return Tally(selected, done, f"{len(left)} set aside: {left[0]}"[:200] if left else "")
                poison = list(settle(rows) or ())
                if handled.issuperset(row[0] for row in rows):
                    poison = [Poison(row, "still due after it was swept") for row in rows]
                _set_aside(sweep, subject, poison, at)
                blamed = {found.row[0] for found in poison}
                _take_back(sweep, retried & {row[0] for row in rows} - blamed)
        except Exception as error:
            if not rows or _blames_no_row(error):
                raise
            if len(rows) == 1:
                logger.exception("%s: row %s is set aside", sweep, rows[0][0])
                _set_aside(sweep, subject, [Poison(rows[0], reason_of(error))], at)
                left.append(reason_of(error))
                selected += 1
            limit = max(1, len(rows) // 2)
            continue
        handled.update(row[0] for row in rows)
        left.extend(found.reason for found in poison)
        selected += len(rows)
        done += len(rows) - len(poison)
        limit = min(size, limit * 2)


def sweep_rows(
    name: str,
    due: QuerySet,
    settle: Callable[[Sequence[tuple]], Iterable[Poison] | None],
    *columns: str,
    at: datetime,
    reason: str,
    size: int = ONE_BY_ONE,
    of: Sequence[str] = (),
) -> Tally:
    """Go through what is due; rows hold key, case's key, case's number, and the columns asked for.

    Locked with the case and whatever else the columns join; with `of` what it names alone.
    """
    rows = due.exclude(pk__in=SetAside.objects.kept_from(name, at)).select_for_update(skip_locked=True, of=of)
    taken = rows.values_list("pk", "case_id", "case__case_number", *columns)
    return sweep_in_batches(
        name, due.model, at=at, reason=reason, take=lambda limit: list(taken[:limit]), settle=settle, size=size
    )


def sweep_once(
    name: str,
    subject: type,
    rows: Iterable[Sequence],
    settle: Callable[[Sequence[Sequence]], Iterable[Poison] | None],
    *,
    at: datetime,
    reason: str,
    size: int = BATCH,
) -> Tally:
    """Go through these rows, each once; for those that keep no mark of it, because what they lead to has one key.

    Rows begin with their key and their case's key, as for `sweep_in_batches`. None is locked.
    """
    left = list(rows)
    if not left:
        return Tally()

    def take(limit: int) -> Sequence[Sequence]:
        aside = set(SetAside.objects.kept_from(name, at).values_list("row", flat=True))
        left[:] = [row for row in left if row[0] not in aside]
        return left[:limit]

    def settle_and_leave(taken: Sequence[Sequence]) -> Iterable[Poison] | None:
        poison = settle(taken)
        del left[: len(taken)]
        return poison

    return sweep_in_batches(name, subject, at=at, reason=reason, take=take, settle=settle_and_leave, size=size)


def _blames_no_row(error: Exception) -> bool:
    """Whether every row would have met this error: the database is away, or this clock and its own do not agree."""
    if isinstance(error, Refused):
        return error.code == FUTURE
    return isinstance(error, OperationalError | InterfaceError)


def reason_of(error: Exception) -> str:
    """The kind of an error, without its text, which may quote what people wrote."""
    codes = f": {', '.join(error.codes)}" if isinstance(error, RuleBroken) else ""
    return f"{type(error).__name__}{codes}"[:120]


def _set_aside(sweep, subject, poison, at):
    for row, reason in poison:
        known = SetAside.objects.filter(sweep=sweep, row=row[0]).first()
        if known is None:
            SetAside.objects.create(
                sweep=sweep,
                row=row[0],
                subject_label=subject._meta.label_lower,
                case_id=row[1],
                reason=reason,
                since=at,
                retry_at=at + _wait_after(1),
            )
        else:
            known.reason, known.tries = reason, known.tries + 1
            known.retry_at = at + _wait_after(known.tries)
            known.save()


def _wait_after(tries: int) -> timedelta:
    return FIRST_WAITS[tries - 1] if tries <= len(FIRST_WAITS) else IN_QUARANTINE


def _take_back(sweep, keys):
    if keys:
        SetAside.objects.filter(sweep=sweep, row__in=keys).delete()
