"""What the running of the house keeps in the database: messages that go out and where to, notices, sweeps."""

from casemgmt.models.endpoints import ROBOTS, Endpoint, EndpointKind, EndpointQuerySet
from casemgmt.models.notices import Notice, NoticeQuerySet, NoticeSettings
from casemgmt.models.outbox import Delivery, OutboxMessage, OutboxQuerySet, Retry
from casemgmt.models.sweeps import Pulse, Sweep, Turn

__all__ = [
    "ROBOTS",
    "Delivery",
    "Endpoint",
    "EndpointKind",
    "EndpointQuerySet",
    "Notice",
    "NoticeQuerySet",
    "NoticeSettings",
    "OutboxMessage",
    "OutboxQuerySet",
    "Pulse",
    "Retry",
    "Sweep",
    "Turn",
]
