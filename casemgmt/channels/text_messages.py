"""Text messages to colleagues on duty, by a provider that sends approved templates: code and parameters.

The call is the one that Alibaba Cloud documents (SendSms, version 2017-05-25, signature ACS3-HMAC-SHA256); a gateway
that speaks like it can stand in between.
"""

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.utils import translation

from casemgmt.channels.base import Channel, Unreachable, Unsendable
from casemgmt.channels.calling_out import place_of, post
from casemgmt.channels.webhooks import message_id
from casemgmt.models import EndpointKind, OutboxMessage
from casemgmt.notice_kinds import kind_of
from casemgmt.privacy.sealed import reveal

ALGORITHM = "ACS3-HMAC-SHA256"
MOST_NUMBERS = 20
_FAILURE = OutboxMessage.Failure


def numbers_in(text: str) -> list[str]:
    """The phone numbers of a list with commas, spaces or line ends between them."""
    return [number for number in re.split(r"[\s,;，；、]+", text) if number]


class TextMessages(Channel):
    """One text message to each number of the endpoint: the number of the case and the kind of event, no more."""

    name = EndpointKind.SMS.value
    pause = timedelta(seconds=2)

    def send(self, messages, *, now: datetime):
        """Send one message; the provider's own code says whether it was taken."""
        (message,) = messages
        with translation.override(settings.LANGUAGE_CODE):
            params = {"case": message.case_number or "-", "event": str(kind_of(message.kind).label)}
        return hand_to_gateway(message, numbers_in(reveal(message.endpoint.numbers)), params, now=now)


def hand_to_gateway(message: OutboxMessage, numbers: list[str], params: dict[str, str], *, now: datetime):
    """Let the gateway of the message send one text to these numbers; `params` fill the approved template.

    The name of the message goes along, by which a gateway knows a second copy. Raises Unreachable and Unsendable.
    """
    endpoint = message.endpoint
    query = {
        "OutId": message_id(message),
        "PhoneNumbers": ",".join(numbers),
        "SignName": endpoint.sign_name,
        "TemplateCode": endpoint.template_code,
        "TemplateParam": json.dumps(params, ensure_ascii=False, sort_keys=True),
    }
    address = reveal(endpoint.address)
    nonce = f"{query['OutId']}-{message.attempts}"
    path, headers = signed_call(address, query, endpoint.access_key, reveal(endpoint.secret), now, nonce)
    place = place_of(address)
    answer = post(f"{place.scheme}://{place.shown}{path}", b"", headers)
    try:
        code = json.loads(answer.text).get("Code", "")
    except (ValueError, AttributeError):
        code = ""
    if "LIMIT" in code or "Throttling" in code:
        raise Unreachable(_FAILURE.REFUSED, answer, timedelta(minutes=1))
    if code != "OK":
        raise Unsendable(_FAILURE.REFUSED, answer)
    return answer


def signed_call(address: str, query: dict, access_key: str, secret: str, now: datetime, nonce: str):
    """Path with query, and headers, of a signed call with an empty body."""
    place = place_of(address)
    canonical_query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(query.items()))
    empty = hashlib.sha256(b"").hexdigest()
    headers = {
        "host": place.shown,
        "x-acs-action": "SendSms",
        "x-acs-content-sha256": empty,
        "x-acs-date": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": "2017-05-25",
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    path = place.path.partition("?")[0]
    request = "\n".join(("POST", path, canonical_query, lines, names, empty))
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    digest = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    authorization = f"{ALGORITHM} Credential={access_key},SignedHeaders={names},Signature={digest}"
    del headers["host"]
    return f"{path}?{canonical_query}", {**headers, "Authorization": authorization}


def _quoted(value: str) -> str:
    return quote(value, safe="-_.~")
