"""Reading one row of a file of complaints: its values by our fields, and everything that is wrong with it.

Pure: cells in, values with coded violations out. A cell that a spreadsheet has damaged is an error, never a guess.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casemgmt.amounts import storable_amount_in
from casemgmt.violations import Violation
from complaints.rules.import_tables import LONGEST_CELL
from complaints.rules.import_words import CHOICE_FIELDS

TIME_SHAPES = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%Y-%m-%dT%H:%M:%S",
)
INSTANTS = ("received_at", "occurred_at")
AMOUNTS = ("paid_amount", "demanded_amount")
NUMBERS = ("order_number", "phone", "account", "waybill_number", "row_key")
ERRORS_OF_CELLS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "########"})
_DAMAGED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a file are read: its headings, the field of each column, the code of each word, the zone."""

    headings: tuple[str, ...]
    fields: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]
    zone: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One line as read: values by field, and what is wrong with it."""

    line: int
    values: Mapping[str, object]
    violations: tuple[Violation, ...]


def read_row(line: int, cells: Sequence[str], plan: Plan) -> ReadRow:
    """The values of one line. Instants are local to the plan's zone. Formulas stay text, as they stand (I9)."""
    found = []
    if len(cells) != len(plan.headings):
        found.append(Violation("import.cells_missing", params={"cells": len(cells), "columns": len(plan.headings)}))
    values: dict[str, object] = {}
    headings = {}
    for name, heading, cell in zip(plan.fields, plan.headings, cells, strict=False):
        if name:
            values[name], headings[name] = cell.strip(), heading
    texts = [str(text) for text in values.values()]
    if any(len(text) > LONGEST_CELL for text in texts):
        found.append(Violation("import.cell_too_long", params={"most": LONGEST_CELL}))
    if any("\x00" in text for text in texts):
        found.append(Violation("text.null_character"))
    for name, text in values.items():
        if text in ERRORS_OF_CELLS:
            found.append(Violation("import.cell_error", name, {"column": headings[name], "error": text}))
    for name in INSTANTS:
        text = values.get(name) or ""
        values[name] = instant_in(text, plan.zone) if text else None
        if text and values[name] is None:
            found.append(Violation("import.time_not_read", name, {"column": headings[name]}))
    for name in CHOICE_FIELDS:
        values[name] = plan.words.get(name, {}).get(values.get(name) or "", "")
    if not values["channel"]:
        found.append(Violation("import.channel_not_known", field="channel"))
    for name in AMOUNTS:
        text = values.get(name) or ""
        values[name] = storable_amount_in(text) if text else None
        if text and values[name] is None:
            found.append(Violation("import.amount_not_read", name, {"column": headings[name]}))
    for name in NUMBERS:
        if _DAMAGED.fullmatch(unicodedata.normalize("NFKC", str(values.get(name) or ""))):
            found.append(Violation("import.number_damaged", name, {"column": headings[name]}))
    return ReadRow(line, values, tuple(found))


def instant_in(text: str, zone: str) -> datetime | None:
    """A time as exports write it, local to `zone`; None if it is none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    for shape in TIME_SHAPES:
        try:
            local = datetime.strptime(f"{plain} +0000", f"{shape} %z").replace(tzinfo=ZoneInfo(zone))
        except ValueError:
            continue
        return local if local.year >= 2000 else None
    return None


def is_expired(uploaded_at: datetime, at: datetime, *, hours: int = 24) -> bool:
    """Whether a staged file has waited too long to be registered (I15)."""
    return at - uploaded_at > timedelta(hours=hours)
