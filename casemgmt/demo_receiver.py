"""The other side of a webhook, played by the house itself, so that a newcomer sees messages arrive and verified.

Only where nothing is to be installed (DEMO_RECEIVER, on in an embedded installation, refused elsewhere by check E016).
The secret lies beside the database; what arrived is a file of the last messages, and no table.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from casemgmt.adminkit.moment import moment
from casemgmt.channels.calling_out import DEMO_PATH
from casemgmt.channels.webhooks import signature
from casemgmt.keys import kept_key
from casemgmt.ledger import signed
from casemgmt.models import Endpoint, EndpointKind
from casemgmt.notice_kinds import event_kinds
from casemgmt.privacy.models import PersonKey
from casemgmt.privacy.sealed import seal

NAME = "Demo receiver"
MOST_BYTES = 64 * 1024
KEPT = 50
MAY_BE_OLD = 300


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as it came: whether its signature is right, what stands in it."""

    at: datetime
    name: str
    is_genuine: bool
    body: str

    @property
    def type(self) -> str:
        """The event; "" for what is no message of ours."""
        try:
            return str(json.loads(self.body).get("type", ""))
        except (ValueError, AttributeError):
            return ""


def _secret() -> str:
    return kept_key(settings.VAR_DIR / "secrets" / "demo_receiver")


def _file() -> Path:
    return settings.VAR_DIR / "demo_receiver.json"


def arrivals() -> list[Arrival]:
    """The last messages, the newest first."""
    try:
        rows = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [
        Arrival(datetime.fromtimestamp(row["at"], UTC), row["name"], row["is_genuine"], row["body"])
        for row in reversed(rows)
    ]


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Take a message of anybody and say whether the signature is right, as another program would: 204 or 401."""
    if not settings.DEMO_RECEIVER:
        raise Http404
    body = request.read(MOST_BYTES)
    at = moment(request)
    name, sent = request.headers.get("webhook-id", "")[:80], request.headers.get("webhook-timestamp", "")[:20]
    is_genuine = _is_genuine(name, sent, body, request.headers.get("webhook-signature", "")[:500], at)
    row = {"at": at.timestamp(), "name": name, "is_genuine": is_genuine, "body": body.decode("utf-8", "replace")}
    _keep(row)
    return HttpResponse(status=204 if is_genuine else 401)


def _is_genuine(name: str, sent: str, body: bytes, given: str, at: datetime) -> bool:
    """As docs/webhooks.md tells the other side to do it."""
    if not (sent.isascii() and sent.isdecimal()) or abs(at.timestamp() - int(sent)) > MAY_BE_OLD:
        return False
    expected = signature(_secret(), name, int(sent), body)
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in given.split())


def _keep(row: dict) -> None:
    """Two at once may lose one of the two: it is a demonstration."""
    try:
        rows = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        rows = []
    _file().write_text(json.dumps([*rows, row][-KEPT:]), encoding="utf-8")


@transaction.atomic
def make_demo_endpoint(*, by, at: datetime, port: str) -> Endpoint:
    """An endpoint that leads to this house, told of every kind. Again, it is switched on and leads here once more."""
    endpoint = Endpoint.objects.filter(name=NAME).first() or Endpoint(name=NAME)
    key = endpoint.key or PersonKey.fresh()
    endpoint.kind, endpoint.key, endpoint.is_on = EndpointKind.WEBHOOK, key, True
    endpoint.host = f"127.0.0.1:{port}"
    endpoint.address = seal(key, f"http://127.0.0.1:{port}{DEMO_PATH}")
    endpoint.secret = seal(key, _secret())
    endpoint.events = [kind.name for kind in event_kinds()]
    endpoint.failures, endpoint.failing_since, endpoint.free_from = 0, None, None
    with signed(by=by, reason="endpoint.demo_made", at=at):
        endpoint.save()
    return endpoint
