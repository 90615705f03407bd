"""E-mail: one letter to one person, in their language."""

import hashlib
import logging
from email.utils import parseaddr

from django.conf import settings
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext as _

from casemgmt.channels.base import Channel, Unreachable, Unsendable
from casemgmt.models import OutboxMessage
from casemgmt.sentences import say
from casemgmt.violations import Violation

logger = logging.getLogger(__name__)
_FAILURE = OutboxMessage.Failure


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
