"""E-mail: one letter to one person, in their language."""

import hashlib
import logging
import smtplib
from collections import Counter
from collections.abc import Sequence
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casemgmt.channels.base import Channel, Unreachable, Unsendable
from casemgmt.models import OutboxMessage
from casemgmt.notice_kinds import kind_of
from casemgmt.notice_words import list_address, outside_address, sentence_of, way_of

logger = logging.getLogger(__name__)
SAME_AT_MOST = 50
"""The same code more often than this in one letter is told once, with the number of times."""
CASES_AT_MOST = 60
_FAILURE = OutboxMessage.Failure


class Line(NamedTuple):
    """One message as a letter tells it; `way` is the path of the page that it leads to."""

    code: str
    case_number: str
    said: str
    way: str


TO_EVERY_LETTER = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
"""Answers of a mail server that say nothing about a letter."""
NOT_AVAILABLE = 421


class Letters(Channel):
    """By Django's mail backend.

    The Message-ID is made from the keys, so that a mail server can drop the second copy which a crash between
    sending and noting may cause.
    """

    name = OutboxMessage.Channel.EMAIL.value

    def send(self, messages, *, now=None):
        """Write one letter of the messages, all to one person."""
        person = messages[0].recipient
        if not person.email or not person.is_active:
            raise Unsendable(_FAILURE.NO_ADDRESS)
        with translation.override(person.language or settings.LANGUAGE_CODE):
            lines = [line for line in map(_line_of, messages) if line]
            if not lines:
                raise Unsendable(_FAILURE.UNREADABLE)
            subject, body = subject_of(lines), body_of(lines)
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        name = hashlib.sha256("\n".join(message.key for message in messages).encode()).hexdigest()[:40]
        letter = mail.EmailMessage(
            subject=" ".join(subject.split())[:150],
            body=body,
            to=[person.email],
            headers={"Message-ID": f"<{name}@{domain}>"},
        )
        try:
            letter.send()
        except (ConnectionError, TimeoutError, OSError) as error:
            if _is_answer(error):
                raise Unsendable(_FAILURE.REFUSED) from error
            raise Unreachable from error


def subject_of(lines: Sequence[Line]) -> str:
    """What happened, or how much did."""
    if len(lines) == 1:
        return " ".join(filter(None, (lines[0].case_number, lines[0].said)))
    return ngettext("%(n)s notice", "%(n)s notices", len(lines)) % {"n": len(lines)}


def body_of(lines: Sequence[Line]) -> str:
    """Case by case, in the order in which something came; the same said of very many is one line with a way to them."""
    times = Counter(line.code for line in lines)
    many = {code for code, number in times.items() if number > SAME_AT_MOST}
    told = [_told_once(code, number) for code, number in times.items() if code in many]
    by_case: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.code not in many:
            by_case.setdefault((line.case_number, line.way), []).append(line)
    for number, (place, found) in enumerate(by_case.items()):
        if number == CASES_AT_MOST:
            rest = len(by_case) - CASES_AT_MOST
            told.append(
                "\n".join(filter(None, (_("and %(n)s more in the list") % {"n": rest}, list_address("show=unread"))))
            )
            break
        told.append(_case_told(*place, found))
    return "\n\n".join(told) + "\n"


def _told_once(code: str, times: int) -> str:
    kind = kind_of(code)
    sentence = _("%(n)s times: %(kind)s") % {"n": times, "kind": kind.label}
    return "\n".join(filter(None, (sentence, list_address(f"kind={kind.name}&show=unread"))))


def _case_told(number: str, way: str, lines: Sequence[Line]) -> str:
    said = Counter(line.said for line in lines)
    sentences = [f"{words} × {times}" if times > 1 else words for words, times in said.items()]
    head = [f"{number} {sentences[0]}"] if number and len(sentences) == 1 else [*filter(None, [number]), *sentences]
    return "\n".join([*head, *filter(None, [outside_address(way)])])


def _line_of(message: OutboxMessage) -> Line | None:
    """The message in the language that is active, None when nobody registered a sentence for it."""
    try:
        sentence = sentence_of(message.kind, message.params)
    except (KeyError, TypeError, ValueError):
        logger.exception("outbox: no sentence for message %s", message.pk)
        return None
    way = way_of(message.kind, message.subject_label, message.subject_pk)
    return Line(message.kind, message.case_number, sentence, way)


def _is_answer(error):
    """Whether a mail server said no to this letter, and not to every letter for now. SMTP's exceptions are OSErrors."""
    if isinstance(error, TO_EVERY_LETTER) or getattr(error, "smtp_code", None) == NOT_AVAILABLE:
        return False
    return hasattr(error, "smtp_code") or hasattr(error, "recipients")
