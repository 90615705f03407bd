"""A file into staging, then its good rows into cases: in batches, whole or not at all, going on where it stopped."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from casemgmt.ledger import signed
from casemgmt.people.models import Shop
from casemgmt.privacy.master import index_token
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import Sealed, blind, reveal, seal
from casemgmt.violations import Violation, demand
from complaints import notices
from complaints.actions.customers import CustomerData, OrderData
from complaints.actions.registering import Registration, register_many
from complaints.actions.registering import violations_in as violations_in_registration
from complaints.models import Customer, ImportBatch, ImportRow
from complaints.roles import demand_right
from complaints.rules.importing import ReadRow, Sheet, is_expired, read_row, read_sheet
from complaints.states import ImportState
from complaints.vocabulary import CaseSource

ROWS_AT_ONCE = 500
HOURS_IN_STAGING = 24
CUSTOMER_COLUMNS = ("name", "phone", "email", "address", "account")


@transaction.atomic
def stage_file(*, by, at: datetime, content: bytes, mode: str, shop_id: int | None = None) -> ImportBatch:
    """Read a file into staging and say of each row whether it can be registered. Registers nothing.

    Supervisors may. Raises RuleBroken when the file as a whole cannot be read. The cells lie sealed under a key of
    the batch. Uploading the same file again stages it again; rows that are cases already are named as such.
    """
    demand_right(by, "import", at=at)
    sheet, violations = read_sheet(content)
    demand(violations, _violations_in_choice(mode, shop_id))
    with signed(by=by, reason="import.staged", at=at):
        key = PersonKey.fresh()
        key.save(force_insert=True)
        batch = ImportBatch.objects.create(
            mode=mode,
            uploaded_by=by,
            uploaded_at=at,
            expires_at=at + timedelta(hours=HOURS_IN_STAGING),
            encoding=sheet.encoding,
            ignored_columns=list(sheet.left_out),
            sha256=hashlib.sha256(content).hexdigest(),
            key=key,
            shop_id=shop_id,
        )
        rows = _staged(batch, sheet, key, at)
        ImportRow.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        batch.row_count = len(rows)
        batch.good_count = sum(row.is_good for row in rows)
        batch.save()
    return batch


def _violations_in_choice(mode, shop_id):
    if mode not in ImportBatch.Mode.values:
        yield Violation("import.mode_missing", field="mode")
    if shop_id is not None and not Shop.objects.filter(pk=shop_id).exists():
        yield Violation("import.shop_unknown", field="shop_id")


def _staged(batch: ImportBatch, sheet: Sheet, key: PersonKey, at: datetime) -> list[ImportRow]:
    read = [read_row(line, cells, sheet.fields, zone=settings.TIME_ZONE) for line, cells in sheet.lines]
    prints = [fingerprint(row, batch.shop_id) for row in read]
    registered = _registered_already(prints)
    customers = _known_customers(read)
    first_lines: dict[str, int] = {}
    rows = []
    for row, mark in zip(read, prints, strict=True):
        errors = list(row.violations)
        if mark in registered:
            errors.append(Violation("import.registered_already", params={"case": registered[mark]}))
        if mark in first_lines:
            errors.append(Violation("import.row_repeats", params={"line": first_lines[mark]}))
        first_lines.setdefault(mark, row.line)
        if len(customers.get(_who(row.values), ())) > 1:
            errors.append(Violation("import.two_customers", field="name"))
        if not row.violations:
            errors += violations_in_registration(_registration(row.values, batch.shop_id, None), at=at)
        rows.append(
            ImportRow(
                batch=batch,
                line=row.line,
                sealed_cells=seal(key, json.dumps(row.cells, ensure_ascii=False), kind="text").token,
                fingerprint=mark,
                errors=[_as_json(violation) for violation in errors],
                is_good=not errors,
            )
        )
    return rows


def _as_json(violation: Violation) -> dict:
    return {
        "code": violation.code,
        "field": violation.field,
        "params": {k: str(v) for k, v in violation.params.items()},
    }


def violations_of(row: ImportRow) -> list[Violation]:
    """What was wrong with a staged row, to be said in the reader's language."""
    return [Violation(error["code"], error["field"], error["params"]) for error in row.errors]


def fingerprint(row: ReadRow, shop_id: int | None) -> str:
    """By what a row is known again, here and in later files: a keyed digest, which tells nothing of its cells."""
    cells = json.dumps([shop_id, *sorted(row.cells.items())], ensure_ascii=False)
    return index_token("import_row", cells)


def _registered_already(prints: Iterable[str]) -> dict[str, str]:
    prints = sorted(set(prints))
    found = {}
    for start in range(0, len(prints), ROWS_AT_ONCE):
        found |= dict(
            ImportRow.objects.filter(
                fingerprint__in=prints[start : start + ROWS_AT_ONCE], case__isnull=False
            ).values_list("fingerprint", "case__case_number")
        )
    return found


def _who(values) -> tuple[str, str] | None:
    name, phone = str(values.get("name") or ""), str(values.get("phone") or "")
    try:
        return (blind("name", name), blind("phone", phone)) if name and phone else None
    except ValueError:
        return None


def _known_customers(rows: Iterable[ReadRow]) -> dict:
    """Customers on record by name *and* phone: both must agree before a row is given to one of them."""
    wanted = {who for row in rows if (who := _who(row.values)) is not None}
    phones = sorted({phone for _, phone in wanted})
    found: dict = {}
    for start in range(0, len(phones), ROWS_AT_ONCE):
        known = Customer.objects.filter(phone_index__in=phones[start : start + ROWS_AT_ONCE])
        for key, name, phone in known.values_list("pk", "name_index", "phone_index"):
            found.setdefault((name, phone), []).append(key)
    return {who: keys for who, keys in found.items() if who in wanted}


