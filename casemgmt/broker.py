"""How the broker is asked whether it is there, briefly: nobody waits for it longer than a second."""

import redis
from django.conf import settings

QUEUE = "celery"
PATIENCE = 1


def _client() -> redis.Redis:
    address = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://")
    return redis.Redis.from_url(address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def state() -> str:
    """ "ok", "missing" when nobody named one, "unreachable" when it does not answer in time."""
    if not settings.CELERY_BROKER_URL:
        return "missing"
    try:
        with _client() as client:
            client.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"


def rings_waiting() -> int | None:
    """How many rings wait for a worker; None when the broker cannot be asked."""
    if not settings.CELERY_BROKER_URL:
        return None
    try:
        with _client() as client:
            return client.llen(QUEUE)
    except redis.RedisError:
        return None
