"""People go on working when the broker refuses, hangs, is slow or forgets; what must go out goes out afterwards."""

import statistics
import time

import pytest
from django.core import mail

from casemgmt import broker, relaying
from casemgmt.models import OutboxMessage
from complaints.models import Complaint
from tests.brokers import USELESS, a_hung_broker
from tests.building import a_registered_case
from tests.cast import AT, later
from tests.running.endpoints import an_endpoint
from tests.running.other_side import an_other_side

pytestmark = pytest.mark.django_db
SAVES = 12


@pytest.mark.parametrize("away", USELESS, ids=lambda away: away.__name__)
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
    assert not OutboxMessage.objects.waiting().exists()
    assert mail.outbox


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
