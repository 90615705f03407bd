"""Telling the worker that something waits, once it is written; when the broker is away, the next sweep finds it."""

from django.db import transaction

from casemgmt.celery import app as bell


def ring_after_commit(task: str, key: int) -> None:
    """Ring for this row when the transaction is through. A broker that does not answer is logged and hurts nobody."""

    def ring():
        bell.send_task(task, args=[key])

    transaction.on_commit(ring, robust=True)
