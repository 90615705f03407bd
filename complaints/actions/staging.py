"""A file into staging: kept sealed, its columns matched, and of every row told whether it can be registered."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min

from casemgmt.ledger import signed
from casemgmt.people.models import Shop
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import Sealed, reveal, seal
from casemgmt.setwise import insert_objects, update_each
from casemgmt.violations import Violation, demand
from complaints.actions.recognising import fingerprint, known_customers, registered_already, registration_of, who
from complaints.actions.registering import violations_in as violations_in_registration
from complaints.models import ImportBatch, ImportMatching, ImportRow
from complaints.roles import demand_right
from complaints.rules.import_columns import (
    Matching,
    is_certain,
    proposed,
    shape_of,
    violations_in_matching,
    words_in,
)
from complaints.rules.import_tables import Table, Tables, Unreadable, refuse_by_first_bytes, tables_in_text
from complaints.rules.import_workbooks import MARK, tables_in_workbook
from complaints.rules.importing import Plan, read_row
from complaints.rules.uploads import normal_name
from complaints.states import ImportState

ROWS_AT_ONCE = 500
HOURS_IN_STAGING = 24
SAMPLES = 5
LONGEST_SAMPLE = 200
LONGEST_SHAPE = 900_000
CHECKED_AT_ONCE = 5_000
"""So many rows are checked while the uploader waits; longer files are the worker's."""
_LONG_NUMBER = re.compile(r"\d{11,}")


@dataclass(frozen=True, slots=True)
class SheetShape:
    """What the matching page shows of one table: headings, first rows, the words of each column (None: too many)."""

    name: str
    headings: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    choices: tuple[tuple[str, ...] | None, ...]
    rows: int
    hidden_rows: int = 0
    is_hidden: bool = False


@transaction.atomic
def upload_file(
    *, by, at: datetime, content: bytes, mode: str, shop_id: int | None = None, name: str = ""
) -> ImportBatch:
    """Read a file into staging, sealed under a key of its own. Registers nothing.

    Supervisors may. Raises RuleBroken when the file as a whole cannot be read. Where every column is known, by its
    heading or from an earlier file of the same shape, the rows are checked as well; else somebody has to match
    them. Uploading the same file again stages it again; rows that are cases already are named as such.
    """
    demand_right(by, "import", at=at)
    tables, found = _read(content)
    demand(found, _violations_in_choice(mode, shop_id))
    with signed(by=by, reason="import.staged", at=at):
        key = PersonKey.fresh()
        key.save(force_insert=True)
        shapes = [_shape(table) for table in tables.tables]
        chosen = next((n for n, table in enumerate(tables.tables) if not table.is_hidden), 0)
        batch = ImportBatch.objects.create(
            mode=mode,
            uploaded_by=by,
            uploaded_at=at,
            expires_at=at + timedelta(hours=HOURS_IN_STAGING),
            file_name=_LONG_NUMBER.sub("****", normal_name(name))[:120],
            encoding=tables.encoding,
            sha256=hashlib.sha256(content).hexdigest(),
            key=key,
            shop_id=shop_id,
            sealed_shape=_sealed_shape(key, shapes),
            shape=shape_of(shapes[chosen].headings),
            sheet=chosen,
            row_count=shapes[chosen].rows,
        )
        for number, table in enumerate(tables.tables):
            _keep_rows(batch, number, table, key)
        sheet = shapes[chosen]
        matching, remembered = matching_for(by, sheet)
        is_alone = sum(not shape.is_hidden for shape in shapes) == 1
        if is_alone and (remembered or is_certain(sheet.headings, matching, sheet.choices)):
            _match(batch, sheet, matching, at)
    return batch


def stage_file(*, by, at: datetime, content: bytes, mode: str, shop_id: int | None = None) -> ImportBatch:
    """Upload a file whose columns are known by their headings. Raises RuleBroken for the columns where they are not."""
    with transaction.atomic():
        batch = upload_file(by=by, at=at, content=content, mode=mode, shop_id=shop_id)
        if batch.state == ImportState.MATCHING:
            sheet = shapes_of(batch)[batch.sheet]
            matching, _ = matching_for(by, sheet)
            demand(violations_in_matching(sheet.headings, matching, sheet.choices))
            with signed(by=by, reason="import.matched", at=at):
                _match(batch, sheet, matching, at)
    return batch


def _read(content: bytes) -> tuple[Tables | None, list[Violation]]:
    try:
        refuse_by_first_bytes(content)
        return (tables_in_workbook if content.startswith(MARK) else tables_in_text)(content), []
    except Unreadable as reason:
        return None, reason.violations


def _violations_in_choice(mode, shop_id):
    if mode not in ImportBatch.Mode.values:
        yield Violation("import.mode_missing", field="mode")
    if shop_id is not None and not Shop.objects.filter(pk=shop_id).exists():
        yield Violation("import.shop_unknown", field="shop_id")


