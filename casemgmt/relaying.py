"""The relay: takes what is due out of the outbox, sends it by its channel, and notes what became of it.

Safe twice and in parallel: a message is leased to one relay before it is sent, and the lease of a relay that died ends
by itself. What a crash between sending and noting repeats bears the same name as the first copy.
"""

import logging
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from casemgmt import circuit, tallies
from casemgmt.channels import Channel, Gone, Unreachable, Unsendable, channel_named
from casemgmt.concealing import concealed_from
from casemgmt.models import NoticeSettings, OutboxMessage
from casemgmt.notice_kinds import kind_of
from casemgmt.people.models import Person

logger = logging.getLogger(__name__)

TRIES = 8
TRIES_AT_ENDPOINTS = 13
LEASE = timedelta(minutes=10)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
BATCH = 20
TOGETHER_AT_MOST = 1000
STORM = 5
"""So many letters for one person at once become one."""
_FAILURE = OutboxMessage.Failure
NOT_THEIRS = (_FAILURE.SWITCHED_OFF, _FAILURE.UNREADABLE)
"""Failures of the house itself, which say nothing about the other side."""


def relay_due(at: datetime, send: Callable[..., object] | None = None) -> tuple[int, int]:
    """Send every message that is due; returns how many were taken in hand and how many went out.

    A message whose sending fails waits longer each time and is given up after eight tries, thirteen at an endpoint.
    When the mail server cannot be reached at all, nothing is counted against any message; an endpoint that cannot be
    reached rests, and its messages with it, while all others go on. In a person's quiet hours their letters and their
    own robot wait, but for what is urgent; a daily letter, and many letters at once, go out as one. What a person must
    not learn any more, because a case turned out to be about them, is taken out.
    `send(*messages)` stands in for the channels.
    """
    return _Run(at, send).through()


class _Run:
    """One run; `now` goes on while it lasts, so that leases and signatures are true however long that is."""

    def __init__(self, at: datetime, send):
        self.at, self._send = at, send
        self._started = time.monotonic()
        self.closed: set[str] = set()
        self.taken = self.sent = 0

    @property
    def now(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self._started)

    def through(self) -> tuple[int, int]:
        while batch := self._take():
            self.taken += len(batch)
            for letter in _letters_of(batch):
                self._deal_with(letter)
        tallies.flush()
        return self.taken, self.sent

    def _deal_with(self, letter: list[OutboxMessage]) -> None:
        reader = _reader_of(letter[0])
        letter = letter if reader is None else _may_still_be_told(letter, reader)
        if not letter:
            return
        quiet_end = _quiet_end(letter, reader, self.at)
        if letter[0].channel in self.closed:
            _put_back(letter, self.at)
        elif quiet_end is not None:
            _postpone(letter, quiet_end)
        elif letter[0].endpoint_id is not None:
            self._to_an_endpoint(letter[0])
        else:
            self._to_a_person(letter)

    def _to_a_person(self, letter: list[OutboxMessage]) -> None:
        try:
            self._hand_over(letter)
        except Unreachable:
            self.closed.add(letter[0].channel)
            _put_back(letter, self.at)
            logger.warning("outbox: the mail server cannot be reached; letters wait")
        except Unsendable as error:
            _failed(letter, error.code, self.at)
        except Exception:
            logger.exception("outbox: message %s was not sent", letter[0].pk)
            _failed(letter, _FAILURE.REFUSED, self.at)
        else:
            self.sent += sum(_sent(message, self.at) for message in letter)
            _tally(letter, "sent")

    def _to_an_endpoint(self, message: OutboxMessage) -> None:
        channel, moment = channel_named(message.channel), self.now
        free_from = circuit.claim(message, channel.pause, moment)
        if free_from is not None:
            _postpone([message], free_from)
            circuit.postpone_all(message.endpoint_id, free_from)
            return
        clock = time.monotonic()
        try:
            circuit.demand_on(message)
            answer = self._hand_over([message], moment)
        except (Unreachable, Unsendable) as error:
            circuit.note_try(message, moment, error.answer, error.code)
            given_up = _failed([message], error.code, self.at)
            if error.code in NOT_THEIRS:
                return
            rest = (error.wait or _wait_after(message.attempts)) if isinstance(error, Unreachable) else None
            circuit.failed(message, moment, rest=rest, gone=isinstance(error, Gone), given_up=given_up)
        except Exception:
            logger.exception("outbox: message %s was not sent", message.pk)
            _failed([message], _FAILURE.UNREADABLE, self.at)
        else:
            circuit.worked(message, moment, answer, milliseconds=round((time.monotonic() - clock) * 1000))
            self.sent += _sent(message, self.at, forgets=channel.forgets)
            _tally([message], "sent")

    def _hand_over(self, letter: list[OutboxMessage], moment: datetime | None = None):
        if self._send is not None:
            return self._send(*letter)
        channel: Channel = channel_named(letter[0].channel)
        return channel.send(letter, now=moment or self.now)

    def _take(self) -> list[OutboxMessage]:
        lease = uuid.uuid4()
        with transaction.atomic():
            due = OutboxMessage.objects.due(self.at).exclude(channel__in=self.closed).order_by("not_before", "pk")
            rows = due.select_for_update(skip_locked=True).values_list("pk", "recipient_id", "is_daily", "kind")
            found = list(rows[:BATCH])
            together = {recipient for _key, recipient, is_daily, _kind in found if is_daily}
            together |= _in_a_storm((recipient, kind) for _key, recipient, is_daily, kind in found if not is_daily)
            if together:
                found += rows.filter(recipient__in=together)[:TOGETHER_AT_MOST]
            keys = {key for key, *_facts in found}
            OutboxMessage.objects.filter(pk__in=keys).update(
                lease=lease, leased_until=self.now + LEASE, attempts=F("attempts") + 1
            )
        return list(
            OutboxMessage.objects.filter(lease=lease)
            .select_related("recipient__notice_settings", "endpoint__key", "endpoint__owner__notice_settings")
            .order_by("not_before", "pk")
        )