def _registration(values, shop_id, customer_id) -> Registration:
    return Registration(
        content=str(values.get("content") or ""),
        channel=str(values.get("channel") or ""),
        received_at=values.get("received_at"),
        occurred_at=values.get("occurred_at"),
        customer=CustomerData(**{name: str(values.get(name) or "") for name in CUSTOMER_COLUMNS}),
        customer_id=customer_id,
        shop_id=shop_id,
        order=OrderData(
            number=str(values.get("order_number") or ""),
            product_name=str(values.get("product_name") or ""),
            paid_amount=values.get("paid_amount"),
        ),
        reason=str(values.get("reason") or ""),
        demand=str(values.get("demand") or ""),
        not_a_duplicate=True,
    )


@transaction.atomic
def confirm_import(batch_id: int, *, by, at: datetime) -> ImportBatch:
    """Say yes to a staged file: the worker registers its good rows. Only whoever uploaded it, and within a day.

    Saying yes twice is the same as once.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    if batch.state in (ImportState.REGISTERING, ImportState.FINISHED) and batch.uploaded_by_id == by.pk:
        return batch
    demand(_violations_in_confirming(batch, by, at))
    with signed(by=by, reason="import.confirmed", at=at):
        batch.begin()
        batch.save()
    return batch


def _violations_in_confirming(batch, by, at):
    if batch.uploaded_by_id != by.pk:
        yield Violation("import.of_somebody_else")
    if batch.state == ImportState.CANCELLED:
        yield Violation("import.cancelled")
    if is_expired(batch.uploaded_at, at, hours=HOURS_IN_STAGING):
        yield Violation("import.expired")
    if not batch.good_count:
        yield Violation("import.nothing_good")


@transaction.atomic
def cancel_import(batch_id: int, *, by, at: datetime) -> ImportBatch:
    """Throw a staged file away: nothing is registered, and its cells are emptied."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    demand(_violations_in_cancelling(batch, by))
    with signed(by=by, reason="import.cancelled", at=at):
        batch.cancel()
        _empty(batch)
        batch.save()
    return batch


def _violations_in_cancelling(batch, by):
    if batch.uploaded_by_id != by.pk:
        yield Violation("import.of_somebody_else")
    if batch.state != ImportState.STAGED:
        yield Violation("import.under_way")


def register_staged(at: datetime) -> tuple[int, int, str]:
    """Register what was said yes to; returns how many files were in hand, how many rows became cases, and no error.

    Each batch of rows is a transaction of its own, so a killed run goes on where it stopped, and two at a time
    never take the same file.
    """
    files = cases = 0
    for batch_id in list(ImportBatch.objects.filter(state=ImportState.REGISTERING).values_list("pk", flat=True)):
        files += 1
        while (done := _register_some(batch_id, at)) is not None:
            cases += done
    return files, cases, ""


def _register_some(batch_id: int, at: datetime) -> int | None:
    with transaction.atomic():
        batch = (
            ImportBatch.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("uploaded_by", "key")
            .filter(pk=batch_id, state=ImportState.REGISTERING)
            .first()
        )
        if batch is None:
            return None
        by = batch.uploaded_by
        rows = list(batch.rows.filter(is_good=True, case__isnull=True).order_by("line")[:ROWS_AT_ONCE])
        with signed(by=by, reason="case.imported", at=at, source="import"):
            if not rows:
                _finish(batch, by, at)
                return None
            registrations = _registrations(batch, rows)
            cases = register_many(
                registrations,
                by=by,
                at=at,
                source=CaseSource.IMPORT,
                backlog=batch.mode == ImportBatch.Mode.BACKLOG,
                reason="case.imported",
            )
            for row, case in zip(rows, cases, strict=True):
                row.case = case
                row.sealed_cells = ""
            ImportRow.objects.bulk_update(rows, ["case", "sealed_cells"], batch_size=100)
            ImportBatch.objects.filter(pk=batch.pk).update(
                registered_count=F("registered_count") + len(cases), version=F("version") + 1
            )
        return len(cases)


def cells_of(row: ImportRow, key: PersonKey | None) -> dict[str, str]:
    """The cells of a staged row in clear, for whoever uploaded it; empty once registered or thrown away."""
    if not row.sealed_cells or key is None:
        return {}
    return json.loads(reveal(Sealed(row.sealed_cells, "text")))


def _registrations(batch: ImportBatch, rows: list[ImportRow]) -> list[Registration]:
    read = []
    for row in rows:
        cells = cells_of(row, batch.key)
        read.append(read_row(row.line, tuple(cells.values()), tuple(cells), zone=settings.TIME_ZONE))
    customers = _known_customers(read)
    return [
        _registration(row.values, batch.shop_id, next(iter(customers.get(_who(row.values), ())), None)) for row in read
    ]


def _finish(batch: ImportBatch, by, at) -> None:
    batch.finish(at=at)
    batch.save()
    _empty(batch)
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


def _empty(batch: ImportBatch) -> None:
    """Personal cells do not outlive their use: the words go, and the key with them."""
    batch.rows.exclude(sealed_cells="").update(sealed_cells="")
    key, batch.key = batch.key, None
    ImportBatch.objects.filter(pk=batch.pk).update(key=None, version=F("version") + 1)
    batch.refresh_from_db(fields=["version", "key"])
    if key is not None:
        key.delete()
