"""A server on this machine that plays the other side of a webhook or a robot, and remembers what it was sent."""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> dict:
        return json.loads(self.body)


@dataclass
class OtherSide:
    """What it got, and what it answers: a status, a text, headers; `drips` sends a byte now and then for ever."""

    port: int = 0
    status: int = 200
    text: str = "{}"
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False
    got: list[Received] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def an_other_side():
    """Runs while the test does."""
    side = OtherSide()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            side.got.append(Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if side.drips:
                self._drip()
                return
            answer = side.text.encode()
            self.send_response(side.status)
            for name, value in side.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def _drip(self):
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
                for _second in range(100):
                    self.wfile.write(b"x")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                return

        def log_message(self, *args):
            """The test tells enough."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    side.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield side
    finally:
        server.shutdown()
        server.server_close()
