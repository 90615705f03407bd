"""Messages leave the house once, after their cause is safe, however often and from wherever the relay runs."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connections, transaction
from django.utils import translation

from casemgmt import channels, outbox, relaying
from casemgmt.channels.letters import Letters
from casemgmt.models import Notice, OutboxMessage
from casemgmt.people.models import Person
from casemgmt.sentences import Sentence, register

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KIND = "test.case_overdue"
register({KIND: Sentence("Case overdue since %(days)s days")})


@pytest.fixture
def lin(db):
    return Person.objects.create(username="lin", name="林芳", email="lin@shop.example")


def put(person, key="case-1:overdue:1", **more):
    outbox.put(
        KIND, **({"key": key, "to": person, "at": NOON, "case_number": "C260302-0001-7", "params": {"days": 2}} | more)
    )


def post(messages):
    return relaying.relay_due(NOON, messages.append)


def test_one_word_is_a_notice_at_once_and_a_letter_later(lin):
    put(lin)
    notice = Notice.objects.of(lin).unread().visible(NOON).get()
    assert (notice.code, notice.params, notice.case_number) == (KIND, {"days": 2}, "C260302-0001-7")
    assert mail.outbox == []
    assert relaying.relay_due(NOON) == (1, 1)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["lin@shop.example"], "C260302-0001-7 Case overdue since 2 days")
    ]


def test_the_same_key_tells_nobody_twice(lin):
    put(lin)
    put(lin)
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (1, 1)


def test_a_rollback_takes_the_message_with_it(lin):
    with transaction.atomic():
        put(lin)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (0, 0)


def test_many_words_take_few_statements(lin, django_assert_max_num_queries):
    words = [outbox.Word(KIND, f"case-{n}", lin, params={"days": n}) for n in range(200)]
    with django_assert_max_num_queries(12):
        outbox.put_many(words, at=NOON)
    assert OutboxMessage.objects.count() == 200


def test_who_has_no_address_gets_the_notice_alone(lin):
    lin.email = ""
    put(lin)
    assert (Notice.objects.count(), OutboxMessage.objects.count()) == (1, 0)


def test_a_letter_for_later_waits_and_so_does_its_notice(lin):
    put(lin, not_before=NOON + MINUTE)
    assert not Notice.objects.visible(NOON).exists()
    assert relaying.relay_due(NOON + MINUTE - timedelta(microseconds=1)) == (0, 0)
    assert relaying.relay_due(NOON + MINUTE) == (1, 1)


def test_twice_sends_once(lin):
    put(lin)
    sent = []
    assert post(sent) == (1, 1)
    assert post(sent) == (0, 0)
    assert len(sent) == 1


def test_a_sent_message_forgets_its_facts(lin):
    put(lin)
    post([])
    assert OutboxMessage.objects.get().params == {}


def test_the_mail_server_is_down_and_no_message_is_to_blame(lin):
    for number in range(3):
        put(lin, key=f"case-{number}")

    def down(message):
        raise channels.Unreachable

    assert relaying.relay_due(NOON, down) == (3, 0)
    assert set(OutboxMessage.objects.values_list("attempts", "last_error", "lease")) == {(0, "unreachable", None)}
    assert relaying.relay_due(NOON, [].append) == (3, 3)


def test_a_closed_port_counts_as_a_server_that_is_down(lin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    put(lin)
    assert relaying.relay_due(NOON) == (1, 0)
    assert OutboxMessage.objects.get().attempts == 0


def test_a_refused_message_waits_longer_each_time_and_is_given_up_after_eight_tries(lin):
    put(lin, key="poison")
    put(lin, key="good")

    def refuses_poison(message):
        if message.key == "poison":
            raise channels.Unsendable(OutboxMessage.Failure.REFUSED)

    now, waits = NOON, []
    for _try in range(relaying.TRIES):
        relaying.relay_due(now, refuses_poison)
        poison = OutboxMessage.objects.get(key="poison")
        waits.append(poison.not_before - now)
        now = max(now, poison.not_before)
    assert waits[:7] == [MINUTE * 2**n for n in range(7)]
    assert (poison.attempts, poison.failed_at, poison.last_error) == (relaying.TRIES, now, "refused")
    assert relaying.relay_due(now + timedelta(days=1), refuses_poison) == (0, 0)
    assert OutboxMessage.objects.get(key="good").sent_at == NOON
    assert outbox.waiting_and_dead() == (0, 1)


def test_a_bug_while_sending_stops_no_other_message(lin):
    put(lin, key="a")
    put(lin, key="b")

    def stumbles(message):
        if message.key == "a":
            raise KeyError("bug")

    assert relaying.relay_due(NOON, stumbles) == (2, 1)


def test_a_code_without_a_sentence_is_given_up_at_once(lin):
    outbox.put("test.nobody_registered_this", key="x", to=lin, at=NOON)
    assert relaying.relay_due(NOON) == (1, 0)
    assert OutboxMessage.objects.get().last_error == "unreadable"


def test_who_left_gets_no_letters(lin):
    put(lin)
    Person.objects.filter(pk=lin.pk).update(is_active=False)
    assert relaying.relay_due(NOON) == (1, 0)
    assert OutboxMessage.objects.get().last_error == "no_address"


def test_a_letter_is_written_in_the_language_of_its_reader(lin):
    Person.objects.filter(pk=lin.pk).update(language="en")
    put(lin)
    seen = []
    register({"test.language": Sentence("x")})
    relaying.relay_due(NOON, lambda message: seen.append(message.recipient.language) or Letters().send([message]))
    assert seen == ["en"]
    assert translation.get_language() != "en"


def test_the_second_copy_of_a_letter_bears_the_same_name(lin):
    put(lin)
    for _ in range(2):
        OutboxMessage.objects.update(sent_at=None, params={"days": 2})
        relaying.relay_due(NOON)
    names = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert len(mail.outbox) == 2
    assert len(names) == 1


@pytest.mark.django_db(transaction=True)
def test_a_relay_that_died_gives_its_messages_back(lin):
    put(lin)

    class Killed(BaseException):
        """The process is gone."""

    def dies(message):
        raise Killed

    with pytest.raises(Killed):
        relaying.relay_due(NOON, dies)
    assert post([]) == (0, 0)
    assert relaying.relay_due(NOON + relaying.LEASE + MINUTE, [].append) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_relays_in_parallel_send_each_message_once(lin):
    outbox.put_many([outbox.Word(KIND, f"case-{n}", lin) for n in range(100)], at=NOON)
    sent, failures = [], []
    start = threading.Barrier(4)

    def relay():
        try:
            start.wait()
            relaying.relay_due(NOON, lambda *letter: sent.extend(message.key for message in letter))
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=relay) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(sent) == sorted(f"case-{n}" for n in range(100))
