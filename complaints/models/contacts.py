"""Every exchange with the customer: what happened is always recorded, even when it should not have (S-COM-01)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgmt.ledger import History
from complaints.vocabulary import Apology, Channel, ContactOutcome, ContactPurpose, Direction, Emotion


class Contact(models.Model):
    """One exchange, or the attempt at one, on whatever channel. Never edited; a correction is a new row.

    `occurred_at` is when it happened, which may lie before it was recorded. `breach` names the rule that
    it broke (a call outside the window, one too many), with the reason told. `template_policy_id` is the policy row
    of the template that was used, `call_again_at` when the next call was planned with this one. `working` holds what
    the rules of calling and of conduct were asked: policy rows, every rule broken, and what the talk lacked.
    """

    case = models.ForeignKey("complaints.Complaint", models.PROTECT, related_name="contacts", verbose_name=_("case"))
    customer = models.ForeignKey(
        "complaints.Customer", models.PROTECT, related_name="contacts", verbose_name=_("customer"), null=True
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction)
    purpose = models.CharField(_("purpose"), max_length=20, choices=ContactPurpose, default=ContactPurpose.GENERAL)
    outcome = models.CharField(
        pgettext_lazy("contact", "outcome"), max_length=16, choices=ContactOutcome, default=ContactOutcome.DELIVERED
    )
    words = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("words"), null=True
    )
    apology = models.CharField(_("apology"), max_length=16, choices=Apology, blank=True)
    emotion = models.CharField(_("emotion"), max_length=16, choices=Emotion, blank=True)
    occurred_at = models.DateTimeField(_("happened at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    breach = models.CharField(_("rule broken"), max_length=60, blank=True)
    breach_reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("why it was broken"), null=True
    )
    follow_up = models.ForeignKey(
        "complaints.FollowUpCall", models.PROTECT, related_name="attempts", verbose_name=_("follow-up"), null=True
    )
    regular = models.ForeignKey(
        "complaints.RegularContact",
        models.PROTECT,
        related_name="contacts",
        verbose_name=_("regular contact"),
        null=True,
    )
    working = models.JSONField(_("working"), default=dict)
    proof = models.ForeignKey(
        "complaints.Evidence",
        models.PROTECT,
        related_name="+",
        verbose_name=_("proof"),
        null=True,
        help_text=_("Without it a contact that is recorded late ends no clock."),
    )
    template_policy_id = models.BigIntegerField(_("template"), null=True)
    call_again_at = models.DateTimeField(_("call again at"), null=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, related_name="corrections", verbose_name=_("corrects"), null=True
    )

    history = History()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["occurred_at", "pk"]
        indexes = [models.Index(fields=["customer", "channel", "occurred_at"])]
        constraints = [
            models.CheckConstraint(
                name="contact_not_before_it_happened",
                condition=models.Q(recorded_at__gte=models.F("occurred_at")),
            ),
            models.CheckConstraint(
                name="contact_breach_has_a_reason",
                condition=models.Q(breach="") | models.Q(breach_reason__isnull=False),
            ),
        ]
