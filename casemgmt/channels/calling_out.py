"""Calls to addresses that somebody typed: over HTTPS, never into the house, never for long, never somewhere else.

The name is resolved once, every address found is looked at, and the one that was looked at is connected to; a second
look-up, a redirect or a proxy of the environment could lead elsewhere. See docs/decisions/0019.
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from casemgmt.channels.base import Answer, Gone, Unreachable, Unsendable
from casemgmt.models import OutboxMessage

CONNECT_WITHIN = 4.0
ANSWER_WITHIN = 8.0
ALL_WITHIN = 12.0
READ_AT_MOST = 2048
SHOWN_AT_MOST = 500
LONGEST_WAIT = 3600
PORTS = {"https": 443, "http": 80}
DEMO_PATH = "/demo/receiver/"
COME_AGAIN = frozenset({408, 425, 429, *range(500, 600)})
GONE = 410
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_FAILURE = OutboxMessage.Failure


class Place(NamedTuple):
    """An address taken apart; `path` holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def shown(self) -> str:
        """What pages may show of it: no path, which may be a secret."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"


def place_of(address: str) -> Place:
    """The parts of an address that may be called. Raises ValueError for anything but a plain web address."""
    if _NOT_IN_AN_ADDRESS.search(address):
        raise ValueError("no address")
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        raise ValueError("no address")
    host = parts.hostname.rstrip(".").encode("idna").decode("ascii") if ":" not in parts.hostname else parts.hostname
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    if not host or not port:
        raise ValueError("no address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, port, path.encode("ascii").decode("ascii"))


def may_be_called(place: Place, found: str) -> bool:
    """Whether this address of the place may be connected to: a public one over HTTPS, or one that a setting allows."""
    address = ipaddress.ip_address(found.partition("%")[0])
    if any(address in network for network in _allowed(tuple(settings.OUTGOING_PRIVATE_NETWORKS))):
        return True
    if _is_demo_receiver(place):
        return True
    return place.scheme == "https" and _is_public(address)


def _is_demo_receiver(place: Place) -> bool:
    """This machine's own receiver, at its one address, where it is switched on (casemgmt.demo_receiver)."""
    return settings.DEMO_RECEIVER and (place.scheme, place.host, place.path) == ("http", "127.0.0.1", DEMO_PATH)


def is_plainly_inside(place: Place) -> bool:
    """Whether the address itself, without asking anybody, leads into the house."""
    if place.host == "localhost" or place.host.endswith((".localhost", ".local", ".internal")):
        return not may_be_called(place, "127.0.0.1")
    try:
        return not may_be_called(place, place.host)
    except ValueError:
        return place.scheme != "https" and not settings.OUTGOING_PRIVATE_NETWORKS


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send the body; the answer of a side that took it. Raises Unreachable or Unsendable with what was answered."""
    started = time.monotonic()
    try:
        place = place_of(address)
    except (ValueError, UnicodeError) as error:
        raise Unsendable(_FAILURE.FORBIDDEN) from error
    connection = _Connection(place, _address_found(place, started))
    watch = threading.Timer(ALL_WITHIN, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", place.path, body, {"Host": place.shown, "Connection": "close", **headers})
        response = connection.getresponse()
        text, status = response.read(READ_AT_MOST), response.status
        wait = response.headers.get("Retry-After", "")
        if connection.was_cut:
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        took = _since(started)
        slow = isinstance(error, TimeoutError) or connection.was_cut
        code = _FAILURE.TOO_SLOW if slow else _FAILURE.UNREACHABLE
        raise Unreachable(code, Answer(milliseconds=took)) from error
    finally:
        watch.cancel()
        connection.close()
    return _judged(Answer(status, _plain(text), _since(started)), wait)


def _judged(answer: Answer, wait: str) -> Answer:
    if 200 <= answer.status < 300:
        return answer
    if answer.status == GONE:
        raise Gone(_FAILURE.REFUSED, answer)
    if answer.status in COME_AGAIN:
        asked = int(wait) if wait.isascii() and wait.isdecimal() and len(wait) < 6 else 0
        raise Unreachable(_FAILURE.REFUSED, answer, timedelta(seconds=min(asked, LONGEST_WAIT)) if asked else None)
    raise Unsendable(_FAILURE.REFUSED, answer)


def _address_found(place: Place, started: float) -> str:
    if place.scheme != "https" and not settings.OUTGOING_PRIVATE_NETWORKS and not _is_demo_receiver(place):
        raise Unsendable(_FAILURE.FORBIDDEN)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable(_FAILURE.UNREACHABLE, Answer(milliseconds=_since(started))) from error
    addresses = [entry[4][0] for entry in found]
    if not addresses or not all(may_be_called(place, address) for address in addresses):
        raise Unsendable(_FAILURE.FORBIDDEN, Answer(milliseconds=_since(started)))
    return addresses[0]


class _Connection(http.client.HTTPConnection):
    """To the address that was looked at, with the name that was asked for in its certificate."""

    def __init__(self, place: Place, found: str):
        super().__init__(place.host, place.port)
        self._place, self._found = place, found
        self.was_cut = False

    def connect(self):
        """Connect, and for HTTPS prove who answers."""
        sock = socket.create_connection((self._found, self._place.port), CONNECT_WITHIN)
        if self._place.scheme == "https":
            try:
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=self._place.host)
            except BaseException:
                sock.close()
                raise
        sock.settimeout(ANSWER_WITHIN)
        self.sock = sock

    def cut(self):
        """End a talk that drags on byte by byte."""
        self.was_cut = True
        if self.sock is not None:
            try:
                self.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return


@cache
def _allowed(networks: tuple[str, ...]):
    return [ipaddress.ip_network(network, strict=False) for network in networks]


def _is_public(address) -> bool:
    if address.version == 6:
        if address in _NAT64:
            return _is_public(ipaddress.ip_address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return _is_public(inner)
        if int(address) < 2**32 or address.teredo is not None:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _plain(text: bytes) -> str:
    return _CONTROL.sub(" ", text.decode("utf-8", "replace")).strip()[:SHOWN_AT_MOST]


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
