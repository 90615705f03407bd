"""The good rows of a staged file into cases: in batches, whole or not at all, going on where it stopped."""

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F

from casemgmt.ledger import signed
from casemgmt.people.accounts import service_account
from casemgmt.setwise import update_each
from casemgmt.violations import RuleBroken, Violation, demand
from complaints import notices
from complaints.actions.batches import reason_of
from complaints.actions.recognising import known_customers, registered_already, registration_of, who
from complaints.actions.registering import register_many
from complaints.actions.registering import violations_in as violations_in_registration
from complaints.actions.staging import HOURS_IN_STAGING, as_json, cells_of, check_some, empty, plan_of
from complaints.actions.undoing import undo_some
from complaints.models import ImportBatch, ImportRow
from complaints.models.imports import BEFORE_REGISTERING
from complaints.roles import demand_right
from complaints.rules.importing import is_expired, read_row
from complaints.states import ImportState
from complaints.vocabulary import CaseSource

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 500


@transaction.atomic
def confirm_import(batch_id: int, *, by, at: datetime) -> ImportBatch:
    """Say yes to a staged file: the worker registers its good rows. Only whoever uploaded it, and within a day.

    Saying yes twice is the same as once.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    if batch.state in (ImportState.REGISTERING, ImportState.FINISHED) and batch.uploaded_by_id == by.pk:
        return batch
    demand(why_not_confirm(batch, by=by, at=at))
    with signed(by=by, reason="import.confirmed", at=at):
        batch.begin()
        batch.working_since = None
        batch.save()
        batch.rows.exclude(sheet=batch.sheet).delete()
    return batch


def why_not_confirm(batch: ImportBatch, *, by, at: datetime) -> list[Violation]:
    """What stands against registering the rows of this file."""
    return list(_violations_in_confirming(batch, by, at))


def _violations_in_confirming(batch, by, at):
    if batch.uploaded_by_id != by.pk:
        yield Violation("import.of_somebody_else")
    if batch.state == ImportState.CANCELLED:
        yield Violation("import.cancelled")
    elif batch.state == ImportState.MATCHING:
        yield Violation("import.not_matched")
    elif batch.state == ImportState.CHECKING:
        yield Violation("import.not_checked")
    elif batch.state != ImportState.STAGED:
        yield Violation("import.over")
    if is_expired(batch.uploaded_at, at, hours=HOURS_IN_STAGING):
        yield Violation("import.expired")
    if batch.state == ImportState.STAGED and not batch.good_count:
        yield Violation("import.nothing_good")


@transaction.atomic
def cancel_import(batch_id: int, *, by, at: datetime) -> ImportBatch:
    """Throw a staged file away: nothing is registered, and its cells are emptied."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    demand(_violations_in_cancelling(batch, by))
    with signed(by=by, reason="import.cancelled", at=at):
        batch.cancel()
        batch.save()
        empty(batch)
    return batch


def _violations_in_cancelling(batch, by):
    if batch.uploaded_by_id != by.pk:
        yield Violation("import.of_somebody_else")
    if batch.state not in BEFORE_REGISTERING:
        yield Violation("import.under_way")


