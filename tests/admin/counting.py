"""What only an act may add to: every history, every notice, every letter; and beside them the access log."""

from django.apps import apps
from django.db import connection

from casemgmt.models import Notice, OutboxMessage
from casemgmt.privacy.models import AccessEvent


def kept_tables() -> list[str]:
    """The tables of history, notices and letters."""
    histories = [model for model in apps.get_models() if hasattr(model, "instance_type")]
    return sorted({model._meta.db_table for model in (*histories, Notice, OutboxMessage)})


def kept() -> tuple[int, ...]:
    """The rows of each, counted in one statement."""
    counts = ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in kept_tables())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return cursor.fetchone()


def events() -> int:
    """How many access events there are."""
    return AccessEvent.objects.count()