def _shape(table: Table) -> SheetShape:
    width = len(table.headings)
    columns = ([cells[n] if n < len(cells) else "" for _, cells in table.lines] for n in range(width))
    samples = [tuple(cell[:LONGEST_SAMPLE] for cell in cells[:width]) for _, cells in table.lines[:SAMPLES]]
    return SheetShape(
        name=table.name,
        headings=table.headings,
        samples=tuple(samples),
        choices=tuple(words_in(column) for column in columns),
        rows=len(table.lines),
        hidden_rows=table.hidden_rows,
        is_hidden=table.is_hidden,
    )


def _sealed_shape(key: PersonKey, shapes: Sequence[SheetShape]) -> str:
    names = SheetShape.__dataclass_fields__
    kept = [{name: getattr(shape, name) for name in names} for shape in shapes]
    while len(text := json.dumps(kept, ensure_ascii=False)) > LONGEST_SHAPE:
        biggest = max(kept, key=lambda sheet: len(str(sheet["choices"])))
        biggest["choices"] = [None] * len(biggest["headings"])
        biggest["samples"] = []
    return seal(key, text).token


def shapes_of(batch: ImportBatch) -> list[SheetShape]:
    """The tables of the file as they came, for whoever uploaded it; none once the staging is emptied."""
    if not batch.sealed_shape or batch.key is None:
        return []
    return [
        SheetShape(
            **sheet
            | {
                "headings": tuple(sheet["headings"]),
                "samples": tuple(tuple(row) for row in sheet["samples"]),
                "choices": tuple(None if words is None else tuple(words) for words in sheet["choices"]),
            }
        )
        for sheet in json.loads(reveal(Sealed(batch.sealed_shape, "text")))
    ]


def _keep_rows(batch, number, table, key) -> None:
    lines = table.lines
    for start in range(0, len(lines), ROWS_AT_ONCE):
        insert_objects(
            [
                ImportRow(
                    batch=batch,
                    sheet=number,
                    line=line,
                    sealed_cells=seal(key, json.dumps(cells, ensure_ascii=False)).token,
                )
                for line, cells in lines[start : start + ROWS_AT_ONCE]
            ]
        )


def cells_of(row: ImportRow, batch: ImportBatch) -> tuple[str, ...]:
    """The cells of a staged row in clear, for whoever uploaded it; none once registered or thrown away."""
    if not row.sealed_cells or batch.key is None:
        return ()
    return tuple(json.loads(reveal(Sealed(row.sealed_cells, "text").of(batch, "key"))))


def matching_for(person, sheet: SheetShape) -> tuple[Matching, ImportMatching | None]:
    """What is proposed for a table: what the person's team said of the last such file, else by headings and content."""
    guess = proposed(sheet.headings, sheet.samples, [words or () for words in sheet.choices])
    remembered = ImportMatching.objects.filter(team_id=person.team_id, shape=shape_of(sheet.headings)).first()
    if remembered is None:
        return guess, None
    fields = tuple(name for _, name in remembered.columns)
    words = {name: guess.words.get(name, {}) | known for name, known in remembered.words.items()}
    return Matching(fields, guess.words | words), remembered


@transaction.atomic
def match_columns(
    batch_id: int, *, by, at: datetime, sheet: int, fields: Sequence[str], words: Mapping[str, Mapping[str, str]]
) -> ImportBatch:
    """Say which column of which sheet is what; the rows are checked by it, at once or by the worker.

    Only whoever uploaded the file. What is said is remembered for the team's next file of the same shape; batches
    read before keep theirs. Saying it again checks all rows again.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    demand(_violations_in_time(batch, by))
    chosen = shapes_of(batch)[sheet]
    matching = Matching(tuple(fields), words)
    demand(violations_in_matching(chosen.headings, matching, chosen.choices))
    with signed(by=by, reason="import.matched", at=at):
        batch.sheet, batch.row_count, batch.shape = sheet, chosen.rows, shape_of(chosen.headings)
        _match(batch, chosen, matching, at)
        _remember(by, batch, at)
    return batch


def _violations_in_time(batch, by):
    if batch.uploaded_by_id != by.pk:
        yield Violation("import.of_somebody_else")
    elif batch.state not in (ImportState.MATCHING, ImportState.STAGED):
        yield Violation("import.not_matchable")


def _match(batch: ImportBatch, sheet: SheetShape, matching: Matching, at: datetime) -> None:
    """Inside the caller's signature. Rows of a short file are checked before it returns."""
    batch.match_columns()
    batch.columns = [[heading, name] for heading, name in zip(sheet.headings, matching.fields, strict=True)]
    batch.words = {name: dict(words) for name, words in matching.words.items()}
    batch.ignored_columns = [heading for heading, name in batch.columns if not name and heading]
    batch.checked_count = batch.good_count = 0
    batch.working_since = None
    batch.save()
    batch.rows.exclude(is_good=None).update(is_good=None, errors=[], fingerprint="")
    if batch.row_count <= CHECKED_AT_ONCE:
        while check_some(batch.pk, at) is not None:
            pass
        batch.refresh_from_db()


