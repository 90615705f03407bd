"""Regular contact after a case, where the customer agreed to it (S-FUP-09)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from casemgmt.ledger import History
from complaints.vocabulary import Channel


class RegularContact(models.Model):
    """A series of contacts that the customer agreed to, beyond the case, until a day or their wish to stop.

    It opens no case again and holds none open. Each contact names the series; `next_at` is when the next one stands
    on the list of the owner, and after a gap there is one to make, not all that were missed. `consent` is the
    customer's word, which holds for this channel until a newer one takes it back.
    """

    case = models.ForeignKey(
        "complaints.Complaint", models.PROTECT, related_name="regular_contacts", verbose_name=_("case")
    )
    customer = models.ForeignKey(
        "complaints.Customer", models.PROTECT, related_name="regular_contacts", verbose_name=_("customer")
    )
    consent = models.ForeignKey(
        "complaints.ContactConsent", models.PROTECT, related_name="series", verbose_name=_("consent")
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="regular_contacts", verbose_name=_("on the list of")
    )
    every_days = models.PositiveSmallIntegerField(_("days between"))
    ends_on = models.DateField(_("last day"))
    next_at = models.DateTimeField(_("next at"))
    told_of = models.DateTimeField(_("owner told of"), null=True, editable=False)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("agreed by")
    )
    agreed_at = models.DateTimeField(_("agreed at"))
    policy_id = models.BigIntegerField(_("policy"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reason = models.ForeignKey(
        "complaints.Statement", models.PROTECT, related_name="+", verbose_name=_("reason"), null=True
    )

    history = History(excluded_fields=["told_of"])

    class Meta:
        verbose_name = _("regular contact")
        verbose_name_plural = _("regular contacts")
        ordering = ["next_at", "pk"]
        indexes = [
            models.Index(
                fields=["owner", "next_at"], condition=models.Q(ended_at__isnull=True), name="regular_contacts_to_make"
            ),
            models.Index(fields=["next_at", "id"], condition=models.Q(ended_at__isnull=True), name="regular_next"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=models.Q(ended_at__isnull=True), name="one_series_a_customer"
            ),
            models.CheckConstraint(name="regular_contact_has_a_pace", condition=models.Q(every_days__gte=1)),
        ]
