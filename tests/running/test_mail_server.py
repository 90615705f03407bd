"""The mail server's bad days: refused, hung, closed for everybody, no to one letter; afterwards all letters go out."""

import socketserver
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core import mail

from casemgmt import outbox, relaying
from casemgmt.models import OutboxMessage
from casemgmt.people.models import Person
from tests.cast import AT

pytestmark = pytest.mark.django_db

WELL = {"": "220 mail", "EHLO": "250 mail", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken"}


@contextmanager
def a_mail_server(**answers):
    """Says what it is told to; a server that says nothing to a caller has hung."""
    said = WELL | {"": answers.pop("greeting", WELL[""])} | {name.upper(): answer for name, answer in answers.items()}

    class Handler(socketserver.StreamRequestHandler):
        def handle(self):
            if said[""] is None:
                over.wait(20)
                return
            self._say(said[""])
            in_letter = False
            for line in self.rfile:
                word = line.decode().strip()
                if in_letter and word != ".":
                    continue
                verb = word.partition(" ")[0].upper()
                in_letter = verb == "DATA" and said["DATA"].startswith("354")
                self._say(said.get(verb, "250 ok"))
                if verb == "QUIT":
                    return

        def _say(self, answer):
            self.wfile.write(f"{answer}\r\n".encode())

    over = threading.Event()
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def letters(cast, settings):
    """Two letters to two people, by real SMTP."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    Person.objects.filter(pk__in=[cast.ana.pk, cast.ben.pk]).update(email="someone@shop.example")
    for person in Person.objects.filter(pk__in=[cast.ana.pk, cast.ben.pk]):
        outbox.put("notice.case_registered", key=f"a:{person.pk}", to=person, at=AT)
    return OutboxMessage.objects.order_by("pk")


@pytest.mark.parametrize(
    "answers",
    [{"greeting": None}, {"greeting": "421 closed"}, {"greeting": "554 no"}, {"mail": "421 closing"}],
    ids=["hung", "closed", "no service", "closing"],
)
def test_a_server_that_takes_no_letters_counts_against_none(letters, settings, answers):
    with a_mail_server(**answers) as settings.EMAIL_PORT:
        for day in range(9):
            assert relaying.relay_due(AT + timedelta(days=day))[1] == 0
    assert set(letters.values_list("attempts", "failed_at", "last_error")) == {(0, None, "unreachable")}
    with a_mail_server() as settings.EMAIL_PORT:
        assert relaying.relay_due(AT + timedelta(days=9)) == (2, 2)


@pytest.mark.parametrize("answers", [{"rcpt": "450 later"}, {"data": "554 spam"}], ids=["4xx", "5xx"])
def test_a_no_to_a_letter_counts_against_it_and_it_waits(letters, settings, answers):
    with a_mail_server(**answers) as settings.EMAIL_PORT:
        assert relaying.relay_due(AT) == (2, 0)
        assert relaying.relay_due(AT) == (0, 0)
    assert set(letters.values_list("attempts", "failed_at", "last_error")) == {(1, None, "refused")}
    with a_mail_server() as settings.EMAIL_PORT:
        assert relaying.relay_due(AT + relaying.FIRST_WAIT) == (2, 2)
    assert mail.outbox == []
