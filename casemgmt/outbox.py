"""What must be told, written in the same transaction as its cause, and sent afterwards by the relay.

The request never waits for a mail server, a rollback takes the message with it, and a crash loses none.
"""

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.core import mail
from django.db import models, transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from casemgmt.models import Notice, NoticeSettings, OutboxMessage
from casemgmt.notice_kinds import kind_of
from casemgmt.sentences import say
from casemgmt.setwise import insert_each
from casemgmt.violations import Violation

logger = logging.getLogger(__name__)

IN_APP = "in_app"
EMAIL = OutboxMessage.Channel.EMAIL.value
BOTH = (IN_APP, EMAIL)
TRIES = 8
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
BATCH = 20
DAILY_AT_MOST = 200
_FAILURE = OutboxMessage.Failure


class About(NamedTuple):
    """The row a word is about, for those who hold its key and no object: "complaints.complaint", 12."""

    label: str
    pk: int


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to tell one person: `kind` is a registered code, `params` fill its sentence.

    `key` names it for ever; putting the same key again tells nobody twice. `subject` is the row it is about,
    `case_number` what staff call the case. No personal data in `params`.
    """

    kind: str
    key: str
    to: models.Model
    subject: models.Model | About | None = None
    case_number: str = ""
    params: dict = field(default_factory=dict)
    not_before: datetime | None = None
    channels: Iterable[str] = BOTH


class Unreachable(Exception):
    """The way out is closed for everyone; no message is to blame."""


class Unsendable(Exception):
    """This message cannot go; `code` is one of OutboxMessage.Failure."""

    def __init__(self, code: str):
        self.code = code
        super().__init__(code)


def put(
    kind: str,
    *,
    key: str,
    to: models.Model,
    at: datetime,
    subject=None,
    case_number: str = "",
    params: dict | None = None,
    not_before: datetime | None = None,
    channels: Iterable[str] = BOTH,
) -> None:
    """Tell one person one thing: on their list at once, and by e-mail when the relay runs after commit.

    Call it inside the transaction of the cause. Without `case_number` the subject's own `number` is taken.
    """
    put_many([Word(kind, key, to, subject, case_number, params or {}, not_before, channels)], at=at)


def put_many(words: Iterable[Word], *, at: datetime) -> None:
    """`put` for many at once, in three statements, as each person's own settings say.

    Who has no address gets no e-mail, but the notice. Duties are always on the list.
    """
    words = list(words)
    nothing_wished = NoticeSettings()
    wishes = NoticeSettings.objects.in_bulk({word.to.pk for word in words})
    ways: dict[tuple[str, int], tuple[bool, bool, NoticeSettings]] = {}
    notices, messages = [], []
    for word in words:
        question = word.kind, word.to.pk
        if question not in ways:
            wish, kind = wishes.get(word.to.pk, nothing_wished), kind_of(word.kind)
            ways[question] = wish.is_shown(kind), bool(word.to.email) and wish.is_mailed(kind), wish
        is_shown, is_mailed, wish = ways[question]
        label, pk = _reference(word.subject)
        number = word.case_number or getattr(word.subject, "number", None) or ""
        not_before = word.not_before or at
        row = (word.kind, word.key, word.to.pk, label, pk, number, word.params)
        if is_shown and IN_APP in word.channels:
            notices.append((*row, not_before))
        if is_mailed and EMAIL in word.channels:
            is_daily = wish.letters == NoticeSettings.Letters.DAILY
            messages.append((*row, wish.next_letter(not_before) if is_daily else not_before, is_daily))
    about = ("subject_label", "subject_pk", "case_number", "params")
    with transaction.atomic():
        insert_each(Notice, ("code", "key", "person_id", *about, "shown_from"), notices, fixed={"created_at": at})
        insert_each(
            OutboxMessage,
            ("kind", "key", "recipient_id", *about, "not_before", "is_daily"),
            messages,
            fixed={"created_at": at, "channel": EMAIL, "attempts": 0, "last_error": ""},
        )


def _reference(subject):
    if subject is None:
        return "", ""
    if isinstance(subject, About):
        return subject.label, str(subject.pk)
    return subject._meta.label_lower, str(subject.pk)


def relay_due(at: datetime, send: Callable[..., object] | None = None) -> tuple[int, int]:
    """Send every message that is due; returns how many were taken in hand and how many went out.

    Safe twice and in parallel: a message is leased to one relay before it is sent, and the lease of a relay that
    died ends by itself. A message whose sending fails waits longer each time and is given up after eight tries.
    When the mail server cannot be reached at all, nothing is counted against any message. In a person's quiet
    hours their letters wait; the messages of a daily letter go out together.
    `send(*messages)` may raise Unreachable or Unsendable; anything else counts as refused.
    """
    send = send or send_by_mail
    taken = sent = 0
    while batch := _take(at):
        taken += len(batch)
        letters = _letters_of(batch)
        for place, letter in enumerate(letters):
            quiet_end = _wishes_of(letter[0]).quiet_end(at)
            if quiet_end is not None:
                _postpone(letter, quiet_end)
                continue
            try:
                send(*letter)
            except Unreachable:
                waiting = [message for later in letters[place:] for message in later]
                _put_back(waiting)
                logger.warning("outbox: the mail server cannot be reached; %s messages wait", len(waiting))
                return taken, sent
            except Unsendable as error:
                _failed(letter, error.code, at)
            except Exception:
                logger.exception("outbox: message %s was not sent", letter[0].pk)
                _failed(letter, _FAILURE.REFUSED, at)
            else:
                sent += sum(_sent(message, at) for message in letter)
    return taken, sent


def _letters_of(batch: list[OutboxMessage]) -> list[list[OutboxMessage]]:
    """What goes into one envelope: each message by itself, but one for all daily ones of a person."""
    letters: list[list[OutboxMessage]] = []
    daily: dict[int, list[OutboxMessage]] = {}
    for message in batch:
        if message.is_daily and message.recipient_id in daily:
            daily[message.recipient_id].append(message)
            continue
        letters.append([message])
        if message.is_daily:
            daily[message.recipient_id] = letters[-1]
    return letters


def _wishes_of(message: OutboxMessage) -> NoticeSettings:
    return getattr(message.recipient, "notice_settings", None) or NoticeSettings()


def send_by_mail(*messages: OutboxMessage) -> None:
    """Write one letter of the messages, all to one person, in their language; hand it to Django's mail backend.

    The Message-ID is made from the keys, so that a mail server can drop the second copy which a crash between
    sending and noting may cause.
    """
    person = messages[0].recipient
    if not person.email or not person.is_active:
        raise Unsendable(_FAILURE.NO_ADDRESS)
    with translation.override(person.language or settings.LANGUAGE_CODE):
        titles = [title for title in map(_title_of, messages) if title]
        if not titles:
            raise Unsendable(_FAILURE.UNREADABLE)
        subject = titles[0] if len(titles) == 1 else _("Your %(n)s notices of today") % {"n": len(titles)}
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    name = hashlib.sha256("\n".join(message.key for message in messages).encode()).hexdigest()[:40]
    letter = mail.EmailMessage(
        subject=" ".join(subject.split())[:150],
        body="".join(f"{title}\n" for title in titles),
        to=[person.email],
        headers={"Message-ID": f"<{name}@{domain}>"},
    )
    try:
        letter.send()
    except (ConnectionError, TimeoutError, OSError) as error:
        if _is_answer(error):
            raise Unsendable(_FAILURE.REFUSED) from error
        raise Unreachable from error


def _title_of(message: OutboxMessage) -> str:
    """The message in the language that is active, "" when nobody registered a sentence for it."""
    try:
        sentence = say(Violation(message.kind, params=message.params))
    except (KeyError, TypeError, ValueError):
        logger.exception("outbox: no sentence for message %s", message.pk)
        return ""
    return " ".join(filter(None, (message.case_number, sentence)))


def _is_answer(error):
    """Whether a mail server answered and said no. SMTP's exceptions are OSErrors too."""
    return hasattr(error, "smtp_code") or hasattr(error, "recipients")


