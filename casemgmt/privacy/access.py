"""The record of who looked, took away, or was not allowed to."""

from datetime import datetime

from django.db import models, transaction

from casemgmt.privacy.models import AccessEvent, AccessKind


def note(
    kind: AccessKind,
    *,
    by,
    at: datetime,
    subject: models.Model | None = None,
    subject_label: str = "",
    subject_pk: object = "",
    field: str = "",
    reason: str = "",
    statement: models.Model | None = None,
    request: str = "",
    own_transaction: bool = False,
) -> AccessEvent:
    """Write one access event. `reason` is a code; typed words are given as the `statement` that holds them.

    A refused right is noted after the rollback of what was refused, or the rollback would lose it: pass
    `own_transaction=True`, and calling it inside another transaction is then a RuntimeError.
    Somebody who is not logged in is noted as "anonymous".
    """
    known = getattr(by, "pk", None) is not None
    event = AccessEvent(
        kind=kind,
        person_id=str(by.pk) if known else "",
        person_name=(by.get_full_name() or by.get_username()) if known else "anonymous",
        subject_label=subject._meta.label_lower if subject is not None else subject_label[:100],
        subject_pk=str(subject.pk if subject is not None else subject_pk)[:64],
        subject_field=field[:100],
        reason=reason[:100],
        statement_id=statement.pk if statement is not None else None,
        request=request[:64],
        at=at,
    )
    with transaction.atomic(durable=own_transaction):
        event.save(force_insert=True)
    return event
