"""What administrators do about the running house: try again what failed, test an endpoint."""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casemgmt.channels.base import TEST
from casemgmt.ledger import signed
from casemgmt.models import Endpoint, EndpointKind, OutboxMessage, Retry
from casemgmt.violations import Violation, demand

RETRY = "casemgmt.retry_what_failed"
TEST_RIGHT = "casemgmt.change_endpoint"
AT_ONCE = 500


def violations_in_retry(message: OutboxMessage, *, by=None, at: datetime | None = None) -> Iterator[Violation]:
    """Only what was given up is tried again; nothing is for an endpoint that is off."""
    if message.failed_at is None:
        yield Violation("outbox.not_given_up")
    elif message.endpoint_id is not None and not message.endpoint.is_on:
        yield Violation("outbox.endpoint_off")


def violations_in_second_copy(message: OutboxMessage, *, by=None, at: datetime | None = None) -> Iterator[Violation]:
    """Only a webhook that has gone out goes out once more, under the same name."""
    if message.channel != EndpointKind.WEBHOOK:
        yield Violation("outbox.only_webhooks_again")
    elif message.sent_at is None:
        yield Violation("outbox.not_sent_yet")
    elif not message.endpoint.is_on:
        yield Violation("outbox.endpoint_off")


@transaction.atomic
def retry_message(message_id: int, *, by, at: datetime) -> OutboxMessage:
    """Let the relay try a message again that was given up, as if it were new. RuleBroken the second time."""
    message = _locked(message_id, by)
    demand(violations_in_retry(message))
    return _due_again(message, by, at)


@transaction.atomic
def send_again(message_id: int, *, by, at: datetime) -> OutboxMessage:
    """Let the relay send a webhook once more; the other side knows it by its id. RuleBroken until it has gone out."""
    message = _locked(message_id, by)
    demand(violations_in_second_copy(message))
    return _due_again(message, by, at)


@transaction.atomic
def retry_endpoint(endpoint_id: int, *, by, at: datetime) -> Endpoint:
    """Try again what was given up for one endpoint, the oldest 500 at once. The second time finds nothing."""
    _must_have(by, RETRY)
    endpoint = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint_id)
    demand([Violation("outbox.endpoint_off")] if not endpoint.is_on else [])
    dead = OutboxMessage.objects.filter(endpoint=endpoint, failed_at__isnull=False).order_by("pk")
    chosen = list(dead.values_list("pk", flat=True)[:AT_ONCE])
    with signed(by=by, reason="retry.asked", at=at):
        _note(endpoint, f"{len(chosen)} messages", by, at)
        OutboxMessage.objects.filter(pk__in=chosen).update(failed_at=None, attempts=0, not_before=at, last_error="")
        Endpoint.objects.filter(pk=endpoint.pk).update(free_from=None)
    return endpoint


@transaction.atomic
def ask_test(endpoint_id: int, *, by, at: datetime) -> Endpoint:
    """Put a test message for one endpoint into the outbox; what came of it stands in its deliveries a moment later."""
    _must_have(by, TEST_RIGHT)
    endpoint = Endpoint.objects.select_for_update(of=("self",)).get(pk=endpoint_id)
    with signed(by=by, reason="endpoint.tested", at=at):
        _note(endpoint, TEST, by, at)
        OutboxMessage.objects.create(
            kind=TEST,
            key=f"{endpoint.pk}>{TEST}:{by.pk}:{at.isoformat()}",
            channel=endpoint.kind,
            endpoint=endpoint,
            created_at=at,
            not_before=at,
        )
        Endpoint.objects.filter(pk=endpoint.pk).update(free_from=None)
    return endpoint


def _must_have(by, permission: str) -> None:
    if not by.has_perm(permission):
        raise PermissionDenied(permission)


def _locked(message_id: int, by) -> OutboxMessage:
    _must_have(by, RETRY)
    return OutboxMessage.objects.select_for_update(of=("self",)).select_related("endpoint").get(pk=message_id)


def _due_again(message: OutboxMessage, by, at: datetime) -> OutboxMessage:
    with signed(by=by, reason="retry.asked", at=at):
        _note(message, message.last_error, by, at)
        message.failed_at = message.sent_at = None
        message.attempts, message.not_before, message.last_error = 0, at, ""
        message.save(update_fields=["failed_at", "sent_at", "attempts", "not_before", "last_error"])
        if message.endpoint_id is not None:
            Endpoint.objects.filter(pk=message.endpoint_id).update(free_from=None)
    return message


def _note(row, failure: str, by, at: datetime) -> None:
    Retry.objects.create(
        subject_label=row._meta.label_lower, subject_pk=str(row.pk), failure=failure, asked_by=by, asked_at=at
    )
