"""A relay that is killed between sending and noting sends again when its lease has ended, under the same key."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime

import pytest
from django.conf import settings

from casemgmt import relaying
from casemgmt.models import Delivery, OutboxMessage
from tests.killing import database_url
from tests.running.endpoints import an_endpoint, happens
from tests.running.other_side import an_other_side

PATIENCE = 90


@pytest.mark.django_db(transaction=True)
def test_a_relay_killed_before_it_noted_the_answer_sends_once_more_under_the_same_key(settings):
    settings.OUTGOING_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with an_other_side() as side:
        side.drips = True
        an_endpoint(side.address)
        happens()
        relay = a_relay()
        wait_for(lambda: side.got)
        relay.kill()
        assert relay.wait(20) == -signal.SIGKILL
        message = OutboxMessage.objects.get()
        assert (message.sent_at, message.attempts, message.lease is None) == (None, 1, False)
        side.drips = False
        before = message.leased_until - relaying.LEASE / 2
        assert relaying.relay_due(before) == (0, 0)
        assert relaying.relay_due(message.leased_until) == (1, 1)
        assert relaying.relay_due(message.leased_until + relaying.LEASE) == (0, 0)
    first, second = side.got
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert isinstance(OutboxMessage.objects.get().sent_at, datetime)
    assert Delivery.objects.count() == 1


def a_relay() -> subprocess.Popen:
    """The real process, on the database of this test."""
    environment = os.environ | {"DATABASE_URL": database_url(), "OUTGOING_PRIVATE_NETWORKS": "127.0.0.0/8"}
    return subprocess.Popen(
        [sys.executable, "manage.py", "relay"],
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def wait_for(happened) -> None:
    """Until it has happened."""
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)
