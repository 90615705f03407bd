"""Brokers for tests and benchmarks: a real one, and four that are of no use – each a context that gives an address."""

import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import redis

from casemgmt import embedded

ANSWERS_AFTER = 0.5
EMPTIED_EVERY = 0.01


@contextmanager
def a_broker(directory: Path) -> Iterator[str]:
    """A real one of this test's own."""
    place = directory / "v.sock"
    process = subprocess.Popen(embedded.broker_command(place, directory / "data"), stdout=subprocess.DEVNULL)
    assert embedded.wait_until_it_answers(place)
    try:
        yield _address(place)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def a_refusing_broker(directory: Path) -> Iterator[str]:
    """Nobody listens."""
    yield _address(directory / "nobody.sock")


@contextmanager
def a_hung_broker(directory: Path) -> Iterator[str]:
    """Takes every connection and never says a word."""
    with closing(socket.socket(socket.AF_UNIX)) as deaf:
        deaf.bind(str(directory / "deaf.sock"))
        deaf.listen(500)
        yield _address(directory / "deaf.sock")


@contextmanager
def a_slow_broker(directory: Path) -> Iterator[str]:
    """Answers each call after half a second."""
    with closing(socket.socket(socket.AF_UNIX)) as slow:
        slow.bind(str(directory / "slow.sock"))
        slow.listen(500)
        threading.Thread(target=_answer_slowly, args=(slow,), daemon=True).start()
        yield _address(directory / "slow.sock")


@contextmanager
def a_flushed_broker(directory: Path) -> Iterator[str]:
    """A real one that is emptied every hundredth of a second."""
    done = threading.Event()

    def flush(place):
        with redis.Redis.from_url(place.replace("redis+socket://", "unix://")) as client:
            while not done.wait(EMPTIED_EVERY):
                client.flushall()

    with a_broker(directory) as address:
        thread = threading.Thread(target=flush, args=(address,))
        thread.start()
        try:
            yield address
        finally:
            done.set()
            thread.join()


USELESS = (a_refusing_broker, a_hung_broker, a_slow_broker, a_flushed_broker)


def _address(place: Path) -> str:
    return f"redis+socket://{place}"


def _answer_slowly(slow: socket.socket) -> None:
    while True:
        try:
            talk, _address_of_caller = slow.accept()
            talk.recv(4096)
            time.sleep(ANSWERS_AFTER)
            talk.sendall(b"+PONG\r\n")
        except OSError:
            return
