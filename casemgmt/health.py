"""Whether the house is well, for the machine that watches it: no names, no addresses, no secrets."""

import shutil
import time
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casemgmt import broker, health_parts, pulses, sweeps
from casemgmt.celery import SWEEPS
from casemgmt.ledger.health import problems

BORN = time.monotonic()
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
    """200 when everything is well, 503 with the ailing part named when it is not. No sign-in, a few milliseconds."""
    parts = {"database": _database(), "broker": broker.state(), "disk": _disk()}
    if parts["database"] == "ok":
        at = timezone.now()
        parts |= {"ledger": _ledger(), "sweeps": _sweeps(at), **_signs_of_life(at), **health_parts.answers()}
    well = all(part == "ok" for part in parts.values())
    return JsonResponse({"status": "ok" if well else "ailing"} | parts, status=200 if well else 503)


def free_bytes() -> int:
    """What is free where the data lie."""
    return shutil.disk_usage(settings.VAR_DIR if settings.VAR_DIR.exists() else settings.BASE_DIR).free


def is_new(grace: timedelta) -> bool:
    """Whether this process is so young that what it waits for may not have happened yet."""
    return time.monotonic() - BORN <= grace.total_seconds()


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _disk():
    return "ok" if free_bytes() > LEAST_FREE_BYTES else "nearly full"


def _ledger():
    missing = len(problems())
    return "ok" if not missing else f"{missing} things are not guarded; run migrate"


def _sweeps(at):
    late = [name for name, ended in sweeps.late(SWEEPS, at).items() if ended or not is_new(sweeps.MAY_BE_OLD)]
    return "ok" if not late else "late: " + ", ".join(late)


def _signs_of_life(at):
    heard = pulses.last_heard()
    parts = {}
    for name in (pulses.BEAT, pulses.RELAY):
        last = heard.get(name)
        if last is None:
            parts[name] = "ok" if is_new(sweeps.MAY_BE_OLD) else "never heard"
        else:
            silent = at - last
            parts[name] = "ok" if silent <= pulses.SILENT_AFTER else f"silent for {int(silent.total_seconds())} s"
    return parts
