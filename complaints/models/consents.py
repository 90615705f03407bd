"""What customers agreed to, and what they no longer want: who wrote it down when, in which words."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from complaints.vocabulary import Channel, ConsentDecision, ConsentScope


class ContactConsent(models.Model):
    """One word of the customer about one channel. Never changed: the newest one of a channel and scope counts.

    Regulations on the Consumer Protection Law, art. 24: nobody is called or written to for business without consent,
    and may say no at any time. A no to business does not forbid to answer the complaint; a no to every contact does,
    on this channel, until the customer asks for it again, which is a new row with the customer's words.
    """

    customer = models.ForeignKey(
        "complaints.Customer", models.PROTECT, related_name="consents", verbose_name=_("customer")
    )
    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="consents", verbose_name=_("case"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    scope = models.CharField(_("for"), max_length=12, choices=ConsentScope)
    decision = models.CharField(_("decision"), max_length=10, choices=ConsentDecision)
    words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("the customer's words")
    )
    said_at = models.DateTimeField(_("said at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))

    history = History()

    class Meta:
        verbose_name = _("consent to contacts")
        verbose_name_plural = _("consents to contacts")
        ordering = ["said_at", "pk"]
        indexes = [models.Index(fields=["customer", "channel", "scope", "said_at"])]
        constraints = [
            models.CheckConstraint(
                name="consent_not_before_it_was_said", condition=models.Q(recorded_at__gte=models.F("said_at"))
            )
        ]
