"""The malware scanner: a small client of clamd, which takes the bytes as a stream and says what it found.

`CLAMD_URL` says where it listens: `tcp://host:3310` or `unix:///run/clamav/clamd.ctl`. Without it nothing is scanned.
"""

import socket
import struct
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

CONNECTED_WITHIN = 2.0
ANSWERED_WITHIN = 30.0
BLOCK = 64 * 1024
LONGEST_ANSWER = 4096
DEFAULT_PORT = 3310


class ScannerAway(Exception):
    """The scanner cannot be asked, or did not answer as one; the file is neither clean nor infected."""


def is_configured() -> bool:
    """Whether files are scanned at all."""
    return bool(settings.CLAMD_URL)


def scan(file: IO[bytes]) -> str:
    """Send the bytes from the beginning: "" when clean, else the name of what was found. Raises ScannerAway."""
    file.seek(0)
    try:
        with _connected() as channel:
            channel.settimeout(ANSWERED_WITHIN)
            channel.sendall(b"zINSTREAM\0")
            while block := file.read(BLOCK):
                channel.sendall(struct.pack("!I", len(block)) + block)
            channel.sendall(struct.pack("!I", 0))
            answer = _answer(channel)
    except OSError as failure:
        raise ScannerAway(type(failure).__name__) from failure
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")[:100]
    raise ScannerAway(answer[:100] or "no answer")


def _connected() -> socket.socket:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        channel.settimeout(CONNECTED_WITHIN)
        try:
            channel.connect(address.path)
        except OSError:
            channel.close()
            raise
        return channel
    return socket.create_connection((address.hostname, address.port or DEFAULT_PORT), timeout=CONNECTED_WITHIN)


def _answer(channel: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        block = channel.recv(LONGEST_ANSWER)
        if not block:
            break
        told += block
    return told.rstrip(b"\0\n").decode("utf-8", "replace")
