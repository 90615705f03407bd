"""Webhooks in the manner of Standard Webhooks: a signed JSON body that names a case and no person."""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime

from casemgmt.channels.base import Channel
from casemgmt.channels.calling_out import post
from casemgmt.models import EndpointKind, OutboxMessage
from casemgmt.privacy.sealed import reveal

PREFIX = "whsec_"


def message_id(message: OutboxMessage) -> str:
    """The name of a message for ever: a second copy, after a crash or by the button, bears the same."""
    return f"msg_{hashlib.sha256(message.key.encode()).hexdigest()[:32]}"


def body_of(message: OutboxMessage) -> bytes:
    """Event, time, case and codes; no name, no words, no amount. The same bytes each time."""
    return json.dumps(
        {
            "type": message.kind.removeprefix("notice."),
            "timestamp": message.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "data": {
                "case_number": message.case_number,
                "subject": message.subject_label,
                "subject_id": message.subject_pk,
                **message.params,
            },
        },
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def signature(secret: str, name: str, seconds: int, body: bytes) -> str:
    """HMAC-SHA256 over name, time and body, as the header carries it."""
    signed = f"{name}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


class Webhooks(Channel):
    """To other programs; any answer from 200 to 299 counts as taken."""

    name = EndpointKind.WEBHOOK.value
    forgets = False

    def send(self, messages, *, now: datetime):
        """Send one message, signed at this moment."""
        (message,) = messages
        name, seconds, body = message_id(message), int(now.timestamp()), body_of(message)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "casemgmt-webhooks/1",
            "webhook-id": name,
            "webhook-timestamp": str(seconds),
            "webhook-signature": signature(reveal(message.endpoint.secret), name, seconds, body),
        }
        return post(reveal(message.endpoint.address), body, headers)


def _key(secret: str) -> bytes:
    """The bytes of a secret: base64 after "whsec_", else the text itself."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            return secret.encode()
    return secret.encode()