def _remember(by, batch: ImportBatch, at: datetime) -> None:
    said = {"columns": batch.columns, "words": batch.words, "made_by": by, "made_at": at}
    known = ImportMatching.objects.select_for_update().filter(team_id=by.team_id, shape=batch.shape).first()
    row = known or ImportMatching(team_id=by.team_id, shape=batch.shape)
    if known is not None and (known.columns, known.words) == (batch.columns, batch.words):
        return
    for name, value in said.items():
        setattr(row, name, value)
    row.save()


def plan_of(batch: ImportBatch) -> Plan:
    """How the rows of this batch are read."""
    headings, fields = zip(*batch.columns, strict=True)
    return Plan(tuple(headings), tuple(fields), batch.words, settings.TIME_ZONE)


def check_some(batch_id: int, at: datetime) -> int | None:
    """Check the next rows of a file; how many, or None when none is left or another worker has it in hand."""
    with transaction.atomic():
        batch = (
            ImportBatch.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("uploaded_by", "key")
            .filter(pk=batch_id, state=ImportState.CHECKING)
            .first()
        )
        if batch is None:
            return None
        rows = list(batch.rows.filter(sheet=batch.sheet, is_good=None).order_by("line")[:ROWS_AT_ONCE])
        with signed(by=batch.uploaded_by, reason="import.checked", at=at):
            if not rows:
                batch.stage()
                batch.save()
                return None
            _check(batch, rows, at)
            told = [(row.pk, row.fingerprint, row.errors, row.is_good) for row in rows]
            update_each(ImportRow, ("fingerprint", "errors", "is_good"), told)
            ImportBatch.objects.filter(pk=batch.pk).update(
                checked_count=F("checked_count") + len(rows),
                good_count=F("good_count") + sum(bool(row.is_good) for row in rows),
                working_since=batch.working_since or at,
                version=F("version") + 1,
            )
    return len(rows)


def _check(batch: ImportBatch, rows: list[ImportRow], at: datetime) -> None:
    plan = plan_of(batch)
    read = [read_row(row.line, cells_of(row, batch), plan) for row in rows]
    for row, values in zip(rows, read, strict=True):
        row.fingerprint = fingerprint(values.values, batch.shop_id)
    prints = {row.fingerprint for row in rows}
    registered = registered_already(prints)
    people = [who(found.values) for found in read]
    customers = known_customers(people)
    earlier = batch.rows.filter(sheet=batch.sheet, fingerprint__in=prints, line__lt=rows[0].line)
    first_lines = dict(earlier.order_by().values_list("fingerprint").annotate(first=Min("line")))
    for row, found, person in zip(rows, read, people, strict=True):
        errors = list(found.violations)
        if row.fingerprint in registered:
            errors.append(Violation("import.registered_already", params={"case": registered[row.fingerprint]}))
        if row.fingerprint in first_lines:
            errors.append(Violation("import.row_repeats", params={"line": first_lines[row.fingerprint]}))
        first_lines.setdefault(row.fingerprint, row.line)
        if len(customers.get(person, ())) > 1:
            errors.append(Violation("import.two_customers", field="name"))
        if not found.violations:
            errors += violations_in_registration(registration_of(found.values, batch.shop_id, None), at=at)
        row.errors = [as_json(violation) for violation in errors]
        row.is_good = not errors


def as_json(violation: Violation) -> dict:
    """A violation as it is kept beside its row."""
    return {
        "code": violation.code,
        "field": violation.field,
        "params": {k: str(v) for k, v in violation.params.items()},
    }


def violations_of(kept: Sequence[Mapping]) -> list[Violation]:
    """What is kept beside a row, to be said in the reader's language."""
    return [Violation(error["code"], error["field"], error["params"]) for error in kept]


def empty(batch: ImportBatch) -> None:
    """Personal cells do not outlive their use: the words go, and the key with them. Runs inside `signed`."""
    batch.rows.exclude(sealed_cells="").update(sealed_cells="")
    key, batch.key = batch.key, None
    emptied = {"key": None, "sealed_shape": "", "sealed_reason": ""}
    ImportBatch.objects.filter(pk=batch.pk).update(version=F("version") + 1, **emptied)
    batch.refresh_from_db(fields=["version", *emptied])
    if key is not None:
        key.delete()