def _letters_of(batch: list[OutboxMessage]) -> list[list[OutboxMessage]]:
    """What goes into one envelope: each message by itself, but one for all daily ones of a person, and for a storm."""
    stormy = _in_a_storm((message.recipient_id, message.kind) for message in batch if not message.is_daily)
    letters: dict[tuple, list[OutboxMessage]] = {}
    for message in batch:
        waits = message.is_daily or (message.recipient_id in stormy and not kind_of(message.kind).is_urgent)
        envelope = (message.recipient_id, message.is_daily) if waits else (message.pk,)
        letters.setdefault(envelope, []).append(message)
    return list(letters.values())


def _in_a_storm(told: Iterable[tuple[int | None, str]]) -> set[int]:
    """The people for whom very many letters lie ready at once; what is urgent is not counted."""
    counts = Counter(recipient for recipient, kind in told if recipient and not kind_of(kind).is_urgent)
    return {recipient for recipient, times in counts.items() if times >= STORM}


def _reader_of(message: OutboxMessage) -> Person | None:
    """The one person who reads it: by letter, or by their own robot; None for a group, a program, a customer."""
    return message.recipient or (message.endpoint.owner if message.endpoint is not None else None)


def _quiet_end(letter: list[OutboxMessage], reader: Person | None, at: datetime) -> datetime | None:
    """Until when the reader wants quiet; None for what is urgent."""
    if reader is None or any(kind_of(message.kind).is_urgent for message in letter):
        return None
    wishes = getattr(reader, "notice_settings", None) or NoticeSettings()
    return wishes.quiet_end(at)


def _may_still_be_told(letter: list[OutboxMessage], reader: Person) -> list[OutboxMessage]:
    """Without what is kept from the reader by now; that is deleted, unsent."""
    kept_from = concealed_from(reader)
    if kept_from is None:
        return letter
    withheld = OutboxMessage.objects.filter(kept_from, pk__in=[message.pk for message in letter])
    keys = set(withheld.values_list("pk", flat=True))
    for message in letter:
        if message.pk in keys:
            _in_hand(message).delete()
    return [message for message in letter if message.pk not in keys]


def _wait_after(attempts: int) -> timedelta:
    return min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)


def _in_hand(message):
    return OutboxMessage.objects.filter(pk=message.pk, lease=message.lease)


def _tally(messages, result: str) -> None:
    for message in messages:
        tallies.count("relay_results", message.channel, result)


def _put_back(messages, at):
    _tally(messages, _FAILURE.UNREACHABLE)
    for message in messages:
        _in_hand(message).update(
            lease=None, leased_until=None, attempts=F("attempts") - 1, last_error=_FAILURE.UNREACHABLE
        )


def _postpone(messages, until):
    for message in messages:
        _in_hand(message).update(lease=None, leased_until=None, attempts=F("attempts") - 1, not_before=until)


def _sent(message, at, *, forgets: bool = True):
    emptied = {"params": {}} if forgets else {}
    return _in_hand(message).update(sent_at=at, lease=None, leased_until=None, last_error="", **emptied)


def _failed(messages, code, at) -> bool:
    """Note the failure; True when the last of the messages was given up."""
    given_up = False
    _tally(messages, code)
    for message in messages:
        tries = TRIES if message.endpoint_id is None else TRIES_AT_ENDPOINTS
        hopeless = code in (_FAILURE.UNREADABLE, _FAILURE.SWITCHED_OFF, _FAILURE.UNWANTED)
        given_up = message.attempts >= tries or hopeless
        _in_hand(message).update(
            lease=None,
            leased_until=None,
            last_error=code,
            **({"failed_at": at} if given_up else {"not_before": at + _wait_after(message.attempts)}),
        )
        if given_up:
            logger.error("outbox: message %s given up after %s tries: %s", message.pk, message.attempts, code)
    return given_up
