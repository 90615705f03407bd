"""A clamd on loopback for tests: speaks INSTREAM as the real one does, and finds one word."""

import socket
import struct
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field

VIRUS = b"this-is-malware"


@dataclass
class Clamd:
    """Where it listens, and what it was sent. `answers` overrides what it says."""

    url: str
    received: list[bytes] = field(default_factory=list)
    answers: bytes = b""


def _whole(channel: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        block = channel.recv(size - len(found))
        if not block:
            break
        found += block
    return found


def _serve(listener: socket.socket, clamd: Clamd) -> None:
    while True:
        try:
            channel, _address = listener.accept()
        except OSError:
            return
        with channel:
            assert _whole(channel, 10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!I", _whole(channel, 4))[0]:
                content += _whole(channel, size)
            clamd.received.append(content)
            verdict = b"stream: Test.Word FOUND\0" if VIRUS in content else b"stream: OK\0"
            channel.sendall(clamd.answers or verdict)


@contextmanager
def a_clamd(path: str = ""):
    """Running while the block runs, on a port of loopback or at a socket in the file system."""
    listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    listener.bind(path or ("127.0.0.1", 0))
    listener.listen()
    clamd = Clamd(f"unix://{path}" if path else f"tcp://127.0.0.1:{listener.getsockname()[1]}")
    threading.Thread(target=_serve, args=(listener, clamd), daemon=True).start()
    try:
        yield clamd
    finally:
        listener.close()


def nobody_listens() -> str:
    """An address at which no clamd answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{taken.getsockname()[1]}"
