"""An import taken back: every case that nobody has touched is voided, every other one is left and named."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from casemgmt.ledger import signed
from casemgmt.ledger.tables import history_of, tracked_models
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import Sealed, reveal, seal
from casemgmt.violations import RuleBroken, Violation, demand
from complaints.actions.staging import as_json, empty
from complaints.actions.voiding import void
from complaints.models import Complaint, ImportBatch, ImportRow
from complaints.roles import demand_right
from complaints.rules.ending import violations_in_void_reason
from complaints.states import ImportState
from complaints.vocabulary import VoidReason

CASES_AT_ONCE = 50
UNDOABLE = (ImportState.FINISHED, ImportState.STOPPED)
BY_ITSELF = ("import", "task")
"""Sources of the ledger that are nobody's touch: the import that made the case, and the sweeps."""


@transaction.atomic
def undo_import(batch_id: int, *, by, at: datetime, reason: str) -> ImportBatch:
    """Take an import back: the worker voids each of its cases that nobody has touched, for this reason.

    Supervisors may, of their own files. The reason lies sealed until each voided case has it as its own. What the
    rules of voiding refuse, or somebody has touched, stays a case and is named. The second time is refused.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    demand_right(by, "import", at=at)
    demand(
        why_not_undo(batch, by=by, at=at),
        violations_in_void_reason(why=VoidReason.ENTERED_IN_ERROR, reason=reason),
    )
    with signed(by=by, reason="import.undo_asked", at=at):
        if batch.key is None:
            batch.key = PersonKey.fresh()
            batch.key.save(force_insert=True)
        batch.sealed_reason = seal(batch.key, reason).token
        batch.undo(by=by)
        batch.working_since = None
        batch.save()
    return batch


def why_not_undo(batch: ImportBatch, *, by, at: datetime) -> list[Violation]:
    """What stands against taking this import back."""
    found = []
    if batch.uploaded_by_id != by.pk:
        found.append(Violation("import.of_somebody_else"))
    if batch.state not in UNDOABLE:
        found.append(Violation("import.not_undoable"))
    elif not batch.registered_count:
        found.append(Violation("import.nothing_registered"))
    return found


def undo_some(batch_id: int, at: datetime) -> int | None:
    """Void the next cases of an import that is being undone; how many, or None when none is left."""
    with transaction.atomic():
        batch = (
            ImportBatch.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("undone_by", "key")
            .filter(pk=batch_id, state=ImportState.UNDOING)
            .first()
        )
        if batch is None:
            return None
        rows = list(batch.rows.filter(case__isnull=False, is_undone=None).order_by("line")[:CASES_AT_ONCE])
        with signed(by=batch.undone_by, reason="import.undone", at=at, source="import"):
            if not rows:
                batch.end_undoing(at=at)
                batch.save()
                empty(batch)
                return None
            undone = _undo(batch, rows, at)
            ImportBatch.objects.filter(pk=batch.pk).update(
                undone_count=F("undone_count") + undone,
                left_count=F("left_count") + len(rows) - undone,
                working_since=batch.working_since or at,
                version=F("version") + 1,
            )
    return undone


def _undo(batch: ImportBatch, rows: list[ImportRow], at: datetime) -> int:
    touched = touched_since([row.case_id for row in rows])
    reason = reveal(Sealed(batch.sealed_reason, "text"))
    for row in rows:
        found = (
            [Violation("import.touched_since")] if row.case_id in touched else _void(row, batch.undone_by, at, reason)
        )
        row.is_undone = not found
        row.left_because = [as_json(violation) for violation in found]
    ImportRow.objects.bulk_update(rows, ["is_undone", "left_because"], batch_size=50)
    return sum(bool(row.is_undone) for row in rows)


def _void(row: ImportRow, by, at: datetime, reason: str) -> list[Violation]:
    """All or nothing for each case."""
    try:
        with transaction.atomic():
            void(row.case_id, by=by, at=at, why=VoidReason.ENTERED_IN_ERROR, reason=reason)
    except RuleBroken as broken:
        return list(broken.violations)
    except PermissionDenied:
        return [Violation("import.case_of_others")]
    return []


def touched_since(case_ids: Iterable[int]) -> set[int]:
    """Which of these cases somebody has touched since they were registered: the ledger knows of any other hand."""
    case_ids = list(case_ids)
    found: set[int] = set()
    for model in tracked_models():
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is Complaint
        ]
        if model is Complaint:
            columns = ["id"]
        for column in columns:
            history = history_of(model).objects.filter(**{f"{column}__in": case_ids})
            found.update(history.exclude(history_source__in=BY_ITSELF).order_by().values_list(column, flat=True))
    return found
