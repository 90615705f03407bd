"""How an endpoint is treated that answers, rests, keeps a pace, or has been failing for so long that it is left."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q

from casemgmt.channels import Answer, Unsendable
from casemgmt.channels.base import TEST
from casemgmt.ledger import signed
from casemgmt.models import Delivery, Endpoint, OutboxMessage
from casemgmt.outbox import put
from casemgmt.people.accounts import service_account
from casemgmt.people.groups import GroupName
from casemgmt.people.models import Person

logger = logging.getLogger(__name__)

LEFT_AFTER = timedelta(days=1)
"""So long may an endpoint fail without one success; with the next message given up it is switched off."""
DELIVERIES_KEPT = timedelta(days=30)


def claim(message: OutboxMessage, pause: timedelta, now: datetime) -> datetime | None:
    """None when the endpoint may be called now, and then it is nobody else's for the pause; else when it may."""
    free = Endpoint.objects.filter(Q(free_from=None) | Q(free_from__lte=now), pk=message.endpoint_id)
    got = free.update(free_from=now + pause) if pause else free.exists()
    if got:
        return None
    return Endpoint.objects.values_list("free_from", flat=True).get(pk=message.endpoint_id) or now + pause


def postpone_all(endpoint_id: int, until: datetime) -> None:
    """What waits for the endpoint waits until then; what somebody has in hand is left alone."""
    waiting = OutboxMessage.objects.waiting().filter(endpoint=endpoint_id, lease=None, not_before__lt=until)
    waiting.update(not_before=until)


def demand_on(message: OutboxMessage) -> None:
    """Raise Unsendable for an endpoint that is switched off, or whose owner left; a test may go there all the same."""
    owner = message.endpoint.owner
    if owner is not None and not owner.is_active:
        raise Unsendable(OutboxMessage.Failure.SWITCHED_OFF)
    if not message.endpoint.is_on and message.kind != TEST:
        raise Unsendable(OutboxMessage.Failure.SWITCHED_OFF)


def note_try(message: OutboxMessage, now: datetime, answer: Answer, failure: str = "") -> None:
    """One line in the log of deliveries; lines older than a month go."""
    Delivery.objects.create(
        endpoint_id=message.endpoint_id,
        message=message,
        at=now,
        milliseconds=answer.milliseconds,
        status=answer.status,
        failure=failure,
        answer=answer.text,
    )
    Delivery.objects.filter(endpoint=message.endpoint_id, at__lt=now - DELIVERIES_KEPT).delete()


def worked(message: OutboxMessage, now: datetime, answer: Answer | None, *, milliseconds: int) -> None:
    """The endpoint took it: whatever it failed at before is forgotten."""
    note_try(message, now, answer or Answer(milliseconds=milliseconds))
    Endpoint.objects.filter(pk=message.endpoint_id, failures__gt=0).update(failures=0, failing_since=None)


def failed(message: OutboxMessage, now: datetime, *, rest: timedelta | None, gone: bool, given_up: bool) -> None:
    """Count the failure; with `rest` nothing is sent for so long; an endpoint gone or hopeless is switched off."""
    endpoint = Endpoint.objects.get(pk=message.endpoint_id)
    since = endpoint.failing_since or now
    Endpoint.objects.filter(pk=endpoint.pk).update(failures=F("failures") + 1, failing_since=since)
    if rest is not None:
        Endpoint.objects.filter(pk=endpoint.pk).update(free_from=now + rest)
        postpone_all(endpoint.pk, now + rest)
    if endpoint.is_on and (gone or (given_up and now - since >= LEFT_AFTER)):
        _switch_off(endpoint, now)


def _switch_off(endpoint: Endpoint, now: datetime) -> None:
    with signed(by=service_account(), reason="endpoint.switched_off", at=now, source="task"):
        if not Endpoint.objects.filter(pk=endpoint.pk, is_on=True).update(is_on=False):
            return
    logger.error("outbox: endpoint %s is switched off, it failed for too long", endpoint.pk)
    keepers = Person.objects.filter(groups__name=GroupName.ADMINISTRATORS, is_active=True).distinct()
    for person in keepers if endpoint.owner is None else [endpoint.owner]:
        put(
            "notice.endpoint_switched_off",
            key=f"notice.endpoint_switched_off:{endpoint.pk}:{now.isoformat()}:{person.pk}",
            to=person,
            at=now,
            subject=endpoint,
            params={"name": endpoint.name if endpoint.owner is None else endpoint.get_kind_display()},
        )
