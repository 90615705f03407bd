"""How fast the relay empties the outbox, against the database's own limit; and saves while the broker is away.

    python -m benchmarks.outbox [sqlite|postgresql]

The limit is the same work by hand: for each message one guarded UPDATE that takes it in hand and one that notes it as
sent, with nothing sent in between. The second part saves 200 cases beside a broker that refuses, hangs or is flushed
all the time, and relays everything afterwards.
"""

import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from contextlib import closing, contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path

from benchmarks.house import AT, ENGINES, a_database

MESSAGES = 2000
SAVES = 200


def main() -> None:
    """Measure each engine in a process of its own."""
    for engine in sys.argv[1:] or ENGINES:
        process = multiprocessing.get_context("spawn").Process(target=_measure, args=(engine,))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(process.exitcode)


def _measure(engine: str) -> None:
    with a_database(engine):
        import_module("django.core.management").call_command("migrate", verbosity=0)
        person = _somebody()
        by_hand, relayed = [], []
        for turn in range(3):
            _fill(person, turn, "hand")
            by_hand.append(_timed(_by_hand))
            _fill(person, turn, "relay")
            relayed.append(_timed(_by_relay))
        hand, relay = statistics.median(by_hand), statistics.median(relayed)
        print(f"{engine}: relay {MESSAGES / relay:,.0f} messages/s, by hand {MESSAGES / hand:,.0f}/s")
        print(f"{engine}: {relay / hand:.2f} times the hand-written statements", flush=True)
        for name, broker in (("refuses", _refusing), ("hangs", _hung), ("is flushed", _flushed)):
            _saves_beside(engine, name, broker, person)


def _somebody():
    signed, signer = (getattr(import_module("casemgmt.ledger"), name) for name in ("signed", "Signer"))
    with signed(by=signer("benchmark"), reason="benchmark"):
        people = import_module("casemgmt.people.models").Person.objects
        return people.create(username="lin", name="林芳", email="lin@shop.example")


def _fill(person, turn: int, kind: str) -> None:
    outbox = import_module("casemgmt.outbox")
    words = [outbox.Word("notice.case_registered", f"{kind}:{turn}:{n}", person) for n in range(MESSAGES)]
    outbox.put_many(words, at=AT)


def _timed(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _by_relay() -> None:
    taken = import_module("casemgmt.relaying").relay_due(AT, lambda *messages: None)
    assert taken == (MESSAGES, MESSAGES), taken


def _by_hand() -> None:
    messages = import_module("casemgmt.models").OutboxMessage.objects
    for key in list(messages.waiting().values_list("pk", flat=True)):
        lease = uuid.uuid4()
        messages.filter(pk=key, lease=None).update(lease=lease, leased_until=AT + timedelta(minutes=5), attempts=1)
        messages.filter(pk=key, lease=lease).update(sent_at=AT, lease=None, leased_until=None, params={})


def _saves_beside(engine: str, name: str, broker, person) -> None:
    settings = import_module("django.conf").settings
    signed = import_module("casemgmt.ledger").signed
    models = import_module("complaints.models")
    outbox = import_module("casemgmt.outbox")
    took = []
    with tempfile.TemporaryDirectory(prefix="b-") as directory, broker(Path(directory)) as address:
        settings.CELERY_BROKER_URL = address
        for number in range(SAVES):
            started = time.perf_counter()
            with signed(by=person, reason="benchmark", at=AT):
                tag = models.Tag.objects.create(name=f"{name} {number}")
                outbox.put("notice.case_registered", key=f"{name}:{number}", to=person, at=AT, subject=tag)
            took.append(time.perf_counter() - started)
    slowest = statistics.quantiles(took, n=20)[-1]
    sent = import_module("casemgmt.relaying").relay_due(AT, lambda *messages: None)[1]
    print(f"{engine}: broker {name}: {SAVES} saved, p95 {slowest * 1000:.0f} ms, {sent} sent afterwards", flush=True)


@contextmanager
def _refusing(directory: Path):
    yield f"redis+socket://{directory}/nobody.sock"


@contextmanager
def _hung(directory: Path):
    with closing(socket.socket(socket.AF_UNIX)) as deaf:
        deaf.bind(str(directory / "deaf.sock"))
        deaf.listen(500)
        yield f"redis+socket://{directory}/deaf.sock"


@contextmanager
def _flushed(directory: Path):
    embedded, redis = import_module("casemgmt.embedded"), import_module("redis")
    place = directory / "v.sock"
    process = subprocess.Popen(embedded.broker_command(place, directory / "data"), stdout=subprocess.DEVNULL)
    embedded.wait_until_it_answers(place)
    done = threading.Event()

    def flush():
        with redis.Redis(unix_socket_path=str(place)) as client:
            while not done.wait(0.005):
                client.flushall()

    thread = threading.Thread(target=flush)
    thread.start()
    try:
        yield f"redis+socket://{place}"
    finally:
        done.set()
        thread.join()
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgmt.settings")
    main()
