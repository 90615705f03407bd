"""What is told of an import in numbers and lists: how far the worker is, and the rows to be mended."""

import csv
import io
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.sentences import say, say_mend
from complaints.actions.staging import cells_of, violations_of
from complaints.models import ImportBatch
from complaints.states import ImportState

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def progress_of(batch: ImportBatch, at: datetime) -> dict:
    """Rows done, of how many, good, bad, and seconds left, with the sentence that says so."""
    if batch.state == ImportState.CHECKING:
        done, out_of = batch.checked_count, batch.row_count
        words = _("%(done)s of %(all)s rows checked: %(good)s good, %(bad)s bad.")
    elif batch.state in (ImportState.UNDOING, ImportState.UNDONE):
        done, out_of = batch.undone_count + batch.left_count, batch.registered_count
        words = _("%(undone)s of %(all)s cases undone, %(left)s left.")
    else:
        done, out_of = batch.registered_count, batch.good_count
        words = _("%(done)s of %(all)s registered")
    told = {
        "done": done,
        "all": out_of,
        "good": batch.good_count,
        "bad": batch.bad_count,
        "undone": batch.undone_count,
        "left": batch.left_count,
    }
    seconds = _seconds_left(batch, done, out_of, at)
    return {
        **told,
        "state": batch.get_state_display(),
        "percent": round(100 * done / out_of) if out_of else 0,
        "seconds_left": seconds,
        "words": words % told,
        "remaining": _remaining(batch, seconds),
    }


def _seconds_left(batch, done, out_of, at) -> int | None:
    if batch.working_since is None or not done:
        return None
    spent = max((at - batch.working_since).total_seconds(), 0.001)
    return round(spent * (out_of - done) / done)


def _remaining(batch, seconds) -> str:
    if batch.state not in (ImportState.CHECKING, ImportState.REGISTERING, ImportState.UNDOING):
        return ""
    if seconds is None:
        return _("The worker takes it up within a minute.")
    if seconds < 1:
        return _("Nearly done.")
    if seconds < 90:
        return ngettext("About %(n)s second left.", "About %(n)s seconds left.", seconds) % {"n": seconds}
    minutes = round(seconds / 60)
    return ngettext("About %(n)s minute left.", "About %(n)s minutes left.", minutes) % {"n": minutes}


def effect_of_registering(batch: ImportBatch) -> str:
    """What a yes to this file means."""
    return _("%(good)s can be registered, %(bad)s cannot.") % {"good": batch.good_count, "bad": batch.bad_count}


def bad_rows_csv(batch: ImportBatch) -> bytes:
    """The rows to mend as they came, with the reasons in the last column; no cell of it is a formula.

    Rows that are cases already need no mending and are left out.
    The apostrophe that defuses a cell, and the last column, are known again when the mended file comes back.
    """
    held = io.StringIO()
    table = csv.writer(held)
    headings = [heading for heading, _name in batch.columns]
    table.writerow([*map(defused, headings), _("Why it cannot be registered")])
    for row in batch.rows.filter(is_good=False).order_by("line").iterator(chunk_size=500):
        cells = cells_of(row, batch)
        if not cells or all(error["code"] == "import.registered_already" for error in row.errors):
            continue
        said = " ".join(f"{say(found)} {say_mend(found)}".strip() for found in violations_of(row.errors))
        padded = [*cells[: len(headings)], *[""] * (len(headings) - len(cells))]
        table.writerow([*map(defused, padded), said])
    return held.getvalue().encode("utf-8-sig")


def defused(cell: str) -> str:
    """The cell as text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