@transaction.atomic
def stop_import(batch_id: int, *, by, at: datetime) -> ImportBatch:
    """Register no further row: what the worker has in hand becomes cases, what comes after it does not.

    Only whoever uploaded the file. What is registered stays so; the rest may be uploaded again.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    demand(_violations_in_stopping(batch, by))
    with signed(by=by, reason="import.stopped", at=at):
        batch.stop(at=at)
        batch.save()
        _empty_if_used(batch, at)
    return batch


def _violations_in_stopping(batch, by):
    if batch.uploaded_by_id != by.pk:
        yield Violation("import.of_somebody_else")
    if batch.state != ImportState.REGISTERING:
        yield Violation("import.over")


def register_staged(at: datetime) -> tuple[int, int, str]:
    """What the worker does for files: check rows, register, undo, and empty what has waited too long.

    Returns how many files were in hand, how many rows became cases or were undone, and no error. Each batch of
    rows is a transaction of its own, so a killed run goes on where it stopped; two at a time never take the same.
    """
    _empty_expired(at)
    files = done = 0
    waiting = ImportBatch.objects.filter(state__in=(ImportState.CHECKING, ImportState.REGISTERING, ImportState.UNDOING))
    for batch_id, state in list(waiting.order_by("pk").values_list("pk", "state")):
        files += 1
        if state == ImportState.CHECKING:
            while check_some(batch_id, at) is not None:
                pass
        elif state == ImportState.REGISTERING:
            done += _register_all(batch_id, at)
        else:
            while (some := undo_some(batch_id, at)) is not None:
                done += some
    return files, done, ""


def _register_all(batch_id: int, at: datetime) -> int:
    """Whatever stands against a batch of rows, smaller ones find the row to blame, which is told like any other."""
    total, limit = 0, ROWS_AT_ONCE
    while True:
        try:
            done = _register_some(batch_id, at, limit)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            if limit == 1:
                logger.exception("import %s: a row cannot be registered", batch_id)
                _leave_out_first(batch_id, at, reason_of(error))
            limit = max(1, limit // 8)
            continue
        if done is None:
            return total
        total, limit = total + done, min(ROWS_AT_ONCE, limit * 2)


def _in_hand(batch_id: int) -> ImportBatch | None:
    found = ImportBatch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("uploaded_by", "key")
    return found.filter(pk=batch_id, state=ImportState.REGISTERING).first()


def _waiting_rows(batch: ImportBatch):
    return batch.rows.filter(is_good=True, case__isnull=True).order_by("line")


def _register_some(batch_id: int, at: datetime, limit: int) -> int | None:
    with transaction.atomic():
        batch = _in_hand(batch_id)
        if batch is None:
            return None
        by = batch.uploaded_by
        rows = list(_waiting_rows(batch)[:limit])
        with signed(by=by, reason="case.imported", at=at, source="import"):
            if not rows:
                _finish(batch, by, at)
                return None
            good, registrations, spoilt = _registrations(batch, rows)
            try:
                with transaction.atomic():
                    cases = _register(batch, registrations, by, at)
            except RuleBroken:
                good, registrations, spoilt = _sifted(good, registrations, spoilt, at)
                cases = _register(batch, registrations, by, at)
            for row, case in zip(good, cases, strict=True):
                row.case = case
                row.sealed_cells = ""
            _keep(good + spoilt)
            ImportBatch.objects.filter(pk=batch.pk).update(
                registered_count=F("registered_count") + len(cases),
                good_count=F("good_count") - len(spoilt),
                working_since=batch.working_since or at,
                version=F("version") + 1,
            )
    return len(cases)


def _keep(rows: list[ImportRow]) -> None:
    columns = ("case_id", "sealed_cells", "errors", "is_good")
    update_each(ImportRow, columns, [(row.pk, *(getattr(row, name) for name in columns)) for row in rows])


def _register(batch: ImportBatch, registrations, by, at: datetime):
    return register_many(
        registrations,
        by=by,
        at=at,
        source=CaseSource.IMPORT,
        backlog=batch.mode == ImportBatch.Mode.BACKLOG,
        reason="case.imported",
    )


def _registrations(batch: ImportBatch, rows: list[ImportRow]):
    """The rows to register and how, and those that have become cases meanwhile by another file."""
    plan = plan_of(batch)
    read = [read_row(row.line, cells_of(row, batch), plan).values for row in rows]
    people = [who(values) for values in read]
    customers = known_customers(people)
    registered = registered_already(row.fingerprint for row in rows)
    good, registrations, spoilt = [], [], []
    for row, values, person in zip(rows, read, people, strict=True):
        if row.fingerprint in registered:
            known = Violation("import.registered_already", params={"case": registered[row.fingerprint]})
            spoilt.append(_spoilt(row, [known]))
        else:
            customer = next(iter(customers.get(person, ())), None)
            good.append(row)
            registrations.append(registration_of(values, batch.shop_id, customer))
    return good, registrations, spoilt


def _sifted(rows, registrations, spoilt, at: datetime):
    """What can still be registered, and with the rest what cannot any more since it was checked."""
    good, kept = [], []
    for row, registration in zip(rows, registrations, strict=True):
        errors = list(violations_in_registration(registration, at=at))
        if errors:
            spoilt = [*spoilt, _spoilt(row, errors)]
        else:
            good.append(row)
            kept.append(registration)
    return good, kept, spoilt


def _spoilt(row: ImportRow, errors: list[Violation]) -> ImportRow:
    row.errors, row.is_good = [as_json(violation) for violation in errors], False
    return row


def _leave_out_first(batch_id: int, at: datetime, reason: str) -> None:
    with transaction.atomic():
        batch = _in_hand(batch_id)
        row = _waiting_rows(batch).first() if batch else None
        if row is None:
            return
        _spoilt(row, [Violation("import.row_failed", params={"reason": reason})]).save()
        with signed(by=batch.uploaded_by, reason="case.imported", at=at, source="import"):
            ImportBatch.objects.filter(pk=batch.pk).update(good_count=F("good_count") - 1, version=F("version") + 1)


def _finish(batch: ImportBatch, by, at) -> None:
    batch.finish(at=at)
    batch.save()
    _empty_if_used(batch, at)
    first = batch.rows.filter(case__isnull=False).select_related("case__team__lead").first()
    if first is not None:
        people = {person.pk: person for person in (by, first.case.team and first.case.team.lead) if person}
        notices.queue(
            first.case,
            "notice.import_finished",
            to=people.values(),
            at=at,
            params={"cases": batch.registered_count},
            about=batch,
        )


def _empty_if_used(batch: ImportBatch, at: datetime) -> None:
    """Rows that could not be registered stay for their list until the day is over; everything else goes now."""
    if batch.expires_at > at and batch.rows.filter(is_good=False).exclude(sealed_cells="").exists():
        batch.rows.exclude(is_good=False).exclude(sealed_cells="").update(sealed_cells="")
    else:
        empty(batch)


def _empty_expired(at: datetime) -> None:
    """What has waited for more than its day is thrown away, and what was kept for the list of bad rows goes too."""
    over = (*BEFORE_REGISTERING, ImportState.FINISHED, ImportState.STOPPED)
    for batch_id in list(
        ImportBatch.objects.filter(key__isnull=False, expires_at__lt=at, state__in=over).values_list("pk", flat=True)
    ):
        with transaction.atomic(), signed(by=service_account(), reason="import.expired", at=at, source="task"):
            batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
            if batch.state in BEFORE_REGISTERING:
                batch.cancel()
                batch.save()
            empty(batch)
