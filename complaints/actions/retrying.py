"""Letting a sweep take a row again at once that it had set aside."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.ledger import signed
from casemgmt.models import Retry
from complaints.models import SetAside

RIGHT = "casemgmt.retry_what_failed"


@transaction.atomic
def retry_set_aside(row_id: int, *, by, at: datetime) -> SetAside:
    """The next run of the sweep takes the row. For administrators and supervisors; the ledger keeps who asked.

    Harmless twice. Raises SetAside.DoesNotExist when the sweep dealt with the row meanwhile.
    """
    if not by.has_perm(RIGHT):
        raise PermissionDenied(RIGHT)
    aside = SetAside.objects.select_for_update().get(pk=row_id)
    with signed(by=by, reason="set_aside.retried", at=at):
        Retry.objects.create(
            subject_label=aside.subject_label,
            subject_pk=str(aside.row),
            failure=aside.reason,
            asked_by=by,
            asked_at=at,
        )
        aside.retry_at = at
        aside.save(update_fields=["retry_at"])
    return aside
