"""The sheets of an XLSX workbook as tables of text, read without trusting anything that it says about itself.

Before openpyxl sees the file, its parts are counted and measured and its sheets walked through once: how far
they reach, what is hidden, which formula has no stored result. Formulas count by their stored results. Numbers
come as plain digits; those of more than fifteen digits, which a spreadsheet has rounded, as 1.2E+16, so that
the row says so. Dates come as local time.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import openpyxl
from defusedxml import ElementTree
from openpyxl.utils.exceptions import InvalidFileException

from complaints.rules.import_tables import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
    Tables,
    Unreadable,
    table_of,
)

MARK = b"PK\x03\x04"
MOST_PARTS = 500
MOST_UNPACKED = 200 * 1024 * 1024
MOST_SHEETS = 20
LAST_ROW_OF_A_SHEET = 1_048_576
EXACT_DIGITS = 10**15
BROKEN = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, EOFError, OSError),
    *(NotImplementedError, zipfile.BadZipFile, zlib.error, InvalidFileException, ElementTree.ParseError),
)
"""What openpyxl and the standard library raise on a workbook that is none, or was tampered with."""
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_NOT_OURS = {
    "xl/vbaproject.bin": "import.macros",
    "xl/workbook.bin": "import.other_workbook",
    "content.xml": "import.other_workbook",
    "index/document.iwa": "import.other_workbook",
}


@dataclass(slots=True)
class _Marks:
    """What stands in the XML of a sheet beside its values."""

    hidden: set[int] = field(default_factory=set)
    without_result: list[str] = field(default_factory=list)


def tables_in_workbook(content: bytes) -> Tables:
    """Every sheet that holds rows, hidden ones marked. Raises Unreadable with what to do instead."""
    with _opened(content) as archive:
        _refuse_bombs(archive)
        try:
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        except BROKEN as error:
            raise Unreadable("import.broken_workbook") from error
        try:
            return Tables("XLSX", tuple(_tables(book, archive)))
        except BROKEN as error:
            raise Unreadable("import.broken_workbook") from error
        finally:
            book.close()


def _opened(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable("import.broken_workbook") from error
    names = {name.casefold() for name in archive.namelist()}
    for name, code in _NOT_OURS.items():
        if name in names:
            raise Unreadable(code)
    if "xl/workbook.xml" not in names:
        raise Unreadable("import.packed")
    return archive


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Few parts, not too much when unpacked, and no password. Entities that grow are refused by defusedxml."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable("import.unpacked_too_large", most=MOST_UNPACKED // 1024 // 1024)
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("import.old_workbook")


def _tables(book, archive) -> Iterator[Table]:
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    if len(sheets) > MOST_SHEETS:
        raise Unreadable("import.too_many_sheets", most=MOST_SHEETS)
    found, refused = [], None
    for sheet in sheets:
        try:
            marks = _walked(archive, sheet)
            lines = list(_lines(sheet))
            if marks.without_result and lines:
                raise Unreadable("import.formula_without_result", cell=marks.without_result[0], sheet=sheet.title[:40])
            hidden = len(marks.hidden & {number for number, _ in lines})
            table = table_of(sheet.title[:40], lines, hidden_rows=hidden, is_hidden=sheet.sheet_state != "visible")
        except Unreadable as reason:
            if _spoils_the_file(reason):
                raise
            refused = refused or reason
            continue
        found.append(table)
    if not found:
        raise refused or Unreadable("import.empty")
    if sum(len(table.lines) for table in found) > MOST_ROWS:
        raise Unreadable("import.too_many_rows", most=MOST_ROWS)
    yield from found


def _spoils_the_file(reason: Unreadable) -> bool:
    """Whether a sheet that cannot be read spoils the file; an empty one, or one without headings, is passed over."""
    return reason.violations[0].code not in ("import.empty", "import.header_only", "import.no_headings")


def _walked(archive, sheet) -> _Marks:
    """Walk through the XML of a sheet once: refuse one that reaches too far, and note what is hidden."""
    marks, rows = _Marks(), 0
    with archive.open(sheet._worksheet_path) as stream:
        for _, element in ElementTree.iterparse(stream):
            if not element.tag.endswith("}row"):
                continue
            number = int(element.get("r") or rows + 1)
            rows += bool(len(element))
            if number > LAST_ROW_OF_A_SHEET or rows > MOST_ROWS + 1000:
                raise Unreadable("import.too_many_rows", most=MOST_ROWS)
            if element.get("hidden") in ("1", "true"):
                marks.hidden.add(number)
            for cell in element:
                _mark(cell, marks)
            element.clear()
    return marks


def _mark(cell, marks: _Marks) -> None:
    names = {child.tag.rpartition("}")[2]: child for child in cell}
    place = _REFERENCE.fullmatch(cell.get("r") or "A1")
    if place is None or (names and _number_of(place[1]) > MOST_COLUMNS + 200):
        raise Unreadable("import.too_many_columns", most=MOST_COLUMNS)
    if _number_of(place[1]) > MOST_COLUMNS and ("v" in names or "is" in names):
        raise Unreadable("import.too_many_columns", most=MOST_COLUMNS)
    if "f" in names and (names.get("v") is None or not (names["v"].text or "").strip()) and cell.get("t") != "str":
        marks.without_result.append(cell.get("r") or "")


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _lines(sheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    sheet.reset_dimensions()
    size = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
        cells = tuple(cell_text(value)[: LONGEST_CELL + 1] for value in row)
        if any(cell.strip() for cell in cells):
            size += sum(map(len, cells))
            if size > MOST_BYTES:
                raise Unreadable("import.too_large", most=MOST_BYTES // 1024 // 1024)
            yield number, cells


def cell_text(value: object) -> str:
    """A cell as text, as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _digits(value)
    return str(value)


def _digits(value: int | float) -> str:
    if abs(value) >= EXACT_DIGITS:
        return f"{float(value):.14E}"
    return str(int(value)) if float(value).is_integer() else f"{value:.15g}"
