"""Tables that leave the house: columns, cells that no spreadsheet takes for a formula, CSV and XLSX row by row."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone_name, localtime
from django.utils.translation import get_language
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | Decimal | datetime | None
ROWS_AT_ONCE = 500
MOST_ROWS_OF_XLSX = 50_000
"""A workbook is written whole before its first byte leaves; longer tables go as CSV."""
LONGEST_CELL = 32_000
"""A spreadsheet holds 32,767 characters in a cell."""
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠|%")
UNSEEN = "\N{ZERO WIDTH NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE} \x00"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, its heading, and the value of a row. `is_time` names the zone in the heading."""

    name: str
    label: str | Promise
    of: Callable[[object], Cell]
    is_default: bool = True
    is_time: bool = False

    @property
    def heading(self) -> str:
        """In the reader's language; times name their zone."""
        return f"{self.label} ({get_current_timezone_name()})" if self.is_time else str(self.label)


def label_of(model: type[Model], name: str) -> Callable[[Model], str]:
    """The value of a column that shows the label of a choice; the labels are read once for each language."""
    choices = model._meta.get_field(name).flatchoices

    @lru_cache(maxsize=8)
    def labels(language: str | None) -> dict[object, str]:
        return {code: str(label) for code, label in choices}

    def show(row: Model) -> str:
        code = getattr(row, name)
        return labels(get_language()).get(code, code)

    return show


def harmless(text: str) -> str:
    """The text so that no spreadsheet computes it: an apostrophe before whatever could start a formula (I9).

    Full-width signs count, for a Chinese keyboard types them and a spreadsheet may fold them; so does a sign behind
    blanks. Numbers are no texts and need none of this.
    """
    if text[:1] in FORMULA_STARTS or text.lstrip(UNSEEN)[:1] in FORMULA_STARTS:
        return f"'{text}" if text.strip(UNSEEN) else ""
    return text


def _in_csv(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, datetime):
        return localtime(value).strftime("%Y-%m-%d %H:%M")
    return str(value)


def _in_xlsx(value: Cell) -> Cell:
    if isinstance(value, str):
        return harmless(ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL])
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None, second=0, microsecond=0)
    return value


def rows_of(queryset: QuerySet | Iterable) -> Iterator:
    """The rows one after another, a part of the table in memory at a time."""
    return queryset.iterator(chunk_size=ROWS_AT_ONCE) if isinstance(queryset, QuerySet) else iter(queryset)


def in_csv(rows: Iterable, columns: Iterable[Column], about: Iterable[tuple[str, Cell]]) -> Iterator[bytes]:
    """The table as pieces of CSV in UTF-8 with a byte order mark, so that spreadsheets read Chinese.

    Every cell is quoted, whatever separator the reader's machine expects. The last line says what this is.
    """
    columns = tuple(columns)
    piece = io.StringIO(newline="")
    write = csv.writer(piece, quoting=csv.QUOTE_ALL).writerow
    piece.write(BYTE_ORDER_MARK)
    write([harmless(column.heading) for column in columns])
    for number, row in enumerate(rows, 1):
        write([_in_csv(column.of(row)) for column in columns])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(piece)
    write([" · ".join(_told(label, value) for label, value in about)])
    yield _taken(piece)


def _told(label, value) -> str:
    return f"{label}: {_in_csv(value)}" if _in_csv(value) else str(label)


def _taken(piece: io.StringIO) -> bytes:
    text = piece.getvalue()
    piece.seek(0)
    piece.truncate()
    return text.encode()


def in_xlsx(
    rows: Iterable, columns: Iterable[Column], about: Iterable[tuple[str, Cell]], *, title: str, about_title: str
) -> io.BytesIO:
    """The table as a workbook, rewound: one sheet of rows, one that says what this is.

    Rows go to a file on the disk as they come; in memory lies what is packed, some MB for MOST_ROWS_OF_XLSX.
    """
    columns = tuple(columns)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"
    sheet.append([harmless(column.heading) for column in columns])
    for row in rows:
        sheet.append([_in_xlsx(column.of(row)) for column in columns])
    what = book.create_sheet(_sheet_name(about_title))
    for label, value in about:
        what.append([harmless(str(label)), _in_xlsx(value)])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _sheet_name(title: str) -> str:
    kept = "".join(character for character in str(title) if character not in "[]:*?/\\'")
    return kept[:31] or "1"
