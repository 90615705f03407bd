"""Workbooks as tables of text: what is read, what is told, and what is refused before it can do harm (I1, I11)."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.xml.constants import SHARED_STRINGS

from complaints.rules import import_workbooks
from complaints.rules.import_tables import MOST_COLUMNS, Unreadable
from complaints.rules.import_workbooks import tables_in_workbook

HEADINGS = ("投诉时间", "手机号", "投诉内容")
ROW = ("2026-10-01 08:28", "13571462049", "袖口开线")


def a_workbook(*rows, sheets=(), change=None) -> bytes:
    """A workbook with one sheet of these rows, and further sheets by name; `change(book)` has the last word."""
    book = openpyxl.Workbook()
    book.active.title = "投诉"
    for row in rows:
        book.active.append(row)
    for name, more in sheets:
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    if change:
        change(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def lines_of(content) -> list[tuple[str, ...]]:
    (table,) = tables_in_workbook(content).tables
    return [cells[: len(table.headings)] for _, cells in table.lines]


def repacked(content: bytes, **parts: bytes) -> bytes:
    """The same workbook with other bytes in the parts whose names begin so, and new parts added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, written in parts.items():
            new.writestr(name, written)
    return held.getvalue()


def refused(content) -> str:
    with pytest.raises(Unreadable) as why:
        tables_in_workbook(content)
    return why.value.violations[0].code


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (datetime(2026, 10, 1, 8, 28), "2026-10-01 08:28:00"),
        (date(2026, 10, 1), "2026-10-01 00:00:00"),
        (13571462049, "13571462049"),
        (139.0, "139"),
        (139.5, "139.5"),
        (2698141437919189, "2.69814143791919E+15"),
        (True, "TRUE"),
        (None, ""),
        ("=1+1 不是公式", "=1+1 不是公式"),
    ],
)
def test_cells_become_the_text_that_somebody_would_have_typed(cell, text):
    def write(book):
        place = book.active["B2"]
        place.value = cell
        if isinstance(cell, str):
            place.data_type = "s"

    content = a_workbook(HEADINGS, ROW, change=write)
    assert lines_of(content)[0][1] == text


def test_rows_keep_their_numbers_and_empty_ones_are_passed_over():
    content = a_workbook(HEADINGS, (), ROW, (), (), ROW)
    (table,) = tables_in_workbook(content).tables
    assert [line for line, _ in table.lines] == [3, 6]


def test_hidden_rows_and_sheets_are_told():
    def hide(book):
        book.active.row_dimensions[2].hidden = True
        book["旧"].sheet_state = "hidden"

    content = a_workbook(HEADINGS, ROW, ROW, sheets=[("旧", [HEADINGS, ROW])], change=hide)
    tables = tables_in_workbook(content).tables
    assert [(table.name, table.hidden_rows, table.is_hidden) for table in tables] == [
        ("投诉", 1, False),
        ("旧", 0, True),
    ]


def test_sheets_without_rows_are_passed_over_and_the_others_can_be_chosen():
    more = [("空", []), ("说明", [["只有一行"]]), ("二月", [HEADINGS, ROW, ROW])]
    content = a_workbook(HEADINGS, ROW, sheets=more)
    assert [(table.name, len(table.lines)) for table in tables_in_workbook(content).tables] == [
        ("投诉", 1),
        ("二月", 2),
    ]


def test_a_formula_counts_by_its_stored_result_and_one_without_is_named():
    content = a_workbook(HEADINGS, ("=NOW()", "1", "x"))
    with pytest.raises(Unreadable) as why:
        tables_in_workbook(content)
    (found,) = why.value.violations
    assert (found.code, found.params) == ("import.formula_without_result", {"cell": "A2", "sheet": "投诉"})
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").replace(b"<v></v>", b"<v>46000.5</v>")
    sheet = sheet.replace(b"<v />", b"<v>46000.5</v>").replace(b"<v/>", b"<v>46000.5</v>")
    assert lines_of(repacked(content, **{"xl/worksheets/sheet1.xml": sheet}))[0][0] == "46000.5"


def test_what_grows_when_it_is_unpacked_is_refused_before_it_is_read(monkeypatch):
    content = a_workbook(HEADINGS, ROW)
    bomb = repacked(content, **{"xl/media/zeros": b"\x00" * (1024 * 1024)})
    monkeypatch.setattr(import_workbooks, "MOST_UNPACKED", 512 * 1024)
    monkeypatch.setattr(import_workbooks.openpyxl, "load_workbook", lambda *args, **kwargs: pytest.fail("was read"))
    assert refused(bomb) == "import.unpacked_too_large"


def test_entities_are_not_followed():
    content = a_workbook(HEADINGS, ROW)
    growing = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
    )
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml"):
        assert refused(repacked(content, **{part: growing})) == "import.broken_workbook"
    types = zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml")
    shared = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % SHARED_STRINGS.encode()
    with_strings = {"[Content_Types].xml": types.replace(b"</Types>", shared), "xl/sharedStrings.xml": growing}
    assert refused(repacked(content, **with_strings)) == "import.broken_workbook"


def test_a_row_or_column_far_away_is_refused_without_walking_there():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>%s</sheetData></worksheet>'
    )
    content = a_workbook(HEADINGS, ROW)
    far = sheet % '<row r="99999999999"><c r="A9" t="inlineStr"><is><t>x</t></is></c></row>'
    wide = sheet % '<row r="2"><c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>'
    assert refused(repacked(content, **{"xl/worksheets/sheet1.xml": far.encode()})) == "import.too_many_rows"
    assert refused(repacked(content, **{"xl/worksheets/sheet1.xml": wide.encode()})) == "import.too_many_columns"


def test_too_many_columns_and_rows_are_refused(monkeypatch):
    assert refused(a_workbook([f"第{n}列" for n in range(MOST_COLUMNS + 1)], ["x"])) == "import.too_many_columns"
    monkeypatch.setattr(import_workbooks, "MOST_ROWS", 2)
    assert refused(a_workbook(HEADINGS, ROW, sheets=[("二", [HEADINGS, ROW, ROW])])) == "import.too_many_rows"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/vbaProject.bin": b"x"}, "import.macros"),
        ({"xl/workbook.bin": b"x"}, "import.other_workbook"),
        ({"content.xml": b"<x/>"}, "import.other_workbook"),
    ],
)
def test_workbooks_of_other_kinds_are_named(parts, code):
    assert refused(repacked(a_workbook(HEADINGS, ROW), **parts)) == code


def test_damaged_and_foreign_archives_are_refused():
    content = a_workbook(HEADINGS, ROW)
    assert refused(content[: len(content) // 2]) == "import.broken_workbook"
    assert refused(repacked(content, **{"xl/workbook.xml": b"<workbook"})) == "import.broken_workbook"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refused(held.getvalue()) == "import.packed"
