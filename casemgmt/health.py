"""Whether the house is well, for the machine that watches it: no names, no addresses, no secrets."""

import shutil
import time
from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casemgmt import sweeps
from casemgmt.celery import SWEEPS
from casemgmt.ledger.health import problems

BORN = time.monotonic()
SWEEP_MAY_BE_OLD = timedelta(minutes=5)
LEAST_FREE_BYTES = 200 * 1024 * 1024


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when this process can answer people, that is, when its database answers; else 503."""
    database = _database()
    return JsonResponse({"database": database}, status=200 if database == "ok" else 503)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when everything is well, 503 with the ailing part named when it is not."""
    parts = {"database": _database(), "broker": _broker(), "disk": _disk()}
    if parts["database"] == "ok":
        parts |= {"ledger": _ledger(), "sweeps": _sweeps(timezone.now())}
    well = all(part == "ok" for part in parts.values())
    return JsonResponse({"status": "ok" if well else "ailing"} | parts, status=200 if well else 503)


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _broker():
    if not settings.CELERY_BROKER_URL:
        return "missing"
    try:
        client = redis.Redis.from_url(
            settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://"), socket_timeout=1, socket_connect_timeout=1
        )
        with client:
            client.ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"


def _disk():
    return (
        "ok"
        if shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR).free
        > LEAST_FREE_BYTES
        else "nearly full"
    )


def _ledger():
    missing = len(problems())
    return "ok" if not missing else f"{missing} things are not guarded; run migrate"


def _sweeps(now):
    last = sweeps.last_completed()
    late = [name for name in SWEEPS if name in last and now - last[name] > SWEEP_MAY_BE_OLD]
    if time.monotonic() - BORN > SWEEP_MAY_BE_OLD.total_seconds():
        late += [name for name in SWEEPS if name not in last]
    return "ok" if not late else "late: " + ", ".join(sorted(late))
