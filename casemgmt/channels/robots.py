"""Robots of groups in WeCom, DingTalk and Feishu, in the formats that these document."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation

from casemgmt.channels.base import Answer, Channel, Unreachable, Unsendable, words_for_a_group
from casemgmt.channels.calling_out import post
from casemgmt.models import EndpointKind, OutboxMessage
from casemgmt.notice_kinds import kind_of
from casemgmt.notice_words import outside_address, sentence_of, way_of
from casemgmt.privacy.sealed import reveal

JSON = {"Content-Type": "application/json; charset=utf-8"}
LONGEST_BYTES = 2000
"""WeCom takes 2,048 bytes of text; the others more."""
_FAILURE = OutboxMessage.Failure


class Robot(Channel):
    """A robot takes at most twenty messages a minute, so one every three seconds and a little."""

    pause = timedelta(seconds=60 / 19)
    taken = frozenset({0})
    too_many: frozenset[int] = frozenset()
    number = "errcode"

    def send(self, messages, *, now: datetime):
        """Send one message and read the robot's own answer, which says no with status 200."""
        (message,) = messages
        secret = reveal(message.endpoint.secret) if message.endpoint.secret else ""
        address, body = self.written(reveal(message.endpoint.address), text_of(message), secret, now)
        answer = post(address, json.dumps(body, ensure_ascii=False).encode(), JSON)
        code = self.code_in(answer)
        if code in self.too_many:
            raise Unreachable(_FAILURE.REFUSED, answer, timedelta(minutes=1))
        if code not in self.taken:
            raise Unsendable(_FAILURE.REFUSED, answer)
        return answer

    def written(self, address: str, text: str, secret: str, now: datetime) -> tuple[str, dict]:
        """The address to call and what to send there."""
        raise NotImplementedError

    def code_in(self, answer: Answer) -> int | None:
        """The number by which the robot says what it thinks; None when it says something else."""
        try:
            said = json.loads(answer.text)
        except ValueError:
            return None
        return said.get(self.number) if isinstance(said, dict) else None


class WeComRobot(Robot):
    """企业微信: the key stands in the address; there is no signature."""

    name = EndpointKind.WECOM.value
    too_many = frozenset({45009})

    def written(self, address, text, secret, now):
        """A text message."""
        return address, {"msgtype": "text", "text": {"content": text}}


class DingTalkRobot(Robot):
    """钉钉: milliseconds and a signature in the address."""

    name = EndpointKind.DINGTALK.value
    too_many = frozenset({130101, 410100})

    def written(self, address, text, secret, now):
        """A text message; signed when the robot has a secret."""
        if secret:
            milliseconds = int(now.timestamp() * 1000)
            digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
            query = urlencode({"timestamp": milliseconds, "sign": base64.b64encode(digest).decode()})
            address = f"{address}{'&' if '?' in address else '?'}{query}"
        return address, {"msgtype": "text", "text": {"content": text}}


class FeishuRobot(Robot):
    """飞书: seconds and a signature in the body; the secret is the key, the message signed is empty."""

    name = EndpointKind.FEISHU.value
    number = "code"
    too_many = frozenset({9499, 11232})

    def written(self, address, text, secret, now):
        """A text message; signed when the robot has a secret."""
        body = {"msg_type": "text", "content": {"text": text}}
        if secret:
            seconds = int(now.timestamp())
            digest = hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()
            body |= {"timestamp": str(seconds), "sign": base64.b64encode(digest).decode()}
        return address, body


def text_of(message: OutboxMessage) -> str:
    """What a group reads: the kind, the case, what happened, and the way to the case where the house has an address.

    One person's own robot says it to that person, in their language.
    """
    owner = message.endpoint.owner
    with translation.override((owner and owner.language) or settings.LANGUAGE_CODE):
        said = words_for_a_group(message) if owner is None else _words_for_one(message)
        lines = [f"【{kind_of(message.kind).label}】{said}", link_of(message)]
    text = "\n".join(filter(None, lines))
    return text.encode()[:LONGEST_BYTES].decode(errors="ignore")


def link_of(message: OutboxMessage) -> str:
    """Where it leads; "" when nobody told the house its own address, or what it is about has no page."""
    return outside_address(way_of(message.kind, message.subject_label, message.subject_pk))


def _words_for_one(message: OutboxMessage) -> str:
    try:
        sentence = sentence_of(message.kind, message.params)
    except (KeyError, TypeError, ValueError) as error:
        raise Unsendable(_FAILURE.UNREADABLE) from error
    return " ".join(filter(None, (message.case_number, sentence)))
