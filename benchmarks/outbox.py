"""How fast the relay empties the outbox, against the database's own limit; and saves while the broker is away.

    python -m benchmarks.outbox [sqlite|postgresql]

The limit is the same work by hand: for each message one guarded UPDATE that takes it in hand and one that notes it as
sent, with nothing sent in between. The second part saves 200 times beside a broker that refuses, hangs, is slow or is
flushed all the time, and relays everything afterwards.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
import uuid
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
        for broker in import_module("tests.brokers").USELESS:
            _saves_beside(engine, broker.__name__.replace("_", " "), broker, person)


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
    print(f"{engine}: {name}: {SAVES} saved, p95 {slowest * 1000:.0f} ms, {sent} sent afterwards", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casemgmt.settings")
    main()
