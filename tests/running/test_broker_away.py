"""People go on working when the broker refuses, hangs, is slow or forgets; what must go out goes out afterwards."""

import socket
import statistics
import subprocess
import threading
import time
from contextlib import closing, contextmanager

import pytest
import redis
from django.core import mail

from casemgmt import broker, embedded, relaying
from casemgmt.models import OutboxMessage
from complaints.models import Complaint
from tests.building import a_registered_case
from tests.cast import AT, later
from tests.running.endpoints import an_endpoint
from tests.running.other_side import an_other_side

pytestmark = pytest.mark.django_db
SAVES = 12


@contextmanager
def a_refusing_broker(tmp_path):
    yield f"redis+socket://{tmp_path}/nobody.sock"


@contextmanager
def a_hung_broker(tmp_path):
    """Takes every connection and never says a word."""
    with closing(socket.socket(socket.AF_UNIX)) as deaf:
        deaf.bind(f"{tmp_path}/deaf.sock")
        deaf.listen(50)
        yield f"redis+socket://{tmp_path}/deaf.sock"


@contextmanager
def a_slow_broker(tmp_path):
    """Answers each call after half a second."""
    with closing(socket.socket(socket.AF_UNIX)) as slow:
        slow.bind(f"{tmp_path}/slow.sock")
        slow.listen(50)
        threading.Thread(target=_answer_slowly, args=(slow,), daemon=True).start()
        yield f"redis+socket://{tmp_path}/slow.sock"


def _answer_slowly(slow):
    while True:
        try:
            talk, _address = slow.accept()
            talk.recv(4096)
            time.sleep(0.5)
            talk.sendall(b"+PONG\r\n")
        except OSError:
            return


@contextmanager
def a_flushed_broker(tmp_path):
    """A real one that is emptied every hundredth of a second."""
    place = tmp_path / "v.sock"
    process = subprocess.Popen(embedded.broker_command(place, tmp_path / "data"), stdout=subprocess.DEVNULL)
    assert embedded.wait_until_it_answers(place)
    done = threading.Event()

    def flush():
        with redis.Redis(unix_socket_path=str(place)) as client:
            while not done.wait(0.01):
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


@pytest.mark.parametrize("away", [a_refusing_broker, a_hung_broker, a_slow_broker, a_flushed_broker])
def test_nobody_waits_for_the_broker_and_nothing_is_lost(cast, settings, tmp_path, away):
    before, took = Complaint.objects.count(), []
    with away(tmp_path) as address:
        settings.CELERY_BROKER_URL = address
        for _number in range(SAVES):
            started = time.monotonic()
            a_registered_case(cast)
            took.append(time.monotonic() - started)
    assert Complaint.objects.count() - before == SAVES
    assert statistics.quantiles(took, n=20)[-1] < 2
    waiting = OutboxMessage.objects.waiting().count()
    assert waiting >= SAVES
    assert relaying.relay_due(later(days=1))[1] == waiting
    assert len(mail.outbox) == waiting


def test_a_hung_broker_is_named_within_its_patience(settings, tmp_path):
    with a_hung_broker(tmp_path) as address:
        settings.CELERY_BROKER_URL = address
        started = time.monotonic()
        assert broker.state() == "unreachable"
        assert broker.rings_waiting() is None
    assert time.monotonic() - started < 4 * broker.PATIENCE


def test_a_mail_server_that_is_down_holds_up_letters_and_nothing_else(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.OUTGOING_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with an_other_side() as side:
        an_endpoint(side.address, events=["moves"])
        a_registered_case(cast)
        relaying.relay_due(AT)
        assert [request.said["type"] for request in side.got] == ["event.case_registered"]
    letters = list(OutboxMessage.objects.waiting())
    assert {letter.attempts for letter in letters} == {0}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert relaying.relay_due(later(minutes=1))[1] == len(letters) == len(mail.outbox) > 0
