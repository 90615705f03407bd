"""The ways from the house to customers: an e-mail, or a text message through a gateway, with the words on record."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext as _

from casemgmt.channels import Channel as Way
from casemgmt.channels import Unreachable, Unsendable, register_channel
from casemgmt.channels.text_messages import hand_to_gateway
from casemgmt.models import OutboxMessage
from casemgmt.privacy.sealed import Erased, Sealed, reveal
from complaints.actions.reaching import violations_in_consent
from complaints.evidence_files.files import read_sealed
from complaints.models import Contact, Evidence, RefusalEvidence
from complaints.places import language_of

logger = logging.getLogger(__name__)
_FAILURE = OutboxMessage.Failure


def _contact_of(message: OutboxMessage) -> Contact:
    """The exchange that is sent, unless the customer wants nothing on this channel any more."""
    rows = Contact.objects.select_related("case__customer__key", "words", "case__shop")
    contact = rows.get(pk=message.subject_pk)
    if violations_in_consent(contact.case, contact.channel, contact.purpose):
        raise Unsendable(_FAILURE.UNWANTED)
    return contact


def _plain(value: Sealed | None) -> str:
    """What is sealed, for this one sending; Unsendable when nothing is there any more."""
    try:
        text = reveal(value) if value else ""
    except Erased as error:
        raise Unsendable(_FAILURE.NO_ADDRESS) from error
    if not text:
        raise Unsendable(_FAILURE.NO_ADDRESS)
    return text


def _copy_of(evidence: Evidence) -> tuple[str, bytes, str]:
    """A copy that goes along: name, bytes and type. A file that cannot be read as it came goes nowhere."""
    try:
        with read_sealed(evidence.file.name, evidence.sha256) as file:
            return str(evidence.file_name or evidence.pk), file.read(), evidence.content_type
    except OSError as error:
        raise Unsendable(_FAILURE.UNREADABLE) from error


class CustomerLetters(Way):
    """E-mail to a customer, in their language, by Django's mail backend.

    The Message-ID is made from the key, so that a mail server can drop the second copy which a crash between sending
    and noting may cause.
    """

    name = OutboxMessage.Channel.CUSTOMER_EMAIL.value

    def send(self, messages: Sequence[OutboxMessage], *, now=None):
        """Send one message with the copies that belong to it."""
        (message,) = messages
        contact = _contact_of(message)
        customer = contact.case.customer
        address = _plain(customer and customer.email)
        with translation.override(language_of(customer)):
            subject = _("Your complaint %(number)s") % {"number": message.case_number}
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        name = hashlib.sha256(message.key.encode()).hexdigest()[:40]
        letter = mail.EmailMessage(
            subject=subject, body=contact.words.words, to=[address], headers={"Message-ID": f"<{name}@{domain}>"}
        )
        for link in RefusalEvidence.objects.filter(sent_with=contact).select_related("evidence__file_name"):
            letter.attach(*_copy_of(link.evidence))
        try:
            letter.send()
        except (ConnectionError, TimeoutError, OSError) as error:
            if hasattr(error, "smtp_code") or hasattr(error, "recipients"):
                raise Unsendable(_FAILURE.REFUSED) from error
            raise Unreachable from error


class CustomerTexts(Way):
    """A text message to the customer's own number, through the gateway that the endpoint names."""

    name = OutboxMessage.Channel.CUSTOMER_SMS.value
    pause = timedelta(seconds=1)

    def send(self, messages: Sequence[OutboxMessage], *, now):
        """Send one message; the approved template gets the number of the case and the words."""
        (message,) = messages
        contact = _contact_of(message)
        number = _plain(contact.case.customer and contact.case.customer.phone)
        params = {"case": message.case_number, "text": contact.words.words}
        return hand_to_gateway(message, [number], params, now=now)


def register_all() -> None:
    """Make both ways known; called once, when the apps are ready."""
    for way in (CustomerLetters(), CustomerTexts()):
        register_channel(way)