def waiting_and_dead() -> tuple[int, int]:
    """How many messages wait and how many were given up."""
    return OutboxMessage.objects.waiting().count(), OutboxMessage.objects.filter(failed_at__isnull=False).count()


def _take(at):
    lease = uuid.uuid4()
    with transaction.atomic():
        due = OutboxMessage.objects.due(at).order_by("not_before", "pk")
        rows = due.select_for_update(skip_locked=True).values_list("pk", "recipient_id", "is_daily")
        found = list(rows[:BATCH])
        together = {recipient for _key, recipient, is_daily in found if is_daily}
        if together:
            found += rows.filter(is_daily=True, recipient__in=together)[:DAILY_AT_MOST]
        keys = {key for key, _recipient, _is_daily in found}
        OutboxMessage.objects.filter(pk__in=keys).update(
            lease=lease, leased_until=at + LEASE, attempts=F("attempts") + 1
        )
    return list(
        OutboxMessage.objects.filter(lease=lease)
        .select_related("recipient__notice_settings")
        .order_by("not_before", "pk")
    )


def _in_hand(message):
    return OutboxMessage.objects.filter(pk=message.pk, lease=message.lease)


def _put_back(messages):
    for message in messages:
        _in_hand(message).update(
            lease=None, leased_until=None, attempts=F("attempts") - 1, last_error=_FAILURE.UNREACHABLE
        )


def _postpone(messages, until):
    for message in messages:
        _in_hand(message).update(lease=None, leased_until=None, attempts=F("attempts") - 1, not_before=until)


def _sent(message, at):
    return _in_hand(message).update(sent_at=at, lease=None, leased_until=None, params={}, last_error="")


def _failed(messages, code, at):
    for message in messages:
        wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
        given_up = message.attempts >= TRIES or code == _FAILURE.UNREADABLE
        _in_hand(message).update(
            lease=None,
            leased_until=None,
            last_error=code,
            **({"failed_at": at} if given_up else {"not_before": at + wait}),
        )
        if given_up:
            logger.error("outbox: message %s given up after %s tries: %s", message.pk, message.attempts, code)
