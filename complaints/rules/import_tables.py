"""A file as tables of text: CSV in the encodings that shops use, or the sheets of a workbook.

Pure: bytes in, headings and lines out, or every reason why not. Nothing is guessed silently: the encoding is
shown, hidden rows and sheets are told, and what the program cannot read is named with what to do instead.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casemgmt.violations import Violation

MOST_ROWS = 50_000
MOST_COLUMNS = 60
MOST_BYTES = 50 * 1024 * 1024
LONGEST_CELL = 20_000
LONGEST_ROW = 400_000

OTHER_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "import.old_workbook"),
    (b"%PDF", "import.not_a_table"),
    (b"\x89PNG", "import.not_a_table"),
    (b"\xff\xd8\xff", "import.not_a_table"),
    (b"GIF8", "import.not_a_table"),
    (b"\x1f\x8b", "import.packed"),
    (b"Rar!", "import.packed"),
    (b"7z\xbc\xaf", "import.packed"),
)
"""How files begin that are no table, and what is said about them."""

_DATA = re.compile(r"\+?\d[\d\s-]{6,}|\d{4}[-/年]\d{1,2}.*|\S+@\S+\.\S+")
LONG_NUMBER = re.compile(r"\d{7,}")
"""What may be a phone or another number of a person, wherever it stands."""
_DEFUSED = re.compile(r"'(?=[=+\-@\t\r＝＋－＠])")

ERROR_HEADINGS = ("为什么不能登记", "why it cannot be registered")
"""The last column of our own list of bad rows: not read when the mended file comes back."""

Lines = tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: its name (a sheet's, or ""), its headings, and its lines by the number in the file."""

    name: str
    headings: tuple[str, ...]
    lines: Lines
    hidden_rows: int = 0
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Tables:
    """What a file holds: the encoding as shown to people, and its tables in their order."""

    encoding: str
    tables: tuple[Table, ...]


class Unreadable(Exception):
    """The file as a whole cannot be read; `violations` say why, all at the field "file"."""

    def __init__(self, code: str, **params):
        super().__init__(code)
        self.violations = [Violation(code, field="file", params=params)]


def refuse_by_first_bytes(content: bytes) -> None:
    """Raise Unreadable for what is empty, too large, or evidently another kind of file."""
    if not content.strip():
        raise Unreadable("import.empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("import.too_large", most=MOST_BYTES // 1024 // 1024)
    for mark, code in OTHER_FORMATS:
        if content.startswith(mark):
            raise Unreadable(code)


def tables_in_text(content: bytes) -> Tables:
    """The one table of a CSV file. Raises Unreadable."""
    read = decoded(content)
    if read is None:
        raise Unreadable("import.not_csv")
    text, encoding = read
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        raise Unreadable("import.not_csv") from error
    return Tables(encoding, (table_of("", lines),))


def table_of(name: str, lines: Sequence[tuple[int, tuple[str, ...]]], **told) -> Table:
    """The first line as headings, the others below them. Raises Unreadable for a table that is none of complaints."""
    if not lines:
        raise Unreadable("import.empty")
    (_, headings), body = lines[0], lines[1:]
    while headings and not headings[-1].strip():
        headings = headings[:-1]
    if headings and headings[-1].strip().casefold() in ERROR_HEADINGS:
        headings, body = headings[:-1], [(line, cells[: len(headings) - 1]) for line, cells in body]
    if any(_DATA.fullmatch(unicodedata.normalize("NFKC", heading).strip()) for heading in headings):
        raise Unreadable("import.no_headings")
    if not body:
        raise Unreadable("import.header_only")
    if len(body) > MOST_ROWS:
        raise Unreadable("import.too_many_rows", most=MOST_ROWS)
    if len(headings) > MOST_COLUMNS:
        raise Unreadable("import.too_many_columns", most=MOST_COLUMNS)
    width = len(headings)
    kept = tuple((line, _fitted(cells, width)) for line, cells in body)
    if any(sum(map(len, cells)) > LONGEST_ROW for _, cells in kept):
        raise Unreadable("import.too_large", most=MOST_BYTES // 1024 // 1024)
    return Table(name, tuple(heading.strip()[:100] for heading in headings), kept, **told)


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Empty cells behind the last heading are none; a defusing apostrophe before a formula is ours, and goes."""
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    return tuple(_DEFUSED.sub("", cell[: LONGEST_CELL + 1], count=1) for cell in cells[: MOST_COLUMNS + 1])


def decoded(content: bytes) -> tuple[str, str] | None:
    """The text and its encoding: UTF-8 with or without a mark, UTF-16 with one, GB18030; None if it is none of them."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = (("utf-16", "UTF-16"),)
    else:
        candidates = (("utf-8-sig", "UTF-8"), ("gb18030", "GB18030"))
    for codec, shown in candidates:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text, shown
    return None


def _is_text(text: str) -> bool:
    first = text[:5000]
    odd = sum(unicodedata.category(character) in ("Cc", "Co", "Cn") for character in first)
    return odd - sum(first.count(end) for end in "\n\r\t") <= len(first) // 50


def _lines(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    csv.field_size_limit(1024 * 1024)
    reader = csv.reader(io.StringIO(text, newline=""), dialect=_dialect(text))
    last = 0
    for row in reader:
        line, last = last + 1, reader.line_num
        if any(cell.strip() for cell in row):
            yield line, tuple(row)


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.split("\n", 1)[0]

    class Found(csv.excel):
        delimiter = max(",;\t", key=first.count)

    return Found
