"""Invariants 5, 8 and 9: the record, the bytes of evidence, and personal data in ciphertext alone."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection
from django.db.models import Q

from casemgmt.ledger import drift
from casemgmt.ledger.tables import history_of, tracked_models
from casemgmt.privacy.fields import SealedField
from complaints.actions.checking_evidence import CHANGED, MISSING, finding_in
from complaints.invariants.breaches import Breach
from complaints.models import Evidence

FOUND = {MISSING: "invariant.file_unreadable", CHANGED: "invariant.file_changed"}


def records() -> Iterator[Breach]:
    """5: each row is what its last history row says, and every history row has a person and a reason."""
    for found in drift():
        yield Breach(5, "invariant.row_without_its_history", found.table, found.key, {"kind": found.kind})
    for model in tracked_models():
        unsigned = history_of(model).objects.filter(Q(history_actor="") | Q(history_change_reason=""))
        for key in unsigned.order_by("history_id").values_list("history_id", flat=True):
            yield Breach(5, "invariant.nobody_signed", model._meta.label_lower, key)


def evidence_bytes() -> Iterator[Breach]:
    """8: each piece of evidence has its bytes, with the digest noted on arrival. Reads every file."""
    for piece in Evidence.objects.order_by("pk").iterator(chunk_size=2000):
        found = finding_in(piece)
        if found is not None:
            yield Breach(8, FOUND[found.kind], Evidence._meta.label_lower, piece.pk)


def sealed_columns() -> Iterator[Breach]:
    """9: columns of personal data hold ciphertext alone, in the tables and in their history."""
    quote = connection.ops.quote_name
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedField):
                table, column = quote(model._meta.db_table), quote(field.column)
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT COUNT(*) FROM {table} WHERE {column} IS NOT NULL AND {column} NOT LIKE 'v1:%%'", []
                    )
                    (found,) = cursor.fetchone()
                if found:
                    yield Breach(9, "invariant.in_clear", model._meta.label_lower, field.name, {"rows": found})
